import SyncProtocol

// A second person agrees by his own act; the act that needs him finds it on the ticket and uses it up.
extension Draft {
    /// Puts the actor's agreement on record.
    ///
    /// - Parameters:
    ///   - amount: the largest that may be granted, in fen.
    ///   - person: who is complained about from now on; nil for nobody.
    mutating func countersign(
        _ matter: CountersignMatter, upTo amount: Int64?, instead person: String?
    ) throws(Refusal) {
        try refuse("A-countersign", amountProblems(matter, amount) + personProblems(matter, person))
        let role = try signingRole(matter)
        let token = person.flatMap { tokens.target($0, people) }
        if matter == .recusal { try ensure(.recusalLift, !ticket.wasNamed(post: actor.post, people)) }
        if let amount, people.covers(actor.node), !mayGrant(actor.post, amount) {
            throw beyondAuthority(notCountersigned(matter, amount: amount))
        }
        let isSaid = ticket.countersignatures.contains { given in
            isCurrent(given, matter) && given.post == actor.post && (amount ?? 0) <= (given.amountMax ?? 0)
                && given.instead == token
        }
        guard !isSaid else { throw Refusals.countersignedAlready }
        add(
            TicketField.countersignatures, EntryShapes.countersignature,
            [
                "key": freshKey(in: TicketField.countersignatures), "matter": matter.rawValue, "post": actor.post,
                "node": actor.node.text, "role": role.rawValue, "state": stateText, "at": now,
                "amount": amount.map(String.init), "instead": token,
            ])
    }

    /// The role of the post by which it may agree: the one that it acts in, else another that it holds.
    private func signingRole(_ matter: CountersignMatter) throws(Refusal) -> Role {
        let held = people.seat(actor.onBehalfOf ?? actor.post)?.roles ?? []
        let found = ([Role(rawValue: actor.role)].compactMap { $0 } + held).first(where: matter.roles.contains)
        guard let found else { throw Refusals.roleMayNot("A-countersign", .countersign, who: matter.roles) }
        return found
    }

    private func amountProblems(_ matter: CountersignMatter, _ amount: Int64?) -> [FieldProblem] {
        switch (matter, amount) {
        case (.compensation, nil), (.compensation, 0):
            [
                FieldProblem(
                    "amount", .mandatory, source: "RO-09",
                    sentence: Bilingual("缺少「金额上限」", "amount is missing"),
                    hint: Bilingual("填写同意的最高金额(元)", "give the largest amount that you agree to, in yuan"))
            ]
        case (.compensation, _), (_, nil): []
        default:
            [
                FieldProblem(
                    "amount", .contradiction, sentence: Bilingual("该事项没有金额", "this matter has no amount"),
                    hint: Bilingual("去掉 amount", "leave amount out"))
            ]
        }
    }

    private func personProblems(_ matter: CountersignMatter, _ person: String?) -> [FieldProblem] {
        guard let person else { return [] }
        guard matter == .recusal else {
            return [
                FieldProblem(
                    "instead", .contradiction,
                    sentence: Bilingual("该事项没有被投诉人", "this matter has no person complained about"),
                    hint: Bilingual("去掉 instead", "leave instead out"))
            ]
        }
        return targetProblem(person).map { [$0] } ?? []
    }

    /// Uses up the countersignature that lets the act pass.
    ///
    /// - Parameters:
    ///   - amount: what is to be granted, in fen.
    ///   - token: of who is to be named as the person complained about; nil for nobody.
    /// - Returns: the one that was used.
    @discardableResult
    mutating func requireCountersignature(
        _ matter: CountersignMatter, amount: Int64? = nil, instead token: String? = nil
    ) throws(Refusal) -> Countersignature {
        let found = ticket.countersignatures.first { counts($0, matter, amount) && $0.instead == token }
        guard let found else {
            throw notCountersigned(matter, amount: amount)
        }
        guards.append(matter.rule)
        add(
            TicketField.countersignatureUses, EntryShapes.countersignatureUse,
            ["key": found.key, "act": act.name, "post": actor.post, "at": now])
        return found
    }

    private var stateText: String { ticket.text(TicketField.state) ?? TicketState.registered.rawValue }

    /// Not used up, and the ticket has not moved on since.
    private func isCurrent(_ given: Countersignature, _ matter: CountersignMatter) -> Bool {
        given.matter == matter && given.usedBy == nil && given.state == stateText
    }

    /// By another person, entitled, of this node or one above it, who is not complained about.
    private func counts(_ given: Countersignature, _ matter: CountersignMatter, _ amount: Int64?) -> Bool {
        isCurrent(given, matter) && !isActor(given.post) && people.wayUp(from: actor.place).contains(given.node)
            && matter.roles.contains { $0.rawValue == given.role } && !ticket.isAbout(post: given.post, people)
            && !(matter == .recusal && ticket.wasNamed(post: given.post, people))
            && (amount.map { $0 <= given.amountMax ?? 0 && mayGrant(given.post, $0) } ?? true)
    }

    /// One person may sit on two posts.
    func isActor(_ post: String) -> Bool {
        if post == actor.post { return true }
        guard let own = people.personToken(of: actor) else { return false }
        return people.seat(post)?.personToken == own
    }

    /// Names who may countersign, here and on the way up, and the command that does it.
    private func notCountersigned(_ matter: CountersignMatter, amount: Int64?) -> Refusal {
        let nodes = people.wayUp(from: actor.place)
        let seats = nodes.flatMap { people.seats(at: $0) }.filter { seat in
            seat.isTrained && seat.absence(at: at) == nil && !isActor(seat.post)
                && seat.roles.contains(where: matter.roles.contains) && !ticket.isAbout(post: seat.post, people)
                && !(matter == .recusal && ticket.wasNamed(post: seat.post, people))
                && (amount.map { mayGrant(seat.post, $0) } ?? true)
        }
        return Refusals.notCountersigned(
            matter, by: seats.map { ($0.post, $0.node == actor.node ? nil : $0.node) },
            ticket: ticket.text(TicketField.ticketNo) ?? ticket.document?.description ?? "TICKET", amount: amount)
    }

    /// Of the post that wants to grant, or to agree to it: names its own limit beside who could.
    func beyondAuthority(_ words: Refusal) -> Refusal {
        Refusals.beyondAuthority(people.seat(actor.post).flatMap { people.authority(ofLevel: $0.level) }, words)
    }

    /// RO-09…RO-11: amount, business and customer within the level of the post.
    func mayGrant(_ post: String, _ amount: Int64) -> Bool {
        guard people.covers(actor.node) else { return true }
        guard !ticket.isAbout(post: post, people), let seat = people.seat(post), seat.isTrained,
            let authority = people.authority(ofLevel: seat.level)
        else { return false }
        let isCovered = [
            (authority.businessClasses, TicketField.businessClass), (authority.customerTiers, TicketField.customerTier),
        ].allSatisfy { codes, field in codes.isEmpty || text(field).map(codes.contains) ?? false }
        return isCovered && amount <= authority.compensationMax
    }
}

extension People {
    /// The node of a place and every node above it, the lowest first.
    func wayUp(from place: Place) -> [NodeID] {
        var way = [place.node]
        var next = parent(of: place.node) ?? place.parent
        while let node = next, !way.contains(node) {
            way.append(node)
            next = parent(of: node)
        }
        return way
    }
}

extension Refusals {
    private static let signersShownMax = 5

    static let countersignedAlready = Refusal(
        .nothingToChange, rule: "A-countersign",
        Bilingual("本岗位已会签此事项,尚未使用", "this post has countersigned that already, and nobody has acted on it yet"),
        hint: Bilingual("由经办岗位办理", "let the post that asked go on"))

    /// - Parameter posts: those that may, with their node where it is another.
    static func notCountersigned(
        _ matter: CountersignMatter, by posts: [(post: String, node: NodeID?)], ticket: String, amount: Int64?
    ) -> Refusal {
        let words = matter.rule.refusal
        var command =
            "ticket act \(ticket) countersign --post \(posts.first?.post ?? "POST") --field matter=\(matter.rawValue)"
        if let amount { command += " --field amount=\(Money.text(fen: amount))" }
        // The words name a person and stay out of what may be logged.
        if matter == .recusal { command += " [--field instead=NEW]" }
        if let node = posts.first?.node { command += " --node \(node)" }
        let shown = posts.prefix(signersShownMax).map { post, node in node.map { "\(post) (\($0))" } ?? post }
        let roles = matter.roles.map(\.label)
        let chinese = shown.isEmpty ? roles.map(\.chinese).joined(separator: "、") : shown.joined(separator: "、")
        let english = shown.isEmpty ? roles.map(\.english).joined(separator: ", ") : shown.joined(separator: ", ")
        return Refusal(
            words.code, rule: words.rule, words.sentence,
            hint: Bilingual(
                "先由以下之一本人会签:\(chinese);\(command)", "first one of these countersigns: \(english); \(command)"),
            whoMay: matter.roles.map(\.rawValue))
    }
}
