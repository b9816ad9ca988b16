import SyncProtocol
import TicketStore

/// The audit at the end of a run, over everything that every node holds.
extension Campaign {
    /// What the auditor knows: each node's holdings, and the union of them all.
    struct Evidence {
        var byNode: [(node: SimulatedNode, holdings: [Dot: Holding])] = []
        var union: [Dot: SealedRecord] = [:]
        /// Ticket acts in order of dot, by document.
        var documents: [DocumentID: [Dot]] = [:]
        var lineage: Lineage
        /// Tickets of a lying node.
        var liars: Set<DocumentID> = []

        init(_ tree: Hierarchy) { lineage = Lineage(tree) }

        func parts(_ dot: Dot) -> [(node: NodeID, parts: [Part])] {
            byNode.map { ($0.node.id, $0.holdings[dot]?.parts ?? []) }
        }
    }

    mutating func audit() throws {
        let evidence = try gather()
        auditNumbers(evidence)
        auditPresence(evidence)
        for (document, dots) in evidence.documents.sorted(by: { $0.key < $1.key }) {
            let dots = counted(dots, of: document, evidence)
            if !dots.isEmpty { try auditDocument(document, dots, evidence) }
        }
        try auditAlarms()
        try auditLiar(evidence)
        for (node, holdings) in evidence.byNode {
            for (dot, holding) in holdings.sorted(by: { $0.key < $1.key }) {
                trace.absorb("\(node.key)\(dot)\(holding.sealed.hash)\(holding.parts)".utf8)
            }
        }
    }

    private mutating func gather() throws -> Evidence {
        var evidence = Evidence(bank.hierarchy)
        for node in bank.nodes {
            var holdings: [Dot: Holding] = [:]
            for holding in try node.store.holdings() {
                let dot = holding.sealed.record.dot
                holdings[dot] = holding
                let isForged = isForged(holding.sealed.hash)
                if let known = evidence.union[dot], known.hash != holding.sealed.hash {
                    oracle.note(Finding(.dotReused, "\(dot) at \(node.key)"))
                }
                evidence.union[dot] = holding.sealed
                // What a liar once wrote honestly it may send without what it depends on: it harms itself.
                let author = try node.store.lineage().node(of: dot.incarnation)
                let isOwnHarm = author.map(untrusted.contains) ?? (liar != nil)
                if holding.isWaiting, !isForged, !isOwnHarm { oracle.note(Finding(.waiting, "\(dot) at \(node.key)")) }
                if holding.isWaiting, try waitsForItself(holding.sealed.record, at: node) {
                    oracle.note(Finding(.waiting, "\(dot) at \(node.key) for what was never written"))
                }
                if holding.isWaiting, try isReady(holding.sealed.record, at: node) {
                    oracle.note(Finding(.waiting, "\(dot) at \(node.key) for nothing"))
                }
            }
            evidence.byNode.append((node, holdings))
        }
        var records = evidence.union.values.map(\.record).sorted { $0.dot < $1.dot }
        // Predecessors first, so that the depth of each life is known.
        records.sort { $0.stamp < $1.stamp }
        for record in records where record.document.isTicket {
            evidence.documents[record.document, default: []].append(record.dot)
        }
        for key in evidence.documents.keys { evidence.documents[key]?.sort() }
        evidence.lineage = Campaign.lineage(records, bank.hierarchy)
        evidence.liars = liarsTickets(evidence)
        return evidence
    }

    /// Head office keeps an act waiting for one of its own that it never wrote: nobody can ever send it.
    private func waitsForItself(_ record: CoreRecord, at node: SimulatedNode) throws -> Bool {
        guard node.id == bank.hierarchy.headOffice, let life = try node.store.currentIncarnation() else { return false }
        return try record.dependencies.entries.contains { try $0.incarnation == life && node.store.hash(of: $0) == nil }
    }

    /// All that the act knew is here, or was declared lost or kept out.
    private func isReady(_ record: CoreRecord, at node: SimulatedNode) throws -> Bool {
        let lineage = try node.store.lineage()
        guard lineage.knows(record.dot.incarnation) else { return false }
        let vector = try node.store.state(of: record.document)?.vector ?? .empty
        return record.dependencies.entries.allSatisfy {
            vector.covers($0, lineage) || lineage.isSettledWithout($0, in: record.document)
        }
    }

    /// All births that anybody holds, older lives first, and all losses.
    private static func lineage(_ records: [CoreRecord], _ tree: Hierarchy) -> Lineage {
        var lineage = Lineage(tree)
        var births: [(Incarnation, Birth)] = []
        for record in records where record.document.isNodeRecord {
            for case .birth(let birth) in record.operations { births.append((record.dot.incarnation, birth)) }
        }
        while let index = births.firstIndex(where: { birth in
            !births.contains { $0.0 == birth.1.predecessor?.incarnation }
        }) {
            let (life, birth) = births.remove(at: index)
            lineage.insert(life, birth)
        }
        for record in records {
            guard let owner = tree.owner(ofRecord: record.document) else { continue }
            for operation in record.lawfulOperations(of: owner, lineage) {
                switch operation {
                case .lost(let ranges): lineage.declareLost(ranges)
                case .withheld(let acts): lineage.withhold(acts)
                default: continue
                }
            }
        }
        return lineage
    }

    /// Chains without gaps at head office and, for its branches, at the province; stamps that only rise.
    private mutating func auditNumbers(_ evidence: Evidence) {
        for (node, holdings) in evidence.byNode where bank.hierarchy.tier(of: node.id) != .branch {
            var highest: [Incarnation: UInt64] = [:]
            for dot in holdings.keys where keepsChain(of: dot, at: node.id, evidence.lineage) {
                highest[dot.incarnation] = max(highest[dot.incarnation] ?? 0, dot.sequence)
            }
            for (life, last) in highest.sorted(by: { $0.key < $1.key }) {
                auditChain(life, last, holdings, node.key, evidence.lineage)
            }
        }
    }

    private func keepsChain(of dot: Dot, at node: NodeID, _ lineage: Lineage) -> Bool {
        guard let author = lineage.node(of: dot.incarnation), !untrusted.contains(author) else { return false }
        return node == bank.hierarchy.headOffice || author == node || bank.hierarchy.parent(of: author) == node
    }

    private mutating func auditChain(
        _ life: Incarnation, _ last: UInt64, _ holdings: [Dot: Holding], _ key: String, _ lineage: Lineage
    ) {
        var before: SealedRecord?
        for sequence in 1...last {
            let dot = Dot(life, sequence)
            guard let sealed = holdings[dot]?.sealed else {
                before = nil
                if !lineage.isLost(dot), !lineage.isWithheld(dot) {
                    oracle.note(Finding(.gap, "\(key) lacks \(dot) of \(last)"))
                }
                continue
            }
            if let before {
                if sealed.record.previous != before.hash { oracle.note(Finding(.chain, "\(key) \(dot)")) }
                if sealed.record.stamp <= before.record.stamp { oracle.note(Finding(.stamps, "\(key) \(dot)")) }
            }
            before = sealed
        }
    }

    /// I1 and I3: what was acknowledged exists unless a fault took its last copy; what exists was written by somebody.
    private mutating func auditPresence(_ evidence: Evidence) {
        for act in oracle.acts where !oracle.gone.contains(act.dot) && act.author != liar?.node.text {
            guard let sealed = evidence.union[act.dot] else {
                oracle.note(Finding(.lost, "\(act.dot) of \(act.author)"))
                continue
            }
            if sealed.hash != act.hash { oracle.note(Finding(.dotReused, "\(act.dot) of \(act.author)")) }
        }
        for (dot, sealed) in evidence.union.sorted(by: { $0.key < $1.key }) {
            if sealed.record.kind < NodeAct.birth, oracle.hashes[dot] == nil, !isForged(sealed.hash) {
                oracle.note(Finding(.unknownAction, "\(dot)"))
            }
        }
    }

    /// Nobody is accused or suspended without cause.
    private mutating func auditAlarms() throws {
        for node in bank.nodes where !restored.contains(node.id) && !cloned.contains(node.id) {
            if try node.store.isSuspended() { oracle.note(Finding(.falseAlarm, "\(node.key) is suspended")) }
        }
    }
}
