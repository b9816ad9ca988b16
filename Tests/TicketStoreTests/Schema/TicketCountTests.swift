import Platform
import SyncProtocol
import Testing

@testable import TicketStore

/// A board shows how many tickets there are without counting them: the kept numbers follow every change of a row.
@Suite struct TicketCountTests {
    private static let kept =
        "SELECT is_open, state, custodian, count FROM ticket_counts WHERE count <> 0 ORDER BY 1, 2, 3"
    private static let counted = """
        SELECT is_open, coalesce(state, ''), coalesce(custodian, ''), count(*) FROM documents
        WHERE ticket_no IS NOT NULL AND is_staged = 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """

    private func cells(_ sql: String, _ connection: Connection) throws -> [String] {
        try connection.cached(text: sql).all {
            "\($0.int(0)) \($0.string(1) ?? "?") \($0.string(2) ?? "?") \($0.int(3))"
        }
    }

    /// One row of its own: comes, moves on, is staged or numbered late, goes.
    private func change(_ random: inout SplitMix64, _ connection: Connection) throws {
        func pick(_ values: [String]) -> String { values[Int.random(in: values.indices, using: &random)] }
        let key = Int.random(in: 1...12, using: &random)
        let values = """
            is_staged = \(pick(["0", "0", "1"])), is_open = \(pick(["0", "1"])), state = \(pick(["'a'", "'b'", "NULL"])),
            custodian = \(pick(["'b1'", "'p1'", "NULL"])), ticket_no = \(pick(["'T\(key)'", "'T\(key)'", "NULL"]))
            """
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            try connection.execute(
                """
                INSERT OR IGNORE INTO documents(key, space, number, is_staged, last_action, actions, body_actions,
                    conflicts, core) VALUES(\(key), 1, \(key), 0, 1, 1, 0, 0, x'')
                """)
            try connection.execute("UPDATE documents SET \(values) WHERE key = \(key)")
        case 1: try connection.execute("DELETE FROM documents WHERE key = \(key)")
        default: try connection.execute("UPDATE documents SET \(values) WHERE key = \(key)")
        }
    }

    @Test func `whatever happens to rows, the kept numbers are those that counting gives`() throws {
        let connection = try Connection(path: "", mode: .memory)
        try StoreSchema.migrate(connection)
        var random = SplitMix64(seed: 20)
        var busiest = 0
        for step in 0..<3_000 {
            try change(&random, connection)
            let counted = try cells(Self.counted, connection)
            try #require(try cells(Self.kept, connection) == counted, "step \(step)")
            busiest = max(busiest, counted.count)
        }
        #expect(busiest >= 5, "the rows lay in few cells")
    }

    @Test func `a number that somebody changed in the file is found by the check`() throws {
        let store = try ReplicaStore.inMemory(
            StoreContext(
                node: "ho", hierarchy: .init(["ho": .init(tier: .headOffice, parent: nil)]), topologyDigest: .zero,
                hash: SHA256.function,
                world: World(wallMilliseconds: { 1_700_000_000_000 }, random: { 7 })))
        #expect(try store.verify().findings.isEmpty)
        try store.executor.perform { try $0.execute("INSERT INTO ticket_counts VALUES(1, 'handling', 'ho', 1)") }
        #expect(try store.verify().findings.map(\.code) == [.countDiffers])
    }
}

/// What is asked often costs as much as it finds, not as much as there is.
@Suite struct QueryPlanTests {
    @Test func `what presses, what is offered and what a unit has are found by their own index and not sorted through`()
        throws
    {
        let connection = try Connection(path: "", mode: .memory)
        try StoreSchema.migrate(connection)
        var offered = WorklistQuery()
        offered.offeredTo = "p1"
        var warned = WorklistQuery()
        warned.filters = [.init("is_open", .equals(.integer(1))), .init("warn_at", .below(.integer(1)))]
        var board = WorklistQuery()
        board.filters = [.init("is_open", .equals(.integer(1)))]
        board.order = [("priority", false), ("due_order", false)]
        var followed = WorklistQuery()
        followed.onlyFollowed = true
        followed.hidesMerged = true
        let wanted = [
            (ReplicaStore.pressingSQL, "COVERING INDEX documents_pressing (is_open=? AND warn_at<?)"),
            (ReplicaStore.interimSQL, "COVERING INDEX documents_interim (is_open=? AND interim_from<?)"),
            (ReplicaStore.offersSQL, "documents_offered (offered_to=?)"),
            (ReplicaStore.unitFiguresSQL, "SCAN documents USING COVERING INDEX documents_units"),
            (try WorklistSQL(offered).text, "documents_offered (offered_to=?)"),
            (try WorklistSQL(warned).text, "documents_pressing (is_open=? AND warn_at<?)"),
            (try WorklistSQL(board).text, "documents_due (is_open=?)"),
            (try WorklistSQL(followed).text, "documents_followed"),
        ]
        for (sql, index) in wanted {
            let plan = try connection.plan(of: sql)
            #expect(plan.contains(index), "\(plan)")
        }
        for query in [board, followed] {
            #expect(try !connection.plan(of: WorklistSQL(query).text).contains("TEMP B-TREE"))
        }
    }
}
