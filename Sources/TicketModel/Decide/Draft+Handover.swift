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
        try refuse(line, dispatchProblems(fields))
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
            let earlier = ticket.earlierHandlers
            if !earlier.isEmpty { try ensure(.otherHandler, !earlier.contains(actor.post)) }
            set(TicketField.handler, actor.post)
        } else if ticket.state == .handling, TransitionTable.known("T08").roles.contains(where: isActors) {
            // Sent back for more work, or handed over in the middle of it.
            set(TicketField.handler, actor.post)
        }
        try claimCustody("T08")
    }

    private func isActors(_ role: Role) -> Bool { role.rawValue == actor.role }

    /// T15: the result, back along the way that the work order came (DR-09); a centre that dispatched to itself keeps
    /// it. No assist leg may be open.
    mutating func feedBack(_ fields: [String: String]) throws(Refusal) {
        try walk(["T15"])
        try claimCustody("T15")
        if !ticket.askedLegs.isEmpty { try ensure(.assistsClosed, ticket.openLegs.isEmpty) }
        try refuse("T15", fill(ticket.isOrder ? .answerOrder : .feedBack, fields))
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
            guard isOfferGivenBack else { throw Refusals.noOffer("G-recall") }
            restoreStateBeforeOffer()
            return
        }
        guard !offer.isRecallRequested else { throw Refusals.recallAskedFor(offer.to) }
        opening.append(.recall(leg: 0, offer: offer.dot, immediate: !offer.isServed))
        guard offer.isServed else { return restoreStateBeforeOffer() }
        act = .askRecall
    }

    /// True where the ticket is here in a state that only an offer to another node leaves behind.
    private var isOfferGivenBack: Bool {
        switch ticket.state {
        case .underReview, .feedbackReview: actor.tier == .branch
        case .dispatched: ticket.text(TicketField.leadLeg) != actor.node.text
        default: false
        }
    }

    private mutating func restoreStateBeforeOffer() {
        let before: TicketState? =
            switch ticket.state {
            case .underReview where actor.tier == .province && ticket.text(TicketField.handler) != nil: .handling
            case .underReview: .registered
            case .dispatched where (ticket.integer(TicketField.roundNo) ?? 1) > 1: .rework
            case .dispatched: .underReview
            case .feedbackReview: .handling
            // The ticket was returned for completion by a centre that now wants it back.
            case .registered where actor.tier > .branch: .underReview
            default: nil
            }
        guard let before else { return }
        set(TicketField.state, before.rawValue)
        claim = .held
    }

    /// Gives an offer back (T09 for a work order). Needs no custody: the author does not hold it. A second bounce of
    /// one round is possible only for recusal.
    mutating func decline(_ reason: String) throws(Refusal) {
        guard let offer = ticket.pendingOffer, offer.to == actor.node else { throw Refusals.noOffer("T09") }
        let list = Enumeration.declineReason
        if ticket.state == .dispatched {
            try check(TransitionTable.known("T09"))
            act = .notMine
            transitions = ["T09"]
            let bounces = ticket.integer(TicketField.bounceCount) ?? 0
            if list.contains(reason), reason != "recusal" {
                try ensure(.bounceOnce, bounces < ticket.integer(TicketField.roundNo) ?? 1)
            }
        }
        guard list.contains(reason) else { throw Refusals.unknownReason("T09", list) }
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
