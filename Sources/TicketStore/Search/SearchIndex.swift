import Platform

/// The full-text index of a node: a file of its own that is in no backup and can be rebuilt from the database.
///
/// It holds personal text, so the file has mode 0600 and lives beside the database, never in a copy of it. Its place in the
/// order of applied actions (`position`) is committed with its rows: after a crash the node goes on from there. The
/// file is never the only holder of anything, so a damaged one is deleted and built again.
public final class SearchIndex: Sendable {
    private let writer: Locked<Connection>
    /// Nil in memory: there only one connection sees the data.
    private let readers: ReadPool?

    /// Changes whenever the tables or the tokens change: an index of another version is built again.
    private static let version: Int32 = 1
    /// "SNsx"
    private static let applicationID: Int32 = 0x534e_7378

    /// Opens the index, or makes an empty one (`position` 0) in place of a missing, damaged or outdated file.
    ///
    /// - Parameter path: nil for an index in memory.
    /// - Throws: `DatabaseError` (`disk-full`, `read-only`, `cannot-open`, `io`); `FileError` when a damaged file cannot
    ///   be removed.
    public init(path: String?, readers: Int = 2) throws {
        guard let path else {
            writer = Locked(try SearchIndex.open(path: "", mode: .memory))
            self.readers = nil
            return
        }
        writer = Locked(try SearchIndex.openOrRebuild(path))
        self.readers = try ReadPool(path: path, connections: readers)
    }

    /// The apply sequence up to which the index has everything; 0 for a new one.
    public func position() throws -> UInt64 {
        try writer.withLock { try $0.cached("SELECT position FROM progress").first { $0.uint64(0) } ?? 0 }
    }

    /// Runs changes in one transaction and moves the position with them. Batches of some hundred texts are fastest.
    public func update(to position: UInt64, _ body: @Sendable (Batch) throws -> Void) throws {
        try writer.withLock { connection in
            try connection.transaction {
                try body(Batch(connection: connection))
                try connection.cached("UPDATE progress SET position = ?").run(position)
            }
            if connection.walFrames >= SearchIndex.checkpointFrames { try connection.checkpoint() }
        }
    }

    /// Gives back what the writing of the index keeps in memory.
    public func releaseMemory() { writer.withLock { $0.releaseMemory() } }

    /// The keys of the texts that hold every word of the query, highest key first. No query is an error: what is no
    /// word is ignored, and a query without a word finds nothing.
    ///
    /// - Parameters:
    ///   - limit: at most `SearchLimits.resultsMax` are given.
    ///   - before: only keys below this one, for the next page.
    public func search(_ query: String, limit: Int, before: Int64 = .max) throws -> [Int64] {
        guard let expression = SearchTokens.expression(query), limit > 0 else { return [] }
        let limit = min(limit, SearchLimits.resultsMax)
        let find: @Sendable (Connection) throws -> [Int64] = { connection in
            try connection.cached(
                "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
            )
            .all(expression, before, limit) { $0.int64(0) }
        }
        guard let readers else { return try writer.withLock { try find($0) } }
        return try readers.read(find)
    }

    /// Rewrites the index so that nothing of removed texts is left in the file: the last step of an erasure.
    /// Takes time in proportion to the index.
    public func purge() throws {
        try writer.withLock { connection in
            // FTS5 keeps the words of removed rows in older segments until they are merged.
            try connection.execute("INSERT INTO words(words) VALUES('optimize')")
            try connection.checkpoint(.truncate)
        }
    }

    public func close() {
        readers?.close()
        writer.withLock { if !$0.isClosed { $0.close() } }
    }

    private static let checkpointFrames = 4_000
}

extension SearchIndex {
    /// The changes of one transaction.
    public struct Batch {
        let connection: Connection

        /// Sets the text of a key, in place of any earlier one.
        public func update(_ key: Int64, _ text: String) throws {
            try remove(key)
            guard !text.isEmpty else { return }
            try connection.cached("INSERT INTO texts(key, text) VALUES(?, ?)").run(key, text)
            try connection.cached("INSERT INTO words(rowid, tokens) VALUES(?, ?)").run(key, SearchTokens.indexed(text))
        }

        /// Forgets a key; nothing happens where there is none.
        public func remove(_ key: Int64) throws {
            let old = try connection.cached("SELECT text FROM texts WHERE key = ?").first(key) { $0.string(0) ?? "" }
            guard let old else { return }
            // An index without content has to be told what it held.
            try connection.cached("INSERT INTO words(words, rowid, tokens) VALUES('delete', ?, ?)")
                .run(key, SearchTokens.indexed(old))
            try connection.cached("DELETE FROM texts WHERE key = ?").run(key)
        }
    }

    /// Removes a closed index, so that the next opening begins at position 0: after `store.corrupt` from any call.
    public static func discard(path: String) throws {
        for suffix in ["", "-wal", "-shm"] { try removeFile(path + suffix) }
    }

    private static func openOrRebuild(_ path: String) throws -> sending Connection {
        do {
            return try open(path: path, mode: .readWriteCreate)
        } catch let error as DatabaseError where isDamage(error) {
            return try rebuild(path)
        } catch is ForeignFileError {
            return try rebuild(path)
        }
    }

    private static func rebuild(_ path: String) throws -> sending Connection {
        try discard(path: path)
        return try open(path: path, mode: .readWriteCreate)
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        switch error.resultCode {
        case .corrupt, .notADatabase: true
        default: false
        }
    }

    private static func open(path: String, mode: OpenMode) throws -> sending Connection {
        let connection = try Connection(path: path, mode: mode, options: .rebuildable)
        let found = try connection.schemaVersion(applicationID: applicationID, knownUpTo: version, path: path)
        guard found != version else { return connection }
        guard found == 0 else {
            connection.close()
            throw ForeignFileError.newerSchema(path: path, found: found, known: version)
        }
        try connection.transaction {
            // The `ascii` tokenizer keeps every character above ASCII; the tokens are made by `SearchTokens`.
            try connection.execute(
                """
                CREATE TABLE texts(key INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
                CREATE TABLE progress(position INTEGER NOT NULL) STRICT;
                INSERT INTO progress VALUES(0);
                CREATE VIRTUAL TABLE words USING fts5(tokens, content='', columnsize=0, tokenize='ascii')
                """)
            try connection.mark(applicationID: applicationID, schemaVersion: version)
        }
        return connection
    }
}
