import SyncProtocol
import TicketModel
import TicketStore

/// The tickets that an answer must not name to its reader, though the one that it shows leads to them.
struct UnnamedTickets: Sendable {
    private let documents: Set<DocumentID>

    /// - Throws: `StoreError`.
    init(linkedFrom ticket: TicketView, _ reader: TicketReading, _ store: ReplicaStore) throws {
        let linked = ticket.fields.values.joined().compactMap(UnnamedTickets.document)
        documents = Set(
            try linked.filter { document in
                do {
                    return reader.hides(try store.ticket(.document(document)).view)
                } catch StoreError.noSuchTicket {
                    return false
                }
            })
    }

    func contains(_ document: DocumentID) -> Bool { documents.contains(document) }

    /// True for a value that leads to one of them.
    func contains(_ value: Value) -> Bool { UnnamedTickets.document(of: value).map(documents.contains) ?? false }

    /// True for what wrote such a value.
    func contains(_ operation: Operation) -> Bool {
        switch operation {
        case .assign(_, let value), .write(_, let value), .add(_, let value): contains(value)
        default: false
        }
    }

    private static func document(of value: Value) -> DocumentID? {
        guard case .text(let text) = value else { return nil }
        return TicketLink(text)?.document ?? DocumentID(text)
    }
}
