import Platform

/// A simulated node's executor: one connection, everything on the caller's thread, one job a group, no thread at all.
public final class InlineExecutor: StoreExecutor {
    private let state: Locked<InlineState>

    public init(_ connection: sending Connection, witness: (any Witness)?, hooks: CommitHooks = CommitHooks()) {
        precondition(connection.mode.writes)
        state = Locked(InlineState(connection: connection, witness: witness, hooks: hooks))
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
        try state.withLock { state in try state.connection.snapshot(body) }
    }

    public func backup(to path: String) throws {
        try writeBackup(to: path) { path in try state.withLock { try $0.connection.vacuum(into: path) } }
    }

    public var halted: (any Error)? { state.withLock { $0.halted } }

    public func close() { state.withLock { if !$0.connection.isClosed { $0.connection.close() } } }

    private func run(_ job: WriteJob) {
        let (outcome, error) = state.withLock { $0.run(job) }
        outcome.answer(error)
    }
}

private struct InlineState {
    let connection: Connection
    let witness: (any Witness)?
    let hooks: CommitHooks
    var unwritten: WitnessRecord?
    var halted: (any Error)?

    init(connection: Connection, witness: (any Witness)?, hooks: CommitHooks) {
        self.connection = connection
        self.witness = witness
        self.hooks = hooks
    }

    mutating func run(_ job: WriteJob) -> (GroupOutcome, WriterError?) {
        guard !connection.isClosed else { return (GroupOutcome(failed: job, WriterError.closed), nil) }
        if let halted { return (GroupOutcome(refused: [job], halted), nil) }
        let outcome = connection.runGroup([job], hooks: hooks)
        halted = outcome.halt
        return (outcome, acknowledge(outcome))
    }

    private mutating func acknowledge(_ outcome: GroupOutcome) -> WriterError? {
        if let error = outcome.witnessError { return .notAcknowledged(cause: error) }
        guard let witness, let record = outcome.witness ?? unwritten else { return nil }
        do {
            try witness.write(record)
            unwritten = nil
            return nil
        } catch {
            unwritten = record
            if isFailedSync(error) { halted = error }
            return outcome.witness == nil ? nil : .notAcknowledged(cause: error)
        }
    }
}
