import SyncProtocol

/// Decides whether somebody may do something with a ticket, and what it changes. Pure: the same question has the same
/// answer on every node.
///
/// - Parameters:
///   - command: what is wanted.
///   - ticket: the ticket as this node sees it; `TicketView.unborn` for `register`.
///   - actor: who wants it, and where.
///   - people: who sits where, how much a post may grant, and the tree of the bank, as far as this node knows.
///   - tokens: makes the token of the person complained about.
///   - rules: the packs and calendars of this node: what extensions, pauses and repins have to keep to.
///   - others: the tickets that the command names (`TicketCommand.mentions`), as this node sees them.
///   - milliseconds: now, since 1970 UTC, by the node's clock.
///   - randomness: 64 random bits; `register` puts 20 of them into the ticket number. Where the node has issued that
///     number already, ask again with other bits.
/// - Throws: why it is refused, which rule says so, what to do next and who may.
public func decide(
    _ command: TicketCommand, ticket: TicketView, actor: Actor, people: People = .unknown,
    tokens: PersonTokens = .none, rules: RuleBook = .none, others: [DocumentID: TicketView] = [:],
    at milliseconds: Int64, randomness: UInt64
) throws(Refusal) -> Decision {
    var draft = Draft(
        command.act, ticket: ticket, actor: actor, people: people, tokens: tokens, rules: rules,
        others: others, at: milliseconds)
    try draft.checkActor()
    if case .register(let registration) = command {
        try draft.register(registration, randomness: randomness)
    } else {
        try draft.checkTicket()
        try draft.refuse("A-\(command.act.name)", draft.malformed(command))
        try draft.carryOut(command)
    }
    try draft.checkWhole()
    return draft.finished()
}

extension Draft {
    /// Every command on a ticket that exists.
    fileprivate mutating func carryOut(_ command: TicketCommand) throws(Refusal) {
        switch command {
        case .register: throw Refusals.alreadyRegistered
        case .widen(let level, let reason): try widen(asked: level, reason: reason)
        case .amend(let fields, let reason): try amend(fields, reason: reason)
        case .note(let words): try note(words)
        case .resolve(let field, let value, let isNew): try resolve(field, value, isNew: isNew)
        case .perform(let act, let given): try perform(act, given)
        }
    }
}
