import SyncProtocol

/// The place of intake: refusing, withdrawing, changing the kind, and the short acts under their names.
enum IntakeActs {
    static let all: [ActDefinition] = [refuse, withdraw, convert, submit, take, returned, answer]

    /// T03: two persons, a reason, and the customer hears where to appeal (IN-12, IN-13).
    static let refuse = ActDefinition(
        line: "T03", .refuse,
        form: ActForm(
            act: .refuse, needs: [[TicketField.nonAcceptanceReason], [TicketField.remedyInfoGiven]],
            optional: [TicketField.identityCheck, TicketField.replyMedium])
    ) { (draft, _) throws(Refusal) in
        try draft.refuse("T03", draft.appealPathProblems())
        try draft.requireCountersignature(.refuse)
        draft.set(TicketField.acceptance, "not_accepted")
        draft.addContact("non_acceptance_notice", draft.text(TicketField.replyMedium))
    }

    /// T27: the customer's own paper or recording ends it.
    static let withdraw = ActDefinition(line: "T27", .withdraw, [ActParts.evidence]) { (draft, input) throws(Refusal) in
        draft.set(TicketField.acceptance, "withdrawn")
        draft.set(TicketField.outcome, "withdrawn")
        draft.set(TicketField.withdrawnAt, .integer(draft.at))
        draft.listEvidence(input.known("evidence_key"), "withdrawal")
    }

    /// CL-16: the kind changes along its table, and the old one stays readable.
    static let convert = ActDefinition(
        .convert, roles: [.branchOfficer, .branchHead, .dispatcher, .hoDispatcher, .liaison],
        [
            ActParameter("to_kind", "新种类", "new kind", .code(.kind)), ActParts.reason(.conversionReason),
        ], custody: .lead
    ) { (draft, input) throws(Refusal) in
        let old = draft.ticket.text(TicketField.kind) ?? "complaint"
        draft.set(TicketField.kind, input.known("to_kind"))
        guard draft.newValue(TicketField.kind) != nil else { throw Refusals.nothingToChange("G-conversion") }
        draft.recordKindChange(from: old, to: input.known("to_kind"), reason: input.known("reason"))
        draft.routeAsClassified()
    }

    static let submit = ActDefinition(.submitUp, walking: "T04") { (draft, _) throws(Refusal) in try draft.submitUp() }
    static let take = ActDefinition(.take, walking: "T08") { (draft, _) throws(Refusal) in try draft.take() }
    static let returned = ActDefinition(
        .returnForCompletion, walking: "T05", [ActParameter("missing", "待补充内容", "what is missing", .fieldNames)]
    ) { (draft, input) throws(Refusal) in try draft.returnForCompletion(CodeSet.members(input.known("missing"))) }
    static let answer = ActDefinition(.answerOnSpot, walking: "T02", fields: .answerOnSpot) {
        (draft, input) throws(Refusal) in try draft.answerOnSpot(input.fields)
    }
}

extension Draft {
    /// RF-14: whatever ends a complaint tells the way to appeal.
    func appealPathProblems() -> [FieldProblem] {
        guard integer(TicketField.remedyInfoGiven) != 1 else { return [] }
        return [
            .contradiction(
                FieldTable.known(TicketField.remedyInfoGiven), "RF-14",
                Bilingual("须告知申诉途径", "the customer must be told where to appeal"),
                hint: Bilingual("告知后填「是」", "tell it, then say yes"))
        ]
    }

    /// Puts a piece on the evidence list, once: the number of the paper, its class, and who holds it. The list is
    /// casework; core records name a piece by the key that the node made for it, never by what somebody typed.
    ///
    /// - Returns: the key of the piece.
    @discardableResult
    mutating func listEvidence(
        _ paper: String, _ evidenceClass: String, sha256: String? = nil, holder: String? = nil, basis: String? = nil
    ) -> String {
        if let key = ticket.evidenceKey(ofPaper: paper) { return key }
        let key = freshKey(in: TicketField.evidenceItems)
        guard ticket.disclosure.includes(.casework) else {
            leavesOutPaper = true
            return key
        }
        add(
            TicketField.evidenceItems, EntryShapes.evidence,
            [
                "key": key, "class": evidenceClass, "sha256": sha256, "holder": holder ?? actor.post, "at": now,
                "basis": basis, "paper": paper,
            ])
        return key
    }
}
