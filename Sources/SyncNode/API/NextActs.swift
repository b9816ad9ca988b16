import SyncProtocol
import TicketModel

/// What may be done with a ticket now, by the post that reads it or, where none is named, by some post of the node. The
/// rules themselves are asked, with the register and the deadlines that are here, so the list cannot differ from what they
/// allow.
struct NextActs {
    private let ticket: TicketView
    private let who: RequestActor
    private let runtime: NodeRuntime
    private let people: People
    private let rules: RuleBook
    private let now: Int64

    /// The acts by the last part of their address, `amend` among them, in the order in which a ticket's life has them.
    static func names(_ ticket: TicketView, _ who: RequestActor, at runtime: NodeRuntime) throws -> [String] {
        let acts = NextActs(
            ticket: ticket, who: who, runtime: runtime, people: runtime.store.people, rules: try runtime.store.rules(),
            now: runtime.store.wallMilliseconds())
        return attempts(ticket, at: runtime.node.id).filter { acts.isOpen($0.command) }.map(\.name)
    }

    /// The list in an entity tag: another post, an hour later, may do something else.
    static func mark(_ names: [String]) -> String {
        let bits = all.enumerated().reduce(0) { $0 | (names.contains($1.element) ? 1 << $1.offset : 0) }
        return String(bits, radix: 16)
    }

    static let all = [
        "answer", "submit", "take", "decline", "return", "dispatch", "recall", "feedback", "reply", "close", "widen",
        "resolve", "amend", "note",
    ]

    /// Each act with as little as it takes to be asked: what is missing in it is said by other refusals than those
    /// that mean "not here, not now".
    private static func attempts(_ ticket: TicketView, at node: NodeID) -> [(name: String, command: TicketCommand)] {
        all.compactMap { name in
            let command: TicketCommand? =
                switch name {
                case "answer": .answerOnSpot(fields: [:])
                case "submit": .submitUp
                case "take": .take
                case "decline": .decline(reason: Enumeration.declineReason.codes[0])
                case "return": .returnForCompletion(missing: ["what"])
                case "dispatch": .dispatch(to: node, fields: [:])
                case "recall": .recall
                case "feedback": .feedBack(fields: [:])
                case "reply": .reply(fields: [:])
                case "close": .close(fields: [:])
                case "widen": .widen(to: .full, reason: "head_office_request")
                case "resolve": resolve(ticket)
                // On its way a ticket is left as it is; elsewhere who has the words may add to them.
                case "amend": ticket.pendingOffer == nil ? .amend(fields: ["course": "经过"], reason: nil) : nil
                default: .note("备注")
                }
            return command.map { (name, $0) }
        }
    }

    private static func resolve(_ ticket: TicketView) -> TicketCommand? {
        let field = ticket.conflicts.compactMap { FieldTable.definition($0) }.first
        return field.map { .resolve(field: $0.name, value: "", isNew: true) }
    }

    private func isOpen(_ command: TicketCommand) -> Bool {
        who.candidates(for: command, on: ticket, at: runtime).contains { actor in
            do throws(Refusal) {
                _ = try decide(
                    command, ticket: ticket, actor: actor, people: people, tokens: runtime.store.context.tokens,
                    rules: rules, at: now, randomness: 0)
                return true
            } catch {
                return isAboutContent(error)
            }
        }
    }

    /// True where other fields or another reason would do, or another post that nobody knows here.
    private func isAboutContent(_ refusal: Refusal) -> Bool {
        switch refusal.code {
        case .invalidFields, .unknownReason: true
        case .samePerson: who.isGuessed(at: runtime)
        // An amendment that changes nothing is only empty; a recall that changes nothing is asked for already.
        case .nothingToChange: refusal.rule == "G-amend"
        default: false
        }
    }
}
