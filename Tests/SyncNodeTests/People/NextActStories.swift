import HTTPTransport
import Testing

@testable import SyncNode

/// What a ticket offers as next is what the rules would allow the post that looks at it.
@Suite("What may be done next") struct NextActStories {
    private func next(_ node: RunningNode, _ number: String, _ post: String? = nil) throws -> [String] {
        let headers: HTTPHeaders = post.map { ["X-Post": $0] } ?? [:]
        let answer = try node.get("/api/v1/tickets/\(number)", headers)
        try #require(answer.status == 200, "\(answer.text)")
        return try answer.json["next_acts"]?.array?.compactMap(\.string) ?? []
    }

    @Test func `a post is offered what its roles and its training allow, and nobody else's work`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let officer = try next(bank.branch, number, "010101.branch_officer")
        #expect(officer.contains("submit") && officer.contains("note") && officer.contains("amend"))
        // Who writes for nobody, such as an auditor, is offered nothing.
        try bank.branch.act(number, "submit", "", ["X-Post": "010101.branch_officer"])
        try bank.connect()
        #expect(try next(bank.province, number, "010000.dispatcher").contains("take"))
        #expect(try next(bank.province, number, "010000.auditor").isEmpty)
        // Another post is another answer: what was kept of one is not taken for the other.
        let path = "/api/v1/tickets/\(number)"
        let tag = try bank.province.get(path, ["X-Post": "010000.dispatcher"]).headers["ETag"] ?? ""
        #expect(try bank.province.get(path, ["X-Post": "010000.dispatcher", "If-None-Match": tag]).status == 304)
        #expect(try bank.province.get(path, ["X-Post": "010000.auditor", "If-None-Match": tag]).status == 200)
    }

    @Test func `AP-20 a holder of evidence is a post that the register knows`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        func add(_ holder: String) throws -> Answer {
            try bank.branch.post(
                "/api/v1/tickets/\(number)/acts/add_evidence",
                Sample.body(["evidence_key": "ev-1", "class": "original", "holder": holder]),
                ["X-Post": "010101.branch_officer"])
        }
        #expect(try add("010101.nobody").errors == ["holder unknown_post"])
        #expect(try add("010101.branch_head").status == 200)
    }

    @Test func `nobody is offered to amend a ticket on its way, or one whose words are not there`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.branch.act(number, "submit", "", ["X-Post": "010101.branch_officer"])
        try bank.connect()
        for (node, post) in [(bank.branch, "010101.branch_officer"), (bank.province, "010000.dispatcher")] {
            #expect(try !next(node, number, post).contains("amend"))
        }
        try bank.province.act(number, "take", "", ["X-Post": "010000.dispatcher"])
        try bank.connect()
        #expect(try next(bank.province, number, "010000.dispatcher").contains("amend"))
        #expect(
            try !next(bank.head, number, "000000.ho_dispatcher").contains("amend"), "head office has the core record")
    }
}
