import SyncProtocol

/// One assist leg of a ticket as a node sees it: what was asked, who has it, how far it is.
public struct TicketLeg: Hashable, Sendable {
    /// How far a leg is.
    public enum Stage: String, Sendable {
        /// Offered, and nobody has taken it.
        case asked
        case handling
        case done
        /// The unit took it and gave it back undone, or did not take it at all.
        case returned
        /// The lead needs it no more.
        case cancelled

        /// True while the lead has to wait for it (T15).
        public var isOpen: Bool { self == .asked || self == .handling }
    }

    /// 1…8.
    public let number: Leg
    /// Who may write the leg's fields; nil before the leg is taken.
    public var custodian: NodeID?
    /// The act that made it custodian.
    public var version: Dot?
    /// The offer that opened the leg; nil once it is taken, declined or cancelled.
    public var offer: TicketView.PendingOffer?

    public init(number: Leg, custodian: NodeID?, version: Dot?, offer: TicketView.PendingOffer?) {
        self.number = number
        self.custodian = custodian
        self.version = version
        self.offer = offer
    }
}

extension TicketView {
    /// Where the assist leg stands; nil for a number that was never asked.
    public func stage(ofLeg number: Leg) -> TicketLeg.Stage? {
        guard value(AssistField.unit(number)) != nil else { return nil }
        if value(AssistField.verdict(number)) != nil { return .cancelled }
        switch text(AssistField.state(number)) {
        case "done": return .done
        case "returned": return .returned
        case .some: return .handling
        case nil: break
        }
        let isDeclined = entries(TicketField.assistDeclines, EntryShapes.assistDecline)
            .contains { $0.integer("leg") == Int64(number) }
        return isDeclined ? .returned : .asked
    }

    /// The assist legs that were asked, in their order.
    public var askedLegs: [Leg] { AssistField.legs.filter { stage(ofLeg: $0) != nil } }

    /// The assist legs that the lead still waits for.
    public var openLegs: [Leg] { askedLegs.filter { stage(ofLeg: $0)?.isOpen ?? false } }

    /// The leg with a number, as far as custody goes.
    public func leg(_ number: Leg) -> TicketLeg? { legs.first { $0.number == number } }

    /// Takes over from a folded document what is beside its fields: assist legs, disputes, the audience.
    ///
    /// An assist leg that nobody has taken has no custody yet. Its offer is the very act that named its unit.
    public mutating func takeOver(_ state: DocumentState, isServed: (Dot) throws -> Bool) rethrows {
        legs = try AssistField.legs.compactMap { number in
            guard let asked = state.core.regulated.first(where: { $0.field == AssistField.unit(number) }) else {
                return nil
            }
            let custody = state.custody.first { $0.leg == number }
            var leg = TicketLeg(number: number, custodian: custody?.holder, version: custody?.version, offer: nil)
            if custody == nil, stage(ofLeg: number) == .asked, case .text(let unit) = asked.value,
                let to = NodeID(unit), let from = custodian
            {
                leg.offer = PendingOffer(dot: asked.dot, from: from, to: to, isServed: try isServed(asked.dot))
            }
            return leg
        }
        disputed = state.disputed
        involved = state.audience.involved
    }
}
