import CSQLite

/// How a transaction begins.
public enum TransactionKind: Sendable {
    /// A snapshot from its first read; for reading.
    case deferred
    /// Takes the write lock at once; for writing.
    case immediate
}

extension Connection {
    /// True between BEGIN and COMMIT or ROLLBACK.
    public var isInTransaction: Bool { sqlite3_get_autocommit(db) == 0 }

    /// Runs `body` in a transaction of its own: COMMIT at its end, ROLLBACK when it or the COMMIT throws.
    /// Not for use inside another one: that is `savepoint`.
    public func transaction<Result>(_ kind: TransactionKind = .immediate, _ body: () throws -> Result) throws -> Result
    {
        try begin(kind)
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            try rollback()
            throw error
        }
    }

    /// Runs `body` in a part of the open transaction that is undone alone when `body` throws.
    ///
    /// A full disk or an I/O error may have made SQLite undo the whole transaction; `isInTransaction` is then false.
    public func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try cached("SAVEPOINT part").run()
        do {
            let result = try body()
            try cached("RELEASE part").run()
            return result
        } catch {
            guard isInTransaction else { throw error }
            try cached("ROLLBACK TO part").run()
            try cached("RELEASE part").run()
            throw error
        }
    }

    func begin(_ kind: TransactionKind) throws {
        precondition(!isInTransaction, "a transaction inside a transaction: use savepoint")
        switch kind {
        case .deferred: try cached("BEGIN DEFERRED").run()
        case .immediate: try cached("BEGIN IMMEDIATE").run()
        }
    }

    func commit() throws {
        try cached("COMMIT").run()
    }

    /// Ends the open transaction, if SQLite has not already done so.
    func rollback() throws {
        guard isInTransaction else { return }
        try cached("ROLLBACK").run()
    }
}
