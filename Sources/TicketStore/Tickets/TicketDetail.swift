import SyncProtocol
import TicketModel

/// How safe a ticket's acts are (GUARANTEES.md).
public enum AcknowledgementLevel: Int, Sendable, Comparable {
    /// Saved at this node.
    case here = 1
    /// Held by the node above, bodies included.
    case parent = 2
    /// Head office holds the core records.
    case headOffice = 3

    public static func < (left: AcknowledgementLevel, right: AcknowledgementLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One line of a worklist: core fields only.
public struct TicketRow: Hashable, Sendable {
    public let key: Int64
    public let document: DocumentID
    /// In the order of `TicketRowSchema.columns`.
    public let columns: [Value?]
    public let custodian: String?
    public let offeredTo: String?
    public let conflicts: Int
    public let version: String

    private static let places = Dictionary(
        uniqueKeysWithValues: TicketRowSchema.columns.enumerated().map { ($1.name, $0) })

    public func value(_ column: String) -> Value? {
        TicketRow.places[column].flatMap { columns[$0] }
    }
}

/// A body as the reader sees it.
public enum BodyPresence: String, Sendable {
    case present, awaited
    case notOurs = "not_ours"
}

/// One act of a ticket's history.
public struct HistoryEntry: Sendable {
    public let dot: Dot
    /// Milliseconds since 1970, by the author's clock.
    public let at: Int64
    /// What to show instead where the author's clock was wrong.
    public let correctedAt: Int64?
    public let node: NodeID?
    public let post: String
    public let kind: UInt16
    public let core: [Operation]
    public let casework: [Operation]?
    public let personal: [Operation]?
    public let bodies: [(part: Part, presence: BodyPresence)]
    /// Kept, but without effect: under a custody that another node held by then.
    public let isOverruled: Bool
    public let isDisputed: Bool
    public let isVoided: Bool
    public let hash: Digest
}

/// A ticket with everything that this node holds of it.
public struct TicketDetail: Sendable {
    public let document: DocumentID
    public let version: TicketVersion
    public let view: TicketView
    public let state: DocumentState
    public let level: AcknowledgementLevel
    /// True where bodies that this node may hold have not arrived.
    public let isAwaitingBodies: Bool
    /// The latest request to get an offer back; nil where there never was one.
    public let recall: RecallRequest?
}
