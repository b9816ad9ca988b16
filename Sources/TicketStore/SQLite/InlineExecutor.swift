import Platform

/// A simulated node's executor: one connection, everything on the caller's thread, one job a group, no thread at all.
public final class InlineExecutor: StoreExecutor {
    private let state: Locked<InlineState>

    public init(
        _ connection: sending Connection, witness: (any Witness)?, hooks: CommitHooks = CommitHooks(),
        options: WriterOptions = WriterOptions()
    ) {
        precondition(connection.mode.writes)
        let core = WriterCore(connection: connection, witness: witness, hooks: hooks)
        state = Locked(InlineState(core: core, checkpoints: CheckpointSchedule(options)))
    }

    public func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) { run(WriteJob(body, completion: completion)) }

    public func perform<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) throws -> Value {
        let answer = Locked<Result<Value, any Error>?>(nil)
        run(WriteJob(body) { result in answer.withLock { $0 = result } })
        guard let result = answer.withLock({ $0 }) else { preconditionFailure("a job was not answered") }
        return try result.get()
    }

    public func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        try state.withLock { state in try state.core.connection.snapshot(body) }
    }

    public func backup(to path: String) throws {
        try writeBackup(to: path) { path in try state.withLock { try $0.core.connection.vacuum(into: path) } }
    }

    public var halted: (any Error)? { state.withLock { $0.core.halted } }

    public func close() { state.withLock { $0.core.close() } }

    private func run(_ job: WriteJob) {
        let outcome = state.withLock { $0.run(job) }
        outcome.answer()
    }
}

private struct InlineState {
    var core: WriterCore
    var checkpoints: CheckpointSchedule

    mutating func run(_ job: WriteJob) -> GroupOutcome {
        let outcome = core.run([job])
        checkpoints.committed(walFrames: core.walFrames)
        if let mode = checkpoints.due(isIdle: true) {
            // A failed one leaves everything in the WAL and is tried again later; a failed sync halts the core.
            checkpoints.finished(core.checkpoint(mode))
        }
        return outcome
    }
}
