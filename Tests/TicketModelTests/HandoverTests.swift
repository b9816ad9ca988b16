import SyncProtocol
import Testing

@testable import TicketModel

/// Offers that are taken back, given back, or cross.
@Suite struct HandoverTests {
    @Test func `an offer that nobody saw is taken back at once`() throws {
        var ticket = try TestTicket.walked(to: .submitted)
        ticket.servedOffers = false
        let decision = try ticket.perform(.recall, by: TestBank.officer)
        #expect(decision.claim == .held)
        let view = ticket.view(at: "branch-01")
        #expect(view.state == .registered && view.pendingOffer == nil && view.custodian == "branch-01")
    }

    @Test func `an offer that may have been seen can only be asked back`() throws {
        var ticket = try TestTicket.walked(to: .submitted)
        let decision = try ticket.perform(.recall, by: TestBank.officer)
        #expect(decision.claim == .none && decision.act == .askRecall)
        let view = ticket.view(at: "branch-01")
        #expect(view.state == .underReview && view.pendingOffer?.isRecallRequested == true)
        #expect(ticket.view(at: "province-gd").pendingOffer?.isRecallRequested == true)
        // Asking twice changes nothing.
        #expect(refusal(.recall, on: ticket, by: TestBank.officer)?.code == .nothingToChange)
        // The province grants it; the branch then puts the state back.
        try ticket.perform(.decline(reason: "withdrawn_by_sender"), by: TestBank.dispatcher)
        try ticket.perform(.recall, by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").state == .registered)
        // Whoever asks once more is told who gave it back, and that it is here.
        let again = refusal(.recall, on: ticket, by: TestBank.officer)
        #expect(again?.code == .noOffer)
        #expect(again?.sentence.english.contains("province-gd gave it back at") == true)
        #expect(again?.hint.english.contains("back here") == true)
    }

    @Test func `a recall and an acceptance that cross leave the ticket with the acceptor`() throws {
        var ticket = try TestTicket.walked(to: .submitted)
        let before = ticket.view(at: "branch-01")
        let vector = ticket.state.vector
        try ticket.perform(.take, by: TestBank.dispatcher)
        let recall = try decide(.recall, ticket: before, actor: TestBank.officer, at: 1, randomness: 1)
        ticket.append(recall, by: TestBank.officer, claimed: before.custodyVersion, knowing: vector)
        let view = ticket.view(at: "province-gd")
        #expect(view.custodian == "province-gd" && view.state == .underReview)
    }

    @Test func `a unit that gives a work order back is counted and another one gets it`() throws {
        var ticket = try TestTicket.walked(to: .dispatched)
        let decision = try ticket.perform(.decline(reason: "not_our_business"), by: TestBank.otherOfficer)
        #expect(decision.act == .notMine && decision.claim == .none)
        #expect(ticket.view(at: "province-gd").custodian == "province-gd")
        try ticket.perform(.dispatch(to: "branch-01", fields: [:]), by: TestBank.dispatcher)
        let view = ticket.view(at: "province-gd")
        #expect(view.integer(TicketField.bounceCount) == 1)
        #expect(view.text(TicketField.leadLeg) == "branch-01" && view.state == .dispatched)
    }

    @Test func `a dispatch that is recalled comes back to the review`() throws {
        var ticket = try TestTicket.walked(to: .dispatched)
        ticket.servedOffers = false
        try ticket.perform(.recall, by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").state == .underReview)
    }

    @Test func `a feedback that the province gives back can be sent again`() throws {
        var ticket = try TestTicket.walked(to: .fedBack)
        try ticket.perform(.decline(reason: "incomplete"), by: TestBank.dispatcher)
        try ticket.perform(
            .feedBack(fields: Entries.feedback.with(["leg_text": "补充流水"])), by: TestBank.otherOfficer)
        let view = ticket.view(at: "province-gd")
        #expect(view.state == .feedbackReview && view.pendingOffer?.to == "province-gd")
        #expect(view.fields[TicketField.legText]?.count == 2)
    }

    @Test func `the branch is let in before it is offered the leg`() throws {
        let decision = try #require(try TestTicket.walked(to: .dispatched).decisions.last)
        let involve = decision.core.firstIndex(of: .involve("branch-02"))
        let offer = decision.core.firstIndex(of: .offer(leg: 0, to: "branch-02"))
        #expect(try #require(involve) < (try #require(offer)))
    }

    @Test func `what a cut-off branch writes after it handed on is overruled and not lost`() throws {
        var ticket = try TestTicket.walked(to: .submitted)
        // The branch does not know yet that the province took the ticket, and forgot its own offer on purpose.
        var stale = ticket.view(at: "branch-01")
        stale.pendingOffer = nil
        let vector = ticket.state.vector
        try ticket.perform(.take, by: TestBank.dispatcher)
        let late = try decide(
            .amend(fields: ["severity": "urgent"], reason: nil), ticket: stale, actor: TestBank.officer, at: 1,
            randomness: 1)
        ticket.append(late, by: TestBank.officer, claimed: stale.custodyVersion, knowing: vector)
        #expect(ticket.view(at: "province-gd").text(TicketField.severity) == "ordinary")
        #expect(ticket.state.overruled.count == 1)
    }
}
