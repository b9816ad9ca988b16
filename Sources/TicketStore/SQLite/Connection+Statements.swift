import CSQLite

/// Statements kept compiled. One for a literal is found by the literal's address, which costs no hashing of its text.
struct StatementCache {
    var byAddress: [UInt: Statement] = [:]
    var byText: [String: Statement] = [:]

    mutating func removeAll() {
        byAddress.removeAll()
        byText.removeAll()
    }
}

extension Connection {
    /// Compiles one statement. Throws `DatabaseError` of kind `sql`, with the text, for a mistake in it.
    public func prepare(_ sql: String) throws -> Statement { try compile(sql, flags: 0) }

    /// The kept statement of a literal, compiled at its first use.
    ///
    /// While the kept one is between two rows (a nested use of the same statement), a fresh one is returned.
    public func cached(_ sql: StaticString) throws -> Statement {
        precondition(sql.hasPointerRepresentation)
        let key = UInt(bitPattern: sql.utf8Start)
        let kept = statements.byAddress[key]
        if let kept, !kept.isBusy { return kept }
        let statement = try compile(sql.description, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
        if kept == nil { statements.byAddress[key] = statement }
        return statement
    }

    /// The kept statement of a text that is put together from constants. Never put values into it: bind them.
    public func cached(text sql: String) throws -> Statement {
        let kept = statements.byText[sql]
        if let kept, !kept.isBusy { return kept }
        let statement = try compile(sql, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
        if kept == nil { statements.byText[sql] = statement }
        return statement
    }

    /// Runs a script of statements separated by `;`, without values.
    public func execute(_ script: String) throws {
        let status = sqlite3_exec(db, script, nil, nil, nil)
        guard status == SQLITE_OK else { throw DatabaseError.compiling(db, status, sql: script) }
    }

    /// Rows that the last INSERT, UPDATE or DELETE changed.
    public var changes: Int { Int(sqlite3_changes64(db)) }

    /// The integer key of the last inserted row.
    public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(db) }

    /// Ends every statement that is between two rows: each would keep a read transaction, and its snapshot, open.
    /// Only for the outermost level: a loop over rows further out would begin again.
    func resetBusyStatements() {
        var statement = sqlite3_next_stmt(db, nil)
        while let current = statement {
            if sqlite3_stmt_busy(current) != 0 { sqlite3_reset(current) }
            statement = sqlite3_next_stmt(db, current)
        }
    }

    private func compile(_ sql: String, flags: UInt32) throws -> Statement {
        var sql = sql
        var handle: OpaquePointer?
        var isWhole = true
        let status = sql.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { text in
                var tail: UnsafePointer<CChar>?
                let status = sqlite3_prepare_v3(db, text.baseAddress, Int32(text.count), flags, &handle, &tail)
                if let tail, let start = text.baseAddress { isWhole = onlyBlank(utf8[(tail - start)...]) }
                return status
            }
        }
        guard status == SQLITE_OK else { throw DatabaseError.compiling(db, status, sql: sql) }
        guard let handle else { throw DatabaseError(.error, message: "there is no statement in the text", sql: sql) }
        let statement = Statement(handle)
        guard isWhole else { throw DatabaseError(.error, message: "there is a second statement in the text", sql: sql) }
        return statement
    }
}

private func onlyBlank(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.allSatisfy { $0 == 0x20 || $0 == 0x0a || $0 == 0x3b }
}
