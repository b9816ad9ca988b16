/// The connection, the witness and the order between them, on whatever thread: one group from its jobs to durable.
struct WriterCore {
    let connection: Connection
    private let witness: (any Witness)?
    private let hooks: CommitHooks
    /// A record that the witness could not take yet; the next group tries again.
    private var unwritten: WitnessRecord?
    /// Why nothing more is written: a sync failed.
    private(set) var halted: (any Error)?

    init(connection: Connection, witness: (any Witness)?, hooks: CommitHooks) {
        self.connection = connection
        self.witness = witness
        self.hooks = hooks
    }

    var walFrames: Int { connection.walFrames }

    /// Runs the jobs and makes them durable; the caller then gives the answers.
    mutating func run(_ jobs: [WriteJob]) -> GroupOutcome {
        guard !connection.isClosed else { return GroupOutcome(refused: jobs, .closed) }
        if let halted { return GroupOutcome(refused: jobs, .halted(cause: halted)) }
        var outcome = connection.runGroup(jobs, hooks: hooks)
        acknowledge(&outcome)
        halted = outcome.halt
        return outcome
    }

    private mutating func acknowledge(_ outcome: inout GroupOutcome) {
        guard let witness, let record = outcome.witness ?? unwritten else { return }
        do {
            try witness.write(record)
            unwritten = nil
        } catch {
            unwritten = record
            // A group without a record of its own needs no witness: it only tried the earlier one again.
            if outcome.witness != nil { outcome.witnessError = error }
            if isFailedSync(error) { outcome.halt = error }
        }
    }

    mutating func checkpoint(_ mode: Connection.CheckpointMode) -> Result<CheckpointResult, any Error> {
        let result = Result { try connection.checkpoint(mode) }
        if case .failure(let error) = result, isFailedSync(error) { halted = error }
        return result
    }

    func close() {
        if !connection.isClosed { connection.close() }
    }
}
