import SyncProtocol

/// Whoever works on the ticket: handing on, pausing, feeding back.
enum HandlingActs {
    static let all: [ActDefinition] = [transfer, pause, resume, feedBack]

    /// T10: a new lead unit; the way back is remembered (DR-09). A department of the same node keeps custody there.
    static let transfer = ActDefinition(
        line: "T10", .transfer, [ActParts.unit, ActParts.reason(.transferReason), ActParts.optionalRequest]
    ) { (draft, input) throws(Refusal) in
        guard let unit = input.unit("unit") else { throw Refusals.unknownUnit("T10", units: []) }
        try draft.transfer(to: unit, reason: input.known("reason"))
        try draft.finish(input.text("request"), .transfer)
    }

    /// T13: only for the pack's reasons, with evidence, approved above, and the customer knows.
    static let pause = ActDefinition(
        line: "T13", .pause,
        [
            ActParts.request, ActParts.reason(.pauseReason), ActParts.evidence,
            ActParameter("customer_told", "已告知客户", "customer told", .flag),
        ]
    ) { (draft, input) throws(Refusal) in
        try draft.refuse("T13", draft.toldProblems(input))
        try draft.carryOutApproved(input.known("request"), .pause, by: [.approver])
        try draft.checkPausePermitted(input.known("reason"))
        draft.set(TicketField.pauseReason, input.known("reason"))
        draft.recordPause("paused", input.known("reason"), input.known("evidence_key"))
        draft.set(TicketField.noticesSent, "progress@\(draft.at)")
    }

    /// T14: with the evidence that the reason is over.
    static let resume = ActDefinition(line: "T14", .resume, [ActParts.evidence]) { (draft, input) throws(Refusal) in
        draft.recordPause("resumed", draft.ticket.text(TicketField.pauseReason), input.known("evidence_key"))
        draft.set(TicketField.pauseReason, .empty)
    }

    static let feedBack = ActDefinition(.feedBack, walking: "T15", fields: .feedBack) {
        (draft, input) throws(Refusal) in try draft.feedBack(input.fields)
    }
}

extension Draft {
    fileprivate mutating func recordPause(_ step: String, _ reason: String?, _ paper: String) {
        let evidence = listEvidence(paper, "other")
        add(TicketField.pauses, EntryShapes.pause, ["step": step, "reason": reason, "at": now, "evidence": evidence])
    }

    func toldProblems(_ input: ActInput) -> [FieldProblem] {
        guard !input.isTrue("customer_told") else { return [] }
        return [
            FieldProblem(
                "customer_told", .contradiction, source: "EX-03",
                sentence: Bilingual("须先告知客户", "the customer has to be told first"),
                hint: Bilingual("告知后填「是」", "tell the customer, then say yes"))
        ]
    }

    fileprivate mutating func transfer(to unit: UnitRef, reason: String) throws(Refusal) {
        try checkUnit(unit.node, "T10", beside: [ticket.home].compactMap { $0 })
        let own = UnitRef(actor.node, ticket.text(TicketField.leadDepartment))
        guard unit != own else { throw Refusals.unknownUnit("T10", units: actor.place.children) }
        guard ticket.returnPath.count < UnitPath.unitsMax - 1 else {
            throw Refusals.notPossible(
                "T10", Bilingual("转办次数过多", "it was handed on too often"),
                hint: Bilingual("反馈给派单中心,由其决定", "feed it back, and let the centre decide"))
        }
        if !Draft.isDispatcher(actor.role) {
            set(TicketField.returnPath, UnitPath.text(ticket.returnPath + [own]))
        } else if ticket.returnPath.isEmpty, unit.node != actor.node {
            set(TicketField.returnPath, actor.node.text)
        }
        add(
            TicketField.transfers, EntryShapes.transfer,
            ["reason": reason, "node": unit.node.text, "department": unit.department, "at": now])
        set(TicketField.leadLeg, unit.node.text)
        set(TicketField.leadDepartment, unit.department.map { .text($0) } ?? .empty)
        set(TicketField.handler, .empty)
        guard unit.node != actor.node else { return }
        opening.append(.involve(unit.node))
        closing.append(.offer(leg: 0, to: unit.node))
    }

    private static func isDispatcher(_ role: String) -> Bool {
        role == Role.dispatcher.rawValue || role == Role.hoDispatcher.rawValue
    }
}
