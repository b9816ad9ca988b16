import SyncProtocol

@testable import TicketModel

/// One ticket on several nodes that know of each other's acts only when they meet: real decisions, the real fold.
struct Replicas {
    struct Node {
        var actions: [HeldAction] = []
        var known: Set<Dot> = []
        var state = DocumentState()
    }

    private(set) var nodes: [NodeID: Node]
    private var lineage = Lineage(TestBank.hierarchy)
    private var sequences: [NodeID: UInt64] = [:]
    let people: People
    let rules: RuleBook
    var others: [DocumentID: TicketView] = [:]
    /// Every act that was allowed: who did it and what it was.
    private(set) var done: [(actor: Actor, decision: Decision, dot: Dot)] = []

    init(people: People, rules: RuleBook = .none) {
        self.people = people
        self.rules = rules
        nodes = Dictionary(uniqueKeysWithValues: TestBank.places.map { ($0.node, Node()) })
        for (index, place) in TestBank.places.enumerated() {
            lineage.insert(
                Replicas.life(index), Birth(node: place.node, tier: place.tier, predecessor: nil, lost: []))
        }
    }

    private static func life(_ index: Int) -> Incarnation {
        Incarnation(rawValue: Incarnation.reservedCount + UInt64(index))
    }

    func state(_ node: NodeID) -> DocumentState { nodes[node]?.state ?? DocumentState() }

    func view(at node: NodeID) -> TicketView {
        guard let first = nodes[node]?.actions.first?.record else { return .unborn }
        let state = state(node)
        let disclosure = state.audience.disclosure(to: node, in: TestBank.hierarchy)
        var view = TicketView(document: first.document, disclosure: disclosure)
        view.headOfficeDisclosure = state.audience.headOffice
        view.home = state.home
        for (part, values) in [(Part.core, state.core), (.casework, state.casework), (.personal, state.personal)]
        where disclosure.includes(part) {
            for entry in values.regulated { view.fields[entry.field] = [entry.value] }
            for entry in values.registers where view.fields[entry.field] == nil {
                view.fields[entry.field] = values.siblings(entry.field).map(\.value)
            }
            for entry in values.sets { view.fields[entry.field, default: []].append(entry.value) }
        }
        view.custodian = state.lead?.holder
        view.custodyVersion = state.lead?.version
        if let offer = state.lead?.offers.first, let holder = state.lead?.holder {
            view.pendingOffer = .init(
                dot: offer.dot, from: holder, to: offer.to, isServed: offer.dot.sequence % 2 == 0,
                isRecallRequested: offer.recallRequested)
        }
        view.takeOver(state, isServed: { _ in true })
        return view
    }

    /// Decides by what the actor's node knows, and writes it there only.
    mutating func perform(_ command: TicketCommand, by actor: Actor, at: Int64) throws(Refusal) -> Decision {
        let view = view(at: actor.node)
        let decision = try decide(
            command, ticket: view, actor: actor, people: people, rules: rules, others: others, at: at,
            randomness: UInt64(at))
        let clocks = decision.clockWork(rules, before: view, post: actor.post, at: at).operations
        let sequence = sequences[actor.node, default: 0] + 1
        sequences[actor.node] = sequence
        let index = TestBank.places.firstIndex { $0.node == actor.node } ?? 0
        let dot = Dot(Replicas.life(index), sequence)
        let held = decision.leg == 0 ? view.custodyVersion : view.leg(decision.leg)?.version
        let claim: CustodyClaim? =
            switch decision.claim {
            case .none: nil
            case .held: held.map { CustodyClaim(leg: decision.leg, version: $0) }
            case .own: CustodyClaim(leg: decision.leg, version: dot)
            }
        let record = CoreRecord(
            dot: dot, document: view.document ?? DocumentID(createdBy: dot), dependencies: state(actor.node).vector,
            stamp: HybridTime(milliseconds: at), post: actor.post, kind: decision.kind, claim: claim,
            operations: decision.core + clocks, previous: .zero)
        expectNothingToSay(record, by: actor.place.tier)
        add(HeldAction(record: record, casework: decision.casework, personal: decision.personal), to: actor.node)
        done.append((actor, decision, dot))
        return decision
    }

    /// The custodian of the lead leg books into the clocks what others did, as its node does by itself.
    mutating func keepClocks(at: Int64) {
        for place in TestBank.places {
            let state = state(place.node)
            guard let lead = state.lead, lead.holder == place.node,
                let document = nodes[place.node]?.actions.first?
                    .record.document
            else { continue }
            let before = state.core.value
            let work = rules.clockWork(
                of: ClockAct(events: [], at: at, post: ""), before: before, after: before,
                facts: ClockFact.all(state.core))
            guard !work.operations.isEmpty else { continue }
            let sequence = sequences[place.node, default: 0] + 1
            sequences[place.node] = sequence
            let index = TestBank.places.firstIndex { $0.node == place.node } ?? 0
            let record = CoreRecord(
                dot: Dot(Replicas.life(index), sequence), document: document, dependencies: state.vector,
                stamp: HybridTime(milliseconds: at), post: "", kind: ClockStep.bookingAct,
                claim: CustodyClaim(leg: 0, version: lead.version), operations: work.operations, previous: .zero)
            expectNothingToSay(record, by: place.tier)
            add(HeldAction(record: record, casework: nil, personal: nil), to: place.node)
        }
    }

    private mutating func add(_ action: HeldAction, to node: NodeID) {
        var copy = nodes[node] ?? Node()
        guard copy.known.insert(action.record.dot).inserted else { return }
        copy.actions.append(action)
        if !copy.state.apply(action, lineage) { copy.state = DocumentState(folding: copy.actions, lineage) }
        nodes[node] = copy
    }

    /// Two neighbours tell each other everything that the other may know.
    mutating func meet(_ one: NodeID, _ two: NodeID) {
        for (from, to) in [(one, two), (two, one)] {
            guard let source = nodes[from],
                source.state.audience.disclosure(to: to, in: TestBank.hierarchy) > .nothing
            else { continue }
            for action in source.actions { add(action, to: to) }
        }
    }

    /// Everybody meets until nothing is new.
    mutating func heal() {
        for _ in 0..<4 {
            for place in TestBank.places { if let parent = place.parent { meet(place.node, parent) } }
        }
    }
}
