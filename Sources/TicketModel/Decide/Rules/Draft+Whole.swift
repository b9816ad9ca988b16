import SyncProtocol

// The guards that hold whatever the act: looked at once the act is complete, so that no way around them exists.
extension Draft {
    mutating func checkWhole() throws(Refusal) {
        try checkKindChange()
        try checkMalice()
        try checkAuthority()
        try checkPromiseMoved()
        try checkRecusalLift()
        try checkExplanation()
        try checkLowered()
        try checkSealed()
        recordBeforeOffer()
    }

    /// No act, by whatever way, offers a sealed case to the unit that it is sealed from, or lets it in; nor does that
    /// unit register it, which would then hold all of it.
    private mutating func checkSealed() throws(Refusal) {
        let sealed = codes(TicketField.sealedFrom)
        // What a unit was sealed from once could not be called back from it (R03).
        let before = CodeSet.members(ticket.text(TicketField.sealedFrom) ?? "")
        if !before.isEmpty { try ensure(.sealed, before.allSatisfy(sealed.contains)) }
        try checkLinksToSealed(sealed)
        guard !sealed.isEmpty else { return }
        if act == .register {
            guard actor.tier > .branch else {
                throw Refusals.tierMayNot(
                    Guard.sealed.rawValue, .register, tiers: ActParts.centre, who: ActParts.dispatchers)
            }
            try ensure(.sealed, !sealed.contains(actor.node.text))
        }
        for operation in opening + closing {
            switch operation {
            case .offer(_, let node), .involve(let node): try ensure(.sealed, !sealed.contains(node.text))
            default: continue
            }
        }
    }

    /// A ticket that a unit sees never names a case that is sealed from it: the link alone would tell.
    private mutating func checkLinksToSealed(_ own: [String]) throws(Refusal) {
        for case .text(let text) in newMembers(TicketField.links) + newMembers(TicketField.parentID) {
            guard let other = TicketLink(text).flatMap({ others[$0.document] }) else { continue }
            let sealed = other.codes(TicketField.sealedFrom)
            guard !sealed.isEmpty else { continue }
            try ensure(.sealed, sealed.allSatisfy(own.contains))
        }
    }

    /// A changed kind follows the table and leaves a line of history.
    private mutating func checkKindChange() throws(Refusal) {
        guard case .text(let new)? = newValue(TicketField.kind), let old = ticket.text(TicketField.kind) else { return }
        try ensure(.conversion, KindTable.allows(old, new, in: ticket.state))
        guard newMembers(TicketField.kindHistory).isEmpty else { return }
        recordKindChange(from: old, to: new, reason: act == .dispatch ? "dispatch" : "review")
    }

    mutating func recordKindChange(from old: String, to new: String, reason: String) {
        add(
            TicketField.kindHistory, EntryShapes.kindChange,
            ["from": old, "to": new, "reason": reason, "post": actor.post, "at": now])
    }

    private static let validityJudges: [Role] = [
        .branchOfficer, .branchHead, .dispatcher, .hoDispatcher, .hoAuditor,
    ]

    /// A malicious finding: by the complaint officer, with a kind, a ground that another can look at, and a second
    /// person; never at registration, and never against somebody whose identity nobody checked.
    private mutating func checkMalice() throws(Refusal) {
        guard case .text("malicious")? = newValue(TicketField.validity) else { return }
        let isRepeated = text(TicketField.maliciousKind) == "repeated"
        let new = newMembers(TicketField.links)
            .compactMap { if case .text(let text) = $0 { TicketLink(text)?.kind } else { nil } }
        let hasLink =
            !ticket.links("duplicate_of").isEmpty || !ticket.links("same_event").isEmpty
            || new.contains { $0 != TicketLink.differentMatter }
        let hasEvidence = !(ticket.fields[TicketField.evidenceItems] ?? []).isEmpty
        guard act != .register, Draft.validityJudges.contains(where: { $0.rawValue == actor.role }),
            text(TicketField.maliciousKind) != nil, isRepeated ? hasLink || hasEvidence : hasEvidence
        else { throw Guard.malicious.refusal }
        try requireCountersignature(.malice)
    }

    /// Compensation within the authority of the post, or of another post that countersigned it.
    private mutating func checkAuthority() throws(Refusal) {
        guard people.covers(actor.node), case .integer(let amount)? = newValue(TicketField.compensation), amount > 0
        else { return }
        guard !mayGrant(actor.post, amount) else { return guards.append(.authority) }
        do throws(Refusal) {
            try requireCountersignature(.compensation, amount: amount)
        } catch {
            throw beyondAuthority(error)
        }
    }

    /// A branch that could call a major ticket an ordinary one could close it (ST-17): a centre judges that.
    private func checkLowered() throws(Refusal) {
        guard actor.tier == .branch, ticket.text(TicketField.severity) == "major",
            case .text(let new)? = newValue(TicketField.severity), new != "major"
        else { return }
        throw Refusals.majorLoweredAtBranch
    }

    /// What the customer is told is a text that head office has published and not withdrawn (IM-10), by whatever act.
    private func checkExplanation() throws(Refusal) {
        guard case .text(let id)? = newValue(TicketField.explanationTextID) else { return }
        let field = FieldTable.known(TicketField.explanationTextID).name
        let business = text(TicketField.businessClass)
        guard let problem = rules.library.problem(id, in: field, business: business, at: at) else { return }
        try refuse("IM-10", [problem])
    }

    /// A promise to the customer moves only by an extension (EX-04); an earlier time needs nobody.
    private mutating func checkPromiseMoved() throws(Refusal) {
        guard act != .extend, let given = newValue(TicketField.promisedReplyAt),
            let old = ticket.integer(TicketField.promisedReplyAt)
        else { return }
        // A promise that is taken out could be given anew, later.
        guard case .integer(let new) = given else { throw Guard.approved.refusal }
        try ensure(.approved, new <= old)
    }
}

extension Refusals {
    fileprivate static let majorLoweredAtBranch = Refusal(
        .majorAtBranch, rule: Guard.majorAtBranch.rawValue,
        Bilingual("重大投诉不得在网点降级", "a major ticket is not made a lesser one at a branch"),
        hint: Bilingual("提交省中心复核分级", "submit it to the province, which judges how grave it is"),
        whoMay: ActParts.dispatchers.map(\.rawValue))
}
