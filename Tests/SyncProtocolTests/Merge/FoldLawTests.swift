import SyncProtocol
import Testing

@Suite("Every order that respects dependencies gives one state") struct FoldLawTests {
    @Test func `acts that arrive in another order give the same state`() {
        for seed in lawCases(150) {
            let history = HistoryGenerator.history(seed: seed)
            let expected = DocumentState(folding: history.actions, history.lineage)
            var dice = Dice(seed: seed ^ 0xabcd)
            for _ in 0..<3 {
                let state = DocumentState(folding: history.shuffled(&dice), history.lineage)
                #expect(state == expected, "seed \(seed)")
                #expect(state.encodedCore() == expected.encodedCore(), "seed \(seed)")
            }
        }
    }

    @Test func `adding one act gives what folding all of them gives`() {
        for seed in lawCases(150) {
            let history = HistoryGenerator.history(seed: seed &+ 5000)
            var dice = Dice(seed: seed)
            let order = seed % 2 == 0 ? history.actions : history.shuffled(&dice)
            var state = DocumentState()
            for index in order.indices {
                let folded = DocumentState(folding: Array(order[...index]), history.lineage)
                if !state.apply(order[index], history.lineage) { state = folded }
                #expect(state == folded, "seed \(seed), act \(index)")
                if state != folded { break }
            }
        }
    }

    @Test func `an act that was declared lost and comes back takes its place`() {
        for seed in lawCases(150) {
            let history = HistoryGenerator.history(seed: seed &+ 20_000)
            var dice = Dice(seed: seed)
            var order = history.actions
            for _ in 0...dice.below(2) {
                let from = 1 + dice.below(order.count - 1)
                let late = order.remove(at: from)
                order.insert(late, at: from + dice.below(order.count - from + 1))
            }
            let expected = DocumentState(folding: history.actions, history.lineage)
            #expect(DocumentState(folding: order, history.lineage) == expected, "seed \(seed)")
            #expect(history.incremental(order) == expected, "seed \(seed)")
            #expect(!expected.hasGaps)
        }
    }

    @Test func `bodies of the creating act alone are folded as with all others`() throws {
        var taken = 0
        for seed in lawCases(200) {
            let history = HistoryGenerator.history(seed: seed)
            var actions = history.actions
            for index in actions.indices {
                actions[index].casework = nil
                actions[index].personal = nil
            }
            actions[0].casework = [
                .write(FieldID(rawValue: 100), .text("words")), .add(FieldID(rawValue: 104), .empty),
            ]
            actions[0].personal = [.assign(FieldID(rawValue: 130), .text("name"))]
            let whole = DocumentState(folding: actions, history.lineage)
            var state = try DocumentState(core: whole.encodedCore(), casework: nil, personal: nil)
            if state.foldBodies(ofCreation: actions[0], history.lineage) {
                taken += 1
                #expect(state == whole, "seed \(seed)")
            }
        }
        #expect(taken > 0)
    }

    @Test func `every field whose shown value changed is among the differences`() {
        for seed in lawCases(100) {
            let history = HistoryGenerator.history(seed: seed)
            var before = FieldState()
            for count in 1...history.actions.count {
                let core = DocumentState(folding: Array(history.actions.prefix(count)), history.lineage).core
                let changed = core.differences(from: before)
                for number in UInt16(0)...150 {
                    let field = FieldID(rawValue: number)
                    let shown = core.regulated.first { $0.field == field }?.value ?? core.siblings(field).first?.value
                    #expect(core.value(field) == shown)
                    #expect(core.value(field) == before.value(field) || changed.contains(field), "seed \(seed)")
                }
                #expect(core.differences(from: core).isEmpty)
                before = core
            }
        }
    }

    @Test func `without unlawful acts most acts need no fold of all`() {
        var folds = 0
        var acts = 0
        for seed in lawCases(40) {
            let history = HistoryGenerator.history(seed: seed, percentUnlawful: 0)
            var state = DocumentState()
            for (index, action) in history.actions.enumerated() {
                acts += 1
                if !state.apply(action, history.lineage) {
                    folds += 1
                    state = DocumentState(folding: Array(history.actions[...index]), history.lineage)
                }
            }
        }
        #expect(folds * 3 < acts * 2, "\(folds) folds for \(acts) acts")
    }

    @Test func `two halves that were delivered apart meet in the same state`() {
        for seed in lawCases(100) {
            let history = HistoryGenerator.history(seed: seed &+ 9000)
            var dice = Dice(seed: seed)
            let one = history.shuffled(&dice)
            let other = history.shuffled(&dice)
            #expect(history.incremental(one) == history.incremental(other), "seed \(seed)")
        }
    }

    @Test func `a node without the bodies judges custody, audience and core fields alike`() {
        for seed in lawCases(100) {
            let history = HistoryGenerator.history(seed: seed)
            let bare = history.actions.map { HeldAction(record: $0.record) }
            var full = DocumentState(folding: history.actions, history.lineage)
            let core = DocumentState(folding: bare, history.lineage)
            #expect(full.encodedCore() == core.encodedCore(), "seed \(seed)")
            full = history.incremental(history.actions)
            #expect(full.encodedCore() == core.encodedCore(), "seed \(seed)")
        }
    }

    @Test func `the generator reaches the interesting states`() {
        var marks: [String: Int] = [:]
        for seed in 0..<UInt64(60) {
            let history = HistoryGenerator.history(seed: seed, percentUnlawful: 5)
            let state = DocumentState(folding: history.actions, history.lineage)
            func mark(_ name: String, _ isHit: Bool) { marks[name, default: 0] += isHit ? 1 : 0 }
            mark("disputed", !state.disputed.isEmpty)
            mark("overruled", !state.overruled.isEmpty)
            mark("voided", !state.voided.isEmpty)
            mark("conflict", !state.conflicts.isEmpty)
            mark("handover", (state.lead?.handovers ?? 0) > 0)
            mark("seize", (state.lead?.seizes ?? 0) > 0)
            mark("second leg", state.custody.count > 1)
            mark("open offer", state.custody.contains { !$0.offers.isEmpty })
            mark("recall asked", state.custody.contains { $0.offers.contains(where: \.recallRequested) })
            mark("widened", state.audience.headOffice > .core)
            mark("fork", state.vector.entries.count > History.bank.nodes.count)
            mark("several lives", history.lineage.line(of: state.vector.entries[0].incarnation).count > 1)
        }
        for (name, hits) in marks { #expect(hits > 0, "no history has: \(name)") }
    }
}
