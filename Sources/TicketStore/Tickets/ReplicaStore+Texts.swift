import SyncProtocol
import TicketModel

/// What the full-text index has to learn.
public struct ChangedTexts: Sendable {
    /// The apply sequence that the list reaches.
    public let upTo: Int64
    /// Document key and all its words, of whatever this node holds.
    public let texts: [(key: Int64, text: String)]
    /// Keys among them that were due because bodies came late, and how often that was.
    public let late: [(key: Int64, times: Int64)]
}

extension ReplicaStore {
    /// Documents with actions after an apply sequence, or with late bodies; nil where there are none.
    public func changedTexts(after sequence: Int64, actionsMax: Int) throws -> ChangedTexts? {
        let lineage = try peek(\.lineage)
        return try read { connection in
            let late = try connection.cached("SELECT document, times FROM reindex ORDER BY document LIMIT ?").all(
                actionsMax
            ) { (key: $0.int64(0), times: $0.int64(1)) }
            let changed = try connection.cached("SELECT key, document FROM actions WHERE key > ? ORDER BY key LIMIT ?")
                .all(sequence, actionsMax) { ($0.int64(0), $0.int64(1)) }
            guard !late.isEmpty || !changed.isEmpty else { return nil }
            var texts: [(key: Int64, text: String)] = []
            for key in Set(late.map(\.key) + changed.map(\.1)).sorted() {
                guard let document = try DocumentRows.load(key: key, connection), document.id.isTicket,
                    !document.state.audience.isPublic
                else { continue }
                let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
                texts.append((key, ReplicaStore.words(DocumentState(folding: held, lineage))))
            }
            return ChangedTexts(upTo: changed.last?.0 ?? sequence, texts: texts, late: late)
        }
    }

    /// The late bodies have been looked at. Where more came since they were read, the document stays due.
    public func indexed(late seen: [(key: Int64, times: Int64)]) throws {
        guard !seen.isEmpty else { return }
        try write { transaction in
            let done = try transaction.connection.cached("DELETE FROM reindex WHERE document = ? AND times = ?")
            for entry in seen { try done.run(entry.key, entry.times) }
        }
    }

    /// Number and texts; codes are found by filters, not by words.
    private static func words(_ state: DocumentState) -> String {
        var words: [String] = []
        for part in [state.core, state.casework, state.personal] {
            let entries =
                part.regulated.map { ($0.field, $0.value) } + part.registers.map { ($0.field, $0.value) }
                + part.sets.map { ($0.field, $0.value) }
            for (field, value) in entries {
                guard case .text(let text) = value else { continue }
                let type = FieldTable.definition(field)?.type
                if type?.enumeration == nil { words.append(text) }
            }
        }
        return words.joined(separator: "\n")
    }
}
