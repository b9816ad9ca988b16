import SyncProtocol
import TicketStore

extension Campaign {
    /// One ticket at all nodes: who holds it, that they agree, and that its bodies are where they may and must be.
    mutating func auditDocument(_ document: DocumentID, _ dots: [Dot], _ evidence: Evidence) throws {
        let records = dots.compactMap { evidence.union[$0]?.record }
        let union = DocumentState(folding: Campaign.inOrder(records, evidence), evidence.lineage)
        for (node, holdings) in evidence.byNode where !untrusted.contains(node.id) {
            let held = dots.filter { holdings[$0]?.isWaiting == false }
            let level = union.audience.disclosure(to: node.id, in: bank.hierarchy)
            guard level > .nothing else {
                if !held.isEmpty { oracle.note(Finding(.outsideAudience, "\(document) at \(node.key): \(held.count)")) }
                continue
            }
            if held != dots {
                oracle.note(Finding(.diverged, "\(document) at \(node.key): \(held.count) of \(dots.count)"))
            } else if let state = try node.store.state(of: document) {
                try compare(state, union, document, node)
            }
        }
        for dot in dots { auditBodies(dot, union.audience, evidence) }
        auditCustody(document, records, union, evidence.lineage)
    }

    /// An order that respects dependencies, as far as they are here.
    static func inOrder(_ records: [CoreRecord], _ evidence: Evidence) -> [HeldAction] {
        var waiting = records.sorted { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }
        var done: Set<Dot> = []
        var ordered: [HeldAction] = []
        while !waiting.isEmpty {
            let index = waiting.firstIndex { record in
                !waiting.contains { $0.dot != record.dot && record.dependencies.covers($0.dot, evidence.lineage) }
            }
            let record = waiting.remove(at: index ?? 0)
            done.insert(record.dot)
            ordered.append(HeldAction(record: record))
        }
        return ordered
    }

    private mutating func compare(
        _ state: DocumentState, _ union: DocumentState, _ document: DocumentID, _ node: SimulatedNode
    ) throws {
        func note(_ check: Finding.Check, _ what: String) {
            oracle.note(Finding(check, "\(document) at \(node.key): \(what)"))
        }
        if state.audience != union.audience { note(.diverged, "audience") }
        if state.custody != union.custody { note(.diverged, "custody \(state.custody) for \(union.custody)") }
        if state.overruled != union.overruled { note(.diverged, "overruled") }
        if state.disputed != union.disputed { note(.diverged, "disputed") }
        if state.voided != union.voided { note(.diverged, "voided") }
        if state.core != union.core { note(.diverged, "core fields") }
        let folded = try node.store.ticket(.document(document)).state
        if folded.core != state.core || folded.custody != state.custody { note(.foldDiffers, "core") }
        if folded.casework != state.casework || folded.personal != state.personal { note(.foldDiffers, "bodies") }
        if folded.vector != state.vector { note(.foldDiffers, "vector") }
    }

    /// A body is where its holder may have it; and wherever it may be and a path of entitled nodes leads.
    private mutating func auditBodies(_ dot: Dot, _ audience: Audience, _ evidence: Evidence) {
        guard let record = evidence.union[dot]?.record else { return }
        let holders = evidence.parts(dot)
        for body in record.bodies {
            let entitled = Set(
                bank.hierarchy.nodes.filter {
                    audience.disclosure(to: $0, in: bank.hierarchy).includes(body.part)
                }
            ).subtracting(untrusted)
            let has = Set(holders.filter { $0.parts.contains(body.part) }.map(\.node)).subtracting(untrusted)
            for node in has.subtracting(entitled).sorted() {
                oracle.note(Finding(.leak, "\(dot) \(body.part) at \(node)"))
            }
            for node in entitled.subtracting(has).sorted() where isReachable(node, from: has, within: entitled) {
                oracle.note(Finding(.body, "\(dot) \(body.part) of \(record.document) missing at \(node)"))
            }
        }
    }

    private func isReachable(_ node: NodeID, from holders: Set<NodeID>, within entitled: Set<NodeID>) -> Bool {
        var seen: Set<NodeID> = [node]
        var open = [node]
        while let next = open.popLast() {
            if holders.contains(next) { return true }
            for neighbour in bank.hierarchy.neighbours(of: next)
            where entitled.contains(neighbour) && seen.insert(neighbour).inserted { open.append(neighbour) }
        }
        return false
    }

    /// Effective acts of the custodian follow one another, and nobody is overruled where nothing went wrong.
    private mutating func auditCustody(
        _ document: DocumentID, _ records: [CoreRecord], _ state: DocumentState, _ lineage: Lineage
    ) {
        let without = Set(state.overruled + state.disputed + state.voided)
        let assigning = records.filter { record in
            record.claim != nil && !without.contains(record.dot)
                && record.operations.contains { if case .assign = $0 { true } else { false } }
        }
        for (index, one) in assigning.enumerated() {
            for other in assigning[..<index]
            where !one.dependencies.covers(other.dot, lineage) && !other.dependencies.covers(one.dot, lineage) {
                oracle.note(Finding(.custody, "\(document): \(one.dot) and \(other.dot) are concurrent"))
            }
        }
        let wasSeized = records.contains { $0.operations.contains { if case .seize = $0 { true } else { false } } }
        let troubled = restored.union(cloned).union(untrusted)
        let isCalm =
            !wasSeized && !records.contains { lineage.node(of: $0.dot.incarnation).map(troubled.contains) ?? true }
        if isCalm, !state.overruled.isEmpty || !state.disputed.isEmpty {
            oracle.note(Finding(.overruledWithoutCause, "\(document): \(state.overruled) \(state.disputed)"))
        }
    }
}
