import SyncProtocol

/// A refused attempt to read a ticket, or the reading of a case that was opened to head office for a time: a fact on
/// the ticket, written by the node where it happened, so that whoever works on the ticket sees it, at every tier (AU-05).
public struct ReadAttempt: Hashable, Sendable {
    public let post: String
    public let node: NodeID
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    /// Why it was refused, a code of `RefusalCode`; `granted` where it was read.
    public let reason: String

    public init(post: String, node: NodeID, at: Int64, reason: String) {
        self.post = post
        self.node = node
        self.at = at
        self.reason = reason
    }

    /// The reason of a reading that was granted.
    public static let granted = "granted"

    private var isGranted: Bool { reason == ReadAttempt.granted }

    /// The numbers of the node's acts in core records: refused, granted.
    public static let acts: ClosedRange<UInt16> = 1030...1031

    /// The number of this one's act.
    public var act: UInt16 { isGranted ? ReadAttempt.acts.upperBound : ReadAttempt.acts.lowerBound }
    /// A post that tries again at once adds nothing new.
    private static let pauseMilliseconds: Int64 = 10 * 60_000
    /// The most entries of a ticket, of refusals and of readings each: neither takes the room of the other. What comes
    /// beyond is answered all the same; readings stand in the node's own list too.
    private static let entriesMax = 200
    /// Of these the most of one post, so that one that tries all night leaves room for others.
    private static let entriesOfPostMax = 50

    public static func all(_ core: FieldState) -> [ReadAttempt] {
        core.sets.compactMap { entry in
            guard entry.field == TicketField.readAttempts, case .text(let text) = entry.value,
                let entry = Entry(text, of: EntryShapes.readAttempt), let post = entry["post"],
                let node = entry["node"].flatMap({ NodeID($0) }), let at = entry.integer("at"),
                let reason = entry["reason"]
            else { return nil }
            return ReadAttempt(post: post, node: node, at: at, reason: reason)
        }
    }

    /// True where the ticket does not say it already.
    public func isNews(_ core: FieldState) -> Bool {
        let alike = ReadAttempt.all(core).filter { $0.isGranted == isGranted }
        let own = alike.filter { $0.post == post && $0.node == node }
        guard alike.count < ReadAttempt.entriesMax, own.count < ReadAttempt.entriesOfPostMax else { return false }
        return !own.contains { $0.reason == reason && abs(at - $0.at) < ReadAttempt.pauseMilliseconds }
    }

    public var operation: Operation {
        let entry = Entry(
            EntryShapes.readAttempt,
            ["post": post, "node": node.text, "at": String(min(max(at, 0), CivilTime.instantMax)), "reason": reason])
        return .add(TicketField.readAttempts, .text(entry.text))
    }
}
