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

    /// T07: one lead unit, all classes decided, the unit let into the audience before it is offered the leg.
    mutating func dispatch(to node: NodeID, _ fields: [String: String]) throws(Refusal) {
        try walk(["T07"])
        try claimCustody("T07")
        guard node == actor.node || actor.place.children.contains(node) else {
            throw Refusals.unknownUnit("T07", units: [actor.node] + actor.place.children)
        }
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
        try refuse("T07", problems)
        countBounce()
        set(TicketField.leadLeg, node.text)
        set(TicketField.handler, .empty)
        widenAsClassified()
        guard node != actor.node else { return }
        opening.append(.involve(node))
        closing.append(.offer(leg: 0, to: node))
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
            set(TicketField.handler, actor.post)
        }
        try claimCustody("T08")
    }

    /// T15: the result; a branch offers the ticket back to the node above, a centre keeps it.
    mutating func feedBack(_ fields: [String: String]) throws(Refusal) {
        try walk(["T15"])
        try claimCustody("T15")
        try refuse("T15", fill(.feedBack, fields))
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
            case .underReview: .registered
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

    /// Gives an offer back (T09 for a work order). Needs no custody: the author does not hold it.
    mutating func decline(_ reason: String) throws(Refusal) {
        guard let offer = ticket.pendingOffer, offer.to == actor.node else { throw Refusals.noOffer("T09") }
        if ticket.state == .dispatched {
            try check(TransitionTable.known("T09"))
            act = .notMine
            transitions = ["T09"]
        }
        let list = Enumeration.declineReason
        guard list.contains(reason) else { throw Refusals.unknownReason("T09", list) }
        opening.append(.decline(leg: 0, offer: offer.dot))
        set(TicketField.declines, "\(reason)@\(at)")
    }
}
