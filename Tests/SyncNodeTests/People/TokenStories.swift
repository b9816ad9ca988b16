import Glibc
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Tokens of persons as running nodes make them: who is complained about never works on the case, at any tier.
@Suite("Tokens made by the node") struct TokenStories {
    private static let token = "00112233445566778899aabbccddeeff"

    /// The register with a token for one post.
    private static func bank(_ post: String, at node: String, _ roles: String, token: String = token) throws
        -> PeopleBank
    {
        let bank = try PeopleBank.registered()
        try bank.publish(
            "a-persons", version: "1",
            """
            "posts": [{"post": "\(post)", "roles": \(roles), "node": "\(node)", "trained": true, "person": "\(token)"}]
            """)
        try bank.connect()
        return bank
    }

    @Test(arguments: [
        ("010101.branch_head", "branch-0101", #"["branch_head"]"#, "branch_head"),
        ("010000.dispatcher", "province-01", #"["dispatcher"]"#, "dispatcher"),
        ("000000.ho_auditor", "head-office", #"["ho_auditor"]"#, "ho_auditor"),
    ])
    func `RO-15 the person complained about is kept away at every tier`(
        post: String, node: String, roles: String, role: String
    ) throws {
        let bank = try TokenStories.bank(post, at: node, roles)
        let number = try bank.branch.register(["target_person": post])
        try bank.connect()
        for tier in [bank.branch, bank.province, bank.head] {
            let fields = try tier.runtime.store.ticket(TicketReference(number)).view
            #expect(fields.text(TicketField.targetPersonToken) == TokenStories.token)
        }
        let own = try #require([bank.branch, bank.province, bank.head].first { $0.runtime.node.id.text == node })
        let answer = try own.post(
            "/api/v1/tickets/\(number)/acts/urge", #"{"fields":{"source":"by_customer"}}"#,
            ["X-Post": post, "X-Role": role])
        #expect(answer.status == 404)
        #expect(try answer.code == "ticket.not-found")
    }

    @Test func `RO-15 a name that somebody types leads to the post whose token was made of it`() throws {
        let bank = try PeopleBank.registered()
        let token = try #require(bank.province.runtime.store.context.tokens.name("王 建国"))
        try bank.publish(
            "a-persons", version: "1",
            """
            "posts": [{"post": "010101.branch_head", "roles": ["branch_head"], "node": "branch-0101", "trained": true,
                "person": "\(token)"}]
            """)
        try bank.connect()
        let number = try bank.branch.register(["target_person": "王建国"])
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).code == "ticket.not-found")
        let other = try bank.branch.register(["target_person": "李明"])
        #expect(try bank.branch.note(other, ["X-Post": "010101.branch_head"]).status == 200)
    }

    @Test func `a token is made by whoever owns the key's file, and no node answers who tries out names`() throws {
        let folder = try TemporaryFolder()
        let topology = try folder.write("t.json", Array(RunningNode.topology().encoded))
        let data = folder.file("data-1")
        try DataFolder.create(data)
        let tokens = try PersonKeyFile.create(in: data, copying: nil)
        let words = ["person-token", "王 建国", "--topology", topology, "--node", "p1"]
        let made = RunningNode.run(words)
        #expect(made.code == .success, "\(made.error)")
        #expect(made.output == (tokens.name("王建国") ?? "") + "\n")
        #expect(try RunningNode.run(words + ["--json"]).json["token"]?.string == tokens.name("王建国"))
        #expect(RunningNode.run(["person-token", " ", "--topology", topology, "--node", "p1"]).code == .failed)
        // A key that others read is nobody's secret.
        #expect(chmod(data + "/person.key", 0o644) == 0)
        #expect(RunningNode.run(words).error.contains("[node.open-permissions]"))
        let node = try RunningNode("p1")
        #expect(try node.post("/api/v1/people/token", #"{"name":"王建国"}"#).status == 404)
    }

    @Test func `nobody types a token, and it follows who is named`() throws {
        let bank = try TokenStories.bank("010101.branch_head", at: "branch-0101", #"["branch_head"]"#)
        let typed = try bank.branch.post(
            "/api/v1/tickets", #"{"fields":{},"target_person_token":"00112233445566778899aabbccddeeff"}"#)
        #expect(try typed.errors.contains { $0.contains("target_person_token") })
        let number = try bank.branch.register()
        let asField = try bank.branch.send(
            .patch, "/api/v1/tickets/\(number)",
            Sample.body(["target_person_token": TokenStories.token], [("reason", "new_information")]), ["If-Match": "*"]
        )
        #expect(asField.status == 422)
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).status == 200)
        let named = try bank.branch.send(
            .patch, "/api/v1/tickets/\(number)",
            Sample.body(["target_person": "010101.branch_head"], [("reason", "new_information")]), ["If-Match": "*"])
        #expect(named.status == 200, "\(named.text)")
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).code == "ticket.not-found")
    }

    @Test func `a node's key is made once, is read by nobody else, and can be shared in a province`() throws {
        let (one, two, three) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
        let tokens = try PersonKeyFile.create(in: one.path, copying: nil)
        #expect(try PersonKeyFile.read(in: one.path).name("王") == tokens.name("王"))
        #expect(try PersonKeyFile.create(in: one.path, copying: nil).name("王") == tokens.name("王"))
        let shared = try PersonKeyFile.create(in: two.path, copying: one.path + "/person.key")
        #expect(shared.phone("13800000000") == tokens.phone("13800000000"))
        let other = try PersonKeyFile.create(in: three.path, copying: nil)
        #expect(other.phone("13800000000") != tokens.phone("13800000000"))
        // Another key over one that is there would lose every token made before.
        #expect(throws: PersonKeyError.self) {
            _ = try PersonKeyFile.create(in: three.path, copying: one.path + "/person.key")
        }
        var status = stat()
        #expect(stat(one.path + "/person.key", &status) == 0 && status.st_mode & 0o777 == 0o600)
        try SmallFile.write(Array("123".utf8), to: three.path + "/person.key")
        #expect(throws: PersonKeyError.self) { _ = try PersonKeyFile.read(in: three.path) }
        #expect(throws: PersonKeyError.self) { _ = try PersonKeyFile.read(in: three.path + "/nowhere") }
    }
}
