import SyncProtocol
import TicketModel

/// Which tickets use which explanation text.
enum TextLinkRows {
    static let schema = """
        -- Tickets by the explanation text that they link to or were answered with.
        CREATE TABLE text_links(
            text TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY(text, document)) WITHOUT ROWID;
        """
}

/// A ticket that uses a text.
public struct TextUse: Hashable, Sendable {
    public let ticket: String?
    public let document: DocumentID
    public let state: String?
    public let receivedAt: Int64?
}

extension Transaction {
    /// Keeps the list up to date with an action that applies here.
    func noteTextLinks(of record: CoreRecord, _ document: LoadedDocument) throws {
        guard let key = document.key else { return }
        for operation in record.operations {
            let text: String
            switch operation {
            case .add(TicketField.textLinks, .text(let entry)):
                guard let linked = Entry(entry, of: EntryShapes.textLink)?["text"] else { continue }
                text = linked
            case .assign(TicketField.explanationTextID, .text(let used)): text = used
            default: continue
            }
            try connection.cached("INSERT OR IGNORE INTO text_links VALUES(?, ?)").run(text, key)
        }
    }
}

extension ReplicaStore {
    /// The tickets that use a text, the newest first.
    public func tickets(usingText text: String, max: Int) throws -> [TextUse] {
        try read { connection in
            try connection.cached(
                text: """
                    SELECT d.ticket_no, d.space, d.number, d.state, d.received_at FROM text_links l
                        JOIN documents d ON d.key = l.document
                        WHERE l.text = ? AND d.is_staged = 0 ORDER BY d.key DESC LIMIT \(max)
                    """
            ).all(text) { row in
                TextUse(
                    ticket: row.string(0), document: DocumentID(space: row.uint64(1), number: row.uint64(2)),
                    state: row.string(3), receivedAt: row.int64OrNil(4))
            }
        }
    }
}
