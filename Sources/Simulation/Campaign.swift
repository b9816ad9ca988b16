import SyncProtocol
import TicketStore

/// What one seed gave.
public struct CampaignReport: Sendable {
    public var seed: UInt64
    public var findings: [Finding]
    /// Equal for equal seeds: any clock, thread or hash table that leaks in shows here (I9).
    public var traceHash: UInt64
    public var trace: [String]
    public var acts: Int
    /// Interesting things that happened, counted: a campaign in which one never happens has a blind generator.
    public var marks: [String: Int]
    /// Over what every node makes of its tickets in the end: equal histories must fold to equal states under any program.
    public var stateDigest: UInt64 = 0

    public var passed: Bool { findings.isEmpty }
}

/// One run from one seed: work and faults, then healing, then the audit.
public struct Campaign {
    let bank: SimulatedBank
    let plan: CampaignPlan
    let seed: UInt64
    var random: SeededRandom
    var workload: Workload
    var oracle = Oracle()
    var trace = Trace()
    var marks: [String: Int] = [:]
    /// Nodes that faults may have robbed: promises about clones and causes are not made for them.
    var restored: Set<NodeID> = []
    var cloned: Set<NodeID> = []
    /// The node that lies, from the moment on which it does.
    var liar: Liar?
    private var lines: [SimulatedLine] = []
    private var backups: [String: SimulatedDisk] = [:]
    private var awayUntil: [String: Int] = [:]

    private init(seed: UInt64, _ plan: CampaignPlan, _ flaw: Flaw?) throws {
        bank = try SimulatedBank(seed: seed, flaw: flaw)
        self.plan = plan
        self.seed = seed
        random = SeededRandom(seed: seed &+ 1)
        workload = Workload(seed: seed &+ 2)
    }

    /// Runs a seed. Everything follows from it; nothing else is read.
    ///
    /// - Parameter watched: text of a dot; the trace then tells after each step who holds it.
    public static func run(
        seed: UInt64, plan: CampaignPlan? = nil, flaw: Flaw? = nil, watched: String? = nil
    ) -> CampaignReport {
        do {
            var campaign = try Campaign(seed: seed, plan ?? CampaignPlan(seed: seed), flaw)
            do {
                for step in 0..<campaign.plan.steps {
                    try campaign.step(step)
                    if let watched { try campaign.noteHolders(of: watched) }
                }
                try campaign.heal()
                try campaign.audit()
            } catch {
                campaign.oracle.note(Finding(.error, "\(error)"))
            }
            return try campaign.report(seed)
        } catch {
            return CampaignReport(
                seed: seed, findings: [Finding(.error, "\(error)")], traceHash: 0, trace: [], acts: 0, marks: [:])
        }
    }

    private func report(_ seed: UInt64) throws -> CampaignReport {
        CampaignReport(
            seed: seed, findings: oracle.findings, traceHash: trace.hash, trace: trace.lines.suffix(Trace.linesMax),
            acts: oracle.acts.count, marks: marks, stateDigest: try stateDigest())
    }

    private mutating func noteHolders(of dot: String) throws {
        let holders = try bank.nodes.compactMap { node in
            let found = try node.store.holdings().first { $0.sealed.record.dot.description == dot }
            return found.map { "\(node.key)\($0.isWaiting ? " waiting" : "")\($0.isStaged ? " staged" : "")" }
        }
        trace.note("held by \(holders)")
    }

    // MARK: Chance

    mutating func chance(_ probability: Double) -> Bool {
        Double(random.next() >> 11) / Double(1 << 53) < probability
    }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }

    mutating func mark(_ name: String) { marks[name, default: 0] += 1 }

    // MARK: One step

    private mutating func step(_ number: Int) throws {
        bank.advance(milliseconds: Int64(random.next() % 600_000))
        if plan.liars {
            if number == plan.steps / 4 { try turn(seed) }
            if liar != nil, chance(0.25) { return try speak() }
        }
        if chance(plan.work) { return try work() }
        if chance(0.8) { return try talk(number) }
        switch random.next() % 100 {
        case ..<35:
            let node = pick(bank.nodes)
            backups[node.key] = try node.disk()
        case ..<60: try fallBack(number)
        case ..<80:
            guard plan.kills else { return }
            let node = pick(bank.nodes)
            try node.restart()
            trace.note("kill \(node.key)")
        case ..<87: try makeClone()
        case ..<94:
            guard plan.absences else { return }
            let node = pick(bank.nodes)
            awayUntil[node.key] = number + 60
            trace.note("away \(node.key)")
        default:
            guard plan.clockJumps else { return }
            let node = pick(bank.nodes)
            let jump = Int64(random.next() % 7_200_000) - 3_600_000
            node.world.advance(milliseconds: jump)
            trace.note("clock \(node.key) \(jump)")
        }
    }

    mutating func work() throws {
        let node = pick(bank.nodes)
        guard let draft = try workload.next(at: node, in: bank.hierarchy) else { return }
        try author(draft, at: node)
    }

    /// Writes an act and remembers that it was acknowledged.
    mutating func author(_ draft: Draft, at node: SimulatedNode) throws {
        if let document = draft.document { try checkPast(of: document, at: node) }
        let dot = try node.store.author(draft)
        guard let hash = try node.store.hash(of: dot) else {
            return oracle.note(Finding(.lost, "\(dot) was acknowledged and is not there"))
        }
        let document = draft.document ?? DocumentID(createdBy: dot)
        oracle.acknowledge(dot, hash, document, by: node.key)
        oracle.note(words: draft, of: document)
        trace.note("\(node.key) \(dot) \(document) \(hash) \(Campaign.words(draft))")
    }

    static func words(_ draft: Draft) -> String {
        (draft.core + draft.casework + draft.personal).map { "\($0)" }.joined(separator: " ")
    }

    /// The vector that the next act will carry claims exactly what is here.
    private mutating func checkPast(of document: DocumentID, at node: SimulatedNode) throws {
        guard let vector = try node.store.state(of: document)?.vector else { return }
        let lineage = try node.store.lineage()
        for dot in oracle.byDocument[document] ?? [] where !lineage.isLost(dot) {
            // A liar may speak of its own past without having sent it: it harms itself.
            if lineage.node(of: dot.incarnation).map(untrusted.contains) ?? (liar != nil) { continue }
            let isHere = try node.store.hash(of: dot) != nil
            guard vector.covers(dot, lineage) != isHere else { continue }
            oracle.note(Finding(.falsePast, "\(node.key) \(dot) here \(isHere)"))
        }
    }

    // MARK: Lines

    private mutating func talk(_ number: Int) throws {
        let pair = pick(bank.pairs)
        guard awayUntil[pair.child.key, default: 0] < number, awayUntil[pair.parent.key, default: 0] < number else {
            return
        }
        let (from, to) = chance(0.75) ? (pair.child, pair.parent) : (pair.parent, pair.child)
        let line = line(from, to)
        line.itemsMax = plan.smallBatches ? pick([1, 3, 8, nil]) : nil
        for _ in 0..<pick([1, 2, 4, 8]) {
            let fate = fate()
            let before = try cursors(pair.child, pair.parent)
            let goesOn = try line.step(fate)
            try checkCursors(before, pair.child, pair.parent)
            trace.note("\(from.key)>\(to.key) \(fate) \(goesOn) \(line.bytes)")
            if !goesOn || fate == .cut { break }
        }
        try checkAcknowledged(pair.child, pair.parent)
    }

    private mutating func line(_ from: SimulatedNode, _ to: SimulatedNode) -> SimulatedLine {
        lines.removeAll { line in
            !bank.nodes.contains { $0 === line.dialler } || !bank.nodes.contains { $0 === line.answerer }
        }
        if let line = lines.first(where: { $0.dialler === from && $0.answerer === to }) { return line }
        let line = bank.line(from, to)
        lines.append(line)
        return line
    }

    private mutating func fate() -> LineFate {
        if chance(plan.loss) {
            mark("lost")
            return chance(0.5) ? .requestLost(retried: chance(0.5)) : .replyLost(retried: chance(0.5))
        }
        if chance(plan.repeats) { return chance(0.5) ? .duplicated : .replayed }
        return chance(plan.cuts) ? .cut : .delivered
    }

    func hangUpAll() { for line in lines { line.hangUp() } }

    // MARK: Disasters

    /// A disk goes back in time: database and witness together, the database alone, or to nothing at all.
    private mutating func fallBack(_ number: Int) throws {
        let node = pick(bank.nodes)
        if plan.emptyMachines, chance(0.1) {
            return try fallBack(node, to: SimulatedDisk(image: [], witness: nil), "empty")
        }
        guard let backup = backups[node.key] else { return }
        if plan.lostTails, chance(plan.restores ? 0.3 : 1) {
            try fallBack(node, to: SimulatedDisk(image: backup.image, witness: node.disk().witness), "lost tail")
        } else if plan.restores {
            try fallBack(node, to: backup, "restore")
        }
    }

    private mutating func fallBack(_ node: SimulatedNode, to disk: SimulatedDisk, _ what: String) throws {
        let before = try node.store.holdings().map(\.sealed.record.dot)
        let own = oracle.acts.filter { $0.author == node.key }.map(\.dot)
        let safe = try levels(own, at: node)
        try node.restart(disk)
        restored.insert(node.id)
        mark(what)
        let left = Set(try node.store.holdings().map(\.sealed.record.dot))
        let dropped = Set(before).subtracting(left)
        var others: Set<Dot> = []
        for other in bank.nodes where other !== node {
            others.formUnion(try other.store.holdings().map(\.sealed.record.dot))
        }
        oracle.destroy(dropped, at: node, levels: safe, others: others)
        trace.note("\(what) \(node.key) drops \(dropped.count) gone \(oracle.gone.count)")
    }

    /// What a node says of its own acts, where its word is good: the holders were not robbed themselves.
    private func levels(_ dots: [Dot], at node: SimulatedNode) throws -> [Dot: AcknowledgementLevel] {
        guard let parent = bank.hierarchy.parent(of: node.id), !restored.contains(parent),
            !restored.contains(bank.hierarchy.headOffice)
        else { return [:] }
        var levels: [Dot: AcknowledgementLevel] = [:]
        for dot in dots where try node.store.hash(of: dot) != nil {
            levels[dot] = try node.store.acknowledgement(of: [dot])
        }
        return levels
    }

    private mutating func makeClone() throws {
        let branches = bank.nodes.filter { bank.hierarchy.tier(of: $0.id) == .branch }
        let node = pick(branches)
        guard plan.clones, cloned.isEmpty else { return }
        cloned.insert(node.id)
        mark("clone")
        bank.add(try node.copy(key: node.key + "'", seed: random.next()))
        trace.note("clone \(node.key)")
    }

    mutating func forget(_ key: String) { backups[key] = nil }
}
