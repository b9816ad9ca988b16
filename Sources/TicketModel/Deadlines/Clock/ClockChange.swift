/// What an act did to a running clock after it was started. Each says what the times are from then on.
public struct ClockChange: Hashable, Sendable {
    public enum What: Hashable, Sendable {
        /// Ends no later than the clock that it runs inside.
        case capped
        /// Rests for a reason of `Enumeration.pauseReason`, by a post's word.
        case paused(reason: String, by: String)
        case resumed
        /// Ends later: the whole amount now counted from the start, by a rule of the pack, for a reason of
        /// `Enumeration.extensionReason`, approved by a post.
        case extended(amount: Int64, rule: String, reason: String, approver: String)
        /// Counted again with these versions, by a post's word.
        case repinned(packVersion: String, by: String)
    }

    /// When it was done, in milliseconds since 1970 UTC.
    public let at: Int64
    public let what: What
    /// The times from then on; nil while the clock rests.
    public let times: ClockTimes?
    /// The calendar they were counted with; nil where none was asked.
    public let calendar: PinnedCalendar?

    /// The stable code of the kind.
    public var code: String {
        switch what {
        case .capped: "capped"
        case .paused: "paused"
        case .resumed: "resumed"
        case .extended: "extended"
        case .repinned: "repinned"
        }
    }
}

/// How a clock ended.
public enum ClockEnd: Hashable, Sendable {
    /// What it waited for was done.
    case stopped(at: Int64)
    /// It does not apply any more: the ticket was classified otherwise, withdrawn, merged, or handed out anew.
    case dropped(at: Int64)

    public var at: Int64 {
        switch self {
        case .stopped(let at), .dropped(let at): at
        }
    }
}
