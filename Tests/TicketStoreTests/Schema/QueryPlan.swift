@testable import TicketStore

extension Connection {
    /// How SQLite would carry out a statement. The plan does not depend on values: one stands for all parameters.
    func plan(of sql: String) throws -> String {
        let marked = sql.split(separator: "?", omittingEmptySubsequences: false).joined(separator: "?1")
        let statement = try cached(text: "EXPLAIN QUERY PLAN " + marked)
        let read = { (row: Row) in row.string(3) ?? "" }
        return try (sql.contains("?") ? statement.all(SQLNull(), body: read) : statement.all(body: read)).joined(
            separator: "; ")
    }
}
