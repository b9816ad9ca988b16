import SyncProtocol
import Testing

@testable import TicketModel

/// A name, words and numbers of a customer, typed into everything that goes into core records: each place refuses them by
/// itself, whatever the state of the ticket. The places are walked from the tables, so that a new one is walked too.
@Suite struct CanaryTests {
    static let nameAndPhone = ["WangJimi-13912345678", "wangjimi-13912345678"]
    static let words = "客户赵机密说柜员骂人"
    static let number = "1391234567801"

    /// What a place of this type has to refuse. An instant is a number of thirteen digits where somebody writes it so;
    /// words of a person are no core field's.
    static func canaries(_ type: FieldType) -> [String] {
        switch type {
        case .text, .line: []
        case .instant: nameAndPhone + [words]
        default: nameAndPhone + [words, number]
        }
    }

    /// Core fields that people give, and who types into them where.
    private static let fields = FieldTable.all.filter { $0.part == .core && $0.source == .person }

    @Test(arguments: [People.unknown, TestBank.register()])
    func `no core field of a registration takes a name, words or a number`(people: People) {
        var walked = 0
        for field in Registration.enterable where field.part == .core {
            for canary in Self.canaries(field.type) {
                var ticket = TestTicket()
                ticket.people = people
                let given = Registration(fields: Entries.complaint.with([field.name: canary]))
                expectRefused(.register(given), of: field.name, on: ticket, by: TestBank.clerk)
                walked += 1
            }
        }
        #expect(walked > 80)
    }

    @Test(arguments: [People.unknown, TestBank.register()])
    func `no parameter and no core field of an act takes a name, words or a number`(people: People) throws {
        var ticket = try TestTicket.make(.taken)
        ticket.people = people
        var walked = 0
        for definition in ActCatalogue.all {
            let parameters = definition.parameters.map { ($0.name, $0.type) }
            let fields = (definition.form?.fields ?? []).map { FieldTable.known($0) }.filter { $0.part == .core }
            for (name, type) in parameters + fields.map({ ($0.name, $0.type) }) {
                for canary in Self.canaries(type) {
                    expectRefused(
                        .perform(definition.act, [name: canary]), of: name, on: ticket, by: TestBank.otherOfficer)
                    walked += 1
                }
            }
        }
        #expect(walked > 500)
    }

    @Test(arguments: [People.unknown, TestBank.register()])
    func `no amendment of a core field takes a name, words or a number`(people: People) throws {
        var ticket = try TestTicket.make(.taken)
        ticket.people = people
        for field in Self.fields {
            for canary in Self.canaries(field.type) {
                let amend = TicketCommand.amend(fields: [field.name: canary], reason: "typing_mistake")
                expectRefused(amend, of: field.name, on: ticket, by: TestBank.otherOfficer)
            }
        }
    }

    @Test func `a post that is a name with a number does nothing and is recorded nowhere`() throws {
        let ticket = try TestTicket.make()
        for post in Self.nameAndPhone + [Self.words, Self.number] {
            let actor = TestBank.actor(.branchOfficer, at: TestBank.branch, post: post)
            #expect(refusal(.note("x"), on: ticket, by: actor)?.code == .unknownActor)
            guard
                case .refused(_, isRecorded: false) = mayRead(
                    ticket.view(at: "branch-01"), actor, people: .unknown, at: TestBank.morning)
            else {
                Issue.record("the attempt of \(post) would be written down")
                continue
            }
        }
    }

    @Test func `a known post passes, an unknown one does not, and without a register only one's own`() throws {
        var ticket = try TestTicket.make()
        let amend = { (post: String) in TicketCommand.amend(fields: ["first_contact_person": post], reason: nil) }
        #expect(
            refusal(amend("GD01.branch_head"), on: ticket, by: TestBank.officer)?.problems.first?.rule == .unknownPost)
        try ticket.perform(amend(TestBank.officer.post), by: TestBank.officer)
        ticket.people = TestBank.register()
        try ticket.perform(amend("GD01.branch_head"), by: TestBank.officer)
        try ticket.perform(amend("SC09.clerk"), by: TestBank.officer)
        #expect(refusal(amend("GD01.nobody"), on: ticket, by: TestBank.officer)?.problems.first?.rule == .unknownPost)
    }

    @Test func `a department is one of the unit that gets the work`() throws {
        var ticket = try TestTicket.make(.submitted)
        let dispatch = { (more: [String: String?]) in
            TicketCommand.perform(.dispatch, Entries.dispatch.with(["unit": "branch-02"]).with(more))
        }
        let isUnknown = { (ticket: TestTicket, more: [String: String?]) in
            refusal(dispatch(more), on: ticket, by: TestBank.dispatcher)?.problems.first?.rule == .unknownDepartment
        }
        #expect(isUnknown(ticket, ["lead_department": "card"]))
        #expect(isUnknown(ticket, ["unit": "branch-02/card"]))
        let far = People.Seat("SC.vault", [.deptHandler], at: "province-sc", department: "vault")
        ticket.people = TestBank.register([far])
        // Known in the bank, not at that unit.
        #expect(isUnknown(ticket, ["lead_department": "vault"]))
        #expect(isUnknown(ticket, ["unit": "branch-02/vault"]))
        try ticket.perform(dispatch(["unit": "branch-02/card"]), by: TestBank.dispatcher)
        #expect(ticket.view(at: "branch-02").text(TicketField.leadDepartment) == "card")
    }

    @Test func `units are units of the bank once its tree is known`() throws {
        var ticket = TestTicket()
        ticket.people = TestBank.register()
        let register = { (more: [String: String?]) in
            TicketCommand.register(Registration(fields: Entries.complaint.with(more)))
        }
        #expect(
            refusal(register(["event_org": "WANGJIMI"]), on: ticket, by: TestBank.clerk)?.problems.first?.rule
                == .unknownOrg)
        #expect(
            refusal(register(["sealed_from": "wang-jimi"]), on: ticket, by: TestBank.clerk)?.problems.first?.rule
                == .unknownNode)
        try ticket.perform(register(["event_org": "SC09"]), by: TestBank.clerk)
    }

    @Test func `the number of a paper stays in the casework; core records name it by the key that the node made`()
        throws
    {
        var ticket = try TestTicket.make(.taken)
        let request = try ticket.act(
            .request, ["act": "pause", "reason": "needs_approval"], by: TestBank.otherOfficer)
        #expect(request.core.count == 1)
        let key = try #require(ticket.view(at: "province-gd").openRequests.first?.key)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        let given = [
            "request": key, "reason": "mediation", "evidence_key": "wang-jimi-letter", "customer_told": "true",
        ]
        let pause = try ticket.act(.pause, given, by: TestBank.otherOfficer)
        #expect(!"\(pause.core)".contains("wang-jimi") && "\(pause.casework)".contains("wang-jimi"))
        let entry = try #require(ticket.view(at: "head-office").entries(TicketField.pauses, EntryShapes.pause).first)
        let item = ticket.view(at: "branch-02").entries(TicketField.evidenceItems, EntryShapes.evidence).first
        #expect(entry["evidence"] == item?["key"] && item?["paper"] == "wang-jimi-letter")
        // The same paper is the same piece.
        let resume = try ticket.act(.resume, ["evidence_key": "wang-jimi-letter"], by: TestBank.otherOfficer)
        #expect(resume.casework.isEmpty)
    }

    private func expectRefused(_ command: TicketCommand, of name: String, on ticket: TestTicket, by actor: Actor) {
        var copy = ticket
        do throws(Refusal) {
            try copy.perform(command, by: actor)
            Issue.record("\(command.act.name) took it as \(name)")
        } catch {
            #expect(error.code == .invalidFields, "\(command.act.name) \(name)")
            #expect(error.problems.contains { $0.field == name }, "\(command.act.name) \(name)")
        }
    }
}
