import SyncProtocol

extension ReplicaStore {
    /// Neighbours for which there is news: an entry that they have not read and did not send themselves. Cheap: looks at
    /// memory only.
    public func neighboursBehind() -> [NodeID] {
        memory.withLock { memory in
            (memory?.neighbours ?? []).filter { ($0.receipt?.sequence ?? 0) < $0.news }.map(\.node)
        }
    }
}
