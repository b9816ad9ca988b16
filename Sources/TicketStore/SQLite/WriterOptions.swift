/// Bounds of the writer.
public struct WriterOptions: Hashable, Sendable {
    /// Jobs that share one transaction at most.
    public var groupJobsMax = 256
    /// Jobs that wait at most; beyond, callers are told to come back.
    public var queueJobsMax = 10_000
    /// The WAL is copied into the file after a group that leaves this many frames (of 4 KiB), when nobody waits …
    public var checkpointFrames = 1_000
    /// … or even when somebody waits, from this length on …
    public var checkpointUrgentFrames = 4_000
    /// … and from here on it waits for readers, so that the WAL stays bounded.
    public var walFramesMax = 16_000

    public init() {}
}

/// What is called around the groups of commits, on the thread that runs them, with the write connection.
public struct CommitHooks: Sendable {
    /// Runs inside the transaction, after its last job. Throwing undoes the whole group.
    public var beforeCommit: @Sendable (Connection) throws -> Void
    /// Runs after the commit is durable: names what the witness must hold before anybody is answered; nil for nothing new.
    public var afterCommit: @Sendable (Connection) throws -> WitnessRecord?
    /// Runs after a job or a whole group was undone: whatever memory was derived from it must go.
    public var afterRollback: @Sendable (Undone) -> Void

    /// How much was undone.
    public enum Undone: Sendable {
        /// One job; the others of its group stay.
        case job
        /// Every job of the group.
        case group
    }

    public init(
        beforeCommit: @escaping @Sendable (Connection) throws -> Void = { _ in },
        afterCommit: @escaping @Sendable (Connection) throws -> WitnessRecord? = { _ in nil },
        afterRollback: @escaping @Sendable (Undone) -> Void = { _ in }
    ) {
        self.beforeCommit = beforeCommit
        self.afterCommit = afterCommit
        self.afterRollback = afterRollback
    }
}
