import Testing

@testable import TicketStore

/// Similar tickets are looked for at every registration: never by reading through the tickets.
@Suite struct SimilarIndexTests {
    @Test func `persons and events are found by an index alone, newest first without sorting`() throws {
        let connection = try Connection(path: "", mode: .memory)
        try StoreSchema.migrate(connection)
        func plan(_ sql: String) throws -> String {
            try connection.cached(text: "EXPLAIN QUERY PLAN " + sql).all(SQLNull()) { $0.string(3) ?? "" }.joined(
                separator: "; ")
        }
        let person = try plan(SimilarRows.personSQL.replacingMarks())
        #expect(person.contains("PRIMARY KEY") && !person.contains("SCAN") && !person.contains("TEMP B-TREE"))
        let event = try plan(SimilarRows.eventSQL.replacingMarks())
        #expect(event.contains("documents_event") && !event.contains("SCAN") && !event.contains("TEMP B-TREE"))
    }
}

extension String {
    /// The same statement with one parameter in all places: the plan does not depend on values.
    fileprivate func replacingMarks() -> String {
        split(separator: "?", omittingEmptySubsequences: false).joined(separator: "?1")
    }
}
