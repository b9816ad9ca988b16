import SyncProtocol
import TicketModel

/// How far a notice is.
public enum NoticeState: String, CaseIterable, Sendable {
    /// To be sent at `due`.
    case waiting
    /// The customer's contact is not verified (AU-11).
    case unverified
    case sent
    /// The receiver will not have it.
    case failed
    /// Too old by the time that it could have been sent.
    case expired
    /// About an old record that an import brought in: listed, and sent only where a person asks for it.
    case imported

    /// True where nothing more happens by itself.
    public var isFinal: Bool { self != .waiting && self != .unverified }
}

/// A notice in the outbox of the one node that sends it.
public struct Notice: Sendable, Hashable {
    /// 32 hexadecimal digits, made of the ticket, the kind and the cause: the same after a restore, and on a copy.
    public let id: String
    public let document: DocumentID
    /// The ticket's number.
    public let ticket: String?
    /// A code of `Enumeration.noticeKind`.
    public let kind: NoticeKind
    public let recipients: [String]
    /// When its cause happened, milliseconds since 1970.
    public let at: Int64
    /// From when its age counts: the cause, or the last time that a person asked for it again.
    public let since: Int64
    public var state: NoticeState
    /// The next attempt of one that waits; otherwise when it is looked at again.
    public var due: Int64
    public var attempts: Int
    /// Stable code of the last failure.
    public var error: String?
    /// True for a deadline's notice that is given late, because the node was off.
    public var isLate = false

    public init(
        id: String, document: DocumentID, ticket: String?, kind: NoticeKind, recipients: [String] = [], at: Int64,
        since: Int64, state: NoticeState = .waiting, due: Int64, attempts: Int = 0, error: String? = nil
    ) {
        self.id = id
        self.document = document
        self.ticket = ticket
        self.kind = kind
        self.recipients = recipients
        self.at = at
        self.since = since
        self.state = state
        self.due = due
        self.attempts = attempts
        self.error = error
    }
}

/// Bounds on the outbox.
public enum NoticeLimits {
    /// An older notice is news to nobody.
    public static let ageMillisecondsMax: Int64 = 72 * 3_600_000
    /// How long what has ended stays in the list.
    public static let keptMilliseconds: Int64 = 90 * 24 * 3_600_000
    /// Notices of one answer.
    public static let pageMax = 500
}

extension Hierarchy {
    /// The one node that sends a ticket's notices: the province over its home, or the home itself where that is a
    /// province or head office. It never changes, whoever has custody.
    public func noticeCentre(of home: NodeID) -> NodeID {
        tier(of: home) == .branch ? parent(of: home) ?? home : home
    }
}
