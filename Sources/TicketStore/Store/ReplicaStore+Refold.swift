import SyncProtocol

extension ReplicaStore {
    /// The rules by which rows were folded, as a number: another program version may fold another way.
    private static let foldVersion: Int64 = 1

    /// Folds every document anew where its row was written by other rules: what the actions say does not change, only
    /// what of it counts. One transaction; nothing happens where it is cut short.
    static func refoldIfNeeded(_ context: StoreContext, _ connection: Connection) throws {
        guard try Meta.integer("fold", connection) != foldVersion else { return }
        let memory = try StoreMemory.load(connection, context)
        try connection.transaction {
            let rows = try connection.prepare("SELECT key, space, number, last_action FROM documents ORDER BY key").all
            {
                (key: $0.int64(0), id: DocumentID(space: $0.uint64(1), number: $0.uint64(2)), last: $0.int64(3))
            }
            for row in rows {
                try DocumentRows.refold(row.id, key: row.key, last: row.last, memory.lineage, context, connection)
            }
            try Meta.set("fold", foldVersion, connection)
        }
    }
}

extension DocumentRows {
    fileprivate static func refold(
        _ id: DocumentID, key: Int64, last: Int64, _ lineage: Lineage, _ context: StoreContext,
        _ connection: Connection
    ) throws {
        let document = LoadedDocument(id: id)
        let held = try ActionRows.history(from: last, connection).map { try $0.held() }
        if id.isNodeRecord {
            for action in held { document.state.foldNodeRecord(action.record, lineage) }
        } else {
            document.state = DocumentState(folding: held, lineage)
        }
        document.key = key
        document.lastAction = last
        document.actions = held.count
        document.bodyActions = held.filter { $0.casework != nil || $0.personal != nil }.count
        document.isStaged =
            id.isTicket && document.state.audience.disclosure(to: context.node, in: context.hierarchy) == .nothing
        try connection.cached("DELETE FROM documents WHERE key = ?").run(key)
        try insert(document, connection)
        if document.bodyActions > 1 { try saveBodies(document, connection) }
    }
}
