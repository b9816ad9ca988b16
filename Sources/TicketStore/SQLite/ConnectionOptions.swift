/// How a connection is opened.
public enum OpenMode: Hashable, Sendable {
    /// The writer of a new or existing file.
    case readWriteCreate
    /// The writer of an existing file.
    case readWrite
    /// A reader of an existing file: it neither writes nor checkpoints.
    case readOnly
    /// A private database in memory; the path is ignored.
    case memory

    var writes: Bool { self != .readOnly }
}

/// The settings of a connection, each with its unit in its name.
public struct ConnectionOptions: Hashable, Sendable {
    /// What a commit waits for.
    public enum Synchronous: String, Sendable {
        /// Every commit is synced before it returns: for everything acknowledged.
        case full = "FULL"
        /// A power cut may undo the last commits but never damages the file: for what can be rebuilt.
        case normal = "NORMAL"
    }

    public var synchronous = Synchronous.full
    /// How long a statement waits for another process's lock.
    public var busyTimeoutMilliseconds = 5_000
    /// Pages kept in memory by this connection.
    public var cacheKibibytes = 4_096
    /// Kept for the small allocations of statements, so that each run of a statement does not ask the system's allocator
    /// for every column; nil for SQLite's own size.
    public var lookasideKibibytes: Int?
    /// After a checkpoint, a WAL longer than this is cut to it. Rewriting a WAL in place is cheaper than growing it.
    public var journalSizeLimitBytes: Int64 = 64 * 1024 * 1024
    /// A test's limit on the size of the file, in pages of 4 KiB; nil for none.
    public var pagesMax: Int?

    /// A test's file system, by the name that it is registered with; nil for the system's.
    var fileSystem: String?

    public init() {}

    /// For files that can be rebuilt: a commit waits for no sync.
    public static var rebuildable: ConnectionOptions {
        var options = ConnectionOptions()
        options.synchronous = .normal
        return options
    }
}
