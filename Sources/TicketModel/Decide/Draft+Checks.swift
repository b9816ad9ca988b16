import SyncProtocol

// The checks that acts share. Each throws a refusal that says what is wrong, what to do, and who may.
extension Draft {
    /// Roles that read and never write.
    private static let readers: Set<String> = Set(
        [Role.analyst, .auditor, .sysadmin, .privacyOfficer].map(\.rawValue))

    static let writers: [String] = Role.allCases.map(\.rawValue).filter { !readers.contains($0) }

    /// The actor is a post with a known role that may write at all, and its own or an empty one that it stands in for.
    mutating func checkActor() throws(Refusal) {
        guard CoreLint(orgs: people.orgs).allows(post: actor.post), Enumeration.role.contains(actor.role),
            OrgCode.isWellFormed(actor.place.org)
        else { throw Refusals.unknownActor }
        guard !Draft.readers.contains(actor.role) else { throw Refusals.readOnlyRole }
        try checkSeat()
    }

    /// Where posts are known: the post exists, is trained, and holds the role itself or as deputy of an empty post.
    private mutating func checkSeat() throws(Refusal) {
        let seat = people.seat(actor.post)
        guard people.covers(actor.node) || seat != nil else {
            try ensure(.deputy, actor.onBehalfOf == nil)
            return
        }
        if let problem = people.seatProblem(of: actor, at: at) { throw problem }
        guards.append(.seat)
        try ensure(.training, seat?.isTrained ?? false)
        guard let empty = actor.onBehalfOf else { return }
        try ensure(.deputy, people.seat(empty)?.absence(at: at)?.deputy == actor.post)
        add(TicketField.actedFor, EntryShapes.deputy, ["post": empty, "deputy": actor.post, "at": now])
    }

    /// The ticket exists, and the actor is not the person complained about (RO-15).
    mutating func checkTicket() throws(Refusal) {
        guard ticket.document != nil, ticket.disclosure > .nothing else { throw Refusals.noSuchTicket }
        try ensure(.recusal, !ticket.isAbout(actor, people))
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
        try checkDepartment(ids)
        if let state, !state.isOpen, ticket.state?.isOpen ?? false { overtakeRequests() }
    }

    /// What a department was given, its own posts handle (T08, T10, T11, T15).
    private mutating func checkDepartment(_ ids: [String]) throws(Refusal) {
        let dispatchers = [Role.dispatcher, .hoDispatcher].map(\.rawValue)
        guard ids.contains(where: ["T08", "T10", "T11", "T15"].contains), !dispatchers.contains(actor.role),
            let department = ticket.text(TicketField.leadDepartment),
            let seat = people.seat(actor.onBehalfOf ?? actor.post)
        else { return }
        try ensure(.department, seat.department == department)
    }

    /// A ticket that ends ends its requests with it.
    private mutating func overtakeRequests() {
        for request in ticket.openRequests { end(request.key, "overtaken") }
    }

    /// Records what became of a request.
    mutating func end(_ key: String, _ verdict: String, reason: String? = nil) {
        add(
            TicketField.requestVerdicts, EntryShapes.requestVerdict,
            ["key": key, "verdict": verdict, "reason": reason, "post": actor.post, "at": now, "role": actor.role])
    }

    /// The role may, and the tier is right.
    func check(_ transition: Transition) throws(Refusal) {
        guard transition.tiers.contains(actor.tier) else { throw Refusals.wrongTier(transition) }
        try checkRole(transition.roles(onOrder: ticket.isOrder), transition.id, transition.act)
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

    /// - Parameter until: when head office stops reading what is opened; nil for an opening that lasts.
    mutating func widen(to level: Disclosure, reason: String, until: Int64? = nil) {
        opening.append(.widen(level))
        add(
            TicketField.widenings, EntryShapes.widening,
            [
                "reason": reason, "level": level == .full ? "full" : "casework", "post": actor.post,
                "node": actor.node.text, "at": now, "until": until.map(String.init),
            ])
    }
}
