import Platform

/// The one writer of a database file: concurrent jobs share a transaction, and each is answered when it is durable.
///
/// Life of a group: BEGIN IMMEDIATE; each job in a savepoint of its own; COMMIT, which syncs the WAL; the witness is
/// written and synced; then the callers are answered, never earlier (rule R4). Groups follow one another. Overlapping the
/// witness of one with the transaction of the next was built and measured: two syncs at once to one disk took as long as one
/// after the other, the groups became smaller, and 32 clients gained nothing; so there is no pipeline.
///
/// No thread owns the connection: whoever has work takes it, runs the group and gives it back. A caller of `perform` who finds
/// it free runs the group on his own thread, so a single client pays for no change of threads; otherwise the worker does.
///
/// Errors: a job that throws is undone alone. A full disk fails the jobs of that moment and the writer goes on by itself. After
/// a sync that failed (WAL, file or witness) the writer halts: what the disk holds is unknown until the store is opened anew.
public final class GroupCommitWriter: Sendable {
    private let core: Locked<WriterCore>
    private let queue: Locked<WriterQueue>
    private let worker: Locked<WorkerThread?>
    /// Stops the statement that a job is running.
    public let interruptHandle: InterruptHandle

    /// Takes over the write connection, which must be the only one of its file, and starts the worker, which lives until
    /// `close`.
    ///
    /// - Parameter witness: nil for a store without acknowledged work of its own.
    /// - Throws: `WorkerThreadError`.
    public init(
        _ connection: sending Connection, witness: (any Witness)? = nil, hooks: CommitHooks = CommitHooks(),
        options: WriterOptions = WriterOptions()
    ) throws {
        precondition(connection.mode.writes)
        interruptHandle = connection.interruptHandle
        core = Locked(WriterCore(connection: connection, witness: witness, hooks: hooks))
        queue = Locked(WriterQueue(options: options))
        worker = Locked(nil)
        let thread = try WorkerThread(name: "store-writer") { [self] in work() }
        worker.withLock { $0 = thread }
    }

    /// Hands over a job and returns at once. `completion` runs on a thread of the writer and must not block.
    public func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let job = WriteJob(body, completion: completion)
        let (refusal, mustWake) = queue.withLock { queue in (queue.append(job), queue.hasWork) }
        if let refusal { return job.fail(refusal) }
        if mustWake { wake() }
    }

    /// Runs a job and returns when it is durable. Not for use inside a job.
    public func perform<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) throws -> Value {
        let answer = Locked<Result<Value, any Error>?>(nil)
        let job = WriteJob(body) { result in answer.change { $0 = result } }
        let (refusal, step) = queue.withLock { queue in
            let refusal = queue.append(job)
            return (refusal, refusal == nil ? queue.next(mayCheckpoint: false) : nil)
        }
        if let refusal { throw refusal }
        // Where another has the connection, that one wakes the worker when giving it back.
        if case .group(let jobs) = step { lead(jobs) }
        guard let result = answer.wait(for: { $0 }) else { preconditionFailure("a wait without end has ended") }
        return try result.get()
    }

    /// Answers what was accepted, ends the worker and closes the connection, with a last checkpoint.
    /// Readers of the file must be closed before. Calling it twice is harmless.
    public func close() {
        queue.change { $0.close() }
        let running = worker.withLock { worker in
            defer { worker = nil }
            return worker
        }
        running?.join()
        core.withLock { $0.close() }
    }

    /// Why the writer accepts nothing more; nil while it works.
    public var halted: (any Error)? { queue.withLock { $0.halted } }

    /// Why the last checkpoint failed; nil where it did not. The WAL grows until one succeeds.
    public var checkpointError: (any Error)? { queue.withLock { $0.checkpointError } }

    /// Jobs that wait for a group.
    public var jobsWaiting: Int { queue.withLock { $0.jobsWaiting } }
}

// What the threads do.
extension GroupCommitWriter {
    private func work() {
        while true {
            switch queue.wait(for: { $0.next(mayCheckpoint: true) }) {
            case .group(let jobs): lead(jobs)
            case .checkpoint(let mode): checkpoint(mode)
            case .stop, nil: return
            }
        }
    }

    /// Takes a group from its jobs to its answers. Whoever calls this has the connection by `WriterQueue.next`.
    private func lead(_ jobs: [WriteJob]) {
        let (outcome, frames) = core.withLock { core in (core.run(jobs), core.walFrames) }
        if let cause = outcome.halt { queue.withLock { $0.halt(cause) } }
        // Before the connection is given back: callers that come again at once then share the next group.
        outcome.answer()
        if queue.withLock({ $0.release(walFrames: frames) }) { wake() }
    }

    private func checkpoint(_ mode: Connection.CheckpointMode) {
        let result = core.withLock { $0.checkpoint(mode) }
        if queue.withLock({ $0.release(after: result) }) { wake() }
    }

    private func wake() { queue.change { _ in } }
}
