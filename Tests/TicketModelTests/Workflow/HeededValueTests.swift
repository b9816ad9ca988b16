import SyncProtocol
import Testing

@testable import TicketModel

/// Whatever somebody gives with an act has its effect or is refused: nothing is passed over, and no act that is allowed
/// changes nothing. Tried on acts of random lives, each against itself with one value more and with one value less.
@Suite struct HeededValueTests {
    private static let seeds: UInt64 = 60
    private static let stepsASeed = 150
    /// Values that may say what holds without them: what the rules classify or route to by themselves, a disclosure that is
    /// there already; and a mark whose whole effect is that an unverified contact is refused.
    private static let confirming: Set = [
        "dispatch scope", "dispatch_again scope", "dispatch lead_department", "escalate_problem identity_needed",
        "contact automatic",
    ]

    @Test func `every value that is given with an act counts, and none more is taken`() {
        var acts: Set<String> = []
        var idle: Set<String> = []
        for seed in 0..<Self.seeds { walk(seed, &acts, &idle) }
        #expect(acts.count > 40, "\(acts.count) acts were tried")
        #expect(idle.subtracting(Self.confirming).isEmpty, "given and without effect: \(idle.sorted())")
    }

    private func walk(_ seed: UInt64, _ acts: inout Set<String>, _ idle: inout Set<String>) {
        var random = SeededRandom(state: seed)
        var bank = Replicas(people: random.isTrue(3) ? WalkPeople.people : .unknown, rules: WalkRules.book)
        bank.others = WalkOthers.all
        let profile = WalkProfile.allCases[Int(seed) % WalkProfile.allCases.count]
        var clock = TestBank.morning
        for _ in 0..<Self.stepsASeed {
            clock += Int64.random(in: 1...(TestBank.hour * 8), using: &random)
            let place = TestBank.places.randomElement(using: &random) ?? TestBank.branch
            let (command, actor) = WalkGenerator.next(bank, profile, at: place, clock, &random)
            let view = bank.view(at: actor.node)
            let before = bank
            guard let decision = Self.decision(command, view, actor, before, clock) else { continue }
            _ = try? bank.perform(command, by: actor, at: clock)
            #expect(
                !(decision.core + decision.casework + decision.personal).isEmpty || decision.clockOrder != nil,
                "\(decision.act.name) changes nothing, seed \(seed)")
            if case .perform(let act, let given) = command {
                acts.insert(act.name)
                for more in ["no_such_field", "received_at"] where given[more] == nil {
                    let superfluous = given.merging([more: "1"]) { $1 }
                    #expect(
                        Self.decision(.perform(act, superfluous), view, actor, before, clock) == nil,
                        "\(act.name) takes \(more), seed \(seed)")
                }
                for (name, text) in given where !AsciiText.isBlank(text) && !Self.shows(view, name, text) {
                    var less = given
                    less[name] = nil
                    let other = Self.decision(.perform(act, less), view, actor, before, clock)
                    if other == decision { idle.insert("\(act.name) \(name)") }
                }
            }
            for place in TestBank.places {
                if let parent = place.parent, random.isTrue(3) { bank.meet(place.node, parent) }
            }
        }
    }

    private static func decision(
        _ command: TicketCommand, _ view: TicketView, _ actor: Actor, _ bank: Replicas, _ clock: Int64
    ) -> Decision? {
        try? decide(
            command, ticket: view, actor: actor, people: bank.people, rules: bank.rules, others: bank.others, at: clock,
            randomness: UInt64(clock))
    }

    /// True where the ticket shows that value already: to give it again confirms it.
    private static func shows(_ view: TicketView, _ name: String, _ text: String) -> Bool {
        guard let definition = FieldTable.definition(named: name), let known = view.value(definition.id) else {
            return false
        }
        return (try? definition.value(from: text)) == known
    }
}
