import SyncProtocol

/// What may not be done here and now is asked for: visible at once as "waiting for confirmation", ended by whoever may.
enum RequestActs {
    static let all: [ActDefinition] = [request, approve, refuse, withdraw, askExtension, extend]

    /// Any act of the catalogue that needs custody, asked for by a post that may write.
    static let request = ActDefinition(
        .request, roles: ActParts.writers,
        [ActParameter("act", "请求事项", "act", .reference), ActParts.reason(.requestReason)]
    ) { (draft, input) throws(Refusal) in
        guard let act = TicketAct.named(input.known("act")), let definition = ActCatalogue.definition(act),
            definition.custody != .none || definition.isSelfContained, act != .recall
        else {
            throw Refusals.notPossible(
                "A-request", Bilingual("该事项无需请求", "that act needs no request"),
                hint: Bilingual("直接办理", "do it directly"))
        }
        draft.addRequest(act, reason: input.known("reason"))
    }

    static let approve = ActDefinition(.approveRequest, roles: ActParts.writers, [ActParts.request]) {
        (draft, input) throws(Refusal) in
        let request = try draft.openRequest(input.known("request"), "A-approve_request")
        try draft.checkMayEnd(request, "A-approve_request")
        let approver = Approver(post: draft.actor.post, role: draft.actor.role)
        if let order = draft.extensionOrder(request.key, approvers: [approver]) {
            try draft.checkExtensionPermitted(order)
        }
        draft.end(request.key, "approved")
    }

    static let refuse = ActDefinition(
        .refuseRequest, roles: ActParts.writers, [ActParts.request, ActParts.reason(.requestRefusal)]
    ) { (draft, input) throws(Refusal) in
        let request = try draft.openRequest(input.known("request"), "A-refuse_request")
        try draft.checkMayEnd(request, "A-refuse_request")
        draft.end(request.key, "refused", reason: input.known("reason"))
    }

    static let withdraw = ActDefinition(.withdrawRequest, roles: ActParts.writers, [ActParts.request]) {
        (draft, input) throws(Refusal) in
        let request = try draft.openRequest(input.known("request"), "A-withdraw_request")
        guard request.post == draft.actor.post else {
            throw Refusals.notPossible(
                "A-withdraw_request", Bilingual("不是本岗位的请求", "it is another post's request"),
                hint: Bilingual("由请求岗位撤回", "the post that asked withdraws it"))
        }
        draft.end(request.key, "withdrawn")
    }

    /// EX-01: reason and new promise, before the old one is due (EX-02).
    static let askExtension = ActDefinition(
        .askExtension, roles: ActParts.handlers + ActParts.dispatchers,
        [ActParts.reason(.extensionReason), ActParameter("new_due", "新承诺时间", "new promise", .instant)]
    ) { (draft, input) throws(Refusal) in
        let due = input.integer("new_due") ?? 0
        try draft.checkExtension(to: due)
        try draft.checkExtensionPermitted(
            ExtensionOrder(due: due, reason: input.known("reason"), requester: draft.actor.post))
        let key = draft.addRequest(.extend, reason: "needs_approval")
        draft.add(
            TicketField.extensions, EntryShapes.extension,
            ["key": key, "reason": input.known("reason"), "due": String(due)])
    }

    /// The promise moves once it was approved (EX-04) and the customer knows (EX-03), and with it the clocks whose packs
    /// let them move.
    static let extend = ActDefinition(
        .extend, roles: ActParts.handlers + ActParts.dispatchers + [.approver],
        [ActParts.request, ActParameter("customer_told", "已告知客户", "customer told", .flag)], custody: .lead
    ) { (draft, input) throws(Refusal) in
        try draft.refuse("A-extend", draft.toldProblems(input))
        let key = input.known("request")
        let approvers = try draft.carryOutApproved(key, .extend, by: draft.extensionApprovers)
        guard let order = draft.extensionOrder(key, approvers: approvers) else {
            throw Refusals.unknownRequest("A-extend")
        }
        // What was in time when it was asked for may be late by now (EX-02).
        try draft.checkExtension(to: order.due)
        try draft.checkExtensionPermitted(order)
        draft.clockOrder = .extend(order)
        draft.set(TicketField.promisedReplyAt, .integer(order.due))
        draft.addContact("extension_notice", nil)
    }
}

extension Draft {
    @discardableResult
    mutating func addRequest(_ act: TicketAct, reason: String) -> String {
        let key = freshKey(in: TicketField.requests)
        add(
            TicketField.requests, EntryShapes.request,
            [
                "key": key, "act": act.name, "post": actor.post, "node": actor.node.text, "at": now, "reason": reason,
            ])
        return key
    }

    func openRequest(_ key: String, _ rule: String) throws(Refusal) -> PendingRequest {
        guard let request = ticket.openRequests.first(where: { $0.key == key }) else {
            throw Refusals.unknownRequest(rule)
        }
        return request
    }

    /// Who may answer a request: never who asked. A pause or an extension is approved above the branch by those who may
    /// approve it; everything else by the custodian, in a role that may do the act itself.
    mutating func checkMayEnd(_ request: PendingRequest, _ rule: String) throws(Refusal) {
        try ensure(.approverNotRequester, !isActor(request.post))
        let special = approvers(of: request.act)
        if let special {
            try checkRole(special, rule, request.act)
            guard actor.tier > .branch else {
                throw Refusals.tierMayNot(rule, request.act, tiers: ActParts.centre, who: special)
            }
            return
        }
        guard ticket.custodian == actor.node else { throw Refusals.notCustodian(rule) }
        // Who is asked to give the ticket back answers as who may hand it over.
        let act: TicketAct = request.act == .takeBack ? .handOver : request.act
        try checkRole(ActCatalogue.definition(act)?.whoMay ?? [], rule, act)
    }

    /// The approvers of an act that needs some; nil for one that its custodian simply does.
    private func approvers(of act: TicketAct) -> [Role]? {
        switch act {
        case .pause: [.approver]
        case .extend: extensionApprovers
        default: nil
        }
    }

    /// EX-04: the head of the department for an ordinary one, the head of the unit above that.
    var extensionApprovers: [Role] {
        ["ordinary", nil].contains(ticket.text(TicketField.severity)) ? [.deptHead, .approver] : [.approver]
    }

    /// The act that was asked for is done: the request ends with it.
    mutating func finish(_ key: String?, _ act: TicketAct) throws(Refusal) {
        guard let key else { return }
        let request = try openRequest(key, "A-\(act.name)")
        guard request.act == act else { throw Refusals.unknownRequest("A-\(act.name)") }
        end(key, "done")
    }

    /// Carries out what was approved. An approver who holds custody approves by doing it.
    /// - Returns: who approved.
    @discardableResult
    mutating func carryOutApproved(
        _ key: String, _ act: TicketAct, by roles: [Role]
    ) throws(Refusal) -> [Approver] {
        let request = try openRequest(key, "A-\(act.name)")
        guard request.act == act else { throw Refusals.unknownRequest("A-\(act.name)") }
        let approvesItself = actor.tier > .branch && roles.contains { $0.rawValue == actor.role }
        if approvesItself, request.approvers.isEmpty {
            try ensure(.approverNotRequester, !isActor(request.post))
            end(key, "approved")
            end(key, "done")
            return [Approver(post: actor.post, role: actor.role)]
        }
        try ensure(.approved, !request.approvers.isEmpty)
        end(key, "done")
        return request.approvers
    }

    mutating func checkExtension(to due: Int64) throws(Refusal) {
        let old = ticket.integer(TicketField.promisedReplyAt)
        try ensure(.extensionInTime, due > at && (old.map { at <= $0 && due > $0 } ?? true))
    }
}
