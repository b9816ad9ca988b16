import SyncProtocol
import Testing

@testable import TicketModel

/// The centre and the units: dispatch, bounce, transfer, feedback, rework.
@Suite struct CentreFlowTests {
    @Test func `T06 DR-03 the centre answers itself with a solution at hand`() throws {
        var ticket = try TestTicket.make(.submitted)
        #expect(refused(.answerAtCentre, on: ticket, by: TestBank.dispatcher)?.code == .invalidFields)
        try ticket.act(.answerAtCentre, ["explanation_text_id": "kb-0007"], by: TestBank.dispatcher)
        #expect(ticket.shownState == .readyToReply)
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
        #expect(ticket.shownState == .replied)
    }

    @Test func `T09 IN-09 a unit bounces once, then the dispatcher's word is final`() throws {
        var ticket = try TestTicket.make(.dispatched)
        try ticket.act(.decline, ["reason": "not_our_business"], by: TestBank.otherOfficer)
        try ticket.act(.dispatch, Entries.dispatch.with(["unit": "branch-02"]), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").integer(TicketField.bounceCount) == 1)
        let second = refused(.decline, ["reason": "not_our_business"], on: ticket, by: TestBank.otherOfficer)
        #expect(second?.rule == Guard.bounceOnce.rawValue)
        // Who has to stand aside still can.
        try ticket.act(.decline, ["reason": "recusal"], by: TestBank.otherOfficer)
    }

    @Test func `T10 DR-09 feedback of a transferred ticket returns along the way it came`() throws {
        var ticket = try TestTicket.make(.taken)
        let given = ["unit": "branch-01", "reason": "other_unit_in_charge"]
        #expect(
            refused(.transfer, given.with(["reason": nil]), on: ticket, by: TestBank.otherOfficer)?.code
                == .invalidFields)
        #expect(
            refused(.transfer, given.with(["unit": "branch-02"]), on: ticket, by: TestBank.otherOfficer)?.code
                == .unknownUnit)
        ticket.people = People(units: TestBank.units)
        try ticket.act(.transfer, given, by: TestBank.otherOfficer)
        #expect(ticket.view(at: "branch-01").returnPath.map(\.text) == ["province-gd", "branch-02"])
        try ticket.act(.take, by: TestBank.officer)
        try ticket.act(.feedBack, Entries.feedback, by: TestBank.officer)
        #expect(ticket.view(at: "branch-02").pendingOffer?.to == "branch-02")
        // The unit that handed it on looks at it and passes it to the centre.
        try ticket.act(.take, by: TestBank.otherOfficer)
        try ticket.act(.feedBack, [:], by: TestBank.otherOfficer)
        let view = ticket.view(at: "province-gd")
        #expect(view.pendingOffer?.to == "province-gd" && view.returnPath.isEmpty)
        #expect(ticket.state.overruled.isEmpty && ticket.state.disputed.isEmpty)
    }

    @Test func `T10 a department hands on inside the same node, and the way back remembers it`() throws {
        var ticket = try TestTicket.make(.submitted)
        ticket.people = TestBank.register()
        try ticket.act(.dispatch, Entries.dispatch.with(["unit": "province-gd/card"]), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").text(TicketField.leadDepartment) == "card")
        try ticket.act(.take, by: TestBank.department)
        try ticket.act(
            .transfer, ["unit": "province-gd/equipment", "reason": "other_unit_in_charge"], by: TestBank.department)
        let view = ticket.view(at: "province-gd")
        #expect(view.text(TicketField.leadDepartment) == "equipment" && view.custodian == "province-gd")
        #expect(view.returnPath.map(\.text) == ["province-gd/card"])
        try ticket.act(.take, by: TestBank.departmentHead)
        try ticket.act(.feedBack, Entries.feedback, by: TestBank.departmentHead)
        #expect(ticket.view(at: "province-gd").text(TicketField.leadDepartment) == "card")
        #expect(ticket.view(at: "province-gd").returnPath.isEmpty)
    }

    @Test func `T12 DR-08 the province escalates one tier up, and the level becomes national`() throws {
        var ticket = try TestTicket.make(.submitted)
        try ticket.act(.dispatch, Entries.dispatch.with(["unit": "province-gd"]), by: TestBank.dispatcher)
        try ticket.act(.take, by: TestBank.department)
        #expect(refused(.escalateProblem, on: ticket, by: TestBank.department)?.code == .wrongRole)
        let branch = try TestTicket.make(.taken)
        #expect(
            refused(.escalateProblem, on: branch, by: TestBank.actor(.dispatcher, at: TestBank.otherBranch))?.code
                == .wrongTier)
        try ticket.act(.escalateProblem, by: TestBank.dispatcher)
        let view = ticket.view(at: "head-office")
        #expect(view.state == .underReview && view.text(TicketField.scope) == "national")
        #expect(view.pendingOffer?.to == "head-office" && view.disclosure == .casework)
        #expect(view.text(TicketField.routeRule) == "r06")
    }

    @Test func `T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts`() throws {
        var ticket = try TestTicket.make(.fedBack)
        #expect(refused(.rejectFeedback, on: ticket, by: TestBank.dispatcher)?.code == .invalidFields)
        try ticket.act(.rejectFeedback, ["defect": "basis_missing"], by: TestBank.dispatcher)
        var view = ticket.view(at: "province-gd")
        #expect(view.state == .handling && view.pendingOffer?.to == "branch-02")
        #expect(view.integer(TicketField.feedbackRejections) == 1)
        try ticket.act(.take, by: TestBank.otherOfficer)
        try ticket.act(.feedBack, ["explanation_text_id": "kb-1"], by: TestBank.otherOfficer)
        view = ticket.view(at: "province-gd")
        #expect(view.state == .feedbackReview && view.pendingOffer?.to == "province-gd")
        #expect(view.entries(TicketField.defects, EntryShapes.defect).map { $0["code"] } == ["basis_missing"])
    }

    @Test func `T17 feedback is approved by a second person`() throws {
        var ticket = try TestTicket.make(.fedBack)
        let handler = TestBank.actor(.dispatcher, at: TestBank.province, post: TestBank.otherOfficer.post)
        #expect(refused(.approveFeedback, on: ticket, by: handler)?.rule == Guard.approverNotHandler.rawValue)
        let decision = try ticket.act(.approveFeedback, by: TestBank.dispatcher)
        #expect(decision.guards.contains(.approverNotHandler))
        #expect(ticket.view(at: "province-gd").text(TicketField.solution) == Entries.feedback["proposed_solution"])
    }

    @Test func `T19 ST-21 a solution that the customer refuses is not carried out`() throws {
        var ticket = try TestTicket.approved()
        try ticket.act(.consentRefused, by: TestBank.dispatcher)
        let view = ticket.view(at: "province-gd")
        #expect(view.state == .handling && view.text(TicketField.solutionConsent) == "refused")
        #expect(view.pendingOffer?.to == "branch-02" && view.value(TicketField.solution) == nil)
        let registered = try TestTicket.make()
        #expect(refused(.consentRefused, on: registered, by: TestBank.officer)?.code == .wrongState)
    }

    @Test func `T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler`() throws {
        var ticket = try TestTicket.make(.replied)
        let given = ["satisfaction": "dissatisfied"]
        #expect(refused(.followUpBad, given, on: ticket, by: TestBank.agent)?.rule == Guard.secondPerson.rawValue)
        try ticket.countersign("rework", by: TestBank.dispatcher)
        let same = TestBank.actor(.followUpAgent, at: TestBank.province, post: TestBank.otherOfficer.post)
        #expect(refused(.followUpBad, given, on: ticket, by: same)?.rule == Guard.followUpNotHandler.rawValue)
        try ticket.act(.followUpBad, given, by: TestBank.agent)
        var view = ticket.view(at: "province-gd")
        #expect(view.state == .rework && view.integer(TicketField.roundNo) == 2)
        #expect(view.value(TicketField.satisfaction) == nil && view.value(TicketField.repliedAt) == nil)
        let decision = try ticket.perform(.dispatch(to: "branch-02", fields: Entries.dispatch), by: TestBank.dispatcher)
        #expect(decision.transitions == ["T22"])
        #expect(refused(.take, on: ticket, by: TestBank.otherOfficer)?.rule == Guard.otherHandler.rawValue)
        let other = TestBank.actor(.branchHead, at: TestBank.otherBranch)
        try ticket.act(.take, by: other)
        try ticket.act(.feedBack, Entries.feedback, by: other)
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
        view = ticket.view(at: "province-gd")
        #expect(view.state == .replied && view.earlierHandlers == [TestBank.otherOfficer.post])
    }

    private func pair(_ first: Int64, _ second: Int64) throws -> (TestTicket, [DocumentID: TicketView], DocumentID) {
        func registered(_ at: Int64, _ stage: TestTicket.Step) throws -> TestTicket {
            try TestTicket.make(stage, ["received_at": String(at)])
        }
        let survivor = try registered(first, .taken).view(at: "province-gd")
        var other = survivor
        let document = DocumentID(space: 1 << 20, number: 7)
        other.document = document
        var loser = try registered(second, .submitted)
        loser.others = [document: other]
        return (loser, loser.others, document)
    }

    @Test func `T28 DM-06 merging keeps the earliest, and the old reference leads to it`() throws {
        let morning = TestBank.morning
        var (ticket, _, into) = try pair(morning - TestBank.hour, morning)
        let given = ["into": into.description, "reason": "same_complaint"]
        let decision = try ticket.act(.merge, given, by: TestBank.dispatcher)
        #expect(decision.guards.contains(.mergeEarliest))
        let view = ticket.view(at: "province-gd")
        #expect(view.state == .merged && view.mergedInto == into && view.text(TicketField.outcome) == "merged")
        #expect(TicketCommand.perform(.merge, given).mentions == [into])

        let (late, _, _) = try pair(morning, morning - TestBank.hour)
        #expect(refused(.merge, given, on: late, by: TestBank.dispatcher)?.rule == Guard.mergeEarliest.rawValue)
        var alone = try TestTicket.make(.submitted)
        #expect(refused(.merge, given, on: alone, by: TestBank.dispatcher)?.rule == "T28")
        alone.others = [into: try TestTicket.make(.closed).view(at: "province-gd")]
        #expect(refused(.merge, given, on: alone, by: TestBank.dispatcher)?.rule == "T28")
    }

    @Test func `T28 head office merges only what no province sees both of`() throws {
        let place = TestBank.headOffice
        func ticket(_ home: NodeID, _ number: UInt64, _ at: Int64) -> TicketView {
            var view = LineTableTests.view(.underReview, at: place)
            view.document = DocumentID(space: 1 << 20, number: number)
            view.home = home
            view.fields[TicketField.receivedAt] = [.integer(at)]
            return view
        }
        for (home, isAllowed) in [("branch-09" as NodeID, true), ("branch-02", false)] {
            let survivor = ticket("branch-01", 1, 1000)
            let given = ["into": try #require(survivor.document).description, "reason": "same_event"]
            do throws(Refusal) {
                let decision = try decide(
                    .perform(.merge, given), ticket: ticket(home, 2, 2000), actor: TestBank.headDispatcher,
                    people: People(units: TestBank.units), others: [DocumentID(space: 1 << 20, number: 1): survivor],
                    at: TestBank.morning, randomness: 1)
                #expect(isAllowed && decision.guards.contains(.mergeTier))
            } catch {
                #expect(!isAllowed && error.rule == Guard.mergeTier.rawValue)
            }
        }
    }
}
