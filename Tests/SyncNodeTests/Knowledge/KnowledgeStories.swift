import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Explanation texts from head office to the counter: published once, used alike, found again.
@Suite("Explanation texts") struct KnowledgeStories {
    /// 2026-11-16 in China.
    private static let today: Int64 = 1_794_790_800_000

    private struct Bank {
        let clock = Locked(KnowledgeStories.today)
        let head: RunningNode
        let province: RunningNode
        let branch: RunningNode
        private var sessions: UInt64 = 0

        init() throws {
            head = try RunningNode("head", clock: clock)
            province = try RunningNode("p1", clock: clock)
            branch = try RunningNode("b1", clock: clock)
        }

        mutating func connect() throws {
            sessions += 2
            try province.exchange(with: head, session: sessions)
            try branch.exchange(with: province, session: sessions + 1)
        }

        func publish(_ text: String) throws {
            let folder = try TemporaryFolder()
            try SmallFile.write(Array(text.utf8), to: folder.path + "/text.json")
            let outcome = head.run("reference", "publish", folder.path + "/text.json")
            try #require(outcome.code == .success, "\(outcome.error)")
        }
    }

    private static func text(
        _ id: String, version: String = "1", from: String = "2026-11-01", until: String? = nil,
        for business: String = ""
    ) -> String {
        let end = until.map { #", "valid_until": "\#($0)""# } ?? ""
        let classes = business.isEmpty ? "" : #", "business_classes": ["\#(business)"]"#
        return """
            {"knowledge": "\(id)", "version": "\(version)", "purpose": "explanation", "valid_from": "\(from)"\(end)\(classes),
             "title": {"zh": "标题", "en": "Title"}, "text": {"zh": "第一行\\n第二行", "en": "Line one\\nLine two"}}
            """
    }

    private func link(_ node: RunningNode, _ number: String, _ text: String) throws -> Answer {
        try node.post("/api/v1/tickets/\(number)/acts/link_text", Sample.body(["text": text]))
    }

    @Test func `IM-10 a text that head office publishes is at every branch, tickets link to it and are found by it`()
        throws
    {
        var bank = try Bank()
        let published = bank.head.run("reference", "publish", Repository.path("reference/texts/card-retained.json"))
        #expect(published.code == .success, "\(published.error)")
        try bank.connect()
        let listed = bank.branch.run("texts", "list")
        #expect(listed.output.contains("card-retained") && listed.output.contains("是 yes"))
        #expect(bank.branch.run("texts", "show", "card-retained").output.contains("两个工作日"))

        let one = try bank.branch.register(["business_class": "card"])
        let two = try bank.branch.register(["business_class": "card"])
        _ = try bank.branch.register(["business_class": "card"])
        for number in [one, two] { #expect(try link(bank.branch, number, "card-retained").status == 200) }
        try bank.connect()
        try bank.connect()
        for node in [bank.branch, bank.province, bank.head] {
            let tickets = try node.get("/api/v1/texts/card-retained/tickets").json["tickets"]?.array ?? []
            #expect(Set(tickets.compactMap { $0["number"]?.string }) == [one, two])
        }
        #expect(bank.branch.run("texts", "tickets", "card-retained").output.contains(one))
    }

    @Test func `RF-07 the script of a follow-up is the same everywhere and found by its purpose`() throws {
        var bank = try Bank()
        for file in ["follow-up", "card-retained"] {
            #expect(
                bank.head.run("reference", "publish", Repository.path("reference/texts/\(file).json")).code == .success)
        }
        try bank.connect()
        let texts = try bank.branch.get("/api/v1/texts?purpose=follow_up").json["texts"]?.array ?? []
        #expect(texts.compactMap { $0["id"]?.string } == ["follow-up"])
        #expect(try bank.branch.get("/api/v1/texts?purpose=nothing").status == 400)
        #expect(try bank.branch.get("/api/v1/texts?x=1").status == 400)
        let checker = SchemaChecker(try NodeClient.parse(OpenAPI.document))
        #expect(checker.faults(try bank.branch.get("/api/v1/texts").json, "TextList").isEmpty)
        #expect(checker.faults(try bank.branch.get("/api/v1/texts/follow-up").json, "Text").isEmpty)
        #expect(try bank.branch.get("/api/v1/texts/none").code == "text.not-found")
    }

    @Test func `a ticket links only to a text that is published, valid today and for its business`() throws {
        var bank = try Bank()
        try bank.publish(KnowledgeStories.text("old", from: "2026-01-01", until: "2026-11-15"))
        try bank.publish(KnowledgeStories.text("last-day", until: "2026-11-16"))
        try bank.publish(KnowledgeStories.text("tomorrow", from: "2026-11-17"))
        try bank.publish(KnowledgeStories.text("loans", for: "loan"))
        try bank.connect()
        let number = try bank.branch.register()
        for (id, rule) in [
            ("none", "text not_in_list"), ("old", "text contradiction"), ("tomorrow", "text contradiction"),
            ("loans", "text contradiction"),
        ] {
            let answer = try link(bank.branch, number, id)
            #expect(answer.status == 422, "\(id)")
            #expect(try answer.errors == [rule], "\(id)")
        }
        #expect(try link(bank.branch, number, "last-day").status == 200)
        bank.clock.withLock { $0 += 24 * 3_600_000 }
        #expect(try link(bank.branch, number, "last-day").status == 422)
        #expect(try link(bank.branch, number, "tomorrow").status == 200)
    }

    @Test
    func `IM-10 the explanation on a reply is one that is published, valid and for the business, by whatever act`()
        throws
    {
        var bank = try Bank()
        try bank.publish(KnowledgeStories.text("fees", version: "1"))
        try bank.publish(KnowledgeStories.text("loans", for: "loan"))
        try bank.connect()
        let number = try bank.province.register()
        try bank.province.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try bank.province.act(number, "take")
        let field = "explanation_text_id"
        let feedback = Sample.feedback.filter { $0.key != "proposed_solution" }
        for (id, rule) in [("none", "not_in_list"), ("loans", "contradiction")] {
            let answer = try bank.province.post(
                "/api/v1/tickets/\(number)/feedback", Sample.body(feedback.merging([field: id]) { $1 }))
            #expect(answer.status == 422 && answer.text.contains("IM-10"), "\(answer.text)")
            #expect(try answer.errors == ["\(field) \(rule)"])
            #expect(try answer.json["errors"]?.array?.first?["hint"]?.string?.isEmpty == false)
        }
        try bank.province.act(number, "feedback", Sample.body(feedback.merging([field: "fees"]) { $1 }))
        // Withdrawn meanwhile: neither the reply nor a correction may name it.
        try bank.publish(KnowledgeStories.text("fees", version: "2", until: "2026-11-10"))
        try bank.connect()
        let late = try bank.province.post(
            "/api/v1/tickets/\(number)/reply", Sample.body(Sample.reply.merging([field: "fees-2"]) { $1 }))
        #expect(try late.errors.contains("\(field) not_in_list"), "\(late.text)")
        try bank.province.act(number, "reply", Sample.body(Sample.reply))
        let amended = try bank.province.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body([field: "gone"]), ["If-Match": "*"])
        #expect(amended.status == 422, "\(amended.text)")
    }

    @Test func `a new version takes the place of the old one, and withdraws it by ending`() throws {
        var bank = try Bank()
        try bank.publish(KnowledgeStories.text("fees", version: "1"))
        try bank.publish(KnowledgeStories.text("fees", version: "2", until: "2026-11-10"))
        try bank.connect()
        let number = try bank.branch.register()
        #expect(try link(bank.branch, number, "fees").status == 422)
        try bank.publish(KnowledgeStories.text("fees", version: "3"))
        try bank.connect()
        #expect(try link(bank.branch, number, "fees").status == 200)
        #expect(try bank.branch.get("/api/v1/texts/fees").json["version"]?.string == "3")
    }

    @Test(arguments: [
        (#""purpose": "explanation""#, #""purpose": "joke""#, "unknown-purpose"),
        (#""valid_from": "2026-11-01""#, #""valid_from": "2026-13-01""#, "bad-date"),
        (
            #""valid_from": "2026-11-01""#, #""valid_from": "2026-11-01", "valid_until": "2026-10-01""#,
            "ends-before-it-begins"
        ),
        (#""zh": "第一行\n第二行""#, #""zh": """#, "bad-text"), (#""version": "1""#, #""version": "A b""#, "bad-code"),
        (#""version": "1""#, #""version": "1", "extra": 1"#, "unknown-key"),
        (#""zh": "标题", "#, "", "missing-key"),
    ])
    func `a text with a mistake is refused with its place`(_ good: String, _ bad: String, _ code: String) throws {
        let whole = KnowledgeStories.text("fees")
        let broken = whole.replacing(good, with: bad)
        #expect(broken != whole)
        let error = #expect(throws: ConfigurationError.self) {
            try KnowledgeReader.read(try JSONReader.parse(Array(broken.utf8)), file: "text.json")
        }
        #expect(error?.mistakes.contains { $0.code.hasSuffix(code) } == true, "\(String(describing: error?.mistakes))")
    }
}
