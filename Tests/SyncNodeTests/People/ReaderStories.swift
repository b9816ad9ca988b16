import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Who was shown a ticket's words, and which departments see which tickets.
@Suite("Who has read") struct ReaderStories {
    private func readers(_ node: RunningNode, _ number: String) throws -> [String] {
        let post = ReaderStories.auditor[node.runtime.node.id.text] ?? ""
        let list =
            try node.get("/api/v1/tickets/\(number)/readers", ["X-Post": post]).json["readings"]?.array ?? []
        return list.map { row in
            [row["post"], row["operation"], row["purpose"]].map { $0?.string ?? "-" }.joined(separator: " ")
        }
    }

    private static let auditor = ["branch-0101": "010101.branch_officer", "province-01": "010000.auditor"]

    @Test func `AU-05 what is shown, printed and exported is on record with post and purpose, at branch and province`()
        throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        let print = ["ticket", "print", number, "--form", "FO-01"]
        for words in [
            ["ticket", "show", number, "--purpose", "call-back"], ["ticket", "history", number], print,
            ["ticket", "similar", number], ["export", "--format", "jsonl"],
        ] {
            let outcome = RunningNode.run(words + ["--post", "010101.clerk", "--url", bank.branch.url])
            #expect(outcome.code == .success, "\(outcome.error)")
        }
        #expect(bank.province.run("ticket", "show", number, "--post", "010000.dispatcher").code == .success)
        #expect(
            try Set(readers(bank.branch, number)) == [
                "010101.clerk getTicket call-back", "010101.clerk getTicketHistory -", "010101.clerk printForm -",
                "010101.clerk getSimilarTickets -", "010101.clerk getTicket export",
                "010101.branch_officer listTicketReaders -",
            ])
        // Each node keeps its own; nothing of it travels.
        try bank.connect()
        #expect(
            try Set(readers(bank.province, number)) == [
                "010000.dispatcher getTicket -", "010000.auditor listTicketReaders -",
            ])
        let shown = bank.branch.run("ticket", "readers", number).output
        #expect(shown.contains("010101.clerk") && shown.contains("call-back"))
    }

    @Test func `a reading counts once in ten minutes, core fields alone and refused attempts are not among them`()
        throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.branch_head"])
        func show(_ post: String) throws -> Int {
            try bank.branch.get("/api/v1/tickets/\(number)", ["X-Post": post]).status
        }
        for _ in 0..<5 { #expect(try show("010101.clerk") == 200) }
        #expect(try show("010101.branch_head") == 404)
        func count() throws -> Int { try readers(bank.branch, number).count { $0 == "010101.clerk getTicket -" } }
        #expect(try count() == 1)
        bank.pass(9 * PeopleBank.minute)
        #expect(try show("010101.clerk") == 200)
        #expect(try count() == 1)
        bank.pass(2 * PeopleBank.minute)
        #expect(try show("010101.clerk") == 200)
        #expect(try count() == 2)
        #expect(try !readers(bank.branch, number).contains { $0.hasPrefix("010101.branch_head") })
        try bank.connect()
        #expect(try bank.head.get("/api/v1/tickets/\(number)", ["X-Post": "000000.analyst"]).status == 200)
        #expect(try bank.head.get("/api/v1/tickets/\(number)/readers").json["readings"]?.array?.isEmpty == true)
    }

    @Test func `a purpose is a code, and reading goes on where it is none`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let answer = try bank.branch.get("/api/v1/tickets/\(number)", ["X-Purpose": "王某要看"])
        #expect(answer.status == 400 && !answer.text.contains("王某"))
        #expect(try bank.branch.get("/api/v1/tickets/\(number)", ["X-Purpose": "audit-2026"]).status == 200)
        #expect(try bank.branch.get("/api/v1/tickets/none/readers").status == 404)
    }

    @Test func `readings wake no listener, so that a page which reloads on news does not read for ever`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let before = bank.branch.runtime.store.changes.count
        #expect(try bank.branch.get("/api/v1/tickets/\(number)", ["X-Post": "010101.clerk"]).status == 200)
        #expect(try readers(bank.branch, number).count == 2)
        #expect(bank.branch.runtime.store.changes.count == before)
    }

    @Test func `RO-16 a department's handler reads what his department leads, assists or handled, and nothing else`()
        throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let other = try bank.branch.register()
        for ticket in [number, other] { try bank.branch.act(ticket, "submit") }
        try bank.connect()
        func act(_ ticket: String, _ name: String, _ fields: [String: String], by post: String) throws {
            let answer = try bank.province.post(
                "/api/v1/tickets/\(ticket)/acts/\(name)", Sample.body(fields), ["X-Post": post])
            try #require(answer.status == 200, "\(name): \(answer.text)")
        }
        func status(_ ticket: String, _ post: String, _ role: String? = nil) throws -> Int {
            var headers: HTTPHeaders = ["X-Post": post]
            headers["X-Role"] = role
            return try bank.province.get("/api/v1/tickets/\(ticket)", headers).status
        }
        #expect(try status(number, "010000.card_handler") == 403)
        try act(
            number, "dispatch", Sample.dispatch.merging(["unit": "province-01/card"]) { $1 }, by: "010000.dispatcher")
        #expect(try status(number, "010000.card_handler") == 200)
        // Neither another department, nor under another of his roles; heads and the centre read by permission.
        #expect(try status(number, "010000.loan_handler") == 403)
        #expect(try status(number, "010000.loan_handler", "assist_handler") == 403)
        #expect(try status(other, "010000.card_handler") == 403)
        for post in ["010000.loan_head", "010000.dispatcher", "010000.auditor"] {
            #expect(try status(number, post) == 200, "\(post)")
        }
        let listed = try bank.province.get("/api/v1/tickets", ["X-Post": "010000.card_handler"]).text
        #expect(listed.contains(number) && !listed.contains(other))
        try act(number, "take", [:], by: "010000.card_handler")
        try act(number, "ask_assist", ["unit": "province-01/loan"], by: "010000.card_handler")
        #expect(try status(number, "010000.loan_handler") == 200)
        let refused = try bank.province.get("/api/v1/tickets/\(other)", ["X-Post": "010000.loan_handler"])
        #expect(try refused.json["rule"]?.string == "G-read-department")
    }
}
