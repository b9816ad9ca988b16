/// Who waits and who writes: the writer's bookkeeping, without threads or files.
///
/// Invariants: at most one thread has the connection; jobs come out in the order they went in; after `halt` or `close`
/// nothing new is accepted; whatever was accepted comes out.
struct WriterQueue {
    private let options: WriterOptions
    private var waiting: [WriteJob] = []
    /// The first of `waiting` that has not been handed out.
    private var head = 0
    private var isConnectionTaken = false
    private var isClosing = false
    private var checkpoints: CheckpointSchedule
    /// Why nothing more is accepted.
    private(set) var halted: (any Error)?
    /// Why the last checkpoint failed.
    private(set) var checkpointError: (any Error)?

    init(options: WriterOptions) {
        self.options = options
        checkpoints = CheckpointSchedule(options)
    }

    /// What a thread is to do next.
    enum Step {
        /// It has the connection now and runs these jobs as one group.
        case group([WriteJob])
        /// It has the connection now and checkpoints.
        case checkpoint(Connection.CheckpointMode)
        /// Everything is handed out and the writer is closing.
        case stop
    }

    var jobsWaiting: Int { waiting.count - head }

    /// True when somebody should be woken: the connection is free and there is something to do.
    var hasWork: Bool {
        !isConnectionTaken && (jobsWaiting > 0 || isClosing || checkpoints.due(isIdle: true) != nil)
    }

    /// Adds a job, or says why not.
    mutating func append(_ job: WriteJob) -> WriterError? {
        if let halted { return .halted(cause: halted) }
        guard !isClosing else { return .closed }
        guard jobsWaiting < options.queueJobsMax else { return .overloaded(jobsWaiting: jobsWaiting) }
        waiting.append(job)
        return nil
    }

    /// Gives the connection to the caller, or nil when there is nothing to do or another has it.
    ///
    /// - Parameter mayCheckpoint: false for a thread that should only run its own group. It gets nothing while a checkpoint
    ///   is urgent: a busy client would otherwise always come before the worker, and the WAL would grow without bound.
    mutating func next(mayCheckpoint: Bool) -> Step? {
        guard !isConnectionTaken else { return nil }
        if halted == nil, let mode = checkpoints.due(isIdle: mayCheckpoint && jobsWaiting == 0) {
            guard mayCheckpoint else { return nil }
            isConnectionTaken = true
            return .checkpoint(mode)
        }
        guard jobsWaiting > 0 else { return isClosing ? .stop : nil }
        isConnectionTaken = true
        return .group(takeJobs())
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

    /// A group has ended and its thread gives the connection back. Returns whether somebody should be woken.
    mutating func release(walFrames: Int) -> Bool {
        isConnectionTaken = false
        checkpoints.committed(walFrames: walFrames)
        return hasWork
    }

    /// A checkpoint has ended. Returns whether somebody should be woken.
    mutating func release(after checkpoint: Result<CheckpointResult, any Error>) -> Bool {
        isConnectionTaken = false
        checkpoints.finished(checkpoint)
        checkpointError = nil
        if case .failure(let error) = checkpoint {
            checkpointError = error
            if isFailedSync(error) { halt(error) }
        }
        return hasWork
    }

    /// Nothing more is accepted. The jobs that wait still come out, each to be refused.
    mutating func halt(_ cause: any Error) { halted = halted ?? cause }

    mutating func close() { isClosing = true }
}
