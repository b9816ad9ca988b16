import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Whom a ticket is about gets no nearer to it by standing in for somebody else.
@Suite("A deputy whom the ticket is about") struct DeputyStories {
    @Test func `RO-15 a deputy whom the ticket is about can neither read it nor act for the empty post`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.clerk"])
        let harmless = try bank.branch.register()
        try bank.publish(
            "absences", version: "1",
            """
            "absences": [{"post": "010101.branch_officer", "from": "2026-11-16 08:00", "until": "2026-11-18 08:00",
                "deputy": "010101.clerk"}]
            """)
        try bank.connect()
        let deputy = ["X-Post": "010101.clerk", "X-On-Behalf-Of": "010101.branch_officer"]
        #expect(try bank.branch.note(harmless, deputy).status == 200, "for everything else the deputy stands in")
        #expect(try bank.branch.note(number, deputy).code == "ticket.not-found")
        for path in ["", "/history", "/forms/FO-01", "/forms/receipt"] {
            let answer = try bank.branch.get("/api/v1/tickets/\(number)\(path)", HTTPHeaders(deputy))
            #expect(answer.status == 404, "\(path)")
            #expect(!answer.text.contains("客户反映账户被重复扣费"))
        }
        let preview = try bank.branch.post(
            "/api/v1/tickets/\(number)/acts/answer_on_spot",
            Sample.body(["proposed_solution": "退费", "attitude": "accepted"]), HTTPHeaders(deputy))
        #expect(preview.status == 404)
        let list = try bank.branch.get("/api/v1/tickets", HTTPHeaders(deputy))
        let rows = list.status == 200 ? try list.json["tickets"]?.array ?? [] : []
        let shown = rows.filter { $0["number"]?.string == number }.compactMap { $0["words"]?.object }
        #expect(shown.isEmpty, "a list shows no words of it")
    }

    @Test func `ST-17 a major ticket is closed by no branch, nor called an ordinary one there to close it then`() throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["severity": "major"])
        let boss: HTTPHeaders = ["X-Post": "010101.branch_head"]
        let answered = try bank.branch.post(
            "/api/v1/tickets/\(number)/acts/answer_on_spot",
            Sample.body(["proposed_solution": "退费", "attitude": "accepted"]), ["X-Post": "010101.branch_officer"])
        #expect(answered.status == 200, "the customer may be answered at once: \(answered.text)")
        let path = "/api/v1/tickets/\(number)"
        let closed = try bank.branch.post(path + "/close", Sample.body(Sample.close), boss)
        #expect(try closed.json["rule"]?.string == "G-major-at-branch", "\(closed.text)")
        for severity in ["ordinary", "important", "urgent"] {
            let lowered = try bank.branch.send(
                .patch, path, Sample.body(["severity": severity]), ["If-Match": "*", "X-Post": "010101.branch_head"])
            #expect(lowered.status == 403, "\(lowered.text)")
            #expect(try lowered.json["rule"]?.string == "G-major-at-branch")
        }
        #expect(try bank.branch.ticket(number).json["fields"]?["state"]?["value"]?.string == "replied")
    }

    @Test func `events tell that something changed, never of what`() {
        #expect(
            String(decoding: EventFeed.change(7), as: UTF8.self)
                == "event: change\nid: 7\ndata: {\"apply_sequence\":7}\n\n")
        #expect(
            String(decoding: EventFeed.progress(7), as: UTF8.self)
                == "event: progress\ndata: {\"apply_sequence\":7}\n\n")
    }
}
