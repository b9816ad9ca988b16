import SyncProtocol

// The checks that acts share. Each throws a refusal that says what is wrong, what to do, and who may.
extension Draft {
    /// Roles that read and never write.
    private static let readers: Set<String> = Set(
        [Role.analyst, .auditor, .sysadmin, .privacyOfficer].map(\.rawValue))

    static let writers: [String] = Role.allCases.map(\.rawValue).filter { !readers.contains($0) }

    /// The actor is a post with a known role that may write at all.
    func checkActor() throws(Refusal) {
        guard Post.isWellFormed(actor.post), Enumeration.role.contains(actor.role),
            OrgCode.isWellFormed(actor.place.org)
        else { throw Refusals.unknownActor }
        guard !Draft.readers.contains(actor.role) else { throw Refusals.readOnlyRole }
    }

    /// The ticket exists, and the actor is not the person complained about (RO-15).
    func checkTicket() throws(Refusal) {
        guard ticket.document != nil, ticket.disclosure > .nothing else { throw Refusals.noSuchTicket }
        guard let person = actor.personToken else { return }
        let targets = ticket.fields[TicketField.targetPersonToken] ?? []
        guard !targets.contains(.text(person)) else { throw Refusals.recused }
    }

    /// Walks transitions one after the other: state, role and tier must fit; the last one sets the state.
    mutating func walk(_ ids: [String]) throws(Refusal) {
        var state = ticket.state
        for id in ids {
            let transition = TransitionTable.known(id)
            if !transition.from.isEmpty {
                guard let now = state, transition.from.contains(now) else {
                    throw Refusals.wrongState(transition, now: ticket, at: actor.tier)
                }
            }
            try check(transition)
            state = transition.to ?? state
            transitions.append(id)
        }
        if let state { set(TicketField.state, state.rawValue) }
    }

    /// The role may, and the tier is right.
    func check(_ transition: Transition) throws(Refusal) {
        guard transition.tiers.contains(actor.tier) else { throw Refusals.wrongTier(transition) }
        guard transition.roles.contains(where: { $0.rawValue == actor.role }) else {
            throw Refusals.wrongRole(transition)
        }
    }

    /// This node is the custodian, nothing is on its way, and custody does not rest.
    func checkCustody(_ rule: String) throws(Refusal) {
        guard !ticket.isSuspended else { throw Refusals.custodySuspended(rule) }
        if let offer = ticket.pendingOffer { throw Refusals.inTransit(rule, isToHere: offer.to == actor.node) }
        guard ticket.custodian == actor.node else { throw Refusals.notCustodian(rule) }
    }

    /// Claims custody for a regulated act, accepting the offer where one to this node is open.
    mutating func claimCustody(_ rule: String) throws(Refusal) {
        if let offer = ticket.pendingOffer, offer.to == actor.node {
            guard !ticket.isSuspended else { throw Refusals.custodySuspended(rule) }
            opening.append(.accept(leg: 0, offer: offer.dot))
            claim = .own
        } else {
            try checkCustody(rule)
            claim = .held
        }
    }

    /// The node may hold the part that the field lies in.
    func checkPart(_ definition: FieldDefinition, _ rule: String) throws(Refusal) {
        guard ticket.disclosure.includes(definition.part) else { throw Refusals.partNotHere(rule, definition) }
    }

    /// Adds what the routing rules say about head office once the ticket is classified like this (model §2.7, §2.8).
    mutating func widenAsClassified() {
        guard let widening = WideningRule.strongest(of: self), widening.level > ticket.headOfficeDisclosure else {
            return
        }
        widen(to: widening.level, reason: widening.reason)
    }

    mutating func widen(to level: Disclosure, reason: String) {
        opening.append(.widen(level))
        set(TicketField.widenings, "\(reason)@\(at)")
    }
}
