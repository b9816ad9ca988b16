import SyncProtocol

/// Acts on the clocks themselves. Extensions and pauses are asked for first: see `RequestActs` and `HandlingActs`.
enum ClockActs {
    static let all: [ActDefinition] = [repin, confirmRead]

    /// Counts clocks again with the pack and the calendar that are effective now: after head office corrected one, or
    /// for a year that was unknown. The only way in which a rule that came later moves a pinned time (model §2.6).
    static let repin = ActDefinition(
        .repin,
        roles: [.branchHead, .deptHead, .dispatcher, .approver, .provSupervisor, .hoDispatcher, .hoSupervisor],
        [ActParameter("clock", "时限编号", "clock", .reference, required: false)], custody: .lead
    ) { (draft, input) throws(Refusal) in
        let key = input.text("clock")
        let changes = draft.rules.repinned(
            TicketClocks(of: draft.ticket), key: key, by: draft.actor.post, at: draft.at)
        guard !changes.changed.isEmpty else {
            throw Refusals.clock("A-repin", changes.refused.first?.refusal ?? .noSuchClock)
        }
        draft.clockOrder = .repin(key)
    }

    /// DR-16, DR-17: the head of the unit has read what had to be put before him; the clock that waits for it stops.
    static let confirmRead = ActDefinition(.confirmRead, roles: [.approver], []) { (draft, _) throws(Refusal) in
        draft.add(
            TicketField.readReceipts, EntryShapes.readReceipt,
            ["post": draft.actor.post, "node": draft.actor.node.text, "at": draft.now])
    }
}

extension Draft {
    /// The packs of the ticket's clocks permit the new time: so long, for this reason, by one of these approvers.
    mutating func checkExtensionPermitted(_ order: ExtensionOrder) throws(Refusal) {
        let changes = rules.extended(TicketClocks(of: ticket), by: order, at: at)
        if let refusal = changes.refusal { throw Refusals.clock(Guard.extensionPermitted.rawValue, refusal) }
        // Where no clock has to move there is nothing that could have been refused.
        if !changes.changed.isEmpty { guards.append(.extensionPermitted) }
    }

    /// Some clock of the ticket may rest for this reason; nothing is asked of a ticket without clocks.
    mutating func checkPausePermitted(_ reason: String) throws(Refusal) {
        let changes = rules.paused(TicketClocks(of: ticket), reason: reason, by: actor.post, at: at)
        let refusals = changes.refused.map(\.refusal)
        if changes.changed.isEmpty, let first = refusals.first {
            let telling = refusals.first { $0.code != "pause_not_permitted" } ?? first
            throw Refusals.clock(Guard.pausePermitted.rawValue, telling)
        }
        if !changes.changed.isEmpty { guards.append(.pausePermitted) }
    }

    /// What was asked for under a key, with those who approved it.
    func extensionOrder(_ key: String, approvers: [Approver]) -> ExtensionOrder? {
        let asked = ticket.entries(TicketField.extensions, EntryShapes.extension).first { $0["key"] == key }
        guard let due = asked?.integer("due"), let reason = asked?["reason"],
            let request = ticket.requests.first(where: { $0.key == key })
        else { return nil }
        return ExtensionOrder(due: due, reason: reason, requester: request.post, approvers: approvers)
    }
}

extension Refusals {
    /// A clock's own word, as the refusal of an act.
    static func clock(_ rule: String, _ refusal: ClockRefusal) -> Refusal {
        Refusal(
            refusal.isAboutApprover ? .wrongRole : .notPossible, rule: rule, refusal.sentence, hint: refusal.hint,
            whoMay: refusal.whoMay)
    }
}
