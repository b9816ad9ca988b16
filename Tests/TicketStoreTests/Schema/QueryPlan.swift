@testable import TicketStore

extension Connection {
    /// How SQLite would carry out a statement. The plan does not depend on values: one stands for all parameters.
    func plan(of sql: String) throws -> String {
        let marked = sql.split(separator: "?", omittingEmptySubsequences: false).joined(separator: "?1")
        return try cached(text: "EXPLAIN QUERY PLAN " + marked).all(SQLNull()) { $0.string(3) ?? "" }
            .joined(separator: "; ")
    }
}
