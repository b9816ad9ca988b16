import SyncProtocol
import Testing

@testable import TicketModel

/// What a guard decided is not undone by another act.
@Suite("Ways around a guard") struct WaysAroundTests {
    private static let handler = TestBank.actor(.cityHandler, at: TestBank.otherBranch)
    private static let unitHead = TestBank.actor(.branchHead, at: TestBank.otherBranch)

    /// Submitted, and taken by the province.
    private func reviewed() throws -> TestTicket {
        var ticket = try TestTicket.walked(to: .submitted)
        try ticket.perform(.take, by: TestBank.dispatcher)
        return ticket
    }

    private func amending(_ fields: [String: String], _ reason: String? = nil) -> TicketCommand {
        .amend(fields: fields, reason: reason)
    }

    @Test func `T30 what the customer was told and said is corrected with a reason by the desk, never by the handler`()
        throws
    {
        var ticket = try TestTicket.walked(to: .replied)
        let other = amending(["solution": "另一方案"])
        #expect(refusal(other, on: ticket, by: TestBank.department)?.code == .wrongRole)
        let told = amending(["attitude": "rejected"])
        #expect(refusal(told, on: ticket, by: TestBank.department)?.code == .wrongRole)
        #expect(refusal(told, on: ticket, by: TestBank.dispatcher)?.rule == "T30")
        let done = try ticket.perform(amending(["attitude": "rejected"], "typing_error"), by: TestBank.dispatcher)
        #expect(done.act == .correct && ticket.view(at: "province-gd").fields[TicketField.corrections]?.count == 1)
    }

    @Test func `T18 the customer is told the solution that was approved, and no other`() throws {
        var ticket = try TestTicket.approved()
        let other = TicketCommand.reply(fields: Entries.reply.with(["solution": "赔偿九万元"]))
        #expect(refusal(other, on: ticket, by: TestBank.dispatcher)?.rule == "T18")
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
    }

    @Test func `who handles a ticket does not make it a national one with longer limits`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        let longer = amending(["scope": "national"])
        #expect(refusal(longer, on: ticket, by: Self.handler)?.code == .wrongRole)
        try ticket.perform(amending(["severity": "urgent"]), by: Self.handler)
    }

    @Test func `EX-04 a promise is not taken out to be given anew`() throws {
        let due = String(TestBank.morning + TestBank.day)
        let ticket = try TestTicket.make(.taken, ["promised_reply_at": due])
        let clear = amending(["promised_reply_at": ""])
        #expect(refusal(clear, on: ticket, by: TestBank.otherOfficer)?.rule == Guard.approved.rawValue)
    }

    @Test func `EX-02 an extension that was approved in time is not carried out late`() throws {
        let old = TestBank.morning + TestBank.day
        var ticket = try TestTicket.make(.taken, ["promised_reply_at": String(old), "severity": "important"])
        try ticket.act(
            .askExtension, ["reason": "waiting_other_org", "new_due": String(old + TestBank.day)],
            by: TestBank.otherOfficer)
        let key = try #require(ticket.view(at: "branch-02").openRequests.first?.key)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        let late = refused(
            .extend, ["request": key, "customer_told": "yes"], on: ticket, by: TestBank.otherOfficer, at: old + 1)
        #expect(late?.rule == Guard.extensionInTime.rawValue)
    }

    @Test func `R03 a seal is not lifted by an amendment`() throws {
        var ticket = TestTicket()
        try ticket.perform(
            .register(Registration(fields: Entries.complaint.with(["sealed_from": "branch-01"]))),
            by: TestBank.dispatcher)
        for value in ["", "branch-02"] {
            let lift = refusal(amending(["sealed_from": value]), on: ticket, by: TestBank.dispatcher)
            #expect(lift?.rule == Guard.sealed.rawValue)
        }
        try ticket.perform(amending(["sealed_from": "branch-01,branch-02"]), by: TestBank.dispatcher)
    }

    @Test(arguments: ["supervision", " supervision", Enumeration.kind.label(of: "supervision").chinese])
    func `an order is an order however its kind is typed`(_ kind: String) throws {
        let fields = Entries.complaint.with(["kind": kind])
        let said = refusal(.register(Registration(fields: fields)), on: TestTicket(), by: TestBank.clerk)
        #expect(said?.code == .wrongTier, "\(said?.code.rawValue ?? "allowed")")
    }

    @Test func `T17 T20 who feeds back has worked on it, on whatever post`() throws {
        var ticket = try reviewed()
        try ticket.perform(.dispatch(to: "province-gd", fields: Entries.dispatch), by: TestBank.dispatcher)
        try ticket.act(.take, by: TestBank.department)
        try ticket.perform(.feedBack(fields: Entries.feedback), by: TestBank.departmentHead)
        for worker in [TestBank.department, TestBank.departmentHead] {
            let approver = TestBank.actor(.dispatcher, at: TestBank.province, post: worker.post)
            #expect(refused(.approveFeedback, on: ticket, by: approver)?.rule == Guard.approverNotHandler.rawValue)
        }
        // The same person on another post of his.
        let token = "00112233445566778899aabbccddeeff"
        let posts = [TestBank.departmentHead.post, "GD.second"]
        ticket.people = People(
            seats: posts.map { .init($0, [.deptHead, .dispatcher], at: "province-gd", personToken: token) })
        let second = TestBank.actor(.dispatcher, at: TestBank.province, post: "GD.second")
        #expect(refused(.approveFeedback, on: ticket, by: second)?.rule == Guard.approverNotHandler.rawValue)
        ticket.people = .unknown
        try ticket.act(.approveFeedback, by: TestBank.dispatcher)
    }

    @Test func `R03 misconduct that is found while handling opens the case to head office at once`() throws {
        var ticket = try TestTicket.walked(to: .taken)
        #expect(ticket.view(at: "head-office").disclosure == .core)
        try ticket.perform(
            .feedBack(fields: Entries.feedback.with(["nature": "misconduct"])), by: TestBank.otherOfficer)
        #expect(ticket.view(at: "province-gd").text(TicketField.routeRule) == "r03")
        #expect(ticket.view(at: "head-office").disclosure > .core)
    }

    @Test func `a recall goes back to what was before the offer, whatever act made it`() throws {
        var moved = try TestTicket.walked(to: .taken)
        let before = moved.view(at: "branch-02")
        moved.servedOffers = false
        try moved.act(.transfer, ["unit": "branch-01", "reason": "other_unit_in_charge"], by: TestBank.otherOfficer)
        try moved.perform(.recall, by: TestBank.otherOfficer)
        var fed = try TestTicket.walked(to: .taken)
        fed.servedOffers = false
        try fed.perform(.feedBack(fields: Entries.feedback), by: TestBank.otherOfficer)
        try fed.perform(.recall, by: TestBank.otherOfficer)
        for ticket in [moved, fed] {
            let after = ticket.view(at: "branch-02")
            #expect(after.state == .handling && after.custodian == "branch-02" && after.pendingOffer == nil)
            for field in [TicketField.leadLeg, TicketField.returnPath] {
                #expect(after.value(field) == before.value(field))
            }
        }
        // In the middle of a review: not "registered", from where it could be answered on the spot.
        var handed = try reviewed()
        let state = handed.shownState
        handed.servedOffers = false
        try handed.act(.handOver, ["unit": "branch-01"], by: TestBank.dispatcher)
        try handed.perform(.recall, by: TestBank.dispatcher)
        #expect(handed.shownState == state)
        // What was taken by the other side, and came back by its own work, is no offer to recall.
        #expect(refusal(.recall, on: try TestTicket.approved(), by: TestBank.dispatcher)?.code == .noOffer)
    }
}
