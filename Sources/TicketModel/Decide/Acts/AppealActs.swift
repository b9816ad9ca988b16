import SyncProtocol

/// Appeals and what the regulator sends: conclusions, the two-hop report, the named liaison.
enum AppealActs {
    static let all: [ActDefinition] = [conclude, report, review, liaison]

    /// AP-13…AP-17: one of four, with what it rests on; by somebody who did not handle it (RO-18).
    static let conclude = ActDefinition(
        .concludeAppeal, roles: [.hoAuditor, .hoSupervisor, .hoDispatcher, .liaison, .approver, .dispatcher],
        tiers: ActParts.centre,
        [
            ActParameter("conclusion", "结论", "conclusion", .code(.appealConclusion)),
            ActParameter("grounds", "依据", "grounds", .codeSet(.conclusionGround)),
        ],
        form: ActForm(
            act: .concludeAppeal, needs: [],
            optional: [
                TicketField.responsibility, TicketField.causeClass, TicketField.correctiveAction,
                TicketField.identityCheck, TicketField.regulatorResponse, TicketField.filing,
            ]),
        custody: .lead
    ) { (draft, input) throws(Refusal) in
        try draft.conclude(input.known("conclusion"), CodeSet.members(input.known("grounds")))
    }

    /// AP-11, EC-08: result, answer to the customer and corrective measures go up, hop by hop.
    static let report = ActDefinition(
        .reportUp, roles: [.liaison, .dispatcher, .hoDispatcher, .hoAuditor], tiers: ActParts.centre,
        [
            ActParameter("hop", "上报环节", "hop", .code(.reportHop)),
            ActParameter("evidence_key", "报告编号", "report", .reference, required: false),
        ]
    ) { (draft, input) throws(Refusal) in try draft.reportUp(input.known("hop"), input.text("evidence_key")) }

    /// AP-12, AP-23: head office accepts the province's report or sends it back; each rejection counts.
    static let review = ActDefinition(
        .reviewReport, roles: [.hoAuditor, .hoSupervisor, .hoDispatcher, .liaison], tiers: [.headOffice],
        [
            ActParameter("accepted", "审核通过", "accepted", .flag),
            ActParameter("defect", "缺陷", "defect", .code(.defect), required: false),
        ]
    ) { (draft, input) throws(Refusal) in
        try draft.ensure(.reportOrder, draft.ticket.reportState("to_head_office") == "sent")
        try draft.ensure(.approverNotRequester, !(draft.ticket.reporter("to_head_office").map(draft.isActor) ?? false))
        let accepts = input.isTrue("accepted")
        guard accepts || input.text("defect") != nil else {
            try draft.refuse("A-review_report", [AppealActs.defectMissing])
            return
        }
        draft.addReport("to_head_office", accepts ? "accepted" : "rejected", defect: input.text("defect"))
    }

    private static let defectMissing = FieldProblem(
        "defect", .mandatory, source: "AP-23", sentence: Bilingual("退回须注明缺陷", "a rejection names the defect"),
        hint: Bilingual("填写缺陷代码", "give a code of defect"))

    /// AP-19: named per unit; a change is handed over by the one before, or by a head.
    static let liaison = ActDefinition(
        .nameLiaison, roles: [.liaison, .branchHead, .dispatcher, .hoDispatcher, .hoSupervisor, .deptHead],
        [ActParameter("liaison_post", "联系责任人岗位", "liaison", .post)]
    ) { (draft, input) throws(Refusal) in
        let current = draft.ticket.liaison(of: draft.actor.node)
        let isHead = draft.actor.role != Role.liaison.rawValue
        guard current == nil || current == draft.actor.post || isHead else {
            throw Refusals.notPossible(
                "A-name_liaison", Bilingual("须由现任联系责任人移交", "the present liaison hands it over"),
                hint: Bilingual("由现任或负责人办理", "the present one or a head does it"))
        }
        draft.add(
            TicketField.liaisons, EntryShapes.liaison,
            [
                "node": draft.actor.node.text, "post": input.known("liaison_post"), "at": draft.now,
                "handed_over_by": current,
            ])
    }
}

extension Draft {
    private static let appealKinds = ["internal_appeal", "regulator_referral", "regulator_appeal"]

    /// An appeal or what a regulator sent.
    var isAppeal: Bool { Draft.appealKinds.contains(ticket.text(TicketField.kind) ?? "") }

    fileprivate mutating func conclude(_ conclusion: String, _ grounds: [String]) throws(Refusal) {
        guard isAppeal else {
            throw Refusals.notPossible(
                "A-conclude_appeal", Bilingual("不是申诉或监管转办", "this is no appeal or referral"),
                hint: Bilingual("按投诉流程办结", "end it as a complaint"))
        }
        try ensure(.independent, !(ticket.text(TicketField.handler).map(isActor) ?? false))
        try ensure(.conclusion, isShown(conclusion, grounds))
        set(TicketField.appealConclusion, conclusion)
        set(TicketField.conclusionGrounds, CodeSet.joined(grounds))
        set(TicketField.concludedBy, actor.post)
    }

    /// What each conclusion has to show before it is accepted.
    private func isShown(_ conclusion: String, _ grounds: [String]) -> Bool {
        let has = { (codes: [String]) in grounds.contains(where: codes.contains) }
        switch conclusion {
        case "enterprise_responsible":
            return has(["rule_broken", "service_failed", "management_failed", "work_error", "stalled"])
                && ["bank", "shared"].contains(text(TicketField.responsibility)) && hasCorrectiveAction
        case "properly_handled_before":
            return ["answered_in_time", "answered_before_regulator", "lawful_answer"].allSatisfy(grounds.contains)
                && ticket.hasEvidence(["prior_reply"])
        case "filing_withdrawn":
            if has(["decided_elsewhere"]) { return ticket.hasEvidence(["authority_decision"]) }
            if has(["impersonation"]) { return text(TicketField.identityCheck) == "impersonation" }
            return has(["no_standing"]) && !ticket.entries(TicketField.evidenceItems, EntryShapes.evidence).isEmpty
        case "customer_cause":
            return has(["own_operation", "untrue_statement"])
                && !ticket.entries(TicketField.evidenceItems, EntryShapes.evidence).isEmpty
        default: return false
        }
    }

    private var hasCorrectiveAction: Bool {
        !(ticket.fields[TicketField.correctiveAction] ?? []).isEmpty
            || !newMembers(TicketField.correctiveAction).isEmpty
    }

    fileprivate mutating func reportUp(_ hop: String, _ evidence: String?) throws(Refusal) {
        if hop == Draft.forRecord { return try fileForRecord(evidence) }
        let missing = reportProblems()
        try refuse("A-report_up", missing)
        switch hop {
        case "to_head_office":
            guard actor.tier == .province else {
                throw Refusals.tierMayNot("A-report_up", .reportUp, tiers: [.province], who: [.liaison, .dispatcher])
            }
            try ensure(.reportOrder, !["sent", "accepted"].contains(ticket.reportState("to_head_office")))
        default:
            guard actor.tier == .headOffice else {
                throw Refusals.tierMayNot("A-report_up", .reportUp, tiers: [.headOffice], who: [.liaison, .hoAuditor])
            }
            // A case that head office handled by itself has no first hop.
            let first = ticket.reportState("to_head_office")
            let isOwn = first == nil && ticket.custodian == actor.node
            try ensure(.reportOrder, first == "accepted" || isOwn)
        }
        try checkWritten(evidence)
        addReport(hop, "sent", evidence: evidence)
    }

    /// AP-18: a key appeal is put on record above, or with the regulator, at any time and beside the report.
    private mutating func fileForRecord(_ evidence: String?) throws(Refusal) {
        guard isAppeal else { throw Refusals.onlyAppealsAreFiled }
        try checkWritten(evidence)
        addReport(Draft.forRecord, "sent", evidence: evidence)
    }

    private static let forRecord = "for_record"

    /// AP-25: what is reported of an appeal is a paper.
    private func checkWritten(_ evidence: String?) throws(Refusal) {
        if isAppeal, evidence == nil { try refuse("A-report_up", [Draft.reportMissing]) }
    }

    private static let reportMissing = FieldProblem(
        "evidence_key", .mandatory, source: "AP-25",
        sentence: Bilingual("申诉须书面上报", "an appeal is reported in writing"),
        hint: Bilingual("填写报告的证据编号", "give the evidence key of the report"))

    /// Result, answer, corrective measures (EC-08).
    private func reportProblems() -> [FieldProblem] {
        let parts = [TicketField.outcome, TicketField.responsibility].filter { ticket.value($0) == nil }
        var problems = parts.map { FieldProblem.mandatory(FieldTable.known($0), source: "EC-08") }
        if ticket.value(TicketField.repliedAt) == nil {
            problems.append(.mandatory(FieldTable.known(TicketField.repliedAt), source: "EC-08"))
        }
        if ticket.text(TicketField.responsibility) == "bank", !hasCorrectiveAction {
            problems.append(.mandatory(FieldTable.known(TicketField.correctiveAction), source: "EC-08"))
        }
        return problems
    }

    fileprivate mutating func addReport(
        _ hop: String, _ verdict: String, evidence: String? = nil, defect: String? = nil
    ) {
        let key = evidence.map { listEvidence($0, "report") }
        add(
            TicketField.reports, EntryShapes.report,
            ["hop": hop, "verdict": verdict, "post": actor.post, "at": now, "evidence": key, "defect": defect])
    }
}

extension Refusals {
    fileprivate static let onlyAppealsAreFiled = notPossible(
        "A-report_up", Bilingual("仅申诉和监管转办需报备", "only appeals and referrals are filed for the record"),
        hint: Bilingual("按投诉流程办理", "go on as with a complaint"))
}
