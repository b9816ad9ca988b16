import SyncProtocol

// Changing values, adding words, resolving conflicts, letting head office see more.
extension Draft {
    /// Values that an act sets; amending only corrects them.
    private static let setByActs: Set<FieldID> = Set(
        (ActForm.reply.needs + ActForm.close.needs + ActForm.answerOnSpot.needs).flatMap { $0 }
            + [
                TicketField.closeApprover, TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.remedy,
                TicketField.compensation, TicketField.reviewedSynopsis,
            ])

    mutating func amend(_ fields: [String: String], reason: String?) throws(Refusal) {
        var problems: [FieldProblem] = []
        let given = Draft.known(fields, &problems)
        try checkParts(given)
        for (definition, text) in given { amend(definition, text, &problems) }
        if let problem = renewTargetToken() { problems.append(problem) }
        try checkLevel()
        let corrects = assignsCorrection
        try checkAmendingCustody(corrects: corrects)
        try refuse(corrects ? "T30" : "G-amend", problems + timeProblems())
        guard !isEmpty else { throw Refusals.nothingToChange("G-amend") }
        if corrects { try recordCorrection(reason) }
        if claim == .held { routeAsClassified() }
    }

    /// The token follows who is named as the person complained about (RO-15).
    private mutating func renewTargetToken() -> FieldProblem? {
        guard let named = newValue(TicketField.targetPerson) else { return nil }
        guard case .text(let words) = named else {
            set(TicketField.targetPersonToken, .empty)
            return nil
        }
        let token = tokens.target(words, people)
        set(TicketField.targetPersonToken, token.map(Value.text) ?? .empty)
        if let token { recordNamed(token) }
        return targetProblem(words)
    }

    private func checkParts(_ given: [(FieldDefinition, String)]) throws(Refusal) {
        for (definition, _) in given { try checkPart(definition, "G-amend") }
    }

    private mutating func amend(_ definition: FieldDefinition, _ text: String, _ problems: inout [FieldProblem]) {
        guard definition.source == .person, isAmendableNow(definition) else {
            problems.append(.notEnterable(definition))
            return
        }
        guard AsciiText.isBlank(text) else {
            do {
                set(definition.id, try value(of: definition, from: text))
            } catch {
                problems.append(error)
            }
            return
        }
        if definition.mandatoryAtRegistration || definition.merge == .grow {
            problems.append(.mandatory(definition))
        } else {
            set(definition.id, .empty)
        }
    }

    /// What an act of the process sets can be corrected, not set ahead of the act.
    private func isAmendableNow(_ definition: FieldDefinition) -> Bool {
        !Draft.setByActs.contains(definition.id) || ticket.value(definition.id) != nil || definition.merge == .free
    }

    /// True where the amendment is a correction in the sense of T30: a field set once, what an act of the process has
    /// set (an approved solution, what the customer said), or a closed ticket.
    private var assignsCorrection: Bool {
        let isClosed = ticket.state.map { !$0.isOpen } ?? false
        return changesField { definition in
            definition.merge == .once || (definition.merge == .custodian && (isClosed || isSetByAct(definition.id)))
        }
    }

    private func isSetByAct(_ field: FieldID) -> Bool {
        Draft.setByActs.contains(field) && ticket.value(field) != nil
    }

    /// The level decides which limits run: who handles a ticket does not give himself longer ones. Nor does a clerk
    /// rewrite what others decided.
    private func checkLevel() throws(Refusal) {
        guard newValue(TicketField.scope) != nil || changesField({ isSetByAct($0.id) }) else { return }
        guard Draft.classifiers.contains(where: { $0.rawValue == actor.role }) else {
            throw Refusals.roleMayNot("G-amend", .amend, who: Draft.classifiers)
        }
    }

    private static let classifiers: [Role] = [
        .branchOfficer, .branchHead, .dispatcher, .hoDispatcher, .approver, .provSupervisor, .hoSupervisor, .hoAuditor,
    ]

    private mutating func checkAmendingCustody(corrects: Bool) throws(Refusal) {
        if corrects {
            act = .correct
            transitions = ["T30"]
            try check(TransitionTable.known("T30"))
        }
        guard assignsRegulated else { return }
        try checkCustody(corrects ? "T30" : "G-amend")
        claim = .held
    }

    private mutating func recordCorrection(_ reason: String?) throws(Refusal) {
        let list = Enumeration.correctionReason
        guard let reason, list.contains(reason) else { throw Refusals.unknownReason("T30", list) }
        set(TicketField.corrections, "\(reason)@\(at)")
    }

    /// Words that anybody who holds the whole ticket may add, in any state, with or without custody.
    mutating func note(_ words: String) throws(Refusal) {
        let definition = FieldTable.known(TicketField.note)
        try checkPart(definition, "G-note")
        do {
            set(TicketField.note, try definition.value(from: words))
        } catch {
            try refuse("G-note", [error])
        }
    }

    /// Writes the chosen value over all that stand side by side. A mistyped choice would lose them all, so a value that
    /// is none of them has to be called new.
    mutating func resolve(_ name: String, _ text: String, isNew: Bool) throws(Refusal) {
        guard let definition = FieldTable.definition(named: name) else {
            throw Refusals.invalidFields("G-resolve", [.unknownField(name)])
        }
        try checkPart(definition, "G-resolve")
        guard ticket.conflicts.contains(definition.id) else { throw Refusals.noConflict }
        let siblings = ticket.fields[definition.id, default: []]
        let value: Value
        do throws(FieldProblem) {
            let clears = AsciiText.isBlank(text) && siblings.contains(.empty)
            value = clears ? .empty : try self.value(of: definition, from: text)
        } catch {
            throw Refusals.invalidFields("G-resolve", [error])
        }
        guard isNew || siblings.contains(value) else { throw Refusals.notAmongValues(definition) }
        set(definition.id, value)
    }

    /// Lets head office see more; what it asked for itself, for seven days. The custodian also makes the ticket a national one; a tier above without custody
    /// only widens, and the custodian's scope stays its own.
    mutating func widen(asked level: Disclosure, reason: String) throws(Refusal) {
        guard Draft.wideners.contains(where: { $0.rawValue == actor.role }) else {
            throw Refusals.roleMayNot("G-widen", .widen, who: Draft.wideners)
        }
        let list = Enumeration.wideningReason
        guard list.contains(reason) else { throw Refusals.unknownReason("G-widen", list) }
        try checkReasonOfHeadOffice(reason)
        let isForATime = reason == Draft.requestOfHeadOffice
        let office = actor.tier == .headOffice ? actor.node : nil
        let standing =
            isForATime
            ? ticket.reading(ofHeadOffice: office, at: at) : ticket.lastingHeadOfficeDisclosure
        guard level > standing, level > .core else { throw Refusals.alreadyWidened }
        if ticket.custodian == actor.node {
            try checkCustody("G-widen")
            if !isForATime { set(TicketField.scope, "national") }
            if assignsRegulated { claim = .held }
        } else {
            guard isAboveCustodian else { throw Refusals.notCustodian("G-widen") }
        }
        widen(to: level, reason: reason, until: isForATime ? at + Draft.requestMilliseconds : nil)
    }

    /// Head office reads what it asked for so long (day.md §6.3 step 7).
    static let requestMilliseconds = 7 * CivilTime.dayMilliseconds
    static let requestOfHeadOffice = "head_office_request"

    /// Head office lets itself in only for what it may say of a ticket that others hold: a request of its own, which is
    /// recorded as such, what reaches it from outside, or what the ticket's own classification bears out. The other
    /// reasons are for the tiers below to give (model §2.7, §2.8 rule 3).
    private func checkReasonOfHeadOffice(_ reason: String) throws(Refusal) {
        guard actor.tier == .headOffice, ticket.custodian != actor.node else { return }
        let facts = RoutingFacts(self)
        let borneOut = RoutingRule.all.filter { $0.applies(facts) }.compactMap { $0.wideningReason(facts) }
        let allowed = [Draft.requestOfHeadOffice] + borneOut
        guard allowed.contains(reason) else {
            let list = Enumeration.wideningReason
            throw Refusals.unknownReason("G-widen", list, codes: list.codes.filter(allowed.contains))
        }
    }

    private static let wideners: [Role] = [
        .branchOfficer, .branchHead, .dispatcher, .provSupervisor, .deptHead, .approver, .hoDispatcher, .hoAuditor,
        .hoSupervisor,
    ]

}
