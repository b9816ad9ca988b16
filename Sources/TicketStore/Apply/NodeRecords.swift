import SyncProtocol

/// Whom an act of a node's own record concerns.
enum NodeRecords {
    /// Births are kept by everybody who is named one. The rest of a record goes to the node, its ancestors and its
    /// children; declared losses, in births too, to everybody, because anybody may wait for a lost number; and what was
    /// kept out also to whoever holds the document, but not to the whole bank.
    ///
    /// - Parameter audience: who may hold a document, as it is now; nil where it is not here.
    static func concerns(
        _ record: CoreRecord, _ node: NodeID, in hierarchy: Hierarchy, audience: (DocumentID) throws -> Audience?
    ) throws -> Bool {
        if hierarchy.keeps(recordNamed: record.document, at: node) { return true }
        for operation in record.operations {
            switch operation {
            case .lost: return true
            case .birth(let birth) where !birth.lost.isEmpty: return true
            case .withheld(let acts):
                for act in acts {
                    let level = try audience(act.document)?.disclosure(to: node, in: hierarchy) ?? .nothing
                    if level > .nothing { return true }
                }
            default: continue
            }
        }
        return false
    }

    /// By what is committed.
    static func concerns(
        _ record: CoreRecord, _ node: NodeID, _ context: StoreContext, _ connection: Connection
    ) throws -> Bool {
        try concerns(record, node, in: context.hierarchy) { try DocumentRows.load($0, connection)?.state.audience }
    }
}
