import SyncProtocol
import Testing

@testable import TicketModel

/// The second person acts himself: what a countersignature lets pass, and what not.
@Suite struct CountersignTests {
    private static let refusing = ["non_acceptance_reason": "elsewhere", "remedy_info_given": "true"]
    private static let people = People(
        seats: [
            People.Seat("GD01.clerk", [.clerk], at: "branch-01", level: 1),
            People.Seat("GD01.branch_officer", [.branchOfficer], at: "branch-01", level: 1, personToken: token),
            People.Seat("GD01.branch_head", [.branchHead], at: "branch-01", level: 2),
            People.Seat("GD01.other_head", [.branchHead], at: "branch-01", level: 2, personToken: token),
            People.Seat("GD02.branch_head", [.branchHead], at: "branch-02", level: 2),
            People.Seat("GD.approver", [.approver], at: "province-gd", level: 3),
            People.Seat("SC.approver", [.approver], at: "province-sc", level: 3),
            People.Seat("HQ.approver", [.approver], at: "head-office", level: 3),
        ],
        authorities: [
            1: People.Authority(compensationMax: 50_000), 2: People.Authority(compensationMax: 500_000),
            3: People.Authority(compensationMax: 2_000_000),
        ], units: TestBank.units)
    private static let token = "0123456789abcdef"

    private func registered() throws -> TestTicket {
        var ticket = try TestTicket.make()
        ticket.people = Self.people
        return ticket
    }

    /// The officer refuses the complaint, with a countersignature that the ticket already shows.
    private func outcome(
        with entry: [String: String?], _ more: [FieldID: [Value]] = [:], by actor: Actor = TestBank.officer
    ) throws -> Refusal? {
        var view = try registered().view(at: "branch-01")
        let usual: [String: String?] = [
            "key": "k.1", "matter": "refuse", "post": "GD01.branch_head", "node": "branch-01", "role": "branch_head",
            "state": "registered", "at": "1",
        ]
        let signature = Entry(EntryShapes.countersignature, usual.merging(entry) { $1 })
        view.fields[TicketField.countersignatures] = [.text(signature.text)]
        view.fields.merge(more) { $1 }
        do throws(Refusal) {
            _ = try decide(
                .perform(.refuse, Self.refusing), ticket: view, actor: actor, people: Self.people,
                at: TestBank.morning, randomness: 1)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a refusal says who may countersign, here and above, and the very command`() throws {
        let said = try #require(refused(.refuse, Self.refusing, on: try registered(), by: TestBank.officer))
        #expect(said.rule == Guard.secondPerson.rawValue)
        let number = try #require(try registered().view(at: "branch-01").text(TicketField.ticketNo))
        for hint in [said.hint.chinese, said.hint.english] {
            #expect(hint.contains("GD01.branch_head") && hint.contains("GD.approver (province-gd)"))
            #expect(hint.contains("ticket act \(number) countersign --post GD01.branch_head --field matter=refuse"))
            // Neither the same person on another post, nor another unit, nor another province.
            for post in ["GD01.other_head", "GD02.branch_head", "SC.approver"] { #expect(!hint.contains(post)) }
        }
        #expect(said.whoMay.contains("branch_head"))
    }

    @Test func `T03 IN-13 the second person signs by an act of his own, and the act that needs him uses it up`() throws
    {
        var ticket = try registered()
        let decision = try ticket.act(.countersign, ["matter": "refuse"], by: TestBank.branchHead)
        #expect(!decision.requiresCustody && decision.transitions.isEmpty && decision.casework.isEmpty)
        #expect(
            refused(.countersign, ["matter": "refuse"], on: ticket, by: TestBank.branchHead)?.code == .nothingToChange)
        let done = try ticket.act(.refuse, Self.refusing, by: TestBank.officer)
        #expect(done.guards.contains(.secondPerson))
        let given = try #require(ticket.view(at: "head-office").countersignatures.first)
        #expect(given.post == "GD01.branch_head" && given.usedBy == "GD01.branch_officer")
        #expect(given.state == "registered" && given.node == "branch-01")
    }

    @Test(
        arguments: [
            ([:], true), (["matter": "seize"], false), (["role": "clerk"], false), (["state": "handling"], false),
            (["node": "branch-02", "post": "GD02.branch_head"], false),
            (["node": "province-sc", "post": "SC.approver", "role": "approver"], false),
            (["node": "province-gd", "post": "GD.approver", "role": "approver"], true),
            (["node": "head-office", "post": "HQ.approver", "role": "approver"], true),
            (["post": "GD01.branch_officer"], false), (["post": "GD01.other_head"], false),
        ] as [([String: String], Bool)])
    func `it counts for its matter and state, of another person entitled here or above`(
        _ entry: [String: String], _ counts: Bool
    ) throws {
        let said = try outcome(with: entry.mapValues { $0 })
        #expect(counts ? said == nil : said?.rule == Guard.secondPerson.rawValue, "\(entry)")
    }

    @Test func `a used one and one of the person complained about do not count`() throws {
        let used = Entry(
            EntryShapes.countersignatureUse, ["key": "k.1", "act": "refuse", "post": "GD01.clerk", "at": "2"])
        #expect(try outcome(with: [:], [TicketField.countersignatureUses: [.text(used.text)]]) != nil)
        #expect(try outcome(with: [:], [TicketField.targetPerson: [.text("GD01.branch_head")]]) != nil)
        #expect(try outcome(with: [:], [TicketField.targetPerson: [.text("somebody")]]) == nil)
    }

    @Test func `a countersignature serves one act and no second one`() throws {
        var ticket = try registered()
        try ticket.countersign("compensation", "5000", by: TestBank.branchHead)
        let fields = Entries.onSpot.with(["compensation": "4000"])
        try ticket.perform(.answerOnSpot(fields: fields), by: TestBank.officer)
        let raise = TicketCommand.amend(fields: ["compensation": "4500"], reason: "new_information")
        #expect(
            refusal(raise, on: ticket, by: TestBank.officer)?.rule == Guard.authority.rawValue)
    }

    @Test func `RO-09 nobody agrees to more than his own level, and compensation needs its amount`() throws {
        let ticket = try registered()
        let said = refused(
            .countersign, ["matter": "compensation", "amount": "5000.01"], on: ticket, by: TestBank.branchHead)
        #expect(said?.rule == Guard.authority.rawValue && said?.sentence.english.contains("5000.00 [P]") == true)
        #expect(said?.hint.english.contains("GD.approver (province-gd)") == true)
        for given in [["matter": "compensation"], ["matter": "refuse", "amount": "1"]] {
            #expect(
                refused(.countersign, given, on: ticket, by: TestBank.branchHead)?.problems.map(\.field) == ["amount"])
        }
        #expect(refused(.countersign, ["matter": "nothing"], on: ticket, by: TestBank.branchHead)?.problems.count == 1)
        #expect(refused(.countersign, ["matter": "refuse"], on: ticket, by: TestBank.clerk)?.code == .wrongRole)
        #expect(refused(.countersign, ["matter": "rework"], on: ticket, by: TestBank.branchHead)?.code == .wrongRole)
    }

    @Test(arguments: ["李某", ""])
    func `RO-15 neither the target nor his friend alone changes who is complained about`(_ name: String) throws {
        var ticket = TestTicket()
        try ticket.perform(
            .register(Registration(fields: Entries.complaint.with(["target_person": "GD01.branch_head"]))),
            by: TestBank.clerk)
        let lift = TicketCommand.amend(fields: ["target_person": name], reason: "new_information")
        #expect(refusal(lift, on: ticket, by: TestBank.branchHead)?.rule == Guard.recusal.rawValue)
        #expect(refusal(lift, on: ticket, by: TestBank.clerk)?.rule == Guard.recusalLift.rawValue)
        // The target cannot help his friend, nor the friend himself.
        #expect(
            refused(.countersign, ["matter": "recusal"], on: ticket, by: TestBank.branchHead)?.rule
                == Guard.recusal.rawValue)
        #expect(refused(.countersign, ["matter": "recusal"], on: ticket, by: TestBank.clerk)?.code == .wrongRole)
        try ticket.countersign("recusal", by: TestBank.dispatcher)
        let done = try ticket.perform(lift, by: TestBank.clerk)
        #expect(done.guards.contains(.recusalLift))
        try ticket.perform(.note("不是他"), by: TestBank.branchHead)
        // Who was named by mistake is named anew with another's word; naming somebody where nobody was needs none.
        let back = TicketCommand.amend(fields: ["target_person": "GD01.branch_head"], reason: "new_information")
        if name.isEmpty {
            try ticket.perform(back, by: TestBank.clerk)
        } else {
            #expect(refusal(back, on: ticket, by: TestBank.clerk)?.rule == Guard.recusalLift.rawValue)
        }
    }
}
