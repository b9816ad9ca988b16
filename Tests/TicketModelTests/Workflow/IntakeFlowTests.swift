import SyncProtocol
import Testing

@testable import TicketModel

/// The place of intake: refusing, withdrawing, kinds, appeals, orders.
@Suite struct IntakeFlowTests {
    private static let refusing = [
        "non_acceptance_reason": "not_our_business", "remedy_info_given": "true",
    ]

    @Test func `T03 IN-13 not accepting needs a reason, two persons and the way to appeal`() throws {
        var ticket = try TestTicket.make()
        for (change, code) in [
            (["non_acceptance_reason": nil], RefusalCode.invalidFields), (["remedy_info_given": "no"], .invalidFields),
            ([:], .samePerson),
        ] as [([String: String?], RefusalCode)] {
            #expect(
                refused(.refuse, Self.refusing.with(change), on: ticket, by: TestBank.officer)?.code == code,
                "\(change)")
        }
        try ticket.countersign("refuse", by: TestBank.branchHead)
        try ticket.act(.refuse, Self.refusing, by: TestBank.officer)
        let view = ticket.view(at: "branch-01")
        #expect(view.state == .notAccepted && view.text(TicketField.acceptance) == "not_accepted")
        #expect(view.countersignatures.map(\.post) == ["GD01.branch_head"])
        #expect(view.countersignatures.map(\.usedBy) == [TestBank.officer.post])
        #expect(view.fields[TicketField.noticesSent]?.count == 1)
    }

    @Test func `T27 TM-18 a withdrawn ticket keeps everything, shows the paper, and is never deleted`() throws {
        var ticket = try TestTicket.make()
        #expect(refused(.withdraw, on: ticket, by: TestBank.clerk)?.code == .invalidFields)
        try ticket.act(.withdraw, ["evidence_key": "letter-7"], by: TestBank.clerk)
        let view = ticket.view(at: "branch-01")
        #expect(view.state == .withdrawn && view.text(TicketField.outcome) == "withdrawn")
        #expect(view.text(TicketField.what) == Entries.complaint["what"])
        #expect(view.hasEvidence(["withdrawal"]))
        #expect(refused(.withdraw, ["evidence_key": "x"], on: ticket, by: TestBank.clerk)?.code == .wrongState)
        // There is no act that takes a ticket away: every act of the catalogue is known by name, and none deletes.
        #expect(TicketAct.all.allSatisfy { !$0.name.contains("delete") && !$0.name.contains("remove") })
    }

    @Test(
        arguments: [
            ("help", "complaint", true), ("complaint", "inquiry", true), ("venting", "suggestion", true),
            ("complaint", "internal_appeal", false), ("regulator_referral", "regulator_appeal", true),
            ("regulator_referral", "complaint", false), ("complaint", "warning", false),
        ])
    func `CL-15 CL-16 kinds change along the table and keep their history`(
        _ from: String, _ to: String, _ isAllowed: Bool
    )
        throws
    {
        var ticket = try TestTicket.make(.registered, ["kind": from])
        let given = ["to_kind": to, "reason": "review"]
        guard isAllowed else {
            #expect(refused(.convert, given, on: ticket, by: TestBank.officer)?.rule == Guard.conversion.rawValue)
            return
        }
        try ticket.act(.convert, given, by: TestBank.officer)
        let view = ticket.view(at: "branch-01")
        #expect(view.text(TicketField.kind) == to)
        let history = view.entries(TicketField.kindHistory, EntryShapes.kindChange)
        #expect(history.map { $0["from"] } == [from] && history.map { $0["to"] } == [to])
    }

    @Test func `CL-16 an amendment cannot change the kind behind the table's back`() throws {
        var ticket = try TestTicket.make(.registered, ["kind": "help"])
        #expect(
            refusal(.amend(fields: ["kind": "supervision"], reason: nil), on: ticket, by: TestBank.officer)?.rule
                == Guard.conversion.rawValue)
        try ticket.perform(.amend(fields: ["kind": "complaint"], reason: nil), by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").entries(TicketField.kindHistory, EntryShapes.kindChange).count == 1)
        // Once a unit works on it, a complaint stays one.
        let handled = try TestTicket.make(.taken)
        let given = ["to_kind": "inquiry", "reason": "review"]
        #expect(refused(.convert, given, on: handled, by: TestBank.otherOfficer)?.rule == Guard.conversion.rawValue)
    }

    @Test func `T29 AP-04 an appeal is a new ticket after the old one has ended, and the old one stays as it is`()
        throws
    {
        let old = try TestTicket.make(.closed)
        let view = old.view(at: "province-gd")
        let registration = try #require(Registration.appeal(against: view, received: TestBank.morning))
        let document = try #require(view.document)
        var appeal = TestTicket()
        appeal.others = [document: view]
        let decision = try appeal.perform(.register(registration), by: TestBank.dispatcher)
        #expect(decision.transitions == ["T29", "T01"] && decision.guards.contains(.appealAfterEnd))
        #expect(TicketCommand.register(registration).mentions == [document])
        let shown = appeal.view(at: "province-gd")
        #expect(shown.text(TicketField.kind) == "internal_appeal" && shown.links("appeal_of") == [document])
        #expect(shown.headOfficeDisclosure == .full)

        var open = TestTicket()
        open.others = [document: try TestTicket.make(.taken).view(at: "province-gd")]
        #expect(
            refusal(.register(registration), on: open, by: TestBank.dispatcher)?.rule == Guard.appealAfterEnd.rawValue)
        #expect(refused(.appeal, on: old, by: TestBank.clerk)?.code == .unknownAct)
    }

    private static let order: [String: String] = [
        "kind": "supervision", "links": "child_of@00000000000100000000000000000001", "answer_by": "2026-03-01 15:00",
        "what": "三单逾期未动,请说明",
    ]

    @Test func `DL-12 FO-14 a supervision order is itself a ticket, with the ones it is about and a time to answer`()
        throws
    {
        var ticket = TestTicket()
        let supervisor = TestBank.supervisor
        for missing in ["links", "answer_by"] {
            let registration = Registration(fields: Self.order.with([missing: nil]))
            #expect(
                refusal(.register(registration), on: ticket, by: supervisor)?.problems.map(\.field) == [missing])
        }
        #expect(
            refusal(.register(Registration(fields: Self.order)), on: ticket, by: TestBank.clerk)?.code == .wrongTier)
        #expect(
            refusal(
                .register(Registration(fields: Self.order)), on: ticket,
                by: TestBank.actor(.archivist, at: TestBank.province))?.code == .wrongRole)
        try ticket.perform(.register(Registration(fields: Self.order)), by: supervisor)
        try ticket.act(.dispatch, ["unit": "province-gd"], by: TestBank.headDispatcher)
        try ticket.act(.take, by: TestBank.departmentHead)
        try ticket.act(.feedBack, ["leg_text": "已催办三单,今日答复"], by: TestBank.departmentHead)
        #expect(ticket.view(at: "head-office").pendingOffer?.to == "head-office")
        #expect(refused(.approveFeedback, on: ticket, by: TestBank.headDispatcher)?.rule == "T17")
        #expect(refusal(.reply(fields: Entries.reply), on: ticket, by: TestBank.headDispatcher)?.rule == "T17")
        try ticket.act(.closeOrder, ["answer": "done"], by: supervisor)
        #expect(ticket.view(at: "head-office").state == .closed)
        #expect(ticket.view(at: "head-office").text(TicketField.orderAnswer) == "done")
        // A complaint does not end like an order.
        let complaint = try TestTicket.make(.fedBack)
        #expect(refused(.closeOrder, ["answer": "done"], on: complaint, by: TestBank.dispatcher)?.rule == "O01")
    }
}
