import SyncProtocol
import TicketModel

/// Tickets about somebody, which no figure that he asks for counts: one that is higher than his list would tell of them.
extension RecusalTokens {
    /// A condition on rows of `documents`, with the two values to bind for it.
    static let leavesOut = "key NOT IN (\(RecusalTokens.kept))"

    /// Their keys, found by an index of their own.
    static let kept = """
        SELECT key FROM documents INDEXED BY documents_target
        WHERE target_person_token IN (?, ?) AND ticket_no IS NOT NULL AND is_staged = 0
        """

    var values: [String] { [post, person ?? post] }
}

extension ReplicaStore {
    /// Those that are here.
    public func documents(keptFrom target: RecusalTokens) throws -> Set<DocumentID> {
        try read { connection in
            let found = try connection.cached(
                text: "SELECT space, number FROM documents WHERE key IN (\(RecusalTokens.kept))"
            ).all(target.values[0], target.values[1]) { DocumentID(space: $0.uint64(0), number: $0.uint64(1)) }
            return Set(found)
        }
    }
}
