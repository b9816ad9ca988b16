import SyncProtocol
import TicketStore

/// A folded state as lines of text, spelled out part by part: what it says does not change with how it is stored.
struct StateText {
    private(set) var lines: [String] = []

    init(_ state: DocumentState) {
        let audience = state.audience
        lines.append("audience \(audience.involved) \(audience.headOffice.rawValue) \(audience.isPublic)")
        for leg in state.custody {
            lines.append(
                "leg \(leg.leg) \(leg.version) \(leg.seizes) \(leg.handovers) \(leg.holder) \(leg.lastAct)")
            for offer in leg.offers { lines.append("offer \(offer.dot) \(offer.to) \(offer.recallRequested)") }
        }
        lines.append("overruled \(state.overruled)")
        lines.append("disputed \(state.disputed)")
        lines.append("voided \(state.voided)")
        for (part, fields) in [("core", state.core), ("casework", state.casework), ("personal", state.personal)] {
            add(fields, part)
        }
    }

    private mutating func add(_ fields: FieldState, _ part: String) {
        for field in fields.regulated {
            lines.append("\(part) = \(field.field.rawValue) \(field.dot) \(field.leg) \(field.value)")
        }
        for field in fields.registers {
            lines.append("\(part) | \(field.field.rawValue) \(field.dot) \(field.tier) \(field.value)")
        }
        for field in fields.sets { lines.append("\(part) + \(field.field.rawValue) \(field.dot) \(field.value)") }
    }
}

extension Campaign {
    /// FNV-1a over the folded states of all tickets at all nodes, and over who is suspended.
    func stateDigest() throws -> UInt64 {
        var trace = Trace()
        for node in bank.nodes {
            trace.absorb("\(node.key) \(try node.store.isSuspended())\n".utf8)
            for id in try node.store.tickets() {
                guard let state = try node.store.state(of: id) else { continue }
                trace.absorb("\(id)\n".utf8)
                for line in StateText(state).lines { trace.absorb("\(line)\n".utf8) }
            }
        }
        return trace.hash
    }
}
