import SyncProtocol
import Testing

@testable import TicketModel

/// SplitMix64: a seed is a whole run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Random posts give random commands with random texts: nothing traps, and nothing unlawful comes of it.
@Suite struct RandomCommandTests {
    private static let texts = [
        "", " ", "complaint", "major", "pending", "valid", "true", "2026-03-01", "1", "-1", "99999999999999999999",
        "general",
        "媒体", "media,court", "\u{0}", "密码 123456", "GD02", "holder", "satisfied", "solved", "phone", "accepted", "bank",
        "child_of@00000000000000010000000000000002", "ordinary", "other", "typing_error", "gravity", "🙂e\u{301}",
    ]

    /// Twice as often what persons enter as what they may not.
    private static let names =
        FieldTable.all.map(\.name) + FieldTable.all.filter { $0.source == .person }.flatMap { [$0.name, $0.name] }
        + ["nonsense"]

    private func fields(_ base: [String: String], _ random: inout SeededRandom) -> [String: String] {
        var fields = base
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let name = Self.names[Int.random(in: 0..<Self.names.count, using: &random)]
            fields[name] = Self.texts[Int.random(in: 0..<Self.texts.count, using: &random)]
        }
        if Int.random(in: 0..<4, using: &random) == 0, let name = fields.keys.sorted().first { fields[name] = nil }
        return fields
    }

    private func command(_ random: inout SeededRandom) -> TicketCommand {
        let text = Self.texts[Int.random(in: 0..<Self.texts.count, using: &random)]
        let place = TestBank.places[Int.random(in: 0..<TestBank.places.count, using: &random)]
        switch Int.random(in: 0..<18, using: &random) {
        case 0:
            return .register(
                Registration(
                    fields: fields(Entries.complaint, &random),
                    targetPersonToken: Bool.random(using: &random) ? nil : text))
        case 1: return .answerOnSpot(fields: fields(Entries.onSpot, &random))
        case 2, 3: return .submitUp
        case 4: return .returnForCompletion(missing: [text, "what"].filter { _ in Bool.random(using: &random) })
        case 5, 6: return .dispatch(to: place.node, fields: fields(Entries.dispatch, &random))
        case 7, 8: return .take
        case 9: return .feedBack(fields: fields(Entries.feedback, &random))
        case 10: return .reply(fields: fields(Entries.reply, &random))
        case 11: return .close(fields: fields(Entries.closeOnSpot, &random))
        case 12: return .widen(to: Disclosure.allCases.randomElement(using: &random) ?? .core, reason: text)
        case 13:
            let base = Bool.random(using: &random) ? [:] : ["demand": "explanation"]
            return .amend(fields: fields(base, &random), reason: Bool.random(using: &random) ? nil : text)
        case 14: return .note(text)
        case 15: return .resolve(field: FieldTable.all.randomElement(using: &random)?.name ?? "", value: text)
        case 16: return .recall
        default: return .decline(reason: text)
        }
    }

    /// A command that fits the ticket's state, with entries that are mostly in order, and the place that could give it.
    private func fitting(_ ticket: TestTicket, _ random: inout SeededRandom) -> (TicketCommand, Place) {
        let view = ticket.view(at: "province-gd")
        let holder = place(view.pendingOffer?.to ?? view.custodian)
        let reason = Enumeration.declineReason.codes.randomElement(using: &random) ?? "other"
        let unit = holder.children.randomElement(using: &random) ?? holder.node
        if view.pendingOffer != nil, Int.random(in: 0..<3, using: &random) == 0 {
            return Bool.random(using: &random) ? (.decline(reason: reason), holder) : (.recall, place(view.custodian))
        }
        switch view.state {
        case nil:
            return (
                .register(Registration(fields: Entries.complaint)),
                TestBank.places[Int.random(in: 0..<4, using: &random)]
            )
        case .registered where holder.tier == .branch && view.pendingOffer == nil:
            return (
                Int.random(in: 0..<5, using: &random) == 0 ? .answerOnSpot(fields: Entries.onSpot) : .submitUp, holder
            )
        case .registered where view.pendingOffer != nil: return (.take, holder)
        case .underReview where Int.random(in: 0..<4, using: &random) == 0:
            return (.returnForCompletion(missing: ["course"]), holder)
        case .registered, .underReview: return (.dispatch(to: unit, fields: Entries.dispatch), holder)
        case .dispatched: return (.take, holder)
        case .handling: return (.feedBack(fields: Entries.feedback), holder)
        case .feedbackReview: return (.reply(fields: Entries.reply), holder)
        default: return (.close(fields: Entries.closeOnSpot), holder)
        }
    }

    private func place(_ node: NodeID?) -> Place { TestBank.places.first { $0.node == node } ?? TestBank.branch }

    private func actor(_ random: inout SeededRandom, _ command: TicketCommand, _ ticket: TestTicket, at place: Place)
        -> Actor
    {
        let usual = command.usualRole(at: place.tier, ticket: ticket.view(at: place.node))
        let any = Role.allCases.randomElement(using: &random) ?? .clerk
        let role = Int.random(in: 0..<6, using: &random) == 0 ? any : usual ?? any
        return TestBank.actor(role, at: place, post: "post-\(Int.random(in: 0..<3, using: &random))")
    }

    /// A fitting command, or any command at any place.
    private func next(_ ticket: TestTicket, _ random: inout SeededRandom) -> (TicketCommand, Actor) {
        var (command, place) = fitting(ticket, &random)
        if Bool.random(using: &random) {
            command = self.command(&random)
            place = TestBank.places[Int.random(in: 0..<TestBank.places.count, using: &random)]
        }
        return (command, actor(&random, command, ticket, at: place))
    }

    private func check(_ decision: Decision, _ before: TicketView, _ actor: Actor, _ command: TicketCommand) {
        for part in Part.allCases {
            let operations = decision.operations(part)
            #expect(operations.count <= Limits.operationsPerPartMax)
            for operation in operations { check(operation, in: part, decision) }
        }
        if decision.claim == .held {
            #expect(before.custodian == actor.node && (before.pendingOffer == nil || decision.act == .recall))
        }
        if command.act == .close {
            #expect(
                before.text(TicketField.severity) != "major" || actor.tier != .branch || decision.transitions == ["T20"]
            )
        }
        let isReader = ["analyst", "auditor", "sysadmin", "privacy_officer"].contains(actor.role)
        #expect(!isReader)
    }

    private func check(_ operation: Operation, in part: Part, _ decision: Decision) {
        switch operation {
        case .assign(let field, _):
            #expect(FieldTable.definition(field)?.part == part && decision.requiresCustody)
        case .write(let field, _):
            #expect(FieldTable.definition(field)?.part == part && FieldTable.definition(field)?.merge == .free)
        case .add(let field, _):
            #expect(FieldTable.definition(field)?.part == part && FieldTable.definition(field)?.merge == .grow)
        default: #expect(part == .core)
        }
    }

    @Test func `random commands by random posts never trap and never do the unlawful`() {
        var allowed: Set<String> = []
        var refused: Set<RefusalCode> = []
        for seed in UInt64(0)..<90 {
            var random = SeededRandom(state: seed)
            var ticket = TestTicket()
            for _ in 0..<40 {
                let (command, actor) = next(ticket, &random)
                ticket.servedOffers = Bool.random(using: &random)
                let before = ticket.view(at: actor.node)
                let at = TestBank.morning + Int64.random(in: -5...5, using: &random)
                let number = random.next()
                // A preview says what deciding will say.
                let seen = preview(
                    command, ticket: before, actor: actor, rules: .none, at: at, randomness: number)
                do throws(Refusal) {
                    let decision = try ticket.perform(command, by: actor, at: at, randomness: number)
                    #expect(seen.refusal == nil && seen.decision == decision, "seed \(seed)")
                    check(decision, before, actor, command)
                    allowed.insert(decision.act.name)
                } catch {
                    refused.insert(error.code)
                    #expect(seen.refusal == error, "seed \(seed)")
                }
                #expect(ticket.state.overruled.isEmpty && ticket.state.disputed.isEmpty, "seed \(seed)")
                let state = ticket.view(at: "head-office").text(TicketField.state)
                #expect(state.map(Enumeration.state.contains) ?? true)
            }
        }
        // The generator is measured too: it must reach what it is meant to test.
        #expect(
            allowed.isSuperset(of: [
                "register", "submit_up", "dispatch", "take", "feed_back", "reply", "cancel_case", "answer_on_spot",
                "widen", "amend", "note", "recall", "ask_recall", "decline", "not_mine", "return_for_completion",
            ]))
        #expect(refused.count >= 14)
    }

    @Test func `times and randomness at the ends of their ranges are harmless`() throws {
        for at in [Int64.min, -1, 0, Limits.clockMillisecondsMax, .max] {
            for randomness in [UInt64.min, .max] {
                var ticket = TestTicket()
                try ticket.perform(
                    .register(Registration(fields: Entries.complaint)), by: TestBank.clerk, at: at,
                    randomness: randomness)
                try ticket.perform(.submitUp, by: TestBank.officer, at: at)
            }
        }
    }
}
