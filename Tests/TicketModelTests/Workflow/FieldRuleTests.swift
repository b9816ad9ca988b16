import SyncProtocol
import Testing

@testable import TicketModel

/// Rules that one field carries: what has to be said before an answer, and what may be called completed.
@Suite struct FieldRuleTests {
    @Test func `TM-03 TM-13 a closed ticket still tells the answer of the counter and what the customer thought of it`()
        throws
    {
        var ticket = try TestTicket.make()
        try ticket.perform(.answerOnSpot(fields: Entries.onSpot), by: TestBank.clerk)
        try ticket.perform(.close(fields: Entries.closeOnSpot), by: TestBank.officer)
        let view = ticket.view(at: "branch-01")
        #expect(view.state == .closed && view.text(TicketField.attitude) == "accepted")
        #expect(view.text(TicketField.proposedSolution) == Entries.onSpot["proposed_solution"])
        #expect(ticket.view(at: "head-office").text(TicketField.attitude) == "accepted")
    }

    @Test func `RF-04 a customer who rejects the answer hears the bank's position, and it is on record`() throws {
        var ticket = try TestTicket.approved()
        let rejected = Entries.reply.with(["attitude": "rejected"])
        let problems = refusal(.reply(fields: rejected), on: ticket, by: TestBank.dispatcher)?.problems ?? []
        #expect(problems.map(\.field) == ["stated_position"] && problems.map(\.source) == ["RF-04"])
        let position = "差错已更正,超出实际损失的部分不予支持"
        try ticket.perform(.reply(fields: rejected.with(["stated_position": position])), by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").text(TicketField.statedPosition) == position)
        #expect(ticket.view(at: "head-office").text(TicketField.statedPosition) == nil, "casework stays below")
    }

    @Test func `RF-02 the answer goes by the medium that the customer wants, until the wish changes`() throws {
        var ticket = TestTicket()
        try ticket.perform(
            .register(Registration(fields: Entries.complaint.with(["wanted_medium": "email"]))), by: TestBank.clerk)
        try ticket.perform(.submitUp, by: TestBank.officer)
        try ticket.act(.answerAtCentre, ["solution": "当日原路退回"], by: TestBank.dispatcher)
        let problems = refusal(.reply(fields: Entries.reply), on: ticket, by: TestBank.dispatcher)?.problems ?? []
        #expect(problems.map(\.field) == ["reply_medium"] && problems.map(\.source) == ["RF-02"])
        var asWanted = ticket
        try asWanted.perform(.reply(fields: Entries.reply.with(["reply_medium": "email"])), by: TestBank.dispatcher)
        try ticket.perform(.amend(fields: ["wanted_medium": "phone"], reason: nil), by: TestBank.dispatcher)
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
        #expect(ticket.shownState == .replied && asWanted.shownState == .replied)
    }

    @Test(arguments: [("valid", true), ("unfounded", false), ("unreasonable_demand", false)])
    func `DM-04 a ground of validity goes with a valid complaint and no other`(_ validity: String, _ fits: Bool) throws
    {
        let ticket = try TestTicket.make(.submitted)
        for ground in Enumeration.validityGround.codes {
            let fields = Entries.dispatch.with(["validity": validity, "validity_ground": ground])
            let command = TicketCommand.dispatch(to: "branch-02", fields: fields)
            guard fits else {
                #expect(refusal(command, on: ticket, by: TestBank.dispatcher)?.problems.map(\.source) == ["DM-04"])
                continue
            }
            var copy = ticket
            try copy.perform(command, by: TestBank.dispatcher)
            #expect(copy.view(at: "head-office").text(TicketField.validityGround) == ground)
        }
    }

    @Test func `RF-13 a demand that is refused is answered with its basis and reasons beside the result`() throws {
        var ticket = try TestTicket.approved()
        let refusing = Entries.reply.with(["outcome": "rejected_with_reason"])
        let problems = refusal(.reply(fields: refusing), on: ticket, by: TestBank.dispatcher)?.problems ?? []
        #expect(problems.map(\.field) == ["reply_basis"])
        try ticket.perform(
            .reply(fields: refusing.with(["reply_basis": "依据收费公示第三条"])), by: TestBank.dispatcher)
        let view = ticket.view(at: "province-gd")
        #expect(view.text(TicketField.replyBasis) == "依据收费公示第三条" && view.text(TicketField.solution) != nil)
    }

    @Test(arguments: [
        ("explained", false), ("misunderstanding", false), ("solved", true), ("rejected_with_reason", true),
    ])
    func `ST-08 an explanation that the customer rejects is no completion`(_ outcome: String, _ isAllowed: Bool) throws
    {
        var ticket = try TestTicket.approved()
        try ticket.perform(
            .reply(
                fields: Entries.reply.with(["attitude": "rejected", "stated_position": "已充分说明", "reply_basis": "公示"])),
            by: TestBank.dispatcher)
        let close = TicketCommand.close(fields: Entries.close.with(["outcome": outcome]))
        if isAllowed {
            try ticket.perform(close, by: TestBank.dispatcher)
        } else {
            #expect(refusal(close, on: ticket, by: TestBank.dispatcher)?.problems.map(\.source) == ["ST-08"])
        }
    }

    @Test func `ST-08 nothing is answered, and so nothing closed, without a solution or an explanation text`() throws {
        let ticket = try TestTicket.make(.submitted)
        let bare = refused(.answerAtCentre, [:], on: ticket, by: TestBank.dispatcher)
        #expect(bare?.problems.map(\.field) == ["solution"])
    }
}
