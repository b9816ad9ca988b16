import Platform

/// The one writer of a database file: concurrent jobs share a transaction, and each is answered when it is durable.
///
/// Life of a group: BEGIN IMMEDIATE; each job in a savepoint of its own; COMMIT, which syncs the WAL; the witness is
/// written and synced; then the callers are answered, never earlier (rule R4). Groups are answered in their order. While the
/// witness of one group is being synced the next group runs: the pipeline is across groups, never inside one.
///
/// There is no thread that owns the connection: whoever has work takes it, runs the group and gives it back. A caller of
/// `perform` who finds it free runs his own group on his own thread, so a single client pays for no change of threads;
/// otherwise a worker runs it.
///
/// Errors: a job that throws is undone alone. A full disk fails the jobs of that moment and the writer goes on by itself. After
/// a sync that failed (WAL, file or witness) the writer halts: what the disk holds is unknown until the store is opened anew.
public final class GroupCommitWriter: Sendable {
    private let connection: Locked<Connection>
    private let queue: Locked<WriterQueue>
    private let witness: (any Witness)?
    private let hooks: CommitHooks
    private let threads: Locked<[WorkerThread]>
    /// Stops the statement that a job is running.
    public let interruptHandle: InterruptHandle

    /// Takes over the write connection, which must be the only one of its file, and starts the workers.
    ///
    /// - Parameter witness: nil for a store without acknowledged work of its own.
    /// - Throws: `WorkerThreadError`.
    public init(
        _ connection: sending Connection, witness: (any Witness)? = nil, hooks: CommitHooks = CommitHooks(),
        options: WriterOptions = WriterOptions()
    ) throws {
        precondition(connection.mode.writes)
        interruptHandle = connection.interruptHandle
        self.connection = Locked(connection)
        self.witness = witness
        self.hooks = hooks
        queue = Locked(WriterQueue(options: options))
        threads = Locked([])
        for number in 1...max(1, options.workers) {
            let thread = try WorkerThread(name: "store-writer-\(number)", body: { [self] in work() })
            threads.withLock { $0.append(thread) }
        }
    }

    /// Hands over a job and returns at once. `completion` runs on a thread of the writer and must not block.
    public func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        accept(WriteJob(body, completion: completion))
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
        // Where the connection is taken, whoever has it wakes a worker when giving it back.
        if case .group(let number, let jobs) = step { lead(number, jobs) }
        guard let result = answer.wait(for: { $0 }) else { preconditionFailure("a wait without end has ended") }
        return try result.get()
    }

    /// Answers what was accepted, ends the workers and closes the connection, with a last checkpoint.
    /// Readers of the file must be closed before. Calling it twice is harmless.
    public func close() {
        queue.change { $0.close() }
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
        connection.withLock { if !$0.isClosed { $0.close() } }
    }

    /// Why the writer accepts nothing more; nil while it works.
    public var halted: (any Error)? { queue.withLock { $0.halted } }

    /// Why the last checkpoint failed; nil where it did not. The WAL grows until one succeeds.
    public var checkpointError: (any Error)? { queue.withLock { $0.checkpointError } }

    /// Jobs that wait for a group.
    public var jobsWaiting: Int { queue.withLock { $0.jobsWaiting } }

    private func accept(_ job: WriteJob) {
        let (refusal, mustWake) = queue.withLock { queue in (queue.append(job), queue.hasWork) }
        if let refusal { return job.fail(refusal) }
        if mustWake { wake() }
    }

    private func wake() { queue.change { _ in } }
}

// What the threads do.
extension GroupCommitWriter {
    private func work() {
        while true {
            switch queue.wait(for: { $0.next(mayCheckpoint: true) }) {
            case .group(let number, let jobs): lead(number, jobs)
            case .checkpoint(let mode): checkpoint(mode)
            case .stop, nil: return
            }
        }
    }

    /// Takes a group from its jobs to its answers.
    private func lead(_ number: UInt64, _ jobs: [WriteJob]) {
        let outcome = run(jobs)
        waitForTurn(number)
        let error = acknowledge(number, outcome)
        outcome.answer(error)
    }

    /// Runs the transaction and gives the connection back.
    private func run(_ jobs: [WriteJob]) -> GroupOutcome {
        let cause = halted
        let (outcome, frames) = connection.withLock { connection in
            let outcome = cause.map { GroupOutcome(refused: jobs, $0) } ?? connection.runGroup(jobs, hooks: hooks)
            return (outcome, connection.walFrames)
        }
        let mustWake = queue.withLock { queue in
            if let halt = outcome.halt { queue.halt(halt) }
            return queue.release(walFrames: frames)
        }
        if mustWake { wake() }
        return outcome
    }

    private func waitForTurn(_ number: UInt64) {
        let mustWait = queue.withLock { queue in
            guard !queue.hasTurn(number) else { return false }
            queue.willWaitForTurn()
            return true
        }
        if mustWait { _ = queue.wait { $0.hasTurn(number) ? true : nil } }
    }

    /// Makes the witness durable. Returns why the group's committed jobs are not acknowledged, or nil.
    private func acknowledge(_ number: UInt64, _ outcome: GroupOutcome) -> WriterError? {
        let (record, cause) = queue.withLock { ($0.recordToWrite(outcome.witness), $0.halted) }
        var failure = outcome.witnessError ?? (outcome.witness == nil ? nil : cause)
        var unwritten: WitnessRecord?
        if let record, let witness, cause == nil {
            do {
                try witness.write(record)
            } catch {
                unwritten = record
                // A group without a record of its own needs no witness: it only tried the earlier one again.
                if outcome.witness != nil { failure = error }
                if isFailedSync(error) { queue.withLock { $0.halt(error) } }
            }
        }
        let mustWake = queue.withLock { [unwritten] in $0.endTurn(of: number, unwritten: unwritten) }
        if mustWake { wake() }
        return failure.map { .notAcknowledged(cause: $0) }
    }

    private func checkpoint(_ mode: Connection.CheckpointMode) {
        let result = connection.withLock { connection in Result { try connection.checkpoint(mode) } }
        let mustWake = queue.withLock { queue in
            switch result {
            case .success(let done): return queue.release(after: done)
            case .failure(let error):
                // Nothing is lost: the WAL still has it all, and the next attempt copies it again. Only a failed sync ends it.
                if isFailedSync(error) { queue.halt(error) }
                queue.checkpointFailed(error)
                return queue.release(after: nil)
            }
        }
        if mustWake { wake() }
    }
}
