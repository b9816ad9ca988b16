import SyncProtocol
import TicketModel

/// How a caller names a ticket: by its number, or by its document id.
public enum TicketReference: Hashable, Sendable {
    case number(String)
    case document(DocumentID)

    /// 32 hexadecimal digits are an id, anything else a number.
    public init(_ text: String) {
        if let id = DocumentID(text) { self = .document(id) } else { self = .number(text) }
    }

    /// The document's key; nil where it is not held here, or only staged.
    func key(_ connection: Connection) throws -> Int64? {
        switch self {
        case .number(let number):
            return try connection.cached(
                "SELECT key FROM documents WHERE ticket_no = ? AND is_staged = 0 ORDER BY key LIMIT 1"
            )
            .integer(number)
        case .document(let id):
            return try connection.cached(
                """
                SELECT key FROM documents WHERE space = ? AND number = ? AND is_staged = 0
                    AND key NOT IN (SELECT document FROM reference_items)
                """
            ).integer(id.space, id.number)
        }
    }
}

/// What a client compares to know whether a ticket changed here: number of its newest action, and of its bodies.
public struct TicketVersion: Hashable, Sendable, CustomStringConvertible {
    public let lastAction: Int64
    public let bodies: Int

    init(_ document: LoadedDocument) {
        lastAction = document.lastAction
        bodies = document.bodyActions
    }

    init(lastAction: Int64, bodies: Int) {
        self.lastAction = lastAction
        self.bodies = bodies
    }

    /// As it stands in an entity tag, without the quotes.
    public var description: String { "\(lastAction)-\(bodies)" }
}

/// What came of a command.
public struct TicketReceipt: Hashable, Sendable {
    public let document: DocumentID
    public let number: String
    /// The act; nil for a request that an earlier version of the program answered.
    public let dot: Dot?
    public let act: TicketAct
    public let version: TicketVersion
    /// The request was known by its idempotency key: nothing was done again.
    public let isRepeated: Bool
    /// Of a registration: tickets that may be the same matter.
    public var similar: [SimilarTicket] = []
    /// What the author should know beside that it was done; a repeated request is not told again.
    public var notes: [EntryNote] = []
}
