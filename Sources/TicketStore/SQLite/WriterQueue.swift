/// Who waits, who writes and whose turn it is at the witness: the writer's bookkeeping, without threads or files.
///
/// Invariants: at most one group or checkpoint has the connection; groups are numbered in the order of their commits and
/// reach the witness in that order; after `halt` or `close` nothing new is accepted; what was accepted is handed out.
struct WriterQueue {
    private let options: WriterOptions
    private var waiting: [WriteJob] = []
    /// The first of `waiting` that has not been handed out.
    private var head = 0
    private var isConnectionTaken = false
    private var nextGroup: UInt64 = 1
    private(set) var witnessTurn: UInt64 = 1
    private var turnWaiters = 0
    private var isClosing = false
    private var haltCause: (any Error)?
    private var checkpoints: CheckpointSchedule
    private(set) var checkpointError: (any Error)?
    /// A record that could not be written yet: it is older than that of any later group.
    private var unwrittenRecord: WitnessRecord?

    init(options: WriterOptions) {
        self.options = options
        checkpoints = CheckpointSchedule(options)
    }

    /// What a thread is to do next.
    enum Step {
        /// It has the connection now and runs these jobs as the group of that number.
        case group(UInt64, [WriteJob])
        /// It has the connection now and checkpoints.
        case checkpoint(Connection.CheckpointMode)
        /// Everything is handed out and the writer is closing.
        case stop
    }

    var jobsWaiting: Int { waiting.count - head }

    /// True when somebody should be woken: there is work and the connection is free.
    var hasWork: Bool {
        !isConnectionTaken && (jobsWaiting > 0 || isClosing || checkpoints.due(isIdle: jobsWaiting == 0) != nil)
    }

    /// Adds a job, or says why not.
    mutating func append(_ job: WriteJob) -> WriterError? {
        if let haltCause { return .halted(cause: haltCause) }
        guard !isClosing else { return .closed }
        guard jobsWaiting < options.queueJobsMax else { return .overloaded(jobsWaiting: jobsWaiting) }
        waiting.append(job)
        return nil
    }

    /// Gives the connection to the caller, or nil when there is nothing to do or another has it.
    mutating func next(mayCheckpoint: Bool) -> Step? {
        guard !isConnectionTaken else { return nil }
        if mayCheckpoint, haltCause == nil, let mode = checkpoints.due(isIdle: jobsWaiting == 0) {
            isConnectionTaken = true
            return .checkpoint(mode)
        }
        guard jobsWaiting > 0 else { return isClosing ? .stop : nil }
        isConnectionTaken = true
        defer { nextGroup += 1 }
        return .group(nextGroup, takeJobs())
    }

    private mutating func takeJobs() -> [WriteJob] {
        let count = min(jobsWaiting, options.groupJobsMax)
        let jobs = Array(waiting[head..<head + count])
        head += count
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head > options.queueJobsMax {
            waiting.removeSubrange(..<head)
            head = 0
        }
        return jobs
    }

    /// The group's transaction has ended. Returns whether somebody should be woken.
    mutating func release(walFrames: Int) -> Bool {
        isConnectionTaken = false
        checkpoints.committed(walFrames: walFrames)
        return hasWork
    }

    /// A checkpoint has ended; nil for one that failed.
    mutating func release(after result: CheckpointResult?) -> Bool {
        isConnectionTaken = false
        if result != nil { checkpointError = nil }
        checkpoints.finished(result)
        return hasWork
    }

    /// True when all earlier groups have been at the witness.
    func hasTurn(_ group: UInt64) -> Bool { witnessTurn == group }

    mutating func willWaitForTurn() { turnWaiters += 1 }

    /// What has to be written to the witness for a group: its own record, or an earlier one that could not be written.
    func recordToWrite(_ own: WitnessRecord?) -> WitnessRecord? { own ?? unwrittenRecord }

    /// The group has been at the witness. Returns whether a later group waits for the turn.
    mutating func endTurn(of group: UInt64, unwritten: WitnessRecord?) -> Bool {
        precondition(witnessTurn == group)
        unwrittenRecord = unwritten
        witnessTurn += 1
        defer { turnWaiters = 0 }
        return turnWaiters > 0
    }

    mutating func checkpointFailed(_ error: any Error) { checkpointError = error }

    /// Nothing more is accepted. The jobs that wait still come out, each to be refused.
    mutating func halt(_ cause: any Error) { haltCause = haltCause ?? cause }

    var halted: (any Error)? { haltCause }

    mutating func close() { isClosing = true }
}

/// When the WAL is copied into the file: when nobody waits, or when it has become long.
struct CheckpointSchedule {
    private let options: WriterOptions
    private var walFrames = 0
    /// The length at which the next checkpoint is worth trying: one that was blocked or failed is not repeated at once.
    private var threshold: Int

    init(_ options: WriterOptions) {
        self.options = options
        threshold = options.checkpointFrames
    }

    mutating func committed(walFrames: Int) { self.walFrames = walFrames }

    func due(isIdle: Bool) -> Connection.CheckpointMode? {
        guard options.checkpointFrames > 0, walFrames >= threshold else { return nil }
        guard isIdle || walFrames >= options.checkpointUrgentFrames else { return nil }
        return walFrames >= options.walFramesMax ? .restart : .passive
    }

    /// - Parameter result: nil for a checkpoint that failed.
    mutating func finished(_ result: CheckpointResult?) {
        let isWhole = result.map { !$0.wasBlocked && $0.checkpointedFrames == $0.walFrames } ?? false
        threshold = isWhole ? options.checkpointFrames : walFrames + options.checkpointFrames
        // A whole checkpoint lets the next commit begin the WAL anew, and report its length then.
        if isWhole { walFrames = 0 }
    }
}
