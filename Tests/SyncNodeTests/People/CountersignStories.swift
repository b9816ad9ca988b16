import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Second persons act for themselves, at their own nodes, and their word travels.
@Suite("Countersigning") struct CountersignStories {
    private func rule(_ answer: Answer) throws -> String? { try answer.json["rule"]?.string }

    private func act(
        _ node: RunningNode, _ number: String, _ act: String, _ fields: [String: String], by post: String
    ) throws -> Answer {
        try node.post("/api/v1/tickets/\(number)/acts/\(act)", Sample.body(fields), ["X-Post": post])
    }

    private static let refusing = [
        "non_acceptance_reason": "elsewhere", "remedy_info_given": "yes", "reply_medium": "phone",
    ]

    @Test func `T03 not accepting takes two posts, each by its own act, and everybody sees both`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        func refuse() throws -> Answer {
            try act(bank.branch, number, "refuse", Self.refusing, by: "010101.branch_officer")
        }
        let alone = try refuse()
        #expect(try rule(alone) == "G-second-person")
        let hint = try #require(try alone.json["hint"]?.string)
        #expect(hint.contains("010101.branch_head") && hint.contains("010000.approver (province-01)"))
        #expect(!hint.contains("020000.") && !hint.contains("010102."))
        // A typed name is none.
        let typed = try act(
            bank.branch, number, "refuse", Self.refusing.merging(["second_post": "010101.branch_head"]) { $1 },
            by: "010101.branch_officer")
        #expect(typed.status == 422)
        let said = bank.branch.run(
            "ticket", "act", number, "countersign", "--post", "010101.branch_head", "--field", "matter=refuse")
        try #require(said.code == .success, "\(said.error)")
        #expect(try refuse().status == 200)
        try bank.connect()
        let seen = try bank.head.ticket(number).json["fields"]
        let given = seen?["countersignatures"]?["values"]?.array?.first?["value"]?.string
        #expect(given?.contains("@refuse@010101.branch_head@branch-0101@branch_head@registered@") == true)
        let used = seen?["countersignature_uses"]?["values"]?.array?.first?["value"]?.string
        #expect(used?.contains("@refuse@010101.branch_officer@") == true)
    }

    @Test func `a province's word counts below it once it has arrived, another branch's does not`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        #expect(try bank.other.countersign(number, "refuse", by: "010102.branch_head").status == 404)
        #expect(try bank.province.countersign(number, "refuse", by: "010000.approver").status == 200)
        func refuse() throws -> Answer {
            try act(bank.branch, number, "refuse", Self.refusing, by: "010101.branch_officer")
        }
        #expect(try rule(refuse()) == "G-second-person")
        try bank.connect()
        #expect(try refuse().status == 200)
    }

    @Test func `seizing takes a second person who acts, and the same word serves no second seizure`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.connect()
        func seize() throws -> Answer {
            try act(bank.province, number, "seize", ["reason": "unit_silent"], by: "010000.prov_supervisor")
        }
        #expect(try rule(seize()) == "G-second-person")
        #expect(try bank.province.countersign(number, "seize", by: "010000.clerk").status == 403)
        #expect(try bank.province.countersign(number, "seize", by: "010000.approver").status == 200)
        let clocks = try bank.branch.get("/api/v1/tickets/\(number)/clocks").json["clocks"]?.array?.count
        #expect(try seize().status == 200)
        #expect(try bank.province.get("/api/v1/tickets/\(number)/clocks").json["clocks"]?.array?.count == clocks)
        #expect(try bank.province.ticket(number).json["custody"]?["custodian"]?.string == "province-01")
    }

    @Test func `RO-15 a recusal is lifted by two, neither of them the person complained about`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.branch_head"])
        func lift(_ name: String, by post: String) throws -> Answer {
            try bank.branch.send(
                .patch, "/api/v1/tickets/\(number)",
                Sample.body(["target_person": name], [("reason", "typing_error")]),
                ["If-Match": "*", "X-Post": post])
        }
        #expect(try lift("", by: "010101.branch_head").code == "ticket.not-found")
        #expect(try rule(lift("", by: "010101.clerk")) == "G-recusal-lift")
        #expect(try rule(lift("李某", by: "010101.branch_officer")) == "G-recusal-lift")
        let own = try bank.branch.countersign(number, "recusal", by: "010101.branch_head")
        #expect(try own.code == "ticket.not-found")
        #expect(try bank.branch.countersign(number, "recusal", by: "010101.clerk").status == 403)
        let hint = try #require(try lift("", by: "010101.clerk").json["hint"]?.string)
        #expect(!hint.contains("010101.branch_head") && hint.contains("010000.approver (province-01)"))
        #expect(hint.contains("--node province-01"), "the command runs at the node of that post")
        try bank.connect()
        // A word for one name is none for another, nor for nobody.
        let signed = try bank.province.countersign(
            number, "recusal", by: "010000.approver", ["instead": "李某"])
        #expect(signed.status == 200, "\(signed.text)")
        try bank.connect()
        #expect(try rule(lift("", by: "010101.clerk")) == "G-recusal-lift")
        #expect(try rule(lift("010101.branch_officer", by: "010101.clerk")) == "G-recusal-lift")
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).status == 404)
        let lifted = try lift("李 某", by: "010101.clerk")
        #expect(lifted.status == 200, "\(lifted.text)")
        // The register knows nobody of that name: whoever wrote it is told that it keeps nobody away.
        #expect(lifted.text.contains("they keep nobody from the ticket"))
        #expect(bank.branch.run("ticket", "show", number).output.contains("they keep nobody from the ticket"))
        // Who was named once may read again and does not say who is named instead.
        #expect(try rule(bank.branch.countersign(number, "recusal", by: "010101.branch_head")) == "G-recusal-lift")
        #expect(try bank.branch.note(number, ["X-Post": "010101.branch_head"]).status == 200)
        // Used up: the next change takes another word.
        #expect(try rule(lift("", by: "010101.clerk")) == "G-recusal-lift")
    }
}
