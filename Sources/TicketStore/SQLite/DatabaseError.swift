import CSQLite
import Platform

/// What SQLite answered instead of success.
///
/// It never carries a bound value, a row or a search text, so it may be logged and shown: `message` names tables and
/// columns at most, `sql` is the statement's text with its `?` unfilled.
public struct DatabaseError: ExplainedError, Hashable {
    /// The extended result code, for `switch`: `catch let error as DatabaseError where .constraint ~= error.resultCode`.
    public let resultCode: ResultCode
    /// SQLite's words or ours.
    public let message: String
    /// The statement, without the values bound to it.
    public let sql: String?

    public init(_ resultCode: ResultCode, message: String, sql: String? = nil) {
        self.resultCode = resultCode
        self.message = message
        self.sql = sql
    }

    /// For example `store.disk-full`.
    public var code: String { "store.\(resultCode.stableName)" }

    public var sentence: String {
        let statement = sql.map { ", in: \($0)" } ?? ""
        return "The database answered: \(message) (SQLite code \(resultCode.rawValue)\(statement))."
    }

    public var hint: String { resultCode.hint }
}

extension DatabaseError {
    /// The error of a call that compiled SQL or touched the file: no value was bound yet, so SQLite's own words are safe.
    static func compiling(_ db: OpaquePointer?, _ status: Int32, sql: String?) -> DatabaseError {
        let code = db.map { extended($0, status) } ?? status
        let words = db.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(status)
        return DatabaseError(ResultCode(rawValue: code), message: text(words), sql: sql)
    }

    /// The error of a running statement. A logic error's words may quote a bound value (FTS5 quotes the search text),
    /// so only constraint errors, which name tables and columns, keep SQLite's own words.
    static func running(_ statement: OpaquePointer, _ status: Int32) -> DatabaseError {
        let db = sqlite3_db_handle(statement)
        let code = ResultCode(rawValue: extended(db, status))
        let words = code.primary == .constraint ? sqlite3_errmsg(db) : sqlite3_errstr(code.rawValue)
        return DatabaseError(code, message: text(words), sql: sqlite3_sql(statement).map { String(cString: $0) })
    }

    /// The connection's extended code, where it belongs to the same family as the status at hand.
    private static func extended(_ db: OpaquePointer?, _ status: Int32) -> Int32 {
        let code = sqlite3_extended_errcode(db)
        return code & 0xff == status & 0xff ? code : status
    }

    private static func text(_ words: UnsafePointer<CChar>?) -> String {
        words.map { String(cString: $0) } ?? "unknown error"
    }
}
