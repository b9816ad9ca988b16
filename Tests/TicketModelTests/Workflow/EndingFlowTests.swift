import SyncProtocol
import Testing

@testable import TicketModel

/// Follow-up, closing, what cannot be resolved, the archive.
@Suite struct EndingFlowTests {
    @Test func `T20 RF-05 without an answer three failed calls on three days are needed`() throws {
        var ticket = try TestTicket.make(.replied)
        let given = ["satisfaction": "no_answer"]
        for day in 0..<3 {
            #expect(
                refused(.followUpOK, given, on: ticket, by: TestBank.agent)?.rule == Guard.attempts.rawValue)
            for hour in 0..<2 {
                try ticket.act(
                    .attemptFollowUp, ["medium": "phone", "result": "no_answer"], by: TestBank.agent,
                    at: TestBank.morning + Int64(day) * TestBank.day + Int64(hour) * TestBank.hour)
            }
        }
        let decision = try ticket.act(.followUpOK, given, by: TestBank.agent)
        #expect(decision.guards.contains(.attempts) && ticket.shownState == .closing)
    }

    @Test func `ST-17 a major ticket never closes at a branch`() throws {
        var ticket = try TestTicket.make(.registered, ["severity": "major"])
        try ticket.perform(.answerOnSpot(fields: Entries.onSpot), by: TestBank.officer)
        let head = TestBank.actor(.approver, at: TestBank.branch)
        #expect(
            refusal(.close(fields: Entries.closeOnSpot), on: ticket, by: head)?.rule == Guard.majorAtBranch.rawValue)
        var above = try TestTicket.make(.replied, ["severity": "major"])
        let decision = try above.perform(.close(fields: Entries.close), by: TestBank.provinceHead)
        #expect(decision.guards.contains(.majorAtBranch))
    }

    @Test func `ST-15 ST-16 a linked problem without a ticket of its own keeps the ticket open`() throws {
        var ticket = try TestTicket.make(.replied)
        let fields = Entries.close.with(["linked_problem_open": "true"])
        #expect(
            refusal(.close(fields: fields), on: ticket, by: TestBank.dispatcher)?.rule == Guard.linkedProblem.rawValue)
        let opened = fields.with(["links": "new_problem_from@00000000000100000000000000000009"])
        let decision = try ticket.perform(.close(fields: opened), by: TestBank.dispatcher)
        #expect(decision.guards.contains(.linkedProblem))
    }

    private func declared() throws -> TestTicket {
        var ticket = try TestTicket.make(.replied)
        try ticket.act(
            .declareUnresolvable, ["reason": "evidence_gone", "account": "监控已覆盖,第三方无留存"], by: TestBank.departmentHead)
        return ticket
    }

    @Test func `T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature`() throws {
        var ticket = try declared()
        #expect(ticket.shownState == .closing)
        #expect(refusal(.close(fields: Entries.close), on: ticket, by: TestBank.dispatcher) != nil)
        let given = ["quarter": "2026-q1", "responsibility": "bank"]
        let same = TestBank.actor(.approver, at: TestBank.province, post: TestBank.departmentHead.post)
        #expect(refused(.approveUnresolvable, given, on: ticket, by: same)?.rule == Guard.approverNotRequester.rawValue)
        #expect(
            refused(.approveUnresolvable, given.with(["quarter": "2025-q4"]), on: ticket, by: TestBank.provinceHead)?
                .rule
                == Guard.quarter.rawValue)
        let decision = try ticket.act(.approveUnresolvable, given, by: TestBank.provinceHead)
        #expect(decision.guards.contains(.quarter))
        let view = ticket.view(at: "province-gd")
        #expect(view.state == .closed && view.text(TicketField.closeApprover) == TestBank.provinceHead.post)
        let other = try TestTicket.make(.replied)
        #expect(refused(.declareUnresolvable, on: other, by: TestBank.dispatcher)?.code == .wrongRole)
    }

    @Test func `T26 AU-06 only a complete set goes to the archive`() throws {
        var ticket = try TestTicket.make(.closed)
        let given = ["keep_until": "2031-03-01"]
        #expect(refused(.archive, ["keep_until": "2020-01-01"], on: ticket, by: TestBank.archivist)?.rule == "T26")
        #expect(refused(.archive, given, on: ticket, by: TestBank.dispatcher)?.code == .wrongRole)
        let decision = try ticket.act(.archive, given, by: TestBank.archivist)
        #expect(decision.guards.contains(.archiveComplete))
        #expect(ticket.view(at: "province-gd").state == .archived)
        var bare = LineTableTests.view(.closed, at: TestBank.province)
        bare.fields[TicketField.what] = [.text("何事")]
        do throws(Refusal) {
            _ = try decide(
                .perform(.archive, given), ticket: bare, actor: TestBank.archivist, at: TestBank.morning, randomness: 1)
            Issue.record("an incomplete set was archived")
        } catch {
            #expect(error.rule == Guard.archiveComplete.rawValue)
        }
    }

    @Test func `a legal hold is put on and taken off by those who may`() throws {
        var ticket = try TestTicket.make(.closed)
        try ticket.act(.legalHold, ["hold": "true"], by: TestBank.archivist)
        #expect(ticket.view(at: "province-gd").integer(TicketField.legalHold) == 1)
        #expect(refused(.legalHold, ["hold": "false"], on: ticket, by: TestBank.dispatcher)?.code == .wrongRole)
    }

    @Test func `the quarter is that of China's calendar`() {
        #expect(Draft.quarter(at: TestBank.morning) == "2026-q1")
        // 2026-03-31 16:00 UTC is April in China.
        #expect(Draft.quarter(at: 1_774_972_800_000) == "2026-q2")
    }
}
