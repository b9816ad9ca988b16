import SyncProtocol

extension TicketCommand {
    /// The role that usually gives this command at a tier, for clients that name no role: the first of the tier's own
    /// roles that the rules allow. nil where nobody at that tier may.
    public func usualRole(at tier: Tier, ticket: TicketView) -> Role? {
        let own = TicketCommand.roles(of: tier)
        let needed = transitions(ticket)
        guard !needed.isEmpty else { return own.first }
        return own.first { role in
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
        guard case .close = self else { return true }
        return Draft.closers(of: ticket.text(TicketField.severity) ?? "ordinary").contains(role)
    }

    /// The transitions that the command would walk from the ticket's state.
    private func transitions(_ ticket: TicketView) -> [Transition] {
        let ids: [String] =
            switch self {
            case .register: ["T01"]
            case .answerOnSpot: ["T02"]
            case .submitUp: ["T04"]
            case .returnForCompletion: ["T05"]
            case .dispatch: ["T07"]
            case .take: ticket.state == .dispatched ? ["T08"] : []
            case .decline: ticket.state == .dispatched ? ["T09"] : []
            case .feedBack: ["T15"]
            case .reply: ticket.state == .feedbackReview ? ["T17", "T18"] : ["T18"]
            case .close: ticket.state == .replied ? ["T20", "T23"] : ["T23"]
            case .widen, .amend, .note, .resolve, .recall: []
            }
        return ids.map(TransitionTable.known)
    }
}
