import Testing

@testable import TicketStore

/// Similar tickets are looked for at every registration: never by reading through the tickets.
@Suite struct SimilarIndexTests {
    @Test func `persons and events are found by an index alone, newest first without sorting`() throws {
        let connection = try Connection(path: "", mode: .memory)
        try StoreSchema.migrate(connection)
        let person = try connection.plan(of: SimilarRows.personSQL)
        #expect(person.contains("PRIMARY KEY") && !person.contains("SCAN") && !person.contains("TEMP B-TREE"))
        let event = try connection.plan(of: SimilarRows.eventSQL)
        #expect(event.contains("documents_event") && !event.contains("SCAN") && !event.contains("TEMP B-TREE"))
    }
}
