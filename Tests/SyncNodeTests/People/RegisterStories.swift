import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Posts as head office publishes them: in force where they have arrived, below every interface.
@Suite("The register of posts on running nodes") struct RegisterStories {
    private static let onSpot = ["proposed_solution": "当场补偿", "attitude": "accepted"]

    @Test func `RO-16 a register is in force where it has arrived, and a node without one says so`() throws {
        let bank = try PeopleBank()
        let number = try bank.branch.register()
        #expect(try bank.branch.note(number, ["X-Post": "010101.nobody"]).status == 200)
        #expect(try bank.branch.get("/api/v1/status").json["people"]?["is_registered"]?.bool == false)
        #expect(bank.branch.run("status").output.contains("posts and roles are not checked"))
        #expect(bank.branch.run("people").output.contains("none here"))

        try bank.publish(Repository.path("reference/people.json"))
        #expect(try bank.branch.note(number, ["X-Post": "010101.nobody"]).status == 200)
        try bank.connect()
        for node in [bank.head, bank.province, bank.branch, bank.other] {
            let people = try node.get("/api/v1/status").json["people"]
            #expect(people?["is_registered"]?.bool == true)
            #expect(people?["registers"]?.array?.compactMap(\.string) == ["posts-example 2026-11-01.1"])
        }
        let refused = try bank.branch.note(number, ["X-Post": "010101.nobody"])
        #expect(refused.status == 403)
        #expect(try refused.json["rule"]?.string == "G-seat")
        #expect(bank.branch.run("status").output.contains("posts-example 2026-11-01.1"))
    }

    @Test(arguments: [
        ("010101.nobody", nil, "G-seat", "knows no such post"),
        ("010101.clerk", "branch_officer", "G-seat", "does not hold that role but: clerk"),
        ("010102.clerk", nil, "G-seat", "at another node"),
        ("010101.trainee", nil, "G-training", "not trained"),
        ("010101.trainee", "clerk", "G-training", "not trained"),
    ])
    func `RO-16 RO-19 a post that may not act is refused with the rule and what would help`(
        post: String, role: String?, rule: String, words: String
    ) throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        var headers = ["X-Post": post]
        headers["X-Role"] = role
        let answer = try bank.branch.note(number, headers)
        #expect(answer.status == 403)
        #expect(try answer.json["rule"]?.string == rule)
        #expect(try answer.json["detail"]?.string?.contains(words) == true, "\(answer.text)")
        #expect(try answer.json["hint"]?.string?.isEmpty == false)
        #expect(try bank.branch.note(number, ["X-Post": "010101.clerk"]).status == 200)
    }

    @Test func `the rules below the interface use the node's own register`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let store = bank.branch.runtime.store
        let stranger = bank.branch.runtime.actor(post: "010101.nobody", role: "branch_officer")
        let request = TicketRequest(command: .note("备注"), ticket: TicketReference(number), actor: stranger)
        #expect(throws: Refusal.self) { _ = try store.execute(request) }
    }

    @Test func `an empty post is filled by its deputy, who says for whom`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.publish(
            "absences", version: "1",
            """
            "absences": [{"post": "010101.branch_officer", "from": "2026-11-16 08:00", "until": "2026-11-18 08:00",
                "deputy": "010101.clerk"}]
            """)
        try bank.connect()
        let empty = try bank.branch.note(number, ["X-Post": "010101.branch_officer"])
        #expect(empty.status == 403)
        #expect(try empty.json["hint"]?.string?.contains("010101.clerk") == true)
        // Nobody named a post: the answer names the deputy.
        let unnamed = try bank.branch.note(number, ["X-Role": "branch_officer"])
        #expect(try unnamed.code == "actor.no-post")
        #expect(try unnamed.json["hint"]?.string?.contains("--on-behalf-of 010101.branch_officer") == true)

        let words = ["--post", "010101.clerk", "--on-behalf-of", "010101.branch_officer"]
        let done = RunningNode.run(["ticket", "note", number, "代办", "--url", bank.branch.url] + words)
        #expect(done.code == .success, "\(done.error)")
        try bank.connect()
        let acted = try bank.province.ticket(number).json["fields"]?["acted_for"]?["values"]?.array ?? []
        #expect(acted.count == 1)
        let stranger = try bank.branch.note(
            number, ["X-Post": "010101.branch_head", "X-On-Behalf-Of": "010101.branch_officer"])
        #expect(try stranger.json["rule"]?.string != nil && stranger.status == 403)

        bank.pass(2 * PeopleBank.day)
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_officer"]).status == 200)
        let late = try bank.branch.note(
            number, ["X-Post": "010101.clerk", "X-On-Behalf-Of": "010101.branch_officer"])
        #expect(try late.json["rule"]?.string == "G-deputy")
    }

    @Test func `RO-09 RO-10 RO-11 compensation beyond the level is refused, and granted with a post that may`() throws {
        let bank = try PeopleBank.registered()
        func answer(_ compensation: String, agreed: String? = nil, tier: String = "ordinary") throws -> Answer {
            let number = try bank.branch.register(["customer_tier": tier])
            let fields = RegisterStories.onSpot.merging(["compensation": compensation]) { $1 }
            if let agreed {
                let said = try bank.branch.countersign(
                    number, "compensation", by: "010101.branch_head", ["amount": agreed])
                guard said.status == 200 else { return said }
            }
            return try bank.branch.post(
                "/api/v1/tickets/\(number)/answer", Sample.body(fields), ["X-Post": "010101.branch_officer"])
        }
        #expect(try answer("500").status == 200)
        let beyond = try answer("500.01")
        #expect(beyond.status == 403)
        #expect(try beyond.json["rule"]?.string == "G-authority")
        #expect(try beyond.json["detail"]?.string?.contains("its limit is 500.00 [P] yuan") == true)
        #expect(try beyond.json["hint"]?.string?.contains("010101.branch_head") == true)
        #expect(try beyond.json["who_may"]?.array?.compactMap(\.string).contains("branch_head") == true)
        #expect(try answer("5000", agreed: "5000").status == 200)
        #expect(try answer("5000", agreed: "4999.99").status == 403)
        #expect(try answer("5000.01", agreed: "5000.01").status == 403)
        // A level covers the customers that it names.
        try bank.publish(
            "posts-example", version: "2026-11-16.1",
            """
            "authority": [{"level": 1, "compensation_max": "500", "customer_tiers": ["ordinary"], "sureness": "P"}],
            "posts": [{"post": "010101.branch_officer", "roles": ["branch_officer"], "node": "branch-0101", "level": 1,
                "trained": true}]
            """)
        try bank.connect()
        #expect(try answer("100").status == 200)
        #expect(try answer("100", tier: "vip").status == 403)
    }

    @Test func `a node whose posts a later version leaves out is closed and not open to anybody`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.other.register()
        let kept = #""posts": [{"post": "010101.clerk", "roles": ["clerk"], "node": "branch-0101", "trained": true}]"#
        let file = try bank.write("posts-example", version: "2026-11-16.1", kept)
        let outcome = bank.head.run("reference", "publish", file, "--post", "000000.ho_dispatcher")
        #expect(outcome.code == .success && outcome.error.contains("branch-0102 不再有任何岗位"), "\(outcome.error)")
        #expect(!outcome.error.contains("branch-0101"))
        try bank.connect()
        for headers in [["X-Post": "010102.branch_officer"], ["X-Post": "010102.nobody"], [:]] {
            let refused = try bank.other.note(number, headers)
            #expect(refused.status == 403)
            #expect(try refused.json["rule"]?.string == "G-seat")
            #expect(try refused.json["detail"]?.string?.contains("has no posts for this node") == true)
            #expect(try refused.json["hint"]?.string?.contains("have head office publish") == true)
        }
        #expect(try bank.other.get("/api/v1/tickets/\(number)", ["X-Post": "010102.nobody"]).status == 403)
        // Under any name a register brings it back.
        try bank.publish(
            "back", version: "1",
            #""posts": [{"post": "010102.x", "roles": ["branch_officer"], "node": "branch-0102", "trained": true}]"#)
        try bank.connect()
        #expect(try bank.other.note(number, ["X-Post": "010102.x"]).status == 200)
        #expect(try bank.other.note(number, ["X-Post": "010102.nobody"]).status == 403)
    }

    @Test func `without a named post the only one of the role acts, and of several one has to be named`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let posts = try bank.branch.get("/api/v1/tickets/\(number)/history").json["acts"]?.array?
            .compactMap { $0["post"]?.string }
        #expect(posts == ["010101.branch_officer"])
        try bank.publish(
            "second", version: "1",
            """
            "posts": [{"post": "010101.officer-2", "roles": ["branch_officer"], "node": "branch-0101", "trained": true}]
            """)
        try bank.connect()
        let answer = try bank.branch.post("/api/v1/tickets", Sample.registration())
        #expect(try answer.code == "actor.ambiguous-post")
        #expect(try answer.json["hint"]?.string?.contains("010101.officer-2") == true)
        #expect(try bank.branch.note(number, ["X-Post": "010101.officer-2"]).status == 200)
    }

    @Test func `a post acts in the role that it holds where nobody names one`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).status == 200)
    }

    @Test func `a register with a node that does not exist is not published`() throws {
        let bank = try PeopleBank()
        let file = try bank.write(
            "wrong", version: "1",
            #""posts": [{"post": "x.clerk", "roles": ["clerk"], "node": "branch-0110", "trained": true}]"#)
        let outcome = bank.head.run("reference", "publish", file, "--post", "000000.ho_dispatcher")
        #expect(outcome.code == .failed && outcome.error.contains("no node of the topology"))
        #expect(try bank.head.get("/api/v1/references").json["references"]?.array?.isEmpty == true)
    }

    @Test func `the list of posts is read by people and programs`() throws {
        let bank = try PeopleBank.registered()
        let listed = bank.branch.run("people").output
        for words in ["010101.branch_officer", "[P]", "500.00", "否 no"] { #expect(listed.contains(words), "\(words)") }
        let json = try bank.branch.get("/api/v1/people?node=province-01").json
        #expect(json["posts"]?.array?.contains { $0["post"]?.string == "010000.dispatcher" } == true)
        #expect(try bank.branch.get("/api/v1/people?node=nowhere").errors == ["node unknown-node"])
        #expect(try bank.branch.get("/api/v1/people?nod=x").errors == ["nod unknown-parameter"])
    }

    @Test func `the shipped register fits the example topology`() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        let registers = try ["people", "absences"].map {
            try PeopleReader.load(Repository.path("reference/\($0).json"))
        }
        let people = People(registers: registers, units: topology.units)
        for node in topology.nodes {
            #expect(people.covers(node.id))
            for role in node.tier == .branch ? [Role.branchOfficer, .branchHead] : [.approver, .liaison] {
                guard case .one = people.usualPost(of: role, at: node.id, now: PeopleBank.morning) else {
                    Issue.record("\(node.id) has no single \(role.rawValue)")
                    continue
                }
            }
        }
        for register in registers {
            for absence in register.absences {
                #expect(people.seat(absence.post) != nil)
                #expect(absence.absence.deputy.map { people.seat($0) != nil } ?? true)
            }
        }
    }
}
