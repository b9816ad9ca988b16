import SyncProtocol
import Testing

@testable import TicketModel

/// Values that change: by the custodian, by anybody, on both sides of a cut line.
@Suite struct AmendTests {
    @Test func `a phone number is corrected without custody`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        let decision = try ticket.perform(
            .amend(fields: ["complainant_phone": "13900000001"], reason: nil), by: TestBank.officer)
        #expect(decision.claim == .none && decision.core.isEmpty)
        #expect(decision.personal == [.write(TicketField.complainantPhone, .text("13900000001"))])
        #expect(ticket.view(at: "branch-02").text(TicketField.complainantPhone) == "13900000001")
    }

    @Test func `an amount changes its band in the core record`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        let decision = try ticket.perform(
            .amend(fields: ["amount_involved": "60000"], reason: nil), by: TestBank.officer)
        #expect(decision.core == [.write(TicketField.amountBand, .text("under_500k"))])
        #expect(decision.casework == [.write(TicketField.amountInvolved, .integer(6_000_000))])
        try ticket.perform(.amend(fields: ["amount_involved": ""], reason: nil), by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").value(TicketField.amountBand) == nil)
    }

    @Test func `two sides of a cut line amend the same field and a person chooses`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        let vector = ticket.state.vector
        for (actor, phone) in [(TestBank.officer, "13900000001"), (TestBank.otherOfficer, "13900000002")] {
            let decision = try decide(
                .amend(
                    fields: ["complainant_phone": phone, "amount_involved": phone == "13900000001" ? "500" : "70000"],
                    reason: nil),
                ticket: ticket.view(at: actor.node), actor: actor, at: 1, randomness: 1)
            ticket.append(decision, by: actor, claimed: nil, knowing: vector)
        }
        #expect(ticket.view(at: "province-gd").conflicts == [TicketField.amountInvolved, TicketField.complainantPhone])
        try ticket.perform(.resolve(field: "complainant_phone", value: "13900000002"), by: TestBank.officer)
        try ticket.perform(.resolve(field: "amount_involved", value: "500"), by: TestBank.officer)
        let view = ticket.view(at: "province-gd")
        #expect(view.conflicts.isEmpty)
        #expect(view.text(TicketField.complainantPhone) == "13900000002")
        #expect(ticket.view(at: "head-office").fields[TicketField.amountBand] == [.text("under_1k")])
    }

    @Test func `a mistyped choice would lose both values, so it is refused unless it is called new`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        let vector = ticket.state.vector
        for (actor, phone) in [(TestBank.clerk, "13900000001"), (TestBank.dispatcher, "")] {
            let decision = try decide(
                .amend(fields: ["complainant_phone": phone], reason: nil), ticket: ticket.view(at: actor.node),
                actor: actor, at: 1, randomness: 1)
            ticket.append(decision, by: actor, claimed: nil, knowing: vector)
        }
        let typed = refusal(.resolve(field: "complainant_phone", value: "13900000007"), on: ticket, by: TestBank.clerk)
        #expect(typed?.rule == "G-resolve" && typed?.problems.map(\.rule) == [.contradiction])
        // The value that one side cleared can be chosen too, and a third one where it is called new.
        var cleared = ticket
        try cleared.perform(.resolve(field: "complainant_phone", value: ""), by: TestBank.clerk)
        #expect(cleared.view(at: "branch-01").value(TicketField.complainantPhone) == nil)
        #expect(cleared.view(at: "branch-01").conflicts.isEmpty)
        try ticket.perform(
            .resolve(field: "complainant_phone", value: "13900000007", isNew: true), by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").text(TicketField.complainantPhone) == "13900000007")
    }

    @Test func `choosing the value that is shown already still ends the conflict`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        let vector = ticket.state.vector
        for (actor, email) in [(TestBank.clerk, "a@x.cn"), (TestBank.dispatcher, "b@x.cn")] {
            let decision = try decide(
                .amend(fields: ["complainant_email": email], reason: nil), ticket: ticket.view(at: actor.node),
                actor: actor,
                at: 1, randomness: 1)
            ticket.append(decision, by: actor, claimed: nil, knowing: vector)
        }
        // The higher tier's value is shown first.
        #expect(ticket.view(at: "branch-01").text(TicketField.complainantEmail) == "b@x.cn")
        try ticket.perform(.resolve(field: "complainant_email", value: "b@x.cn"), by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").fields[TicketField.complainantEmail] == [.text("b@x.cn")])
    }

    @Test func `notes from both sides are all kept`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        let vector = ticket.state.vector
        for actor in [TestBank.officer, TestBank.otherOfficer, TestBank.dispatcher] {
            let decision = try decide(
                .note("\(actor.post)来电"), ticket: ticket.view(at: actor.node), actor: actor, at: 1, randomness: 1)
            #expect(decision.claim == .none)
            ticket.append(decision, by: actor, claimed: nil, knowing: vector)
        }
        #expect(ticket.view(at: "province-gd").fields[TicketField.note]?.count == 3)
    }

    @Test func `a note can be added to a closed ticket`() throws {
        var ticket = try TestTicket.walked(to: .closed)
        try ticket.perform(.note("客户来电致谢"), by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").state == .closed)
    }

    @Test func `a field set once is corrected with a reason`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        let decision = try ticket.perform(
            .amend(fields: ["intake_channel": "lobby"], reason: "typing_error"), by: TestBank.officer)
        #expect(decision.act == .correct && decision.transitions == ["T30"] && decision.claim == .held)
        let view = ticket.view(at: "branch-01")
        #expect(view.text(TicketField.intakeChannel) == "lobby")
        #expect(view.fields[TicketField.corrections] == [.text("typing_error@\(TestBank.morning)")])
        #expect(view.state == .registered)
    }

    @Test func `after the closing every regulated change is a correction`() throws {
        var ticket = try TestTicket.walked(to: .closed)
        #expect(
            refusal(.amend(fields: ["outcome": "explained"], reason: nil), on: ticket, by: TestBank.dispatcher)?.code
                == .unknownReason)
        try ticket.perform(.amend(fields: ["outcome": "explained"], reason: "review"), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").text(TicketField.outcome) == "explained")
    }

    @Test func `several problems of an amendment are named at once`() throws {
        let ticket = try TestTicket.walked(to: .registered)
        let command = TicketCommand.amend(
            fields: ["severity": "huge", "nonsense": "1", "priority": "1", "received_at": "2030-01-01"],
            reason: "review")
        let refused = try #require(refusal(command, on: ticket, by: TestBank.officer))
        #expect(Set(refused.problems.map(\.field)) == ["severity", "nonsense", "priority", "received_at"])
    }

    @Test func `raising the severity to major lets head office see everything`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        try ticket.perform(.amend(fields: ["severity": "major"], reason: nil), by: TestBank.officer)
        let view = ticket.view(at: "head-office")
        #expect(view.disclosure == .full && view.priority == 1)
        #expect(view.text(TicketField.complainantName) == "张三")
        // Once is enough.
        try ticket.perform(.amend(fields: ["flags": "media"], reason: nil), by: TestBank.officer)
        #expect(ticket.view(at: "head-office").fields[TicketField.widenings]?.count == 1)
    }
}

/// From local to national.
@Suite struct WideningTests {
    @Test func `the custodian widens and the ticket becomes national`() throws {
        var ticket = try TestTicket.walked(to: .registered)
        let decision = try ticket.perform(.widen(to: .casework, reason: "cross_province"), by: TestBank.officer)
        #expect(decision.core.contains(.widen(.casework)) && decision.claim == .held)
        let view = ticket.view(at: "head-office")
        #expect(view.text(TicketField.scope) == "national" && view.disclosure == .casework)
        #expect(view.integer(TicketField.amountInvolved) == 200_000)
        #expect(view.text(TicketField.what) == nil)
        #expect(
            view.fields[TicketField.widenings] == [
                .text("cross_province@casework@GD01.branch_officer@branch-01@\(TestBank.morning)@-")
            ])
    }

    @Test func `the province widens a ticket that its branch holds, and leaves the branch's scope alone`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        let decision = try ticket.perform(.widen(to: .full, reason: "gravity"), by: TestBank.dispatcher)
        #expect(decision.claim == .none)
        #expect(ticket.view(at: "head-office").disclosure == .full)
        #expect(ticket.view(at: "head-office").text(TicketField.scope) == "general")
        #expect(ticket.state.overruled.isEmpty)
    }

    @Test func `head office asks for a ticket and may ask for more`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        try ticket.perform(.widen(to: .casework, reason: "head_office_request"), by: TestBank.headDispatcher)
        try ticket.perform(.widen(to: .full, reason: "head_office_request"), by: TestBank.headDispatcher)
        #expect(ticket.view(at: "head-office").fields[TicketField.widenings]?.count == 2)
        try ticket.perform(.note("总行已阅"), by: TestBank.headDispatcher)
    }

    @Test func `head office names a reason of its own, or one that the ticket bears out`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        for reason in ["head_office_intake", "escalated", "regulator", "appeal", "gravity", "misconduct"] {
            let refused = refusal(.widen(to: .full, reason: reason), on: ticket, by: TestBank.headDispatcher)
            #expect(refused?.code == .unknownReason, "\(reason)")
            #expect(refused?.hint.english.hasSuffix("one of: head_office_request") == true)
        }
        // The province raises the scope, and with it what head office may see; then the rest is borne out.
        try ticket.perform(.amend(fields: ["scope": "national"], reason: nil), by: TestBank.otherOfficer)
        try ticket.perform(.widen(to: .full, reason: "needs_head_office"), by: TestBank.headDispatcher)
        #expect(ticket.view(at: "head-office").disclosure == .full)
    }

    @Test func `another province cannot widen what it does not hold`() throws {
        let ticket = try TestTicket.walked(to: .taken)
        let stranger = TestBank.actor(.dispatcher, at: TestBank.farProvince)
        #expect(refusal(.widen(to: .full, reason: "gravity"), on: ticket, by: stranger)?.code == .noSuchTicket)
    }
}
