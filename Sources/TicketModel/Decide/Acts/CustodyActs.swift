import SyncProtocol

/// Custody beside offer and acceptance: handing over, asking back, seizing, ruling.
enum CustodyActs {
    static let all: [ActDefinition] = [handOver, takeBack, seize, rule, decline, recall]

    /// The custodian offers the lead leg and leaves the state as it is: for the answer at the place of intake, to the
    /// home province, or because somebody above asked for it.
    static let handOver = ActDefinition(
        .handOver,
        roles: ActParts.dispatchers + [
            .branchOfficer, .branchHead, .deptHead, .hoAuditor, .provSupervisor, .hoSupervisor,
        ],
        [ActParts.unit, ActParts.optionalRequest], custody: .lead
    ) { (draft, input) throws(Refusal) in
        guard let unit = input.unit("unit"), unit.node != draft.actor.node else {
            throw Refusals.unknownUnit("A-hand_over", units: draft.actor.place.children)
        }
        let asking = draft.ticket.openRequests.map(\.node)
        try draft.checkUnit(unit.node, "A-hand_over", beside: [draft.ticket.home].compactMap { $0 } + asking)
        try draft.finish(input.text("request"), .takeBack)
        if draft.people.tier(of: unit.node) != .headOffice, unit.node != draft.actor.place.parent {
            draft.involve(unit.node)
        }
        draft.closing.append(.offer(leg: 0, to: unit.node))
    }

    /// A tier above the custodian asks for the ticket; the custodian hands it over or says why not.
    static let takeBack = ActDefinition(
        .takeBack, roles: ActParts.supervisors, tiers: ActParts.centre, [ActParts.reason(.requestReason)]
    ) { (draft, input) throws(Refusal) in
        guard draft.isAboveCustodian else { throw Refusals.notAbove("A-take_back") }
        draft.addRequest(.takeBack, reason: input.known("reason"))
    }

    /// A province from its own branch, head office from anyone, always with a second person (sync, "Merge" 1). The act
    /// itself changes no field: what follows does, under the new custody.
    static let seize = ActDefinition(
        .seize, roles: ActParts.supervisors + [.approver], tiers: ActParts.centre,
        [ActParts.reason(.seizeReason)], needsOpen: true
    ) { (draft, input) throws(Refusal) in
        guard draft.isAboveCustodian, let holder = draft.ticket.custodian, draft.ticket.custodyVersion != nil else {
            throw Refusals.notAbove("A-seize")
        }
        guard !draft.ticket.isSuspended else { throw Refusals.custodySuspended("A-seize") }
        let second = try draft.requireCountersignature(.seize).post
        draft.opening.append(.seize(leg: 0, approver: second))
        draft.claim = .held
        draft.add(
            TicketField.seizures, EntryShapes.seizure,
            [
                "reason": input.known("reason"), "node": holder.text, "post": draft.actor.post, "second": second,
                "at": draft.now,
            ])
        if draft.actor.tier == .headOffice, draft.ticket.lastingHeadOfficeDisclosure < .full {
            draft.widen(to: .full, reason: Draft.requestOfHeadOffice)
        }
        for request in draft.ticket.openRequests where request.act == .takeBack && request.node == draft.actor.node {
            draft.end(request.key, "done")
        }
    }

    /// The tier above decides between acts that stand against each other; the others are kept and shown.
    static let rule = ActDefinition(
        .rule, roles: ActParts.supervisors, tiers: ActParts.centre,
        [ActParameter("winner", "生效动作", "act that counts", .dot)], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        guard let winner = Dot.reading(input.known("winner")), draft.ticket.disputed.contains(winner) else {
            throw Refusals.notPossible(
                "A-rule", Bilingual("没有此争议动作", "no such act is disputed"),
                hint: Bilingual("从争议清单中选择", "choose one of the disputed acts"))
        }
        guard draft.isAboveCustodian || draft.actor.tier == .headOffice else { throw Refusals.notAbove("A-rule") }
        draft.opening.append(.rule(winner: winner, overruled: draft.ticket.disputed.filter { $0 != winner }))
    }

    static let decline = ActDefinition(.decline, walking: "T09", [ActParts.reason(.declineReason)]) {
        (draft, input) throws(Refusal) in try draft.decline(input.known("reason"))
    }

    static let recall = ActDefinition(
        .recall, roles: ActParts.writers, custody: .own, needsOpen: false
    ) { (draft, _) throws(Refusal) in try draft.recall() }
}

extension Draft {
    /// True at the centre over the custodian's branch, or at head office over anybody but itself.
    var isAboveCustodian: Bool {
        guard let custodian = ticket.custodian, custodian != actor.node else { return false }
        return actor.tier == .headOffice || actor.place.children.contains(custodian)
    }
}

extension Refusals {
    static func notAbove(_ rule: String) -> Refusal {
        Refusal(
            .wrongTier, rule: rule, Bilingual("本节点不在办理单位之上", "this node is not above the one with custody"),
            hint: Bilingual("由其省中心或总行办理", "its province or head office may"),
            whoMay: ActParts.supervisors.map(\.rawValue))
    }
}

extension Dot {
    /// The inverse of `description`; nil for anything else.
    static func reading(_ text: String) -> Dot? {
        let parts = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 16, let life = UInt64(String(Substring(parts[0])), radix: 16),
            let number = AsciiText.number(parts[1]), number > 0, life >= Incarnation.reservedCount
        else { return nil }
        return Dot(Incarnation(rawValue: life), UInt64(number))
    }
}
