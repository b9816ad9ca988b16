import SyncProtocol
import Testing

@testable import TicketModel

/// One ticket that all nodes know at once: decisions become actions, and the real fold of `SyncProtocol` gives the view
/// of each node.
struct TestTicket {
    private(set) var actions: [HeldAction] = []
    private(set) var decisions: [Decision] = []
    private var lineage = Lineage(TestBank.hierarchy)
    private var sequences: [NodeID: UInt64] = [:]
    var servedOffers = true
    var suspendedNode: NodeID?
    /// Reference data, and the tickets that a command may name.
    var people: People = .unknown
    var rules: RuleBook = .none
    var others: [DocumentID: TicketView] = [:]

    init() {
        for (index, place) in TestBank.places.enumerated() {
            lineage.insert(life(index), Birth(node: place.node, tier: place.tier, predecessor: nil, lost: []))
        }
    }

    private func life(_ index: Int) -> Incarnation { Incarnation(rawValue: Incarnation.reservedCount + UInt64(index)) }

    private func life(of node: NodeID) -> Incarnation {
        life(TestBank.places.firstIndex { $0.node == node } ?? 0)
    }

    /// The fold of all actions, with all bodies.
    private(set) var state = DocumentState()

    /// What `node` sees; bodies that it may not hold are not there.
    func view(at node: NodeID) -> TicketView {
        guard let first = actions.first else { return .unborn }
        let disclosure = state.audience.disclosure(to: node, in: TestBank.hierarchy)
        if disclosure == .full { return view(of: state, first.record, node, disclosure) }
        let seen = actions.map { action in
            HeldAction(
                record: action.record, casework: disclosure.includes(.casework) ? action.casework : nil,
                personal: disclosure.includes(.personal) ? action.personal : nil)
        }
        return view(of: DocumentState(folding: seen, lineage), first.record, node, disclosure)
    }

    private func view(
        of state: DocumentState, _ first: CoreRecord, _ node: NodeID, _ disclosure: Disclosure
    ) -> TicketView {
        var view = TicketView(document: first.document, disclosure: disclosure)
        view.headOfficeDisclosure = state.audience.headOffice
        for case .create(let home) in first.operations { view.home = home }
        for part in [state.core, state.casework, state.personal] {
            for entry in part.regulated { view.fields[entry.field] = [entry.value] }
            for entry in part.registers { view.fields[entry.field] = part.siblings(entry.field).map(\.value) }
            for entry in part.sets { view.fields[entry.field, default: []].append(entry.value) }
        }
        view.custodian = state.lead?.holder
        view.custodyVersion = state.lead?.version
        if let offer = state.lead?.offers.first, let holder = state.lead?.holder {
            view.pendingOffer = .init(
                dot: offer.dot, from: holder, to: offer.to, isServed: servedOffers,
                isRecallRequested: offer.recallRequested)
        }
        view.isSuspended = suspendedNode == node
        view.takeOver(state, isServed: { _ in servedOffers })
        return view
    }

    /// Decides and carries out; throws the refusal.
    @discardableResult
    mutating func perform(
        _ command: TicketCommand, by actor: Actor, at milliseconds: Int64 = TestBank.morning, randomness: UInt64 = 7
    ) throws(Refusal) -> Decision {
        let view = view(at: actor.node)
        let decision = try decide(
            command, ticket: view, actor: actor, people: people, rules: rules, others: others, at: milliseconds,
            randomness: randomness)
        let claimed = decision.leg == 0 ? view.custodyVersion : view.leg(decision.leg)?.version
        let clocks = decision.clockWork(rules, before: view, post: actor.post, at: milliseconds).operations
        append(decision, clocks, by: actor, claimed: claimed, knowing: state.vector)
        return decision
    }

    var clocks: TicketClocks { TicketClocks(state.core.value) }

    func clock(_ policy: String) -> Clock? { clocks.all.map(\.clock).last { $0.key.policy == policy } }

    /// Books what others did, as the node with custody does it by itself.
    mutating func bookFacts(at milliseconds: Int64) {
        let before = state.core.value
        let work = rules.clockWork(
            of: ClockAct(events: [], at: milliseconds, post: ""), before: before, after: before,
            facts: ClockFact.all(state.core))
        guard let lead = state.lead, let place = TestBank.places.first(where: { $0.node == lead.holder }) else {
            return
        }
        let sequence = sequences[place.node, default: 0] + 1
        sequences[place.node] = sequence
        let record = CoreRecord(
            dot: Dot(life(of: place.node), sequence), document: actions[0].record.document, dependencies: state.vector,
            stamp: HybridTime(milliseconds: milliseconds), post: "", kind: ClockStep.bookingAct,
            claim: CustodyClaim(leg: 0, version: lead.version), operations: work.operations, previous: .zero)
        actions.append(HeldAction(record: record, casework: nil, personal: nil))
        state = DocumentState(folding: actions, lineage)
    }

    /// Adds an action whose author knew only `vector`: a node that was cut off.
    mutating func append(
        _ decision: Decision, _ clocks: [SyncProtocol.Operation] = [], by actor: Actor, claimed: Dot?,
        knowing vector: VersionVector
    ) {
        let sequence = sequences[actor.node, default: 0] + 1
        sequences[actor.node] = sequence
        let dot = Dot(life(of: actor.node), sequence)
        let claim: CustodyClaim? =
            switch decision.claim {
            case .none: nil
            case .held: claimed.map { CustodyClaim(leg: decision.leg, version: $0) }
            case .own: CustodyClaim(leg: decision.leg, version: dot)
            }
        let record = CoreRecord(
            dot: dot, document: actions.first?.record.document ?? DocumentID(createdBy: dot), dependencies: vector,
            stamp: HybridTime(milliseconds: TestBank.morning), post: actor.post, kind: decision.kind, claim: claim,
            operations: decision.core + clocks, previous: .zero)
        expectNothingToSay(record, by: actor.place.tier)
        actions.append(HeldAction(record: record, casework: decision.casework, personal: decision.personal))
        state = DocumentState(folding: actions, lineage)
        #expect(!state.unauthorized.contains(dot), "an honest act without authority: \(decision.act)")
        decisions.append(decision)
    }

    /// A ticket that was registered at the branch and walked as far as asked.
    static func walked(to step: Step, registering fields: [String: String] = Entries.complaint) throws -> TestTicket {
        var ticket = TestTicket()
        for each in Step.allCases where each.rawValue <= step.rawValue {
            try ticket.perform(each.command(fields), by: each.actor)
        }
        return ticket
    }

    /// The steps of the long way through the province.
    enum Step: Int, CaseIterable {
        case registered, submitted, dispatched, taken, fedBack, replied, closed

        var actor: Actor {
            switch self {
            case .registered: TestBank.clerk
            case .submitted: TestBank.officer
            case .dispatched, .replied, .closed: TestBank.dispatcher
            case .taken, .fedBack: TestBank.otherOfficer
            }
        }

        func command(_ fields: [String: String]) -> TicketCommand {
            switch self {
            case .registered: .register(Registration(fields: fields))
            case .submitted: .submitUp
            case .dispatched: .dispatch(to: "branch-02", fields: Entries.dispatch)
            case .taken: .take
            case .fedBack: .feedBack(fields: Entries.feedback)
            case .replied: .reply(fields: Entries.reply)
            case .closed: .close(fields: Entries.close)
            }
        }
    }
}

/// The refusal of a command; records an issue where it is allowed.
func refusal(
    _ command: TicketCommand, on ticket: TestTicket, by actor: Actor, sourceLocation: SourceLocation = #_sourceLocation
) -> Refusal? {
    var copy = ticket
    do throws(Refusal) {
        try copy.perform(command, by: actor)
        Issue.record("the command was allowed", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}
