import SyncProtocol
import Testing

@testable import TicketModel

@Suite struct TransitionTests {
    @Test func `all thirty lines of the state machine are in the table once`() {
        let ids = TransitionTable.all.map(\.id).sorted()
        #expect(ids == (1...30).map { "T" + AsciiText.padded($0, width: 2) })
        for line in TransitionTable.all { #expect(TransitionTable.transition(line.id)?.id == line.id) }
        #expect(TransitionTable.transition("T31") == nil)
    }

    @Test func `every line says who may, where, and has a name in both languages`() {
        for line in TransitionTable.all {
            #expect(!line.roles.isEmpty && !line.tiers.isEmpty, "\(line.id)")
            #expect(line.act.label.chinese != line.act.name && !line.act.label.english.isEmpty, "\(line.id)")
        }
    }

    @Test func `from every open state some line leads on, from an archived one only an appeal or correction`() {
        for state in TicketState.open { #expect(!TransitionTable.leaving(state).isEmpty, "\(state)") }
        #expect(Set(TransitionTable.leaving(.archived).map(\.id)) == ["T29", "T30"])
        #expect(Set(TransitionTable.leaving(.merged).map(\.id)) == ["T30"])
        #expect(Set(TransitionTable.leaving(.notAccepted).map(\.id)) == ["T29", "T30"])
    }

    @Test func `every state but the draft is entered by some line`() {
        let entered = Set(TransitionTable.all.compactMap(\.to))
        #expect(TicketState.allCases.filter { !entered.contains($0) } == [.draft])
    }

    @Test func `every line is implemented by a command or an act of the catalogue`() {
        let walked = Set(ActCatalogue.all.flatMap(\.lines))
        // T01 and T29 are registrations, T30 is an amendment.
        let elsewhere: Set = ["T01", "T29", "T30"]
        #expect(TransitionTable.all.map(\.id).filter { !walked.contains($0) && !elsewhere.contains($0) }.isEmpty)
        #expect(TransitionTable.orders.map(\.id).allSatisfy(walked.contains))
    }

    @Test func `acts of the catalogue have one definition, a name that leads back, and parameters that are no fields`()
    {
        #expect(Set(ActCatalogue.all.map(\.act)).count == ActCatalogue.all.count)
        for definition in ActCatalogue.all {
            #expect(TicketAct.named(definition.act.name) == definition.act)
            #expect(!definition.whoMay.isEmpty, "\(definition.act.name)")
            for parameter in definition.parameters {
                #expect(FieldTable.definition(named: parameter.name) == nil, "\(parameter.name)")
                #expect(!parameter.label.chinese.isEmpty && Code.isWellFormed(parameter.name))
            }
            for field in definition.form?.fields ?? [] {
                #expect(FieldTable.definition(field)?.source == .person, "\(definition.act.name)")
            }
        }
    }

    @Test func `acts keep their numbers`() {
        #expect(TicketAct.dispatch.rawValue == 7 && TicketAct.dispatch.name == "dispatch")
        #expect(Set(TicketAct.all.map(\.name)).count == TicketAct.all.count)
        #expect(HistoryText.act(9999, .chinese) == "act_9999")
        #expect(HistoryText.act(7, .chinese) == "派单")
    }

    @Test func `every step of the walk has a usual role at its tier`() throws {
        for step in TestTicket.Step.allCases where step != .registered {
            let before = try #require(TestTicket.Step(rawValue: step.rawValue - 1))
            var ticket = try TestTicket.walked(to: before)
            let place = step.actor.place
            let command = step.command(Entries.complaint)
            let role = try #require(command.usualRole(at: place.tier, ticket: ticket.view(at: place.node)))
            try ticket.perform(command, by: TestBank.actor(role, at: place))
        }
        #expect(TicketCommand.dispatch(to: "branch-01", fields: [:]).usualRole(at: .branch, ticket: .unborn) == nil)
        #expect(TicketCommand.note("x").usualRole(at: .headOffice, ticket: .unborn) == .hoDispatcher)
    }

    @Test func `a grave ticket is usually closed by a higher role`() throws {
        let view = try TestTicket.walked(to: .replied, registering: Entries.complaint.with(["severity": "major"]))
            .view(at: "province-gd")
        let command = TicketCommand.close(fields: Entries.close)
        #expect(command.usualRole(at: .province, ticket: view) == .approver)
    }

    @Test func `forms name fields that a person may give, and each need once`() {
        for form in ActCatalogue.all.compactMap(\.form) {
            #expect(Set(form.fields).count == form.fields.count, "\(form.act.name)")
            for field in form.fields { #expect(FieldTable.definition(field)?.source == .person, "\(form.act.name)") }
        }
    }
}
