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

    /// A commit left so many frames in the WAL.
    mutating func committed(walFrames: Int) { self.walFrames = walFrames }

    /// What to do now, or nil.
    func due(isIdle: Bool) -> Connection.CheckpointMode? {
        guard walFrames >= threshold, isIdle || walFrames >= options.checkpointUrgentFrames else { return nil }
        return walFrames >= options.walFramesMax ? .restart : .passive
    }

    /// After a checkpoint of the whole WAL the next commit begins it anew, and reports its length then. One that was
    /// blocked or failed lost nothing: the WAL still has it all, and the next one copies it again.
    mutating func finished(_ result: Result<CheckpointResult, any Error>) {
        let isWhole = if case .success(let done) = result { done.isWhole } else { false }
        threshold = isWhole ? options.checkpointFrames : walFrames + options.checkpointFrames
        if isWhole { walFrames = 0 }
    }
}
