import SyncProtocol

/// Urging, supervising, evidence: append-only, whoever holds custody.
enum OversightActs {
    static let all: [ActDefinition] = [urge, supervise, answer, ownAlert, addEvidence]

    static let urge = ActDefinition(
        .urge, roles: ActParts.writers, [ActParameter("source", "催办来源", "source", .code(.urge))]
    ) { (draft, input) throws(Refusal) in
        draft.set(TicketField.urges, "\(input.known("source"))@\(draft.at)")
    }

    /// DL-11…DL-13: an order from above, with a time to answer by.
    static let supervise = ActDefinition(
        .supervise, roles: ActParts.supervisors, tiers: ActParts.centre,
        [
            ActParts.reason(.supervisionReason), ActParameter("until", "答复期限", "answer by", .instant),
        ]
    ) { (draft, input) throws(Refusal) in
        let by = input.integer("until") ?? 0
        guard by > draft.at else {
            throw Refusals.notPossible(
                "A-supervise", Bilingual("答复期限须在将来", "the time to answer lies ahead"),
                hint: Bilingual("填写将来的时间", "give a time ahead"))
        }
        let reason = input.known("reason")
        draft.set(TicketField.supervisionOrders, "\(reason)@\(draft.at)")
        draft.add(
            TicketField.supervisions, EntryShapes.supervision,
            [
                "key": draft.freshKey(in: TicketField.supervisions), "reason": reason, "answer_by": String(by),
                "post": draft.actor.post, "node": draft.actor.node.text,
            ])
    }

    static let answer = ActDefinition(
        .answerSupervision, roles: ActParts.writers,
        [
            ActParameter("order", "督办编号", "order", .entryKey),
            ActParameter("answer", "答复", "answer", .code(.supervisionAnswer)),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        let key = input.known("order")
        guard let order = draft.ticket.supervisions.first(where: { $0.key == key }), order.node != draft.actor.node
        else {
            throw Refusals.unknownEntry(
                "A-answer_supervision", Bilingual("待本单位答复的督办", "order that this unit has to answer"),
                open: draft.ticket.supervisions.filter { $0.answer == nil && $0.node != draft.actor.node }.map(\.key))
        }
        draft.add(
            TicketField.supervisionAnswers, EntryShapes.supervisionAnswer,
            ["key": key, "answer": input.known("answer"), "post": draft.actor.post, "at": draft.now])
    }

    /// AL-08: who answers for a cluster of like complaints. Named on any ticket of it, so that every tier sees it.
    static let ownAlert = ActDefinition(
        .ownAlert, roles: ActParts.supervisors + [.approver, .deptHead], tiers: ActParts.centre,
        [
            ActParameter("alert", "预警规则编号", "rule of the alert", .reference),
            ActParameter("owner", "责任岗位", "owner", .post),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        try draft.refuse("A-own_alert", OversightActs.alertProblems(draft, input.known("alert")))
        draft.add(
            TicketField.alertOwners, EntryShapes.alertOwner,
            ["alert": input.known("alert"), "owner": input.known("owner"), "post": draft.actor.post, "at": draft.now])
    }

    /// An owner of an alert that no rule can find would answer for nothing, and nobody would be told.
    private static func alertProblems(_ draft: Draft, _ id: String) -> [FieldProblem] {
        guard let rules = draft.rules.alerts else { return [] }
        let ticket = AlertTicket(draft.ticket)
        let fitting = rules.filter { rule in ticket.map { rule.counts($0, at: draft.at) } ?? false }
        guard !fitting.contains(where: { $0.id == id }) else { return [] }
        let names = fitting.map(\.id).joined(separator: ", ")
        return [
            FieldProblem(
                "alert", .notInList, source: "AL-08",
                sentence: rules.contains { $0.id == id }
                    ? Bilingual("该预警规则不计入此工单", "that rule does not count this ticket")
                    : Bilingual("没有这条预警规则", "there is no such alert rule"),
                hint: names.isEmpty
                    ? Bilingual("此工单不属于任何预警", "no alert counts this ticket")
                    : Bilingual("可用:\(names)", "one of: \(names)"))
        ]
    }

    /// AP-20, AU-13: hash, class, who holds the paper; video only with a legal basis.
    static let addEvidence = ActDefinition(
        .addEvidence, roles: ActParts.writers,
        [
            ActParts.evidence, ActParameter("class", "类别", "class", .code(.evidenceClass)),
            ActParameter("sha256", "哈希值", "hash", .digest, required: false),
            ActParameter("holder", "原件保管岗位", "who holds the paper", .post, required: false),
            ActParameter("basis", "调阅依据", "legal basis", .code(.legalBasis), required: false),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        try draft.checkPart(FieldTable.known(TicketField.evidenceItems), "A-add_evidence")
        try draft.refuse("A-add_evidence", OversightActs.evidenceProblems(draft, input))
        draft.listEvidence(
            input.known("evidence_key"), input.known("class"), sha256: input.text("sha256"),
            holder: input.text("holder"), basis: input.text("basis"))
    }

    private static func evidenceProblems(_ draft: Draft, _ input: ActInput) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if input.known("class") == "video", input.text("basis") == nil {
            problems.append(
                FieldProblem(
                    "basis", .mandatory, source: "AU-13",
                    sentence: Bilingual("调阅录像须有法律依据", "video needs a legal basis"),
                    hint: Bilingual("填写调阅依据代码", "give a code of legal_basis")))
        }
        if draft.ticket.evidenceKey(ofPaper: input.known("evidence_key")) != nil {
            problems.append(
                FieldProblem(
                    "evidence_key", .contradiction, sentence: Bilingual("证据编号已用", "that key is used already"),
                    hint: Bilingual("换一个编号", "choose another key")))
        }
        return problems
    }
}
