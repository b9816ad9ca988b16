import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Who may read: the person complained about not at all, head office for seven days what it asked for.
@Suite("Who may read") struct ReadingStories {
    private static let words = "客户反映账户被重复扣费"

    private func shown(_ node: RunningNode, _ number: String, _ headers: HTTPHeaders = [:]) throws -> Answer {
        try node.get("/api/v1/tickets/\(number)", headers)
    }

    @Test func `AU-03 AU-05 RO-15 the person complained about tries to open the ticket: refused, recorded, seen`()
        throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.branch_head"])
        let boss: HTTPHeaders = ["X-Post": "010101.branch_head"]
        for path in ["", "/history", "/clocks", "/similar"] {
            let answer = try bank.branch.get("/api/v1/tickets/\(number)\(path)", boss)
            #expect(answer.status == 404)
            #expect(try answer.code == "ticket.not-found")
            #expect(!answer.text.contains(ReadingStories.words))
        }
        let typed = bank.branch.run("ticket", "show", number, "--post", "010101.branch_head")
        #expect(typed.code == .failed && typed.error.contains("[ticket.not-found]"))

        // An export goes on without that one ticket, and does not tell that there is one.
        let other = try bank.branch.register()
        let exported = bank.branch.run("export", "--format", "jsonl", "--post", "010101.branch_head")
        #expect(exported.code == .success && exported.output.contains(other) && !exported.output.contains(number))
        #expect(exported.error.contains("exported 1") && !exported.error.contains("withheld"))

        // The officer sees it, once for the same minutes; later the tiers above do too.
        func attempts(_ node: RunningNode) throws -> [String] {
            try shown(node, number).json["fields"]?["read_attempts"]?["values"]?.array?
                .compactMap { $0["value"]?.string } ?? []
        }
        #expect(try attempts(bank.branch).count == 1)
        #expect(try attempts(bank.branch).first?.hasPrefix("010101.branch_head@branch-0101@") == true)
        #expect(bank.branch.run("ticket", "show", number).output.contains("查阅被拒"))
        bank.pass(11 * PeopleBank.minute)
        #expect(try shown(bank.branch, number, boss).status == 404)
        #expect(try attempts(bank.branch).count == 2)
        try bank.connect()
        #expect(try attempts(bank.province).count == 2)
        #expect(try attempts(bank.head).count == 2)
        let history = try bank.province.get("/api/v1/tickets/\(number)/history").json["acts"]?.array ?? []
        #expect(history.contains { $0["act"]?.string == "read_refused" })
    }

    @Test func `RO-16 reading goes by the register: unknown, elsewhere and without contents`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        for (node, post, rule) in [
            (bank.branch, "010101.nobody", "G-seat"), (bank.branch, "010102.clerk", "G-seat"),
            (bank.branch, "010101.trainee", "G-training"), (bank.province, "010000.sysadmin", "G-read"),
        ] {
            let answer = try shown(node, number, ["X-Post": post])
            #expect(answer.status == 403)
            #expect(try answer.json["rule"]?.string == rule)
        }
        for post in ["010000.auditor", "010000.privacy_officer", "010000.card_head"] {
            #expect(try shown(bank.province, number, ["X-Post": post]).text.contains(ReadingStories.words))
        }
        #expect(try shown(bank.branch, number).status == 200)
    }

    @Test func `RO-16 an analyst reads codes and no words`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["severity": "major"])
        try bank.connect()
        let answer = try shown(bank.head, number, ["X-Post": "000000.analyst"])
        #expect(answer.status == 200)
        #expect(try answer.json["parts"]?["personal"]?.string == "withheld")
        #expect(!answer.text.contains(ReadingStories.words))
        #expect(try answer.json["fields"]?["severity"]?["value"]?.string == "major")
        #expect(try shown(bank.head, number, ["X-Post": "000000.ho_auditor"]).text.contains(ReadingStories.words))
        // Nor does trying out words tell him which ticket holds them.
        func finds(_ post: String) throws -> Bool {
            try bank.head.post("/api/v1/tickets/search", #"{"words":"重复扣费"}"#, ["X-Post": post]).text.contains(number)
        }
        try bank.head.waitForIndex()
        #expect(try finds("000000.ho_auditor"))
        #expect(try !finds("000000.analyst"))
    }

    @Test func `head office asks for the full case, reads for seven days, and the province knows`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        #expect(try shown(bank.head, number).json["parts"]?["personal"]?.string == "not_ours")
        let asked = RunningNode.run(
            ["ticket", "widen", number, "--to", "full", "--reason", "head_office_request"]
                + ["--post", "000000.ho_supervisor", "--url", bank.head.url])
        try #require(asked.code == .success, "\(asked.error)")
        try bank.connect()
        let open = try shown(bank.head, number)
        #expect(open.text.contains(ReadingStories.words))
        for node in [bank.province, bank.branch] {
            let access = try shown(node, number).json["head_office_access"]?.array?.first
            #expect(access?["post"]?.string == "000000.ho_supervisor")
            #expect(access?["until"]?.integer == PeopleBank.morning + 7 * PeopleBank.day)
            #expect(access?["is_open"]?.bool == true)
        }
        #expect(bank.province.run("ticket", "show", number).output.contains("总行调阅"))
        // Who read it stands in the ticket, once for the same minutes. The note of a reading stops nobody who writes next.
        func note(after read: Answer) throws -> Int {
            let headers: HTTPHeaders = ["If-Match": read.headers["ETag"] ?? "", "X-Post": "000000.ho_dispatcher"]
            return try bank.head.post("/api/v1/tickets/\(number)/note", #"{"text":"已阅"}"#, headers).status
        }
        #expect(try note(after: open) == 200)
        #expect(try note(after: open) == 412, "a note came meanwhile")
        _ = try shown(bank.head, number)
        try bank.connect()
        let reads = try shown(bank.province, number).json["fields"]?["read_attempts"]?["values"]?.array ?? []
        #expect(reads.compactMap { $0["value"]?.string?.hasSuffix("@granted") } == [true])
        let acts = try bank.province.get("/api/v1/tickets/\(number)/history").json["acts"]?.array ?? []
        #expect(acts.contains { $0["act"]?.string == "read_full_case" && $0["post"]?.string == "000000.ho_dispatcher" })
        #expect(try bank.province.ticket(number).json["fields"]?["scope"]?["value"]?.string == "general")
        // Twice is once.
        let twice = try bank.head.post(
            "/api/v1/tickets/\(number)/widen", #"{"to":"full","reason":"head_office_request"}"#)
        #expect(try twice.code == "refused.already_widened")
        try bank.head.waitForIndex()
        func search() throws -> Int {
            try bank.head.post("/api/v1/tickets/search", #"{"words":"重复扣费"}"#).json["tickets"]?.array?.count ?? -1
        }
        #expect(try search() == 1)

        bank.pass(7 * PeopleBank.day)
        let after = try shown(bank.head, number, ["If-None-Match": open.headers["ETag"] ?? ""])
        #expect(after.status == 200)
        #expect(!after.text.contains(ReadingStories.words))
        #expect(try after.json["parts"]?["personal"]?.string == "withheld")
        #expect(bank.head.run("ticket", "show", number).output.contains("查阅被拒") == false)
        #expect(try after.json["head_office_access"]?.array?.first?["is_open"]?.bool == false)
        let history = try bank.head.get("/api/v1/tickets/\(number)/history")
        #expect(!history.text.contains(ReadingStories.words) && history.text.contains("withheld"))
        #expect(try search() == 0)
        #expect(bank.head.run("ticket", "show", number).output.contains("withheld"))
        // The province goes on reading, and head office may ask again.
        #expect(try shown(bank.province, number).text.contains(ReadingStories.words))
        let again = try bank.head.post(
            "/api/v1/tickets/\(number)/widen", #"{"to":"full","reason":"head_office_request"}"#)
        #expect(again.status == 200, "\(again.text)")
        #expect(try shown(bank.head, number).text.contains(ReadingStories.words))
    }

    @Test func `what becomes grave while head office reads stays open to it`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        try bank.head.act(number, "widen", #"{"to":"full","reason":"head_office_request"}"#)
        try bank.connect()
        let raised = try bank.branch.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body(["severity": "major"]), ["If-Match": "*"])
        #expect(raised.status == 200, "\(raised.text)")
        try bank.connect()
        bank.pass(30 * PeopleBank.day)
        #expect(try shown(bank.head, number).text.contains(ReadingStories.words))
    }

    @Test func `conflicting words are listed only to who may read them`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.branch_head"])
        try bank.connect()
        for (node, demand) in [(bank.branch, "分歧甲"), (bank.province, "分歧乙")] {
            let answer = try node.send(
                .patch, "/api/v1/tickets/\(number)", Sample.body(["demand_words": demand]), ["If-Match": "*"])
            try #require(answer.status == 200, "\(answer.text)")
        }
        try bank.connect()
        #expect(try bank.branch.get("/api/v1/conflicts").text.contains("分歧乙"))
        #expect(try !bank.branch.get("/api/v1/conflicts", ["X-Post": "010101.branch_head"]).text.contains("分歧乙"))
    }
}
