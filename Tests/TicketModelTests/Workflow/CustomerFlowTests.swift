import SyncProtocol
import Testing

@testable import TicketModel

/// Contacts, promises, supervision, evidence, malicious findings, appeals.
@Suite struct CustomerFlowTests {
    @Test func `AU-11 nothing leaves by itself before the contact is verified`() throws {
        var ticket = try TestTicket.make()
        let given = ["contact_kind": "ack", "medium": "sms", "automatic": "true"]
        #expect(refused(.contact, given, on: ticket, by: TestBank.clerk)?.rule == Guard.verifiedContact.rawValue)
        #expect(!ticket.view(at: "branch-01").mayNotifyAutomatically)
        try ticket.act(.contact, given.with(["automatic": nil]), by: TestBank.clerk)
        try ticket.act(.verifyContact, ["medium": "phone"], by: TestBank.clerk)
        let decision = try ticket.act(.contact, given, by: TestBank.clerk)
        #expect(decision.guards.contains(.verifiedContact))
        #expect(ticket.view(at: "branch-01").entries(TicketField.contacts, EntryShapes.contact).count == 3)
    }

    @Test func `ST-04 RF-17 an interim reply names the next one, and is not the final reply`() throws {
        var ticket = try TestTicket.make(.taken)
        let given = ["contact_kind": "interim_reply", "medium": "phone"]
        #expect(refused(.contact, given, on: ticket, by: TestBank.otherOfficer)?.code == .invalidFields)
        let next = TestBank.morning + TestBank.day
        try ticket.act(.contact, given.with(["next_reply": String(next)]), by: TestBank.otherOfficer)
        #expect(ticket.view(at: "branch-02").integer(TicketField.nextReplyAt) == next)
        #expect(ticket.shownState == .handling)
        #expect(
            refused(
                .contact, ["contact_kind": "final_reply", "medium": "phone"], on: ticket, by: TestBank.otherOfficer)?
                .rule
                == "A-contact")
    }

    @Test(arguments: [Role.cityHandler, .deptHandler, .deptHead, .assistHandler])
    func `DR-19 handlers do not speak with the customer`(_ role: Role) throws {
        let ticket = try TestTicket.make(.taken)
        let handler = TestBank.actor(role, at: role == .cityHandler ? TestBank.otherBranch : TestBank.province)
        #expect(
            refused(.contact, ["contact_kind": "progress", "medium": "phone"], on: ticket, by: handler)?.code
                == .wrongRole)
    }

    @Test func `RF-19 RF-20 a promise has a time and ends kept, broken or replaced`() throws {
        var ticket = try TestTicket.make()
        let due = String(TestBank.morning + TestBank.day)
        #expect(
            refused(.promise, ["due": String(TestBank.morning), "words": "今日到账"], on: ticket, by: TestBank.clerk)?.code
                == .invalidFields)
        try ticket.act(.promise, ["due": due, "words": "三日内到账"], by: TestBank.clerk)
        let key = try #require(ticket.view(at: "branch-01").promises.first?.key)
        try ticket.act(.settlePromise, ["promise": key, "verdict": "kept"], by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").promises.map(\.verdict) == ["kept"])
        let again = refused(.settlePromise, ["promise": key, "verdict": "broken"], on: ticket, by: TestBank.clerk)
        #expect(again?.code == .unknownRequest && again?.sentence.english.contains("promise") == true)
        #expect(again?.sentence.english.contains("request") == false)
    }

    @Test func `DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit`() throws {
        var ticket = try TestTicket.make(.taken)
        let given = ["reason": "no_act", "until": String(TestBank.morning + TestBank.hour)]
        #expect(refused(.supervise, given, on: ticket, by: TestBank.otherOfficer)?.code == .wrongTier)
        #expect(
            refused(.supervise, given.with(["until": "2020-01-01"]), on: ticket, by: TestBank.supervisor)?.code
                == .notPossible)
        try ticket.act(.supervise, given, by: TestBank.supervisor)
        let key = try #require(ticket.view(at: "branch-02").supervisions.first?.key)
        #expect(
            refused(.answerSupervision, ["order": key, "answer": "in_hand"], on: ticket, by: TestBank.supervisor)?.code
                == .unknownRequest)
        try ticket.act(.answerSupervision, ["order": key, "answer": "in_hand"], by: TestBank.otherOfficer)
        #expect(ticket.view(at: "head-office").supervisions.map(\.answer) == ["in_hand"])
        try ticket.act(.urge, ["source": "by_customer"], by: TestBank.clerk)
        #expect(ticket.view(at: "head-office").fields[TicketField.urges]?.count == 1)
    }

    @Test func `AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis`() throws {
        var ticket = try TestTicket.make()
        ticket.people = TestBank.register()
        let hash = String(repeating: "ab", count: 32)
        let given = ["evidence_key": "ev-1", "class": "video", "sha256": hash, "holder": "GD01.archivist"]
        #expect(refused(.addEvidence, given, on: ticket, by: TestBank.clerk)?.problems.map(\.field) == ["basis"])
        try ticket.act(.addEvidence, given.with(["basis": "police"]), by: TestBank.clerk)
        #expect(
            refused(.addEvidence, given.with(["basis": "police"]), on: ticket, by: TestBank.clerk)?.problems.map(
                \.field)
                == ["evidence_key"])
        #expect(
            refused(
                .addEvidence, ["evidence_key": "ev-2", "class": "photo", "sha256": "abcdef0123456789"], on: ticket,
                by: TestBank.clerk)?.problems.map { "\($0.field) \($0.rule.rawValue)" } == ["sha256 not_a_digest"])
        let entry = try #require(
            ticket.view(at: "province-gd").entries(TicketField.evidenceItems, EntryShapes.evidence).first)
        #expect(entry["paper"] == "ev-1" && entry["key"] == "branch-01.\(TestBank.morning)")
        #expect(entry["sha256"] == hash && entry["holder"] == "GD01.archivist" && entry["basis"] == "police")
        #expect(ticket.view(at: "head-office").fields[TicketField.evidenceItems] == nil)
        try ticket.act(.linkText, ["text": "kb-0007"], by: TestBank.clerk)
    }

    @Test func `DM-01 DM-02 malicious only with kind, ground, a second person and the right role`() throws {
        var ticket = try TestTicket.make(.submitted)
        let finding = Entries.dispatch.with([
            "validity": "malicious", "malicious_kind": "fabricated",
        ])
        func refusedFinding(_ changes: [String: String?] = [:]) -> String? {
            refusal(.dispatch(to: "branch-02", fields: finding.with(changes)), on: ticket, by: TestBank.dispatcher)?
                .rule
        }
        #expect(refusedFinding() == Guard.malicious.rawValue)
        try ticket.act(.addEvidence, ["evidence_key": "ev-1", "class": "recording"], by: TestBank.dispatcher)
        #expect(refusedFinding() == Guard.malicious.rawValue)
        try ticket.countersign("malice", by: TestBank.dispatcher)
        #expect(refusedFinding() == Guard.malicious.rawValue)
        try ticket.countersign("malice", by: TestBank.provinceHead)
        #expect(refusedFinding(["malicious_kind": nil]) == Guard.malicious.rawValue)
        let decision = try ticket.perform(.dispatch(to: "branch-02", fields: finding), by: TestBank.dispatcher)
        #expect(decision.guards.contains(.malicious))
        // It is handled and answered like any other (TM-18).
        #expect(ticket.shownState == .dispatched)
        #expect(
            refusal(
                .register(Registration(fields: Entries.complaint.with(["validity": "malicious"]))), on: TestTicket(),
                by: TestBank.officer)?.rule == Guard.malicious.rawValue)
    }

    @Test(
        arguments: [
            ("unfounded", ["reasons_sufficient": "true"], "reasons_sufficient"),
            ("unreasonable_demand", ["demand_reasonable": "true"], "demand_reasonable"),
            ("valid", ["reasons_sufficient": "false"], "reasons_sufficient"),
        ])
    func `DM-03 the two tests do not contradict the validity`(
        _ validity: String, _ tests: [String: String], _ field: String
    )
        throws
    {
        let ticket = try TestTicket.make(.submitted)
        let fields = Entries.dispatch.merging(tests) { $1 }.with(["validity": validity])
        #expect(
            refusal(.dispatch(to: "branch-02", fields: fields), on: ticket, by: TestBank.dispatcher)?.problems.map(
                \.field)
                == [field])
    }
}

/// Appeals: conclusions, reports, liaison.
@Suite struct AppealFlowTests {
    /// A regulator referral that head office registered, dispatched to the province and got back.
    private func referral(_ kind: String = "regulator_referral") throws -> TestTicket {
        var ticket = TestTicket()
        let fields = Entries.complaint.with(["kind": kind, "intake_channel": "regulator_12378", "signature_id": nil])
        try ticket.perform(.register(Registration(fields: fields)), by: TestBank.headDispatcher)
        try ticket.act(.dispatch, Entries.dispatch.with(["unit": "province-gd"]), by: TestBank.headDispatcher)
        try ticket.act(.take, by: TestBank.department)
        try ticket.act(.feedBack, Entries.feedback.with(["outcome": "solved"]), by: TestBank.department)
        try ticket.act(.take, by: TestBank.headDispatcher)
        return ticket
    }

    private static func conclude(_ conclusion: String, _ grounds: String, _ more: [String: String] = [:]) -> [String:
        String]
    {
        ["conclusion": conclusion, "grounds": grounds].merging(more) { $1 }
    }

    @Test(
        arguments: [
            ("enterprise_responsible", "work_error", ["corrective_action": "retrain-1"], nil, true),
            ("enterprise_responsible", "work_error", [:], nil, false),
            ("enterprise_responsible", "stalled", ["corrective_action": "retrain-1"], nil, true),
            ("enterprise_responsible", "own_operation", ["corrective_action": "retrain-1"], nil, false),
            (
                "properly_handled_before", "answered_in_time,answered_before_regulator,lawful_answer", [:],
                "prior_reply", true
            ),
            ("properly_handled_before", "answered_in_time,answered_before_regulator,lawful_answer", [:], nil, false),
            ("properly_handled_before", "answered_in_time", [:], "prior_reply", false),
            ("filing_withdrawn", "decided_elsewhere", [:], "authority_decision", true),
            ("filing_withdrawn", "decided_elsewhere", [:], "letter", false),
            ("filing_withdrawn", "no_standing", [:], "letter", true),
            ("filing_withdrawn", "no_standing", [:], nil, false),
            ("filing_withdrawn", "impersonation", ["identity_check": "impersonation"], nil, true),
            ("filing_withdrawn", "impersonation", ["identity_check": "holder"], nil, false),
            ("customer_cause", "own_operation", [:], "transaction_record", true),
            ("customer_cause", "own_operation", [:], nil, false),
        ] as [(String, String, [String: String], String?, Bool)])
    func `AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on`(
        _ conclusion: String, _ grounds: String, _ more: [String: String], _ evidence: String?, _ isAccepted: Bool
    ) throws {
        var ticket = try referral()
        if let evidence {
            try ticket.act(.addEvidence, ["evidence_key": "ev-1", "class": evidence], by: TestBank.auditor)
        }
        let given = Self.conclude(conclusion, grounds, more)
        if isAccepted {
            let decision = try ticket.act(.concludeAppeal, given, by: TestBank.auditor)
            #expect(decision.guards.contains(.conclusion) && decision.guards.contains(.independent))
        } else {
            #expect(
                refused(.concludeAppeal, given, on: ticket, by: TestBank.auditor)?.rule == Guard.conclusion.rawValue)
        }
    }

    @Test func `AP-13 only appeals are concluded, and not by who handled them`() throws {
        let complaint = try TestTicket.make(.fedBack)
        let given = Self.conclude("customer_cause", "own_operation")
        #expect(refused(.concludeAppeal, given, on: complaint, by: TestBank.dispatcher)?.code == .notPossible)
        let ticket = try referral()
        let handler = TestBank.actor(.hoAuditor, at: TestBank.headOffice, post: TestBank.department.post)
        #expect(refused(.concludeAppeal, given, on: ticket, by: handler)?.rule == Guard.independent.rawValue)
    }

    @Test func `AP-21 the answer to an appeal tells the cause, the facts and the correction`() throws {
        let ticket = try referral()
        let letter = Entries.reply.with(["reply_medium": "letter"])
        let problems = refusal(.reply(fields: letter), on: ticket, by: TestBank.auditor)?.problems ?? []
        #expect(problems.map(\.field) == ["corrective_action"] && problems.map(\.source) == ["AP-21"])
        var answered = ticket
        try answered.perform(.reply(fields: letter.with(["corrective_action": "retrain-1"])), by: TestBank.auditor)
        #expect(answered.view(at: "head-office").state == .replied)
    }

    @Test func `AP-18 a key appeal is filed for the record in writing, before and beside its report`() throws {
        var ticket = try referral()
        let filing = ["hop": "for_record"]
        #expect(
            refused(.reportUp, filing, on: ticket, by: TestBank.liaison)?.problems.map(\.source) == ["AP-25"])
        let filed = filing.with(["evidence_key": "filing-1"])
        try ticket.act(.reportUp, filed, by: TestBank.liaison)
        #expect(ticket.view(at: "province-gd").reportState("for_record") == "sent")
        #expect(ticket.view(at: "province-gd").reportState("to_regulator") == nil, "filing is no report")
        let complaint = try TestTicket.make(.fedBack)
        #expect(refused(.reportUp, filed, on: complaint, by: TestBank.dispatcher)?.code == .notPossible)
    }

    @Test func `AP-03 filed and non-filed cases are told apart`() throws {
        for (filing, isKnown) in [("filed", true), ("not_filed", true), ("perhaps", false)] {
            var ticket = TestTicket()
            let fields = Entries.complaint.with([
                "kind": "regulator_appeal", "intake_channel": "regulator_12378", "signature_id": nil, "filing": filing,
            ])
            let command = TicketCommand.register(Registration(fields: fields))
            if isKnown {
                try ticket.perform(command, by: TestBank.headDispatcher)
                #expect(ticket.view(at: "head-office").text(TicketField.filing) == filing)
            } else {
                #expect(
                    refusal(command, on: ticket, by: TestBank.headDispatcher)?.problems.map(\.field) == ["filing"])
            }
        }
    }

    @Test func `AP-24 a regulator's case goes to the archive with the paper of the mediation, and not without`() throws
    {
        var ticket = try referral()
        let approver = TestBank.actor(.approver, at: TestBank.headOffice)
        try ticket.perform(
            .reply(fields: Entries.reply.with(["reply_medium": "letter", "corrective_action": "retrain-1"])),
            by: TestBank.auditor)
        try ticket.act(.concludeAppeal, Self.conclude("enterprise_responsible", "work_error"), by: TestBank.supervisor)
        try ticket.act(
            .reportUp, ["hop": "to_regulator", "evidence_key": "report-1"], by: TestBank.liaison)
        try ticket.perform(.close(fields: Entries.close.with(["responsibility": "bank"])), by: approver)
        let archivist = TestBank.actor(.archivist, at: TestBank.headOffice)
        let keep = ["keep_until": "2036-01-01"]
        #expect(refused(.archive, keep, on: ticket, by: archivist)?.rule == Guard.archiveComplete.rawValue)
        try ticket.act(.addEvidence, ["evidence_key": "ev-9", "class": "mediation_opinion"], by: TestBank.auditor)
        try ticket.act(.archive, keep, by: archivist)
        #expect(ticket.view(at: "head-office").state == .archived)
    }

    @Test func `AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears`()
        throws
    {
        var ticket = try referral()
        let first = ["hop": "to_head_office", "evidence_key": "report-1"]
        #expect(refused(.reportUp, first, on: ticket, by: TestBank.dispatcher)?.problems.first?.source == "EC-08")
        try ticket.perform(
            .reply(fields: Entries.reply.with(["reply_medium": "letter", "corrective_action": "retrain-1"])),
            by: TestBank.auditor)
        #expect(
            refused(.reportUp, ["hop": "to_regulator"], on: ticket, by: TestBank.dispatcher)?.code == .wrongTier)
        #expect(refused(.reportUp, first, on: ticket, by: TestBank.auditor)?.code == .wrongTier)
        try ticket.act(.reportUp, first, by: TestBank.dispatcher)
        #expect(refused(.reportUp, first, on: ticket, by: TestBank.dispatcher)?.rule == Guard.reportOrder.rawValue)
        #expect(
            refused(.reportUp, ["hop": "to_regulator"], on: ticket, by: TestBank.liaison)?.rule
                == Guard.reportOrder.rawValue)
        #expect(refused(.reviewReport, ["accepted": "no"], on: ticket, by: TestBank.auditor)?.code == .invalidFields)
        let morning = TestBank.morning
        try ticket.act(
            .reviewReport, ["accepted": "no", "defect": "basis_missing"], by: TestBank.auditor, at: morning + 1)
        #expect(ticket.view(at: "province-gd").reportRejections == 1)
        try ticket.act(.reportUp, first, by: TestBank.dispatcher, at: morning + 2)
        try ticket.act(.reviewReport, ["accepted": "yes"], by: TestBank.auditor, at: morning + 3)
        let close = Entries.close.with(["responsibility": "bank"])
        #expect(
            refusal(.close(fields: close), on: ticket, by: TestBank.actor(.approver, at: TestBank.headOffice))?.rule
                == Guard.reported.rawValue)
        let last = ["hop": "to_regulator"]
        #expect(
            refused(.reportUp, last, on: ticket, by: TestBank.liaison, at: morning + 4)?.problems.map(\.source)
                == ["AP-25"], "an appeal is reported in writing")
        let decision = try ticket.act(
            .reportUp, last.with(["evidence_key": "report-2"]), by: TestBank.liaison, at: morning + 4)
        #expect(decision.guards.contains(.reportOrder))
        try ticket.act(.concludeAppeal, Self.conclude("enterprise_responsible", "work_error"), by: TestBank.supervisor)
        let closing = try ticket.perform(
            .close(fields: close), by: TestBank.actor(.approver, at: TestBank.headOffice))
        #expect(closing.guards.contains(.reported) && ticket.view(at: "head-office").state == .closed)
    }

    @Test func `AP-19 the liaison is named per unit, and a change is handed over`() throws {
        var ticket = try referral()
        let first = TestBank.actor(.liaison, at: TestBank.province, post: "GD.liaison-1")
        let second = TestBank.actor(.liaison, at: TestBank.province, post: "GD.liaison-2")
        ticket.people = TestBank.register(
            [first, second].map { People.Seat($0.post, [.liaison], at: "province-gd") })
        try ticket.act(.nameLiaison, ["liaison_post": first.post], by: TestBank.dispatcher)
        #expect(ticket.view(at: "head-office").liaison(of: "province-gd") == first.post)
        #expect(refused(.nameLiaison, ["liaison_post": second.post], on: ticket, by: second)?.rule == "A-name_liaison")
        try ticket.act(.nameLiaison, ["liaison_post": second.post], by: first, at: TestBank.morning + 1)
        #expect(ticket.view(at: "province-gd").liaison(of: "province-gd") == second.post)
        #expect(ticket.view(at: "province-gd").liaison(of: "head-office") == nil)
    }
}
