import SyncProtocol
import TicketStore

/// Fields of no ticket: replication must not need to know what a field means.
public enum SimulatedField {
    public static let status = FieldID(rawValue: 60_000)
    public static let priority = FieldID(rawValue: 60_001)
    public static let phone = FieldID(rawValue: 60_010)
    public static let address = FieldID(rawValue: 60_011)
    public static let caseNote = FieldID(rawValue: 60_020)
    public static let note = FieldID(rawValue: 60_021)
}

/// What people do at the nodes, drawn at random, but always something that the node's own rules would let them do.
struct Workload {
    private static let kind: UInt16 = 900

    var random: SeededRandom
    /// Words that no other value contains, so that a leak can be found by searching.
    private var counter = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private mutating func chance() -> Double { Double(random.next() >> 11) / Double(1 << 53) }
    private mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    private mutating func word() -> Value {
        counter += 1
        return .text("value-\(counter)")
    }

    /// The next act at this node; nil where chance or the rules say no.
    mutating func next(at node: SimulatedNode, in hierarchy: Hierarchy) throws -> Draft? {
        let store = node.store
        let what = chance()
        if what < 0.18, hierarchy.tier(of: node.id) == .branch {
            return Draft(
                document: nil, kind: Workload.kind, post: "clerk", claim: .own(0),
                core: [.create(home: node.id), .assign(SimulatedField.status, word())],
                casework: [.write(SimulatedField.address, word())], personal: [.write(SimulatedField.phone, word())])
        }
        let tickets = try store.tickets()
        guard !tickets.isEmpty else { return nil }
        let id = pick(tickets)
        guard let state = try store.state(of: id), !state.audience.involved.isEmpty else { return nil }
        if what < 0.55 { return try custody(store, id, state) }
        if what >= 0.82 { return try letIn(what, store, id, state) }
        return content(what, store, id, state, hierarchy)
    }

    private mutating func content(
        _ what: Double, _ store: ReplicaStore, _ id: DocumentID, _ state: DocumentState, _ hierarchy: Hierarchy
    ) -> Draft? {
        let level = state.audience.disclosure(to: store.node, in: hierarchy)
        var draft = Draft(document: id, kind: Workload.kind, post: "clerk", core: [])
        switch what {
        case ..<0.72:
            if chance() < 0.5 {
                guard level.includes(.casework) else { return nil }
                draft.casework = [.add(SimulatedField.caseNote, word())]
            } else {
                guard level.includes(.personal) else { return nil }
                draft.personal = [.add(SimulatedField.note, word())]
            }
        default:
            if chance() < 0.3 {
                draft.core = [.write(SimulatedField.priority, word())]
            } else {
                guard level.includes(.personal) else { return nil }
                draft.personal = [.write(pick([SimulatedField.phone, SimulatedField.address]), word())]
            }
        }
        return draft
    }

    /// Opens the ticket to head office, or lets a branch in: as a node above the audience, or as custodian.
    private mutating func letIn(
        _ what: Double, _ store: ReplicaStore, _ id: DocumentID, _ state: DocumentState
    ) throws -> Draft? {
        var draft = Draft(document: id, kind: Workload.kind, post: "clerk", core: [])
        let hierarchy = store.hierarchy
        let isAbove =
            hierarchy.tier(of: store.node) == .headOffice
            || state.audience.involved.contains { hierarchy.parent(of: $0) == store.node }
        switch what {
        case ..<0.91:
            guard isAbove, hierarchy.tier(of: store.node) != .headOffice || chance() < 0.3 else { return nil }
            draft.core = Widening.operations(to: pick([.casework, .casework, .full]), at: store)
        case ..<0.97:
            guard chance() < 0.5 else { return nil }
            if !isAbove {
                // Under an open offer the custodian does nothing that its acceptance would overrule.
                guard try !store.isSuspended(), let lead = state.lead, lead.holder == store.node, lead.offers.isEmpty
                else { return nil }
                draft.claim = .held(CustodyClaim(leg: 0, version: lead.version))
            }
            draft.core = [.involve(pick(hierarchy.nodes.filter { hierarchy.tier(of: $0) == .branch }))]
        default: return nil
        }
        return draft
    }

    /// Offers and what becomes of them, seizing, and regulated acts of the custodian.
    private mutating func custody(_ store: ReplicaStore, _ id: DocumentID, _ state: DocumentState) throws -> Draft? {
        guard try !store.isSuspended(), let lead = state.lead else { return nil }
        let node = store.node
        let held = Draft.Claim.held(CustodyClaim(leg: 0, version: lead.version))
        func draft(_ claim: Draft.Claim, _ operation: Operation) -> Draft {
            Draft(document: id, kind: Workload.kind, post: "lead", claim: claim, core: [operation])
        }
        let luck = chance()
        if let offer = lead.offers.first(where: { $0.to == node }) {
            if offer.recallRequested, luck < 0.5 { return draft(.none, .decline(leg: 0, offer: offer.dot)) }
            return luck < 0.7 ? draft(.own(0), .accept(leg: 0, offer: offer.dot)) : nil
        }
        if lead.holder != node {
            let mayTake =
                store.hierarchy.tier(of: node) == .headOffice || store.hierarchy.parent(of: lead.holder) == node
            return luck < 0.08 && mayTake ? draft(held, .seize(leg: 0, approver: "second")) : nil
        }
        if let offer = lead.offers.first {
            guard luck < 0.5 else { return nil }
            let isServed = try store.isServed(offer: offer.dot)
            return draft(.none, .recall(leg: 0, offer: offer.dot, immediate: !isServed))
        }
        if luck < 0.35 {
            let others = store.hierarchy.nodes.filter {
                $0 != node && state.audience.disclosure(to: $0, in: store.hierarchy) > .nothing
            }
            return others.isEmpty ? nil : draft(held, .offer(leg: 0, to: pick(others)))
        }
        return draft(held, .assign(SimulatedField.status, word()))
    }
}
