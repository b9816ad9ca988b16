import SyncProtocol

/// After the answer: consent, follow-up, rework, closing, what cannot be resolved, the archive.
enum EndingActs {
    static let all: [ActDefinition] = [
        consentRefused, followUpOK, followUpBad, close, declareUnresolvable, approveUnresolvable, archive, legalHold,
    ]

    /// T19: the solution is not executed against the customer's will (ST-21).
    static let consentRefused = ActDefinition(line: "T19", .consentRefused) { (draft, _) throws(Refusal) in
        draft.set(TicketField.solutionConsent, "refused")
        draft.set(TicketField.solution, .empty)
        draft.sendBackToLead()
    }

    /// T20 alone.
    static let followUpOK = ActDefinition(
        line: "T20", .followUpOK,
        form: ActForm(act: .followUpOK, needs: [[TicketField.satisfaction]], optional: [TicketField.attitude])
    ) { (draft, _) throws(Refusal) in
        try draft.followUp()
        try draft.checkAttempts()
    }

    /// T21: the back office agreed that it was handled wrongly (RF-08, RF-09): round n + 1.
    static let followUpBad = ActDefinition(
        line: "T21", .followUpBad,
        form: ActForm(act: .followUpBad, needs: [[TicketField.satisfaction]], optional: [])
    ) { (draft, _) throws(Refusal) in
        try draft.followUp()
        try draft.requireCountersignature(.rework)
        draft.openRound()
    }

    static let close = ActDefinition(.close, walking: "T23", fields: .close) { (draft, input) throws(Refusal) in
        try draft.close(input.fields)
    }

    /// T24: recorded reasons, then it waits for the quarter's round (ST-19).
    static let declareUnresolvable = ActDefinition(
        line: "T24", .declareUnresolvable,
        [ActParts.reason(.unresolvableReason), ActParameter("account", "说明", "account", .text(bytesMax: 16 * 1024))]
    ) { (draft, input) throws(Refusal) in
        draft.set(TicketField.unresolvableReason, input.known("reason"))
        draft.set(TicketField.unresolvableBy, draft.actor.post)
        draft.set(TicketField.outcome, "unresolvable")
        draft.set(TicketField.note, input.known("account"))
    }

    /// T25: the unit head signs, in the round of the quarter (ST-19, ST-20).
    static let approveUnresolvable = ActDefinition(
        line: "T25", .approveUnresolvable, [ActParameter("quarter", "季度", "quarter", .reference)],
        form: ActForm(
            act: .approveUnresolvable, needs: [[TicketField.responsibility]], optional: [TicketField.responsibleOrg])
    ) { (draft, input) throws(Refusal) in
        guard let requester = draft.ticket.text(TicketField.unresolvableBy) else {
            throw Refusals.notPossible(
                "T25", Bilingual("未申报无法处理", "it was not declared unresolvable"),
                hint: Bilingual("按正常程序销项", "close it the usual way"))
        }
        try draft.ensure(.approverNotRequester, !draft.isActor(requester))
        try draft.ensure(.quarter, input.known("quarter") == Draft.quarter(at: draft.at))
        try draft.checkReadyToClose()
        draft.set(TicketField.unresolvableRound, input.known("quarter"))
        draft.set(TicketField.closeApprover, draft.actor.post)
        draft.stampClosing()
    }

    /// T26: complaint, investigation, solution, feedback (AU-06); the mediation opinion of a regulator case (AU-24).
    static let archive = ActDefinition(
        line: "T26", .archive, [ActParameter("keep_until", "保存至", "keep until", .date)]
    ) { (draft, input) throws(Refusal) in
        try draft.ensure(.archiveComplete, draft.isArchiveComplete)
        let earliest = CivilTime.chinaDate(at: draft.at).text
        guard input.known("keep_until") > earliest else {
            throw Refusals.notPossible(
                "T26", Bilingual("保存期限须在将来", "the retention has to lie ahead"),
                hint: Bilingual("至少三年 [M]", "three years at least [M]"))
        }
        draft.set(TicketField.retentionUntil, input.known("keep_until"))
        draft.set(TicketField.archivedAt, .integer(draft.at))
    }

    static let legalHold = ActDefinition(
        .legalHold, roles: [.archivist, .approver, .hoAuditor], [ActParameter("hold", "保全", "hold", .flag)],
        custody: .lead, needsOpen: false
    ) { (draft, input) throws(Refusal) in
        draft.set(TicketField.legalHold, .integer(input.integer("hold") ?? 0))
    }
}

extension Draft {
    /// Round n + 1: who worked on it before is remembered, what that round concluded is cleared.
    mutating func openRound() {
        let round = ticket.integer(TicketField.roundNo) ?? 1
        add(
            TicketField.rounds, EntryShapes.round,
            [
                "round": String(round), "node": ticket.text(TicketField.leadLeg),
                "handler": ticket.text(TicketField.handler), "satisfaction": text(TicketField.satisfaction),
                "at": now,
            ])
        set(TicketField.roundNo, .integer(min(round, 999) + 1))
        set(TicketField.reopenCount, .integer(min(ticket.integer(TicketField.reopenCount) ?? 0, 999) + 1))
        for field in [
            TicketField.satisfaction, TicketField.attitude, TicketField.solutionConsent, TicketField.repliedAt,
            TicketField.repliedBy, TicketField.replyMedium, TicketField.remedyInfoGiven, TicketField.solution,
            TicketField.handler, TicketField.leadDepartment, TicketField.returnPath, TicketField.feedbackApprovedBy,
        ] { set(field, .empty) }
    }

    /// `2026-q1`: the quarter of China's calendar.
    static func quarter(at instant: Int64) -> String {
        let date = CivilTime.chinaDate(at: instant)
        return "\(AsciiText.padded(Int64(date.year), width: 4))-q\((date.month - 1) / 3 + 1)"
    }

    /// Content, investigation, solution, feedback; an unresolvable case shows its reason instead of a solution.
    var isArchiveComplete: Bool {
        let has = { (fields: [FieldID]) in fields.contains { !(ticket.fields[$0] ?? []).isEmpty } }
        let content = has([TicketField.what]) || ticket.isOrder
        let investigation = has([TicketField.legText, TicketField.legResults, TicketField.proposedSolution])
        let solution = has([
            TicketField.solution, TicketField.explanationTextID, TicketField.proposedSolution,
            TicketField.unresolvableReason, TicketField.orderAnswer,
        ])
        let feedback = has([TicketField.satisfaction, TicketField.attitude, TicketField.unresolvableReason])
        let isAppeal = ["regulator_referral", "regulator_appeal"].contains(ticket.text(TicketField.kind))
        let papers = !isAppeal || ticket.hasEvidence(["original", "mediation_opinion", "authority_decision"])
        return content && (investigation || ticket.isOrder) && solution && (feedback || ticket.isOrder) && papers
    }
}
