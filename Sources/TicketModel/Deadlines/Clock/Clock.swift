/// One running deadline of a ticket or leg (model §2.1). It carries all that a node needs to tell its state: what was
/// pinned when it started, what was done to it since, and what stops it. Recomputed by nobody.
public struct Clock: Hashable, Sendable {
    public static let changesMax = 16
    /// The text form of the largest clock, in bytes.
    static let bytesMax = 2048
    /// What one change takes at most, in bytes of the text.
    private static let changeBytesMax = 400
    /// What the end takes at most, in bytes of the text.
    private static let endBytesMax = 32

    public let key: ClockKey
    public let packVersion: String
    /// The calendar that the first end was counted with; nil where none was asked.
    public let calendar: PinnedCalendar?
    /// True for a time that somebody else has (`Policy.isWindow`).
    public let isWindow: Bool
    /// Milliseconds since 1970 UTC.
    public let startedAt: Int64
    /// The end as pinned by the starting act.
    public let pinned: ClockTimes
    public let stops: [ClockTrigger]
    /// In the order in which they were done.
    public private(set) var changes: [ClockChange]
    public private(set) var end: ClockEnd?

    init(
        key: ClockKey, packVersion: String, calendar: PinnedCalendar?, isWindow: Bool, startedAt: Int64,
        pinned: ClockTimes, stops: [ClockTrigger], changes: [ClockChange] = [], end: ClockEnd? = nil
    ) {
        self.key = key
        self.packVersion = packVersion
        self.calendar = calendar
        self.isWindow = isWindow
        self.startedAt = startedAt
        self.pinned = pinned
        self.stops = stops
        self.changes = changes
        self.end = end
    }

    /// The end as it stands now.
    public var times: ClockTimes { changes.last { $0.times != nil }?.times ?? pinned }

    /// True until it is stopped or dropped.
    public var isRunning: Bool { end == nil }

    /// Since when it rests; nil where it does not.
    public var pausedSince: Int64? {
        for change in changes.reversed() {
            switch change.what {
            case .paused: return change.at
            case .resumed: return nil
            default: continue
            }
        }
        return nil
    }

    /// The changes that began its pauses, and when each was over; nil for the one that lasts.
    var rests: [(paused: ClockChange, resumedAt: Int64?)] {
        var found: [(paused: ClockChange, resumedAt: Int64?)] = []
        var begin: ClockChange?
        for change in changes {
            switch change.what {
            case .paused: begin = change
            case .resumed:
                if let begin { found.append((begin, change.at)) }
                begin = nil
            default: continue
            }
        }
        if let begin { found.append((begin, nil)) }
        return found
    }

    /// The pauses that are over.
    public var pauses: [(from: Int64, to: Int64)] {
        rests.compactMap { rest in rest.resumedAt.map { (rest.paused.at, $0) } }
    }

    /// What the last extension granted.
    struct Grant: Hashable {
        let at: Int64
        /// Counted from the start, in the unit of the policy in this version of the pack.
        let amount: Int64
        let packVersion: String
        let reason: String
        let approver: String
    }

    var grant: Grant? {
        var found: Grant?
        var version = packVersion
        for change in changes {
            switch change.what {
            case .extended(let amount, _, let reason, let approver):
                found = Grant(at: change.at, amount: amount, packVersion: version, reason: reason, approver: approver)
            case .repinned(let next, _): version = next
            default: continue
            }
        }
        return found
    }

    /// The amount that the last extension granted, counted from the start; nil without one.
    public var extendedAmount: Int64? { grant?.amount }

    /// The version of the pack that counts: of the last repin, else of the start.
    public var currentPackVersion: String {
        for change in changes.reversed() {
            if case .repinned(let version, _) = change.what { return version }
        }
        return packVersion
    }

    /// True where a pause or an extension still fits, and after it a resumption and the end.
    var hasRoom: Bool {
        changes.count + 2 <= Clock.changesMax && text.utf8.count + 2 * Clock.changeBytesMax <= Clock.bytesMax
    }

    /// True where what must still come fits: the end, and before it the end of a pause that lasts.
    ///
    /// - Parameter bytes: the length of its text.
    func canEnd(bytes: Int) -> Bool {
        guard isRunning else { return true }
        guard pausedSince != nil else { return bytes + Clock.endBytesMax <= Clock.bytesMax }
        return changes.count < Clock.changesMax && bytes + Clock.changeBytesMax <= Clock.bytesMax
    }

    /// With a change that still leaves room for the end; nil where there is none.
    func withRoom(_ change: ClockChange) -> Clock? {
        guard changes.count < Clock.changesMax else { return nil }
        let clock = with(change)
        return clock.canEnd(bytes: clock.text.utf8.count) ? clock : nil
    }

    /// As it was before its change with this index.
    func before(_ index: Int) -> Clock {
        var clock = self
        clock.changes.removeLast(changes.count - index)
        clock.end = nil
        return clock
    }

    func with(_ change: ClockChange) -> Clock {
        precondition(changes.count < Clock.changesMax, "who begins a change asks first whether there is room")
        var clock = self
        clock.changes.append(change)
        return clock
    }

    func ended(_ end: ClockEnd) -> Clock {
        var clock = self
        clock.end = end
        return clock
    }
}

extension Clock {
    /// One line for history and lists, told from the clock alone.
    public var summary: Bilingual {
        var chinese = "\(key.pack)/\(key.policy)"
        var english = chinese
        switch times {
        case .known(let times):
            let due = CivilTime.chinaText(at: times.due)
            chinese += " 截止 \(due)"
            english += " due \(due)"
        case .unknown(let reason):
            chinese += " \(reason.label.chinese)"
            english += " \(reason.label.english)"
        }
        switch end {
        case .stopped(let at):
            chinese += ",完成于 \(CivilTime.chinaText(at: at))"
            english += ", stopped \(CivilTime.chinaText(at: at))"
        case .dropped(let at):
            chinese += ",\(CivilTime.chinaText(at: at)) 起不再适用"
            english += ", dropped \(CivilTime.chinaText(at: at))"
        case nil:
            if let since = pausedSince {
                chinese += ",\(CivilTime.chinaText(at: since)) 起中止"
                english += ", paused since \(CivilTime.chinaText(at: since))"
            }
        }
        return Bilingual(chinese, english)
    }
}
