import SyncProtocol

/// Assist legs: asked by the lead, each with its own custody, its own block of fields and its own result (DR-07).
enum AssistActs {
    static let all: [ActDefinition] = [ask, take, giveBack, report, cancel]
    private static let assistants: [Role] = [.assistHandler] + ActParts.handlers

    /// T11: the next free leg is offered under the lead's custody.
    static let ask = ActDefinition(line: "T11", .askAssist, [ActParts.unit, ActParts.optionalRequest]) {
        (draft, input) throws(Refusal) in
        guard let unit = input.unit("unit") else { throw Refusals.unknownUnit("T11", units: []) }
        try draft.askAssist(unit)
        try draft.finish(input.text("request"), .askAssist)
    }

    static let take = ActDefinition(.assistTake, roles: assistants, [ActParts.leg], custody: .own) {
        (draft, input) throws(Refusal) in
        let number = try draft.leg(input, "A-assist_take")
        guard let offer = draft.ticket.leg(number)?.offer, offer.to == draft.actor.node else {
            throw Refusals.noSuchLeg("A-assist_take")
        }
        draft.opening.append(.accept(leg: number, offer: offer.dot))
        draft.claim = .own
        draft.leg = number
        draft.set(AssistField.state(number), "handling")
        draft.set(AssistField.handler(number), draft.actor.post)
    }

    /// Before it is taken a decline, afterwards a leg returned undone.
    static let giveBack = ActDefinition(
        .assistReturn, roles: assistants, [ActParts.leg, ActParts.reason(.declineReason)], custody: .own
    ) { (draft, input) throws(Refusal) in
        let number = try draft.leg(input, "A-assist_return")
        if let offer = draft.ticket.leg(number)?.offer, offer.to == draft.actor.node {
            draft.opening.append(.decline(leg: number, offer: offer.dot))
            draft.add(
                TicketField.assistDeclines, EntryShapes.assistDecline,
                [
                    "leg": String(number), "node": draft.actor.node.text, "reason": input.known("reason"),
                    "at": draft.now,
                ])
            return
        }
        try draft.claimLeg(number, "A-assist_return")
        draft.set(AssistField.state(number), "returned")
        draft.set(AssistField.doneAt(number), .integer(draft.at))
    }

    /// The leg's result; the words go where the lead's facts go.
    static let report = ActDefinition(
        .assistReport, roles: assistants,
        [ActParts.leg, ActParameter("result", "结果", "result", .code(.assistResult))],
        form: ActForm(
            act: .assistReport, needs: [],
            optional: [TicketField.legText, TicketField.legResults, TicketField.evidenceList]),
        custody: .own
    ) { (draft, input) throws(Refusal) in
        let number = try draft.leg(input, "A-assist_report")
        try draft.claimLeg(number, "A-assist_report")
        draft.set(AssistField.state(number), "done")
        draft.set(AssistField.result(number), input.known("result"))
        draft.set(AssistField.doneAt(number), .integer(draft.at))
    }

    static let cancel = ActDefinition(
        .assistCancel, roles: assistants + ActParts.dispatchers, [ActParts.leg], custody: .lead
    ) { (draft, input) throws(Refusal) in
        let number = try draft.leg(input, "A-assist_cancel")
        guard draft.ticket.stage(ofLeg: number)?.isOpen ?? false else { throw Refusals.noSuchLeg("A-assist_cancel") }
        draft.set(AssistField.verdict(number), "cancelled")
        if let offer = draft.ticket.leg(number)?.offer {
            draft.opening.append(.recall(leg: number, offer: offer.dot, immediate: !offer.isServed))
        }
    }
}

extension Draft {
    fileprivate func leg(_ input: ActInput, _ rule: String) throws(Refusal) -> Leg {
        guard let number = input.integer("leg").flatMap(Leg.init(exactly:)), ticket.leg(number) != nil else {
            throw Refusals.noSuchLeg(rule)
        }
        return number
    }

    /// Claims the custody of an assist leg that is still in work.
    fileprivate mutating func claimLeg(_ number: Leg, _ rule: String) throws(Refusal) {
        guard !ticket.isSuspended else { throw Refusals.custodySuspended(rule) }
        guard let leg = ticket.leg(number), leg.custodian == actor.node, leg.version != nil else {
            throw Refusals.notCustodian(rule)
        }
        guard ticket.stage(ofLeg: number) == .handling else { throw Refusals.noSuchLeg(rule) }
        self.leg = number
        claim = .held
    }

    fileprivate mutating func askAssist(_ unit: UnitRef) throws(Refusal) {
        try checkUnit(unit.node, "T11")
        let used = Set(ticket.askedLegs)
        guard let number = AssistField.legs.first(where: { !used.contains($0) }) else {
            throw Refusals.notPossible(
                "T11", Bilingual("协办已达上限 8 个", "there are eight assist legs already"),
                hint: Bilingual("另立关联工单", "register a linked ticket"))
        }
        set(AssistField.unit(number), unit.node.text)
        if let department = unit.department { set(AssistField.department(number), department) }
        set(AssistField.askedAt(number), .integer(at))
        let units = ticket.codes(TicketField.assistLegs) + [unit.node.text]
        set(TicketField.assistLegs, CodeSet.joined(units))
        if unit.node != actor.node { opening.append(.involve(unit.node)) }
        closing.append(.offer(leg: number, to: unit.node))
    }
}
