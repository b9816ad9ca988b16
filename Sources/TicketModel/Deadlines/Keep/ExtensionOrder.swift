import SyncProtocol

/// A post that said yes, in the role in which it did.
public struct Approver: Hashable, Sendable {
    public let post: String
    public let role: String

    public init(post: String, role: String) {
        self.post = post
        self.role = role
    }
}

/// An extension as the clocks of its ticket see it: an end no earlier than the new promise (EX-01).
public struct ExtensionOrder: Hashable, Sendable {
    /// The new promise, milliseconds since 1970 UTC.
    public let due: Int64
    /// A code of `Enumeration.extensionReason`.
    public let reason: String
    public let requester: String
    /// Empty while it is only asked whether the packs permit it at all.
    public let approvers: [Approver]

    public init(due: Int64, reason: String, requester: String, approvers: [Approver] = []) {
        self.due = due
        self.reason = reason
        self.requester = requester
        self.approvers = approvers
    }
}

/// What an act asks of clocks beyond what its events start and stop.
public enum ClockOrder: Hashable, Sendable {
    case extend(ExtensionOrder)
    /// Count again: the clock with this key text, or every clock.
    case repin(String?)
}

/// What an order did to the clocks of a ticket, one by one.
public struct ClockChanges: Sendable {
    var changed: [(placed: TicketClocks.Placed, clock: Clock)] = []
    public internal(set) var refused: [(key: ClockKey, refusal: ClockRefusal)] = []

    /// Why nothing came of it; nil where something did, or where no clock was meant.
    public var refusal: ClockRefusal? { changed.isEmpty ? refused.first?.refusal : nil }

    /// The changes as operations of an act under the lead's custody.
    public var operations: [Operation] {
        changed.map { .assign(TicketField.clocks[$0.placed.slot], .text($0.clock.text)) }
    }

    mutating func take(
        _ placed: TicketClocks.Placed, _ body: (Clock) throws(ClockRefusal) -> Clock
    ) {
        do throws(ClockRefusal) {
            changed.append((placed, try body(placed.clock)))
        } catch {
            refused.append((placed.clock.key, error))
        }
    }
}
