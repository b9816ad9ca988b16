import CSQLite
import Glibc

/// One connection to one SQLite file, used by one thread at a time.
///
/// Rule: a file has one writing connection in one process; all others are `.readOnly` and never checkpoint.
/// Why: SQLite 3.7.0 to 3.51.2 can lose a commit when two connections write or checkpoint at the same instant (the
/// "WAL-reset" race, https://sqlite.org/wal.html). `StoreLock` keeps other processes out.
public final class Connection {
    let db: OpaquePointer
    public let mode: OpenMode
    /// Stops a running statement from another thread.
    public let interruptHandle: InterruptHandle
    var statements = StatementCache()
    private let walFrameCounter: UnsafeMutablePointer<Int32>
    private(set) var isClosed = false

    /// Opens the file and sets it up.
    ///
    /// A new file gets mode 0600. Throws `DatabaseError`: `cannot-open`, `read-only` (a writer on a file that it may
    /// not write), `foreign-file` (not a SQLite database), `locked`, `corrupt`, `io`, `disk-full`.
    public init(path: String, mode: OpenMode, options: ConnectionOptions = ConnectionOptions()) throws {
        if mode == .readWriteCreate { try Connection.createPrivately(path) }
        db = try Connection.open(path, mode, options.fileSystem)
        self.mode = mode
        interruptHandle = InterruptHandle(db)
        walFrameCounter = .allocate(capacity: 1)
        walFrameCounter.initialize(to: 0)
        try configure(options)
    }

    deinit {
        if !isClosed { release() }
        walFrameCounter.deallocate()
    }

    /// Closes the file. The last writer also checkpoints and removes the WAL. Statements must not be used afterwards.
    public func close() {
        precondition(!isClosed, "a connection is closed once")
        release()
    }

    /// Frames in the WAL after the last commit of this connection, checkpointed or not.
    public var walFrames: Int { Int(walFrameCounter.pointee) }

    /// Gives back the pages that are kept in memory; what is needed next is read again.
    func releaseMemory() { sqlite3_db_release_memory(db) }

    private func release() {
        isClosed = true
        interruptHandle.connectionWillClose()
        statements.removeAll()
        // Statements that a caller still holds keep the handle alive until they are gone; it never fails.
        sqlite3_close_v2(db)
    }

    private func configure(_ options: ConnectionOptions) throws {
        // SQLite opens a file that it may not write for reading, without a word.
        guard !mode.writes || sqlite3_db_readonly(db, "main") == 0 else {
            throw DatabaseError(.readOnly, message: "the database file may only be read")
        }
        if let kibibytes = options.lookasideKibibytes {
            // Refused only where memory is in use already; SQLite then keeps its own size.
            _ = shim_sqlite3_lookaside(db, 1024, Int32(clamping: kibibytes))
        }
        sqlite3_extended_result_codes(db, 1)
        sqlite3_busy_timeout(db, Int32(clamping: options.busyTimeoutMilliseconds))
        // Double-quoted strings are a trap; the schema of a damaged file must not call functions.
        for (option, on) in [
            (SQLITE_DBCONFIG_DQS_DML, Int32(0)), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_DEFENSIVE, 1),
        ] {
            shim_sqlite3_db_config(db, option, on)
        }
        try execute("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-\(options.cacheKibibytes); PRAGMA foreign_keys=ON")
        if mode.writes { try configureWriter(options) } else { try configureReader() }
        if let pages = options.pagesMax { try execute("PRAGMA max_page_count=\(pages)") }
    }

    private func configureWriter(_ options: ConnectionOptions) throws {
        // What is deleted is overwritten, in the pages that go on and in those that become free: a word that was taken
        // out of a table is in no page of the file once the WAL is checkpointed. Debian's SQLite does so by itself, others
        // do not.
        try execute("PRAGMA secure_delete=ON")
        guard mode != .memory else { return }
        // The hook takes the place of SQLite's own checkpoints: the writer decides when.
        sqlite3_wal_hook(db, countWALFrames, walFrameCounter)
        let journal = try prepare("PRAGMA journal_mode=WAL").first { $0.string(0) }
        guard journal == "wal" else {
            throw DatabaseError(.cannotOpen, message: "the file system cannot hold a write-ahead log")
        }
        try execute(
            """
            PRAGMA synchronous=\(options.synchronous.rawValue);
            PRAGMA journal_size_limit=\(options.journalSizeLimitBytes)
            """)
    }

    private func configureReader() throws {
        shim_sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        sqlite3_wal_hook(db, nil, nil)
        try execute("PRAGMA query_only=ON")
        // Reads the header now: a foreign or damaged file is an error of opening, not of the first query.
        _ = try prepare("PRAGMA schema_version").integer()
    }
}

@available(*, unavailable, message: "A connection is used by one thread at a time; share it inside a Locked.")
extension Connection: Sendable {}

extension Connection {
    /// SQLite creates files that everybody may read; ours hold customer data. WAL and shared memory inherit the mode.
    private static func createPrivately(_ path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let code: ResultCode = errno == EROFS ? .readOnly : errno == ENOSPC ? .full : .cannotOpen
            throw DatabaseError(code, message: "the database file cannot be opened for writing (errno \(errno))")
        }
        Glibc.close(file)
    }

    private static func open(_ path: String, _ mode: OpenMode, _ fileSystem: String?) throws -> OpaquePointer {
        // One thread at a time uses a connection, so SQLite's own locking per connection is not needed.
        let access =
            switch mode {
            case .readWriteCreate, .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readWrite: SQLITE_OPEN_READWRITE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        var db: OpaquePointer?
        let name = mode == .memory ? ":memory:" : plainName(path)
        let status = sqlite3_open_v2(name, &db, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, fileSystem)
        guard status == SQLITE_OK, let db else {
            let error = DatabaseError.compiling(db, status, sql: nil)
            sqlite3_close_v2(db)
            throw error
        }
        return db
    }

    /// Debian's SQLite reads names that begin with `file:` as URIs, and `:memory:` and the empty name are special.
    private static func plainName(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }
}

/// Called by SQLite after each commit, with the number of frames now in the WAL.
private func countWALFrames(
    _ counter: UnsafeMutableRawPointer?, _ db: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ frames: Int32
) -> Int32 {
    counter?.assumingMemoryBound(to: Int32.self).pointee = frames
    return SQLITE_OK
}
