import SyncProtocol
import Testing

@testable import TicketModel

/// Assist legs: own custody, own fields, own result, and a lead that waits for them (DR-07, TM-17).
@Suite struct AssistFlowTests {
    private static let helper = TestBank.actor(.assistHandler, at: TestBank.branch)

    private func asked() throws -> TestTicket {
        var ticket = try TestTicket.make(.taken)
        ticket.people = TestBank.register()
        try ticket.act(.askAssist, ["unit": "branch-01/cash"], by: TestBank.otherOfficer)
        return ticket
    }

    @Test func `T11 DR-07 an assist leg has its own custody while the lead stays where it is`() throws {
        var ticket = try asked()
        var view = ticket.view(at: "branch-01")
        #expect(view.leg(1)?.offer?.to == "branch-01" && view.stage(ofLeg: 1) == .asked)
        #expect(view.text(AssistField.department(1)) == "cash" && view.codes(TicketField.assistLegs) == ["branch-01"])
        let decision = try ticket.act(.assistTake, ["leg": "1"], by: Self.helper)
        #expect(decision.leg == 1 && decision.claim == .own)
        view = ticket.view(at: "branch-01")
        #expect(view.leg(1)?.custodian == "branch-01" && view.custodian == "branch-02")
        #expect(view.stage(ofLeg: 1) == .handling && view.leg(1)?.offer == nil)
        #expect(ticket.state.custody.map(\.leg) == [0, 1])
    }

    @Test func `T15 the lead feeds back only when every assist leg is closed`() throws {
        var ticket = try asked()
        #expect(
            refusal(.feedBack(fields: Entries.feedback), on: ticket, by: TestBank.otherOfficer)?.rule
                == Guard.assistsClosed.rawValue)
        try ticket.act(.assistTake, ["leg": "1"], by: Self.helper)
        #expect(
            refusal(.feedBack(fields: Entries.feedback), on: ticket, by: TestBank.otherOfficer)?.code == .legsOpen)
        try ticket.act(
            .assistReport, ["leg": "1", "result": "facts_found", "leg_text": "监控显示机具卡钞"], by: Self.helper)
        let decision = try ticket.perform(.feedBack(fields: Entries.feedback), by: TestBank.otherOfficer)
        #expect(decision.guards.contains(.assistsClosed))
        let view = ticket.view(at: "province-gd")
        #expect(view.text(AssistField.result(1)) == "facts_found" && view.stage(ofLeg: 1) == .done)
        #expect(view.fields[TicketField.legText]?.count == 2)
        #expect(ticket.state.overruled.isEmpty && ticket.state.disputed.isEmpty)
    }

    @Test func `an assist leg works while the lead works, and neither overrules the other`() throws {
        var ticket = try asked()
        try ticket.act(.assistTake, ["leg": "1"], by: Self.helper)
        // Both write without knowing of each other.
        let vector = ticket.state.vector
        let lead = ticket.view(at: "branch-02")
        let leg = ticket.view(at: "branch-01")
        let one = try decide(
            .amend(fields: ["severity": "urgent"], reason: nil), ticket: lead, actor: TestBank.otherOfficer, at: 1,
            randomness: 1)
        let two = try decide(
            .perform(.assistReport, ["leg": "1", "result": "remedied"]), ticket: leg, actor: Self.helper, at: 1,
            randomness: 1)
        ticket.append(one, by: TestBank.otherOfficer, claimed: lead.custodyVersion, knowing: vector)
        ticket.append(two, by: Self.helper, claimed: leg.leg(1)?.version, knowing: vector)
        let view = ticket.view(at: "province-gd")
        #expect(view.text(TicketField.severity) == "urgent" && view.text(AssistField.result(1)) == "remedied")
        #expect(ticket.state.overruled.isEmpty && ticket.state.disputed.isEmpty)
    }

    @Test func `a leg is declined, returned undone, or cancelled, and then holds nobody up`() throws {
        var declined = try asked()
        try declined.act(.assistReturn, ["leg": "1", "reason": "not_our_business"], by: Self.helper)
        #expect(declined.view(at: "branch-02").stage(ofLeg: 1) == .returned)
        #expect(refused(.assistTake, ["leg": "1"], on: declined, by: Self.helper)?.code == .noOffer)

        var returned = try asked()
        try returned.act(.assistTake, ["leg": "1"], by: Self.helper)
        try returned.act(.assistReturn, ["leg": "1", "reason": "other"], by: Self.helper)
        #expect(returned.view(at: "branch-02").openLegs.isEmpty)
        #expect(
            refused(.assistReport, ["leg": "1", "result": "opinion"], on: returned, by: Self.helper)?.code == .noOffer)

        var cancelled = try asked()
        try cancelled.act(.assistCancel, ["leg": "1"], by: TestBank.otherOfficer)
        #expect(cancelled.view(at: "branch-01").stage(ofLeg: 1) == .cancelled)
        #expect(refused(.assistTake, ["leg": "1"], on: cancelled, by: Self.helper)?.code == .noOffer)
        #expect(refused(.assistCancel, ["leg": "1"], on: cancelled, by: TestBank.otherOfficer)?.code == .noOffer)
        for ticket in [declined, returned, cancelled] {
            var copy = ticket
            try copy.perform(.feedBack(fields: Entries.feedback), by: TestBank.otherOfficer)
        }
    }

    @Test func `only the unit that was asked takes a leg, and only its custodian reports`() throws {
        var ticket = try asked()
        #expect(refused(.assistTake, ["leg": "1"], on: ticket, by: TestBank.otherOfficer)?.code == .noOffer)
        #expect(refused(.assistTake, ["leg": "2"], on: ticket, by: Self.helper)?.code == .noOffer)
        #expect(refused(.assistTake, ["leg": "9"], on: ticket, by: Self.helper)?.code == .invalidFields)
        #expect(refused(.assistTake, ["leg": "1"], on: ticket, by: TestBank.clerk)?.code == .wrongRole)
        try ticket.act(.assistTake, ["leg": "1"], by: Self.helper)
        #expect(
            refused(.assistReport, ["leg": "1", "result": "opinion"], on: ticket, by: TestBank.otherOfficer)?.code
                == .notCustodian)
        ticket.suspendedNode = "branch-01"
        #expect(
            refused(.assistReport, ["leg": "1", "result": "opinion"], on: ticket, by: Self.helper)?.code
                == .custodySuspended)
    }

    @Test func `eight legs at most, and a number is never used again`() throws {
        var ticket = try TestTicket.make(.submitted)
        try ticket.act(.dispatch, Entries.dispatch.with(["unit": "province-gd"]), by: TestBank.dispatcher)
        try ticket.act(.take, by: TestBank.department)
        for number in AssistField.legs {
            try ticket.act(.askAssist, ["unit": "branch-01"], by: TestBank.department)
            #expect(ticket.view(at: "province-gd").askedLegs.last == number)
            if number == 1 { try ticket.act(.assistCancel, ["leg": "1"], by: TestBank.department) }
        }
        #expect(refused(.askAssist, ["unit": "branch-01"], on: ticket, by: TestBank.department)?.rule == "T11")
    }
}
