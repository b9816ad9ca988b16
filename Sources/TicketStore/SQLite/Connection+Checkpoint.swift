import CSQLite

/// What a checkpoint did.
public struct CheckpointResult: Hashable, Sendable {
    /// Frames in the WAL.
    public var walFrames: Int
    /// Those of them that are now in the database file.
    public var checkpointedFrames: Int
    /// A reader stood in the way of finishing; the rest follows another time.
    public var wasBlocked: Bool

    /// Everything in the WAL is in the database file.
    public var isWhole: Bool { !wasBlocked && checkpointedFrames == walFrames }
}

extension Connection {
    /// How hard a checkpoint tries.
    public enum CheckpointMode: Sendable {
        /// Copies what it can without waiting for readers.
        case passive
        /// Waits for readers, up to the busy timeout, so that the WAL begins anew.
        case restart
        /// Like `restart`, and cuts the WAL to nothing.
        case truncate
    }

    /// Copies the WAL into the database file. Only the writer may do this, outside a transaction.
    @discardableResult
    public func checkpoint(_ mode: CheckpointMode = .passive) throws -> CheckpointResult {
        precondition(self.mode.writes && !isInTransaction, "only the writer checkpoints, between transactions")
        let option =
            switch mode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .restart: SQLITE_CHECKPOINT_RESTART
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        var frames: Int32 = 0
        var done: Int32 = 0
        let status = sqlite3_wal_checkpoint_v2(db, "main", option, &frames, &done)
        guard status == SQLITE_OK || status & 0xff == SQLITE_BUSY else {
            throw DatabaseError.compiling(db, status, sql: nil)
        }
        return CheckpointResult(
            walFrames: Int(max(frames, 0)), checkpointedFrames: Int(max(done, 0)), wasBlocked: status != SQLITE_OK)
    }
}
