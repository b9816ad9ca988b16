import Platform

/// Why the writer did not do, or did not acknowledge, a job.
public enum WriterError: ExplainedError {
    /// The store is being closed; the job was not run.
    case closed
    /// Too many jobs wait; this one was not run.
    case overloaded(jobsWaiting: Int)
    /// The job is in the database, but could not be written to the witness, so it is not acknowledged. It will stay,
    /// and a retry must be recognised by its idempotency key.
    case notAcknowledged(cause: any Error)
    /// A sync failed earlier: it is unknown what the disk holds, so nothing is accepted until the store is opened anew.
    case halted(cause: any Error)

    public var code: String {
        switch self {
        case .closed: "store.closed"
        case .overloaded: "store.overloaded"
        case .notAcknowledged: "store.not-acknowledged"
        case .halted: "store.halted"
        }
    }

    public var sentence: String {
        switch self {
        case .closed: "The store is being closed."
        case .overloaded(let jobs): "\(jobs) writes are waiting already."
        case .notAcknowledged(let cause): "The change was written but could not be acknowledged. \(cause)"
        case .halted(let cause): "The store stopped accepting changes after a failed sync. \(cause)"
        }
    }

    public var hint: String {
        switch self {
        case .closed: "Try again when the node runs."
        case .overloaded: "Wait a moment and try again."
        case .notAcknowledged: "Look whether the change is there before sending it again."
        case .halted: "Check the disk and the kernel log, then start the node again."
        }
    }
}

/// A sync that failed may not be tried again by this process: the kernel may have dropped the bytes and the next sync
/// would succeed without them.
func isFailedSync(_ error: any Error) -> Bool {
    switch error {
    case let error as DatabaseError: [.ioErrorSync, .ioErrorDirectorySync].contains(error.resultCode)
    case let error as WitnessError: if case .syncFailed = error { true } else { false }
    default: false
    }
}
