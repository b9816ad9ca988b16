import SyncProtocol

// The acts that move a ticket between nodes: offers of the lead leg, and what becomes of them.
extension Draft {
    /// T04: completeness is checked once more, then the lead leg is offered to the node above.
    mutating func submitUp() throws(Refusal) {
        try walk(["T04"])
        try claimCustody("T04")
        guard let parent = actor.place.parent else { throw Refusals.noTierAbove }
        let missing = FieldTable.all.filter { definition in
            definition.mandatoryAtRegistration && ticket.disclosure.includes(definition.part)
                && value(definition.id) == nil
        }
        try refuse("T04", missing.map { .mandatory($0, source: "TM-09") })
        set(TicketField.missingFields, .empty)
        closing.append(.offer(leg: 0, to: parent))
    }

    /// T05: the place of intake gets the ticket back with a list of what is missing.
    mutating func returnForCompletion(_ missing: [String]) throws(Refusal) {
        try walk(["T05"])
        try claimCustody("T05")
        guard let home = ticket.home, home != actor.node else { throw Refusals.unknownUnit("T05", units: []) }
        let definition = FieldTable.known(TicketField.missingFields)
        do {
            set(TicketField.missingFields, try definition.value(from: CodeSet.joined(missing)))
        } catch {
            try refuse("T05", [error])
        }
        closing.append(.offer(leg: 0, to: home))
    }

    /// T07 and T22: one lead unit, all classes decided, the unit let into the audience before it is offered the leg.
    mutating func dispatch(to node: NodeID, _ fields: [String: String]) throws(Refusal) {
        let line = ticket.dispatchLine
        try walk([line])
        try claimCustody(line)
        guard node == actor.node || actor.place.children.contains(node) else {
            throw Refusals.unknownUnit(line, units: [actor.node] + actor.place.children)
        }
        try checkUnit(node, line)
        // Another department than before, or none, unless the form names one.
        set(TicketField.leadDepartment, .empty)
        try refuse(line, dispatchProblems(fields) + departmentProblems(at: node))
        countBounce()
        set(TicketField.leadLeg, node.text)
        set(TicketField.handler, .empty)
        setOrClear(TicketField.returnPath, node == actor.node ? "" : actor.node.text)
        routeAsClassified()
        guard node != actor.node else { return }
        opening.append(.involve(node))
        closing.append(.offer(leg: 0, to: node))
    }

    private mutating func dispatchProblems(_ fields: [String: String]) -> [FieldProblem] {
        guard !ticket.isOrder else { return fill(.dispatchOrder, fields) }
        var problems = fill(.dispatch, fields)
        if text(TicketField.validity) == "pending" {
            problems.append(.mandatory(FieldTable.known(TicketField.validity), source: "DM-02"))
        }
        if text(TicketField.maliciousKind) != nil, text(TicketField.validity) != "malicious" {
            problems.append(
                .contradiction(
                    FieldTable.known(TicketField.maliciousKind), "DM-01",
                    Bilingual("仅恶意投诉填写恶意类型", "only a malicious ticket has a kind of malice"),
                    hint: Bilingual("清除恶意类型或改有效性", "leave it out, or decide validity as malicious")))
        }
        return problems + validityProblems()
    }

    /// A department is one of the unit that gets the work.
    private func departmentProblems(at node: NodeID) -> [FieldProblem] {
        guard let department = text(TicketField.leadDepartment), !people.hasDepartment(department, at: node) else {
            return []
        }
        let definition = FieldTable.known(TicketField.leadDepartment)
        return [FieldProblem(definition.name, definition.label, .unknownDepartment)]
    }

    /// The two tests behind validity must not say the opposite of it (DM-03).
    private func validityProblems() -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if text(TicketField.validityGround) != nil, text(TicketField.validity) != "valid" {
            problems.append(
                .contradiction(
                    FieldTable.known(TicketField.validityGround), "DM-04",
                    Bilingual("仅有效投诉有依据", "only a valid complaint has such a ground"),
                    hint: Bilingual("清除依据或改有效性", "leave it out, or decide validity as valid")))
        }
        return problems + testProblems()
    }

    private func testProblems() -> [FieldProblem] {
        let tests: [(FieldID, String)] = [
            (TicketField.reasonsSufficient, "unfounded"), (TicketField.demandReasonable, "unreasonable_demand"),
        ]
        return tests.compactMap { field, finding in
            guard let answer = integer(field), let validity = text(TicketField.validity) else { return nil }
            let contradicts = (validity == finding && answer == 1) || (validity == "valid" && answer == 0)
            guard contradicts else { return nil }
            return .contradiction(
                FieldTable.known(field), "DM-03", Bilingual("与有效性认定矛盾", "says the opposite of the validity"),
                hint: Bilingual("核对两项判断与有效性", "check both tests and the validity"))
        }
    }

    /// A unit that gave its work order back leaves the ticket dispatched and offered to nobody.
    private mutating func countBounce() {
        guard ticket.state == .dispatched, ticket.pendingOffer == nil, let lead = ticket.text(TicketField.leadLeg),
            lead != actor.node.text
        else { return }
        let bounces = ticket.integer(TicketField.bounceCount) ?? 0
        set(TicketField.bounceCount, .integer(min(bounces, 999) + 1))
    }

    /// T08 for a dispatched ticket; any other offer is accepted with the state as the offer left it.
    mutating func take() throws(Refusal) {
        if let offer = ticket.pendingOffer {
            guard offer.to == actor.node else { throw Refusals.inTransit("T08", isToHere: false) }
        } else {
            guard ticket.custodian == actor.node, ticket.state == .dispatched,
                ticket.text(TicketField.leadLeg) == actor.node.text
            else { throw Refusals.noOffer("T08") }
        }
        if ticket.state == .dispatched {
            try walk(["T08"])
            try becomeHandler()
        } else if ticket.state == .handling, TransitionTable.known("T08").roles.contains(where: isActors) {
            // Sent back for more work, or handed over in the middle of it.
            try becomeHandler()
        }
        try claimCustody("T08")
    }

    /// Another than in the rounds before (T22).
    private mutating func becomeHandler() throws(Refusal) {
        let earlier = ticket.earlierHandlers
        if !earlier.isEmpty { try ensure(.otherHandler, !earlier.contains(where: isActor)) }
        set(TicketField.handler, actor.post)
        recordWorker()
    }

    private func isActors(_ role: Role) -> Bool { role.rawValue == actor.role }

    /// T15: the result, back along the way that the work order came (DR-09); a centre that dispatched to itself keeps
    /// it. No assist leg may be open.
    mutating func feedBack(_ fields: [String: String]) throws(Refusal) {
        try walk(["T15"])
        try claimCustody("T15")
        if !ticket.askedLegs.isEmpty { try ensure(.assistsClosed, ticket.openLegs.isEmpty) }
        if !ticket.earlierHandlers.isEmpty {
            try ensure(.otherHandler, !ticket.earlierHandlers.contains(where: isActor))
        }
        try refuse("T15", fill(ticket.isOrder ? .answerOrder : .feedBack, fields))
        recordWorker()
        routeAsClassified()
        var path = ticket.returnPath
        let back = path.popLast()
        setOrClear(TicketField.returnPath, UnitPath.text(path))
        if let department = back?.department { set(TicketField.leadDepartment, department) }
        if let node = back?.node {
            if node != actor.node { closing.append(.offer(leg: 0, to: node)) }
            return
        }
        guard actor.tier == .branch else { return }
        guard let parent = actor.place.parent else { throw Refusals.noTierAbove }
        closing.append(.offer(leg: 0, to: parent))
    }

    /// Takes an offer back: at once where nobody can have seen it, else as a request (an act of its own name, so that
    /// nobody reads "recalled" of what is only asked for). Where the other side gave it back already, the state goes
    /// back to what it was before the offer.
    mutating func recall() throws(Refusal) {
        guard !ticket.isSuspended else { throw Refusals.custodySuspended("G-recall") }
        guard ticket.custodian == actor.node else { throw Refusals.notCustodian("G-recall") }
        guard let offer = ticket.pendingOffer else {
            guard ticket.value(TicketField.stateBeforeOffer) != nil else { throw nothingToRecall() }
            restoreBeforeOffer()
            return
        }
        guard !offer.isRecallRequested else { throw Refusals.recallAskedFor(offer.to) }
        opening.append(.recall(leg: 0, offer: offer.dot, immediate: !offer.isServed))
        guard offer.isServed else { return restoreBeforeOffer() }
        act = .askRecall
    }

    private func nothingToRecall() -> Refusal {
        let declines = (ticket.fields[TicketField.declines] ?? []).compactMap { value -> TimedCode? in
            if case .text(let text) = value { TimedCode(text, of: .declineReason) } else { nil }
        }
        let last = declines.max { $0.at < $1.at }
        let unit = ticket.entries(TicketField.unitDeclines, EntryShapes.unitDecline)
            .first { last != nil && $0.integer("at") == last?.at }
        // A branch offers to its centre alone.
        let who = unit?["node"].flatMap { NodeID($0) } ?? (actor.tier == .branch ? actor.place.parent : nil)
        return Refusals.nothingToRecall(who: who, last)
    }

    /// The act that offered the lead leg keeps what a recall goes back to; any other step of the process ends that.
    mutating func recordBeforeOffer() {
        let offersLead = closing.contains { if case .offer(leg: 0, _) = $0 { true } else { false } }
        if offersLead {
            set(TicketField.stateBeforeOffer, ticket.value(TicketField.state) ?? .empty)
            set(TicketField.leadBeforeOffer, ticket.value(TicketField.leadLeg) ?? .empty)
            set(TicketField.pathBeforeOffer, ticket.value(TicketField.returnPath) ?? .empty)
        } else if claim != .none, leg == 0, isTaken || newValue(TicketField.state) != nil {
            forgetOffer()
        }
    }

    private var isTaken: Bool { opening.contains { if case .accept(leg: 0, _) = $0 { true } else { false } } }

    private mutating func forgetOffer() {
        for field in [TicketField.stateBeforeOffer, TicketField.leadBeforeOffer, TicketField.pathBeforeOffer] {
            set(field, .empty)
        }
    }

    private mutating func restoreBeforeOffer() {
        guard let state = ticket.value(TicketField.stateBeforeOffer) else { return }
        set(TicketField.state, state)
        set(TicketField.leadLeg, ticket.value(TicketField.leadBeforeOffer) ?? .empty)
        set(TicketField.returnPath, ticket.value(TicketField.pathBeforeOffer) ?? .empty)
        forgetOffer()
        claim = .held
    }

    /// A unit has given the work order of this round back already, for another reason than recusal.
    private var isBouncedInRound: Bool {
        ticket.entries(TicketField.unitDeclines, EntryShapes.unitDecline).contains {
            $0["reason"] != "recusal" && $0.integer("at") ?? 0 >= ticket.roundBeganAt ?? 0
        }
    }

    /// Gives an offer back (T09 for a work order). Needs no custody: the author does not hold it. A second bounce of
    /// one round is possible only for recusal.
    mutating func decline(_ reason: String) throws(Refusal) {
        guard let offer = ticket.pendingOffer, offer.to == actor.node else { throw Refusals.noOffer("T09") }
        if ticket.state == .dispatched {
            try check(TransitionTable.known("T09"))
            act = .notMine
            transitions = ["T09"]
            if reason != "recusal" { try ensure(.bounceOnce, !isBouncedInRound) }
        }
        if act == .notMine {
            // The dispatcher's node books it: the unit's time ends here.
            add(
                TicketField.unitDeclines, EntryShapes.unitDecline,
                ["node": actor.node.text, "reason": reason, "at": now])
        }
        opening.append(.decline(leg: 0, offer: offer.dot))
        set(TicketField.declines, "\(reason)@\(at)")
    }
}
