import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Tickets that grow out of another one.
@Suite("Linked tickets") struct LinkedStories {
    @Test func `an appeal whose answer was lost is sent again under its key, later, and is one appeal`() throws {
        let bank = try PeopleBank.registered()
        let old = try bank.branch.register(["kind": "inquiry"])
        for (act, fields, post) in [
            ("answer", ["proposed_solution": "当场说明", "attitude": "accepted"], "010101.branch_officer"),
            (
                "close", ["satisfaction": "satisfied", "outcome": "explained", "responsibility": "bank"],
                "010101.branch_head"
            ),
        ] {
            let done = try bank.branch.post("/api/v1/tickets/\(old)/\(act)", Sample.body(fields), ["X-Post": post])
            try #require(done.status == 200, "\(act): \(done.text)")
        }
        func appeal(_ demand: String) throws -> Answer {
            try bank.branch.post(
                "/api/v1/tickets/\(old)/appeals", Sample.body(["demand_words": demand]),
                ["Idempotency-Key": "appeal-1", "X-Post": "010101.clerk"])
        }
        let first = try appeal("要求复核")
        #expect(first.status == 201, "\(first.text)")
        bank.pass(PeopleBank.hour)
        let again = try appeal("要求复核")
        #expect(try again.status == 200 && again.json["number"]?.string == first.json["number"]?.string)
        #expect(try appeal("另一要求").status == 422, "another appeal under the same key")
    }
}
