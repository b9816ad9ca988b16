import SyncProtocol
import TicketModel

/// What a node may do with a ticket now. The rules themselves are asked, so the list cannot differ from what they allow.
enum NextActs {
    /// The acts by the last part of their address, `amend` among them, in the order in which a ticket's life has them.
    static func names(_ ticket: TicketView, at runtime: NodeRuntime) -> [String] {
        attempts(ticket, at: runtime.node.id).filter { isOpen($0.command, ticket, runtime) }.map(\.name)
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
                case "return": .returnForCompletion(missing: [])
                case "dispatch": .dispatch(to: node, fields: [:])
                case "recall": .recall
                case "feedback": .feedBack(fields: [:])
                case "reply": .reply(fields: [:])
                case "close": .close(fields: [:])
                case "widen": .widen(to: .full, reason: "head_office_request")
                case "resolve": resolve(ticket)
                case "amend": .amend(fields: [:], reason: nil)
                default: .note("备注")
                }
            return command.map { (name, $0) }
        }
    }

    private static func resolve(_ ticket: TicketView) -> TicketCommand? {
        let field = ticket.conflicts.compactMap { FieldTable.definition($0) }.first
        return field.map { .resolve(field: $0.name, value: "", isNew: true) }
    }

    private static func isOpen(_ command: TicketCommand, _ ticket: TicketView, _ runtime: NodeRuntime) -> Bool {
        let actor = RequestActor.usual(for: command, on: ticket, at: runtime)
        do throws(Refusal) {
            _ = try decide(command, ticket: ticket, actor: actor, at: runtime.store.wallMilliseconds(), randomness: 0)
            return true
        } catch {
            return isAboutContent(error)
        }
    }

    /// True where other fields, another reason or another post would do.
    private static func isAboutContent(_ refusal: Refusal) -> Bool {
        switch refusal.code {
        case .invalidFields, .unknownReason, .samePerson: true
        // An amendment that changes nothing is only empty; a recall that changes nothing is asked for already.
        case .nothingToChange: refusal.rule == "G-amend"
        default: false
        }
    }
}
