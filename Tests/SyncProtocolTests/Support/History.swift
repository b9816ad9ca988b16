import Platform
import SyncProtocol

/// All acts on one document that a small bank wrote while its lines were down most of the time.
struct History {
    var actions: [HeldAction] = []
    var lineage = Lineage(History.bank)
    var hierarchy = History.bank

    static let bank = Hierarchy([
        "ho": .init(tier: .headOffice, parent: nil),
        "p1": .init(tier: .province, parent: "ho"), "p2": .init(tier: .province, parent: "ho"),
        "b1": .init(tier: .branch, parent: "p1"), "b2": .init(tier: .branch, parent: "p1"),
        "b3": .init(tier: .branch, parent: "p2"),
    ])

    /// The acts in another order that respects their dependencies.
    func shuffled(_ dice: inout Dice) -> [HeldAction] {
        var waiting = actions.shuffled(using: &dice)
        var ordered: [HeldAction] = []
        var vector = VersionVector.empty
        while !waiting.isEmpty {
            let ready = waiting.indices.filter { vector.covers(waiting[$0].record.dependencies, lineage) }
            precondition(!ready.isEmpty, "the generator wrote an act that depends on nothing there is")
            let action = waiting.remove(at: dice.pick(ready))
            vector.insert(action.record.dot, lineage)
            ordered.append(action)
        }
        return ordered
    }

    /// The state, act by act, as a store keeps it.
    func incremental(_ actions: [HeldAction]) -> DocumentState {
        var state = DocumentState()
        for (index, action) in actions.enumerated() where !state.apply(action, lineage) {
            state = DocumentState(folding: Array(actions[...index]), lineage)
        }
        return state
    }
}

/// Writes histories: several nodes act on what they know, exchange parts of it, are restored from backups and cloned.
struct HistoryGenerator {
    private struct Writer {
        var node: NodeID
        var tier: Tier
        var incarnation: Incarnation
        var sequence: UInt64 = 0
        var lastOwn: Dot?
        var known: [Int] = []
        var state = DocumentState()
    }

    private var dice: Dice
    private var history = History()
    private var writers: [Writer] = []
    private let document: DocumentID
    /// Acts that no lawful node would write are mixed in: they replicate like any other (rule R10).
    private let percentUnlawful: Int
    private var clock: Int64 = 1_790_000_000_000

    static func history(seed: UInt64, acts: Int = 30, percentUnlawful: Int = 15) -> History {
        var generator = HistoryGenerator(seed: seed, percentUnlawful: percentUnlawful)
        return generator.run(acts: acts)
    }

    private init(seed: UInt64, percentUnlawful: Int) {
        dice = Dice(seed: seed)
        self.percentUnlawful = percentUnlawful
        let first = Incarnation(random: dice.next())
        document = DocumentID(createdBy: Dot(first, 1))
        for node in History.bank.nodes {
            let life = node == "b1" ? first : Incarnation(random: dice.next())
            let tier = History.bank.tier(of: node) ?? .branch
            writers.append(Writer(node: node, tier: tier, incarnation: life))
            history.lineage.insert(life, Birth(node: node, tier: tier, predecessor: nil, lost: []))
        }
    }

    private mutating func run(acts: Int) -> History {
        let first = writers.firstIndex { $0.node == "b1" } ?? 0
        write([.create(home: "b1"), .assign(FieldID(rawValue: 1), .text("new"))], .own(0), by: first)
        while history.actions.count < acts {
            let writer = dice.below(writers.count)
            switch dice.below(20) {
            case 0: restore(writer)
            case 1: clone(writer)
            case 2...9: pull(writer)
            default: if !writers[writer].known.isEmpty { act(writer) }
            }
        }
        return history
    }

    // MARK: Knowing

    private mutating func learn(_ index: Int, _ writer: Int) {
        writers[writer].known.append(index)
        if writers[writer].state.apply(history.actions[index], history.lineage) { return }
        let actions = writers[writer].known.map { history.actions[$0] }
        writers[writer].state = DocumentState(folding: actions, history.lineage)
    }

    /// Takes part of what another node knows, in that node's order.
    private mutating func pull(_ writer: Int) {
        let source = dice.below(writers.count)
        let missing = writers[source].known.filter { !writers[writer].known.contains($0) }
        for index in missing.prefix(dice.hits(50) ? missing.count : dice.below(missing.count + 1)) {
            learn(index, writer)
        }
    }

    /// Puts an older copy of a node's data back, or just starts it anew.
    private mutating func restore(_ writer: Int) {
        // The creation stays: a document that everybody forgot has no history.
        let count = writers[writer].known.count
        forget(writer, dice.hits(50) ? count : min(count, 1 + dice.below(count + 1)))
        begin(writer)
    }

    /// Two copies of one node live on.
    private mutating func clone(_ writer: Int) {
        guard writers.count < 9 else { return }
        writers.append(writers[writer])
        begin(writers.count - 1)
        begin(writer)
    }

    private mutating func forget(_ writer: Int, _ keep: Int) {
        let known = Array(writers[writer].known.prefix(keep))
        let node = writers[writer].node
        let lineage = history.lineage
        writers[writer].known = known
        let own = known.map { history.actions[$0].record.dot }.last { lineage.node(of: $0.incarnation) == node }
        writers[writer].lastOwn = own
        writers[writer].state = DocumentState(folding: known.map { history.actions[$0] }, lineage)
    }

    /// Rule R3: a fresh life, whose predecessor is the last own act that the disk shows.
    private mutating func begin(_ writer: Int) {
        let life = Incarnation(random: dice.next())
        writers[writer].incarnation = life
        writers[writer].sequence = 0
        history.lineage.insert(
            life,
            Birth(
                node: writers[writer].node, tier: writers[writer].tier, predecessor: writers[writer].lastOwn, lost: []))
    }

    // MARK: Acting

    private enum Claim {
        case none
        case held(CustodyClaim)
        case own(Leg)
    }

    private mutating func write(
        _ core: [Operation], _ claim: Claim, casework: [Operation]? = nil, personal: [Operation]? = nil, by writer: Int
    ) {
        writers[writer].sequence += 1
        clock += Int64(dice.below(3))
        let dot = Dot(writers[writer].incarnation, writers[writer].sequence)
        let custody: CustodyClaim? =
            switch claim {
            case .none: nil
            case .held(let claim): claim
            case .own(let leg): CustodyClaim(leg: leg, version: dot)
            }
        let record = CoreRecord(
            dot: dot, document: document, dependencies: writers[writer].state.vector,
            stamp: HybridTime(milliseconds: clock), post: "post", kind: 7, claim: custody, operations: core,
            previous: .zero)
        writers[writer].lastOwn = dot
        history.actions.append(HeldAction(record: record, casework: casework, personal: personal))
        learn(history.actions.count - 1, writer)
    }

    private mutating func act(_ writer: Int) {
        if dice.hits(percentUnlawful) { return unlawful(writer) }
        let state = writers[writer].state
        let node = writers[writer].node
        for leg in state.custody where leg.holder != node {
            if let offer = leg.offers.first(where: { $0.to == node }), dice.hits(60) {
                if dice.hits(70) { return write([.accept(leg: leg.leg, offer: offer.dot)], .own(leg.leg), by: writer) }
                return write([.decline(leg: leg.leg, offer: offer.dot)], .none, by: writer)
            }
        }
        if dice.hits(30), let leg = openedLeg(for: writer) { return write(leg.0, leg.1, by: writer) }
        if let leg = state.custody.first(where: { $0.holder == node }), dice.hits(60) { return regulated(leg, writer) }
        if writers[writer].tier > .branch, dice.hits(40) { return supervise(writer) }
        write(
            [freeWrite()], .none, casework: dice.hits(30) ? [freeWrite(), growingAdd()] : nil,
            personal: dice.hits(30) ? [freeWrite()] : nil, by: writer)
    }

    /// An offer of a leg that nobody has yet.
    private func openedLeg(for writer: Int) -> ([Operation], Claim)? {
        for index in writers[writer].known {
            let record = history.actions[index].record
            for case .offer(leg: 1, to: writers[writer].node) in record.operations {
                return ([.accept(leg: 1, offer: record.dot)], .own(1))
            }
        }
        return nil
    }

    private mutating func regulated(_ leg: CustodyState, _ writer: Int) {
        let claim = Claim.held(CustodyClaim(leg: leg.leg, version: leg.version))
        switch dice.below(10) {
        case 0...2:
            let target = dice.pick(History.bank.nodes)
            write([.offer(leg: dice.hits(80) ? leg.leg : 1, to: target)], claim, by: writer)
        case 3...4:
            guard let offer = leg.offers.first else { return }
            write([.recall(leg: leg.leg, offer: offer.dot, immediate: dice.hits(50))], claim, by: writer)
        default:
            write([assign(), growingAdd()], claim, casework: dice.hits(30) ? [assign()] : nil, by: writer)
        }
    }

    private mutating func supervise(_ writer: Int) {
        let state = writers[writer].state
        let known = writers[writer].known.map { history.actions[$0].record.dot }
        switch dice.below(6) {
        case 0:
            guard let leg = state.custody.first else { return }
            write(
                [.seize(leg: leg.leg, approver: "chief")], .held(CustodyClaim(leg: leg.leg, version: leg.version)),
                by: writer)
        case 1: write([.void(dice.pick(known), rule: "R1")], .none, by: writer)
        case 2:
            let reason: [Operation] = dice.hits(80) ? [.add(FieldID(rawValue: 86), .text("reason"))] : []
            write([.widen(dice.pick([.core, .casework, .full]))] + reason, .none, by: writer)
        case 3: write([.involve(dice.pick(History.bank.nodes))], .none, by: writer)
        default:
            guard let winner = state.disputed.randomElement(using: &dice) else { return }
            write([.rule(winner: winner, overruled: state.disputed.filter { $0 != winner })], .none, by: writer)
        }
    }

    /// Anything at all: claims to custody never held, offers never made to this node, acts of other documents' kinds.
    private mutating func unlawful(_ writer: Int) {
        let all = history.actions.map(\.record.dot)
        let target = dice.pick(all)
        let other = dice.pick(all)
        let leg = Leg(dice.below(3))
        let claim = dice.pick([Claim.none, .own(leg), .held(CustodyClaim(leg: leg, version: target))])
        let operations: [Operation] = [
            .create(home: dice.pick(History.bank.nodes)), .accept(leg: leg, offer: target),
            .offer(leg: leg, to: dice.pick(History.bank.nodes)), .seize(leg: leg, approver: ""),
            .recall(leg: leg, offer: target, immediate: true), .decline(leg: leg, offer: target),
            .rule(winner: target, overruled: [other]), .void(target, rule: ""), assign(), assign(), freeWrite(),
            .unknown(tag: 99, bytes: [1]),
        ]
        write((0...dice.below(3)).map { _ in dice.pick(operations) }, claim, by: writer)
    }

    private mutating func assign() -> Operation {
        .assign(FieldID(rawValue: UInt16(1 + dice.below(3))), .integer(Int64(dice.below(5))))
    }

    private mutating func freeWrite() -> Operation {
        .write(FieldID(rawValue: UInt16(10 + dice.below(2))), .integer(Int64(dice.below(5))))
    }

    private mutating func growingAdd() -> Operation {
        .add(FieldID(rawValue: 20), .text(dice.pick(["a", "b", "é", "e\u{301}"])))
    }
}
