import SyncProtocol

extension TicketCommand {
    /// The role that usually gives this command at a tier, for clients that name no role: the first of the tier's own
    /// roles that the rules allow. nil where nobody at that tier may.
    public func usualRole(at tier: Tier, ticket: TicketView) -> Role? {
        let own = TicketCommand.roles(of: tier)
        if let definition = ActCatalogue.definition(act), definition.lines.isEmpty {
            guard definition.tiers.contains(tier) else { return nil }
            return (own + definition.roles).first(where: definition.roles.contains)
        }
        let needed = transitions(ticket)
        guard !needed.isEmpty else { return own.first }
        return (own + needed.flatMap(\.roles)).first { role in
            needed.allSatisfy { $0.roles.contains(role) && $0.tiers.contains(tier) } && mayClose(role, ticket)
        }
    }

    private static func roles(of tier: Tier) -> [Role] {
        switch tier {
        case .branch: [.branchOfficer, .clerk, .branchHead, .replier, .approver]
        case .province: [.dispatcher, .deptHandler, .deptHead, .replier, .approver, .cityHandler]
        case .headOffice: [.hoDispatcher, .hoAuditor, .hoSupervisor, .deptHandler, .approver]
        }
    }

    private func mayClose(_ role: Role, _ ticket: TicketView) -> Bool {
        guard act == .close else { return true }
        return Draft.closers(of: ticket.text(TicketField.severity) ?? "ordinary").contains(role)
    }

    /// The transitions that the command would walk from the ticket's state.
    private func transitions(_ ticket: TicketView) -> [Transition] {
        let ids: [String] =
            switch act {
            case .register: ["T01"]
            case .dispatch: [ticket.dispatchLine]
            case .take: ticket.state == .dispatched ? ["T08"] : []
            case .decline: ticket.state == .dispatched ? ["T09"] : []
            case .reply: ticket.state == .feedbackReview ? ["T17", "T18"] : ["T18"]
            case .close: ticket.state == .replied ? ["T20", "T23"] : ["T23"]
            default: ActCatalogue.definition(act)?.lines ?? []
            }
        return ids.map(TransitionTable.known)
    }
}

extension TicketView {
    /// T22 for a further round, T07 else.
    var dispatchLine: String {
        let isAgain = state == .rework || (state == .dispatched && (integer(TicketField.roundNo) ?? 1) > 1)
        return isAgain ? "T22" : "T07"
    }
}
