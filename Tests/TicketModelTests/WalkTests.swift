import SyncProtocol
import Testing

@testable import TicketModel

/// A ticket's life, decided by the rules and folded by the real merge.
@Suite struct WalkTests {
    @Test func `a ticket walks from the counter through the province to its end`() throws {
        var ticket = TestTicket()
        var states: [String] = []
        for step in TestTicket.Step.allCases {
            try ticket.perform(step.command(Entries.complaint), by: step.actor)
            states.append(ticket.view(at: "province-gd").text(TicketField.state) ?? "?")
        }
        #expect(
            states == ["registered", "under_review", "dispatched", "handling", "feedback_review", "replied", "closed"])
        #expect(
            ticket.decisions.flatMap(\.transitions) == ["T01", "T04", "T07", "T08", "T15", "T17", "T18", "T20", "T23"])
        #expect(ticket.state.overruled.isEmpty && ticket.state.disputed.isEmpty)
        #expect(ticket.state.conflicts.isEmpty)
    }

    @Test func `custody goes with the offers and is accepted by the next act`() throws {
        var holders: [String] = []
        for step in TestTicket.Step.allCases {
            holders.append(try TestTicket.walked(to: step).view(at: "province-gd").custodian?.text ?? "?")
        }
        #expect(
            holders == [
                "branch-01", "branch-01", "province-gd", "branch-02", "branch-02", "province-gd", "province-gd",
            ])
    }

    @Test func `the approved solution is the proposal that the approver let stand`() throws {
        let view = try TestTicket.walked(to: .replied).view(at: "province-gd")
        #expect(view.text(TicketField.solution) == Entries.feedback["proposed_solution"])
        #expect(view.text(TicketField.repliedBy) == TestBank.dispatcher.post)
        #expect(view.text(TicketField.handler) == TestBank.otherOfficer.post)
    }

    @Test func `head office follows a local ticket without one word of its bodies`() throws {
        let ticket = try TestTicket.walked(to: .closed)
        let view = ticket.view(at: "head-office")
        #expect(view.disclosure == .core)
        #expect(view.text(TicketField.state) == "closed")
        let held = view.fields.keys.compactMap { FieldTable.definition($0)?.part }
        #expect(held.allSatisfy { $0 == .core })
        #expect(view.text(TicketField.amountBand) == "under_10k")
    }

    @Test func `a complaint answered on the spot ends at its branch`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        try ticket.perform(.answerOnSpot(fields: Entries.onSpot), by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").state == .replied)
        try ticket.perform(.close(fields: Entries.closeOnSpot), by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").state == .closed)
        #expect(ticket.view(at: "branch-01").custodian == "branch-01")
        #expect(ticket.view(at: "head-office").state == .closed)
    }

    @Test func `a province handles its own ticket without handing it anywhere`() throws {
        var ticket = TestTicket()
        try ticket.perform(.register(Registration(fields: Entries.complaint)), by: TestBank.dispatcher)
        try ticket.perform(.dispatch(to: "province-gd", fields: Entries.dispatch), by: TestBank.dispatcher)
        let handler = TestBank.actor(.deptHandler, at: TestBank.province)
        try ticket.perform(.take, by: handler)
        try ticket.perform(.feedBack(fields: Entries.feedback), by: handler)
        #expect(ticket.view(at: "province-gd").pendingOffer == nil)
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
        try ticket.perform(.close(fields: Entries.close), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").state == .closed)
    }

    @Test func `head office hands a ticket to a province, which hands it on to a branch`() throws {
        var ticket = TestTicket()
        let fields = Entries.complaint.with([
            "kind": "escalated", "intake_channel": "head_office_line", "signature_id": nil,
        ])
        try ticket.perform(.register(Registration(fields: fields)), by: TestBank.headDispatcher)
        try ticket.perform(.dispatch(to: "province-gd", fields: Entries.dispatch), by: TestBank.headDispatcher)
        try ticket.perform(.dispatch(to: "branch-02", fields: [:]), by: TestBank.dispatcher)
        try ticket.perform(.take, by: TestBank.otherOfficer)
        let view = ticket.view(at: "branch-02")
        #expect(view.custodian == "branch-02" && view.state == .handling)
        #expect(view.integer(TicketField.bounceCount) == 0)
        #expect(ticket.view(at: "head-office").disclosure == .full)
    }

    @Test func `a follow-up agent stops before the closing and another post ends it`() throws {
        var ticket = try TestTicket.walked(to: .replied)
        let agent = TestBank.actor(.followUpAgent, at: TestBank.province)
        try ticket.perform(.close(fields: ["satisfaction": "satisfied"]), by: agent)
        #expect(ticket.view(at: "province-gd").state == .closing)
        #expect(ticket.decisions.last?.act.name == "follow_up_ok")
        try ticket.perform(.close(fields: ["outcome": "solved"]), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").text(TicketField.followupBy) == agent.post)
        #expect(ticket.view(at: "province-gd").state == .closed)
    }

    @Test func `a ticket returned for completion says what is missing until it is submitted again`() throws {
        var ticket = try TestTicket.walked(to: .submitted)
        try ticket.perform(.returnForCompletion(missing: ["course", "cause_told"]), by: TestBank.dispatcher)
        #expect(ticket.view(at: "branch-01").text(TicketField.missingFields) == "cause_told,course")
        try ticket.perform(.take, by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").state == .registered)
        try ticket.perform(.amend(fields: ["course": "客户存款时断电"], reason: nil), by: TestBank.clerk)
        try ticket.perform(.submitUp, by: TestBank.officer)
        #expect(ticket.view(at: "province-gd").text(TicketField.missingFields) == nil)
        #expect(ticket.view(at: "province-gd").state == .underReview)
    }

    @Test func `the same question has the same answer`() throws {
        let view = try TestTicket.walked(to: .fedBack).view(at: "province-gd")
        let answers = try (0..<20).map { _ in
            try decide(.reply(fields: Entries.reply), ticket: view, actor: TestBank.dispatcher, at: 5, randomness: 1)
        }
        #expect(Set(answers).count == 1)
    }
}
