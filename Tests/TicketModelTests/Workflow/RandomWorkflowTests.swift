import SyncProtocol
import Testing

@testable import TicketModel

/// Random posts at random tiers do random acts on replicas that are cut and joined: no illegal state, every request
/// ends, every guard is met in both directions, and all nodes agree in the end.
@Suite struct RandomWorkflowTests {
    struct Tally {
        var refused: [String: Int] = [:]
        var passed: [Guard: Int] = [:]
        var acts: [String: Int] = [:]
        /// Clocks that took another's place because the ticket was classified otherwise.
        var replaced = 0
        var steps = 0
    }

    static let stepsASeed = 150

    @Test func `a generated walk over cut and joined replicas`() {
        let plan = WalkPlan.fromEnvironment()
        var tally = Tally()
        while tally.steps < plan.steps {
            walk(plan.firstSeed &+ UInt64(tally.steps / Self.stepsASeed), &tally)
            plan.show(tally.steps)
        }
        plan.finish(tally.steps)
        for rule in Guard.allCases {
            #expect(tally.refused[rule.rawValue] != nil, "\(rule.rawValue) refused nobody")
            #expect(tally.passed[rule] != nil, "\(rule.rawValue) let nobody pass")
        }
        #expect(tally.replaced > 0, "no ticket was classified otherwise")
        let walked = Set(tally.acts.keys)
        let never = ActCatalogue.all.map(\.act.name).filter { !walked.contains($0) }
        // An appeal is a registration; ruling needs a copy of a node, which the custody tests make.
        #expect(Set(never).subtracting(["rule"]).isEmpty, "acts that nobody did")
    }

    private func walk(_ seed: UInt64, _ tally: inout Tally) {
        var random = SeededRandom(state: seed)
        var bank = Replicas(people: random.isTrue(3) ? WalkPeople.people : .unknown, rules: WalkRules.book)
        bank.others = WalkOthers.all
        let profile = WalkProfile.allCases[Int(seed) % WalkProfile.allCases.count]
        var clock = TestBank.morning
        // An appeal reaches its end by the longest way: conclusion, two hops, closing.
        for _ in 0..<(profile == .regulator ? 3 * Self.stepsASeed : Self.stepsASeed) {
            clock += Int64.random(in: 1...(TestBank.hour * 8), using: &random)
            let place = TestBank.places.randomElement(using: &random) ?? TestBank.branch
            let (command, actor) = WalkGenerator.next(bank, profile, at: place, clock, &random)
            let before = bank.view(at: actor.node)
            do throws(Refusal) {
                let decision = try bank.perform(command, by: actor, at: clock)
                tally.acts[decision.act.name, default: 0] += 1
                if case .perform(let act, _) = command { tally.acts[act.name, default: 0] += 1 }
                for rule in decision.guards { tally.passed[rule, default: 0] += 1 }
                check(decision, before, actor, seed)
            } catch {
                tally.refused[error.rule, default: 0] += 1
                #expect(!error.hint.english.isEmpty && !error.rule.isEmpty)
            }
            tally.steps += 1
            // The lines: each holds for some steps, then not.
            for place in TestBank.places {
                if let parent = place.parent, random.isTrue(3) { bank.meet(place.node, parent) }
            }
            if random.isTrue(10) { bank.keepClocks(at: clock) }
        }
        tally.replaced += finish(&bank, clock, seed)
    }

    /// What one allowed act may look like, whatever it is.
    private func check(_ decision: Decision, _ before: TicketView, _ actor: Actor, _ seed: UInt64) {
        for operation in decision.core {
            switch operation {
            case .assign(let field, _):
                #expect(FieldTable.definition(field)?.part == .core && decision.requiresCustody, "seed \(seed)")
            case .add(let field, _): #expect(FieldTable.definition(field)?.merge == .grow, "seed \(seed)")
            case .write(let field, _): #expect(FieldTable.definition(field)?.merge == .free, "seed \(seed)")
            case .offer(_, let node):
                #expect(!before.codes(TicketField.sealedFrom).contains(node.text), "sealed, seed \(seed)")
            default: continue
            }
        }
        if decision.claim == .held, decision.leg == 0, decision.act != .seize {
            #expect(before.custodian == actor.node, "seed \(seed)")
        }
        for id in decision.transitions where before.document != nil {
            let line = TransitionTable.known(id)
            let roles = line.roles(onOrder: before.isOrder)
            #expect(roles.contains { $0.rawValue == actor.role } && line.tiers.contains(actor.tier))
        }
        if decision.transitions.contains("T23") || decision.transitions.contains("T25") {
            #expect(before.text(TicketField.severity) != "major" || actor.tier > .branch, "seed \(seed)")
        }
        if decision.writesLead {
            let replayed = ClockReplay.transitions(of: decision.act, decision.core, before)
            #expect(
                replayed == decision.transitions.filter { $0.hasPrefix("T") }, "\(decision.act.name), seed \(seed)")
        }
    }

    /// Heals the bank, ends the ticket, and looks at what all nodes have. Returns how many clocks replaced another.
    private func finish(_ bank: inout Replicas, _ clock: Int64, _ seed: UInt64) -> Int {
        bank.heal()
        endTicket(&bank, clock, seed)
        bank.heal()
        let top = bank.state("head-office")
        for place in TestBank.places {
            let state = bank.state(place.node)
            guard state.audience.disclosure(to: place.node, in: TestBank.hierarchy) > .nothing else { continue }
            #expect(state.core == top.core && state.custody == top.custody, "seed \(seed) at \(place.node)")
            #expect(state.overruled == top.overruled && state.disputed == top.disputed, "seed \(seed)")
        }
        let view = bank.view(at: "head-office")
        guard view.document != nil else { return 0 }
        #expect(view.state != nil, "seed \(seed)")
        #expect(view.openRequests.isEmpty, "seed \(seed): a request waits for ever")
        if view.state == .merged { #expect(view.mergedInto != nil) }
        if view.state == .closed { #expect(view.value(TicketField.closedAt) != nil) }
        for leg in view.askedLegs { #expect(view.stage(ofLeg: leg) != nil) }
        return checkClocks(view, seed)
    }

    /// A ticket that has ended has no clock left, and none was ever made shorter but by a repin, nor lost what was granted
    /// when another took its place.
    private func checkClocks(_ view: TicketView, _ seed: UInt64) -> Int {
        let clocks = TicketClocks(of: view)
        #expect(clocks.foreignCount == 0, "seed \(seed): a clock that cannot be read")
        if view.state == .withdrawn { #expect(clocks.running.isEmpty, "seed \(seed): a clock runs for ever") }
        for clock in clocks.all.map(\.clock) {
            var due = clock.pinned.due
            for change in clock.changes {
                if case .repinned = change.what {
                } else if let old = due, let new = change.times?.due {
                    #expect(new >= old, "seed \(seed): \(clock.text)")
                }
                due = change.times?.due ?? due
            }
            #expect(WalkRules.book.explain(clock, at: 0).agrees == true, "seed \(seed): \(clock.text)")
        }
        let replacements = Replacement.all(among: clocks.all.map(\.clock), WalkRules.book)
        for one in replacements { #expect(one.breaches(WalkRules.book) == [], "seed \(seed)") }
        return replacements.count
    }

    /// Whoever has the ticket withdraws it, so that nothing is left open.
    private func endTicket(_ bank: inout Replicas, _ clock: Int64, _ seed: UInt64) {
        for attempt in 0..<6 {
            let view = bank.view(at: "head-office")
            guard view.document != nil, view.state?.isOpen ?? false else { return }
            let holder = view.pendingOffer?.to ?? view.custodian
            guard let place = TestBank.places.first(where: { $0.node == holder }) else { return }
            let role: Role =
                switch place.tier {
                case .branch: .clerk
                case .province: .dispatcher
                case .headOffice: .hoDispatcher
                }
            let actor = TestBank.actor(role, at: place, post: "\(place.org).\(role.rawValue)-2")
            let at = clock + Int64(attempt) + 1
            do throws(Refusal) {
                _ = try bank.perform(.perform(.withdraw, ["evidence_key": "end-\(attempt)"]), by: actor, at: at)
            } catch {
                #expect(attempt < 5, "seed \(seed): \(error.rule) keeps the ticket open")
            }
            bank.heal()
        }
    }
}
