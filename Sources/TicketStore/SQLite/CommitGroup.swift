/// One piece of work for the writer, with the way to answer for it.
struct WriteJob: Sendable {
    /// Runs the work and returns what is to be answered if its group becomes durable.
    let run: @Sendable (Connection) throws -> Answer
    /// Answers with an error instead.
    let fail: @Sendable (any Error) -> Void

    typealias Answer = @Sendable () -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        run = { connection in
            let value = try body(connection)
            return { completion(.success(value)) }
        }
        fail = { completion(.failure($0)) }
    }
}

/// What became of the jobs of one group, before anybody is told.
struct GroupOutcome: Sendable {
    /// Those whose changes are committed: answered after the witness is durable.
    var committed: [(job: WriteJob, answer: WriteJob.Answer)] = []
    /// Those that were undone.
    var failed: [(job: WriteJob, error: any Error)] = []
    /// What the witness must hold before `committed` is answered.
    var witness: WitnessRecord?
    /// Why `committed` is not acknowledged although it is in the database.
    var witnessError: (any Error)?
    /// A sync failed: nothing more may be written.
    var halt: (any Error)?

    init() {}

    /// None was run.
    init(refused jobs: [WriteJob], _ error: WriterError) { failed = jobs.map { ($0, error) } }

    /// Tells every caller.
    func answer() {
        for (job, error) in failed { job.fail(error) }
        for (job, answer) in committed {
            if let witnessError { job.fail(WriterError.notAcknowledged(cause: witnessError)) } else { answer() }
        }
    }
}

extension Connection {
    /// Runs the jobs in as few transactions as it takes: one, unless an error makes SQLite undo a whole transaction.
    ///
    /// A job that throws is undone alone. When SQLite itself undoes everything (a full disk, an I/O error), the jobs
    /// run so far have all failed with that error, and the rest goes on in a new transaction.
    func runGroup(_ jobs: [WriteJob], hooks: CommitHooks) -> GroupOutcome {
        var outcome = GroupOutcome()
        var rest = jobs[...]
        while !rest.isEmpty, outcome.halt == nil {
            runTransaction(&rest, hooks: hooks, outcome: &outcome)
        }
        for job in rest { outcome.failed.append((job, WriterError.halted(cause: outcome.halt ?? WriterError.closed))) }
        return outcome
    }

    /// Takes jobs from `rest` until none is left or the transaction is undone under them.
    private func runTransaction(_ rest: inout ArraySlice<WriteJob>, hooks: CommitHooks, outcome: inout GroupOutcome) {
        var done: [(job: WriteJob, answer: WriteJob.Answer)] = []
        var taken: WriteJob?
        do {
            let isAlone = rest.count == 1
            try begin(.immediate)
            while let job = rest.popFirst() {
                taken = job
                do {
                    done.append((job, try isAlone ? job.run(self) : savepoint { try job.run(self) }))
                } catch {
                    // An alone job has no part of its own: its transaction is undone below.
                    guard isInTransaction, !isAlone else { throw error }
                    outcome.failed.append((job, error))
                    hooks.afterRollback(.job)
                }
                taken = nil
            }
            try finish(done, hooks: hooks, outcome: &outcome)
        } catch {
            undo(error, done.map(\.job), taken, hooks: hooks, outcome: &outcome)
        }
        resetBusyStatements()
    }

    /// Commits and asks for the witness record. Throws when nothing was committed.
    private func finish(
        _ done: [(job: WriteJob, answer: WriteJob.Answer)], hooks: CommitHooks, outcome: inout GroupOutcome
    ) throws {
        resetBusyStatements()
        guard !done.isEmpty else { return try rollback() }
        try hooks.beforeCommit(self)
        try commit()
        outcome.committed += done
        do {
            outcome.witness = try hooks.afterCommit(self) ?? outcome.witness
        } catch {
            outcome.witnessError = error
        }
    }

    private func undo(
        _ error: any Error, _ done: [WriteJob], _ taken: WriteJob?, hooks: CommitHooks, outcome: inout GroupOutcome
    ) {
        resetBusyStatements()
        var error = error
        do {
            try rollback()
        } catch let rollbackError {
            // Not known to happen; the transaction's state is then unknown, so nothing more is written.
            outcome.halt = rollbackError
            error = rollbackError
        }
        if isFailedSync(error) { outcome.halt = error }
        for job in done + [taken].compactMap(\.self) { outcome.failed.append((job, error)) }
        // Where no job had ended well, nothing outside the database was derived from this transaction.
        hooks.afterRollback(done.isEmpty && outcome.halt == nil ? .job : .group)
    }
}
