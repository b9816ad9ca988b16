import SyncProtocol

/// Whom an act of a node's own record concerns.
enum NodeRecords {
    /// Births are kept by everybody who is named one. The rest of a record goes to the node, its ancestors and its
    /// children; declared losses to everybody, because anybody may wait for a lost number; and what was kept out also to
    /// whoever holds the document, but not to the whole bank.
    static func concerns(
        _ record: CoreRecord, _ node: NodeID, _ context: StoreContext, _ connection: Connection
    ) throws -> Bool {
        if context.hierarchy.keeps(recordNamed: record.document, at: node) { return true }
        for operation in record.operations {
            switch operation {
            case .lost: return true
            case .withheld(let acts):
                for act in acts where try holds(act.document, node, context, connection) { return true }
            default: continue
            }
        }
        return false
    }

    private static func holds(
        _ id: DocumentID, _ node: NodeID, _ context: StoreContext, _ connection: Connection
    ) throws -> Bool {
        guard let document = try DocumentRows.load(id, connection) else { return false }
        return document.state.audience.disclosure(to: node, in: context.hierarchy) > .nothing
    }
}
