import SyncProtocol
import Testing

@testable import TicketModel

/// The lint runs for every act that arrives: it must cost next to nothing beside decoding, hashing and folding it.
@Suite struct CoreLintCostTests {
    /// In a debug build on a busy machine; a release build is some twenty times faster.
    private static let microsecondsMax: Int64 = 500

    @Test func `a registration of many fields with clocks is judged in no time`() throws {
        var ticket = TestTicket()
        ticket.rules = WalkRules.book
        try ticket.perform(.register(Registration(fields: Entries.complaint)), by: TestBank.clerk)
        let record = try #require(ticket.actions.first?.record)
        #expect(record.operations.count > 30)
        let rounds = 2_000
        let time = ContinuousClock().measure {
            for _ in 0..<rounds where CoreLint.test.problem(in: record, by: .branch) != nil { Issue.record() }
        }
        let each = Int64(time / .microseconds(1)) / Int64(rounds)
        #expect(each < Self.microsecondsMax, "\(each) µs for \(record.operations.count) operations")
    }
}
