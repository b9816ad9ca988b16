import SyncProtocol
import TicketModel

/// One act as a day's report looks at it: who did what when, no words.
public struct DayAct: Sendable {
    public let document: DocumentID
    public let kind: UInt16
    /// Milliseconds since 1970 UTC, by the author's clock.
    public let at: Int64
    /// nil for a life that this node does not know.
    public let node: NodeID?
    public let post: String
    /// Operations of the core record.
    public let core: [Operation]
}

extension ReplicaStore {
    /// Folds over the acts of a stretch of time, newest first, as they were applied here.
    ///
    /// It walks back until it meets an act that this node itself did before `from`: whatever lies further back was
    /// applied before that, so it cannot be of the stretch unless its author's clock was ahead.
    public func foldActs<Result>(
        from: Int64, before: Int64, pageRows: Int = 2000, into initial: Result,
        _ step: (inout Result, DayAct) throws -> Void
    ) throws -> Result {
        precondition(pageRows > 0)
        let lineage = try peek(\.lineage)
        var result = initial
        var bound: Int64 = .max
        while true {
            let rows = try read { [bound] connection in try ReplicaStore.acts(below: bound, rows: pageRows, connection)
            }
            for row in rows {
                let record = row.record
                let author = lineage.node(of: record.dot.incarnation)
                if author == context.node, record.stamp.milliseconds < from { return result }
                guard record.stamp.milliseconds >= from, record.stamp.milliseconds < before else { continue }
                try step(
                    &result,
                    DayAct(
                        document: record.document, kind: record.kind, at: record.stamp.milliseconds, node: author,
                        post: record.post, core: record.operations))
            }
            guard rows.count == pageRows, let last = rows.last else { return result }
            bound = last.key
        }
    }

    /// A page of acts in the reverse of the order in which they were applied.
    private static func acts(
        below key: Int64, rows: Int, _ connection: Connection
    ) throws -> [(key: Int64, record: CoreRecord)] {
        try connection.cached(
            text: "SELECT key, hash, record FROM actions WHERE key < ? ORDER BY key DESC LIMIT \(rows)"
        ).all(key) { row in
            (row.int64(0), try SealedRecord(stored: row.bytes(2) ?? [], hash: row.digest(1)).record)
        }
    }
}
