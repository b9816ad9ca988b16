import SyncProtocol
import TicketStore

extension Campaign {
    /// The weather clears: good lines, a person adopts one of two copies, losses are declared, disputes are ruled.
    mutating func heal() throws {
        hangUpAll()
        trace.note("heal")
        try settle(passesMax: 6, mustEnd: false)
        // Whoever put an older folder back says so: a disk cannot always tell by itself.
        for node in bank.nodes where restored.contains(node.id) { try node.store.openPast() }
        for id in cloned.sorted() { try adoptOne(of: id) }
        try settle(passesMax: 60, mustEnd: true)
        for _ in 0..<6 {
            let declared = try declare()
            let ruled = try rule()
            try settle(passesMax: 60, mustEnd: true)
            if !declared, !ruled { return }
        }
    }

    private mutating func settle(passesMax: Int, mustEnd: Bool) throws {
        do {
            let passes = try bank.settle(passesMax: passesMax)
            trace.note("settled in \(passes)")
        } catch SimulationError.doesNotSettle {
            if mustEnd { oracle.note(Finding(.neverSettles, "after \(passesMax) passes")) }
        }
    }

    /// Both copies are read dry, one is retired, and the other adopted by a person at the node above.
    private mutating func adoptOne(of id: NodeID) throws {
        guard let parent = bank.hierarchy.parent(of: id) else { return }
        let key = id.text
        let copy = key + "'"
        try checkClonesNamed(id, copy, parent)
        for twin in [copy, key, copy, key] { try bank.exchange(twin, parent.text) }
        if chance(0.5) {
            let disk = try bank.node(copy).disk()
            try bank.node(key).restart(disk)
            restored.insert(id)
        }
        bank.remove(copy)
        forget(copy)
        guard let life = try bank[key].newestLife() else { return }
        try bank[parent.text].adopt(life, asLineOf: id)
        trace.note("adopted \(key) \(life)")
        try bank.exchange(key, parent.text)
        if try bank[key].isSuspended() { oracle.note(Finding(.falseAlarm, "\(key) is adopted and still suspended")) }
    }

    /// I7: two copies that both wrote and both called are an incident, and custody under their name rests.
    private mutating func checkClonesNamed(_ id: NodeID, _ copy: String, _ parent: NodeID) throws {
        let bothWrote = try bank[id.text].currentIncarnation() != nil && bank[copy].currentIncarnation() != nil
        guard bothWrote, !restored.contains(id), !restored.contains(parent) else { return }
        for key in [copy, id.text, copy, id.text] { try bank.exchange(key, parent.text) }
        let state = try bank[parent.text].status().neighbours.first { $0.node == id }
        if state?.isSuspended != true { oracle.note(Finding(.unnamed, "\(id) lives twice and nobody was told")) }
        for key in [copy, id.text] where try !bank[key].isSuspended() {
            oracle.note(Finding(.unnamed, "\(key) lives twice and was not told"))
        }
    }

    private mutating func declare() throws -> Bool {
        var done = false
        for node in bank.nodes {
            let orphans = try node.store.discardOrphans()
            let lost = try node.store.declareLosses()
            if !lost.isEmpty { mark("declared") }
            if !orphans.isEmpty { mark("orphans") }
            if !lost.isEmpty || !orphans.isEmpty {
                done = true
                trace.note("\(node.key) declares \(lost.count) lost, discards \(orphans.count)")
            }
        }
        return done
    }

    /// The node above the holder of the version in dispute rules between the acts that claim it.
    private mutating func rule() throws -> Bool {
        var done = false
        for node in bank.nodes {
            for id in try node.store.tickets() {
                guard let state = try node.store.state(of: id), !state.disputed.isEmpty else { continue }
                for (version, dots) in try disputes(state.disputed, at: node) {
                    guard let holder = try node.store.lineage().node(of: version.incarnation),
                        (bank.hierarchy.parent(of: holder) ?? bank.hierarchy.headOffice) == node.id
                    else { continue }
                    mark("ruled")
                    done = true
                    let ruling = Operation.rule(winner: dots[0], overruled: Array(dots.dropFirst()))
                    try author(Draft(document: id, kind: 900, post: "lead", core: [ruling]), at: node)
                }
            }
        }
        return done
    }

    /// Disputed acts by the custody version that they claim. Whoever made a version holds it.
    private func disputes(_ dots: [Dot], at node: SimulatedNode) throws -> [(version: Dot, acts: [Dot])] {
        var acts: [Dot: [Dot]] = [:]
        for record in try node.store.holdings().map(\.sealed.record) where dots.contains(record.dot) {
            if let claim = record.claim { acts[claim.version, default: []].append(record.dot) }
        }
        return acts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
