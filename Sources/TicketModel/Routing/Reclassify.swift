import SyncProtocol

/// What a change that time alone made (CL-13) does to a ticket's way through the bank: the rule that fires now is recorded,
/// and head office is let in as far as it says (model §2.7, §2.8).
///
/// - Parameters:
///   - given: the fields that change.
///   - place: the node that has the ticket in its custody.
/// - Returns: the operations of the core record, the change itself among them.
public func reclassify(
    _ ticket: TicketView, _ given: [FieldID: Value], at place: Place, people: People, now: Int64
) -> [Operation] {
    var draft = Draft(
        .amend, ticket: ticket, actor: Actor(post: "clock", role: "", place: place), people: people, tokens: .none,
        rules: .none, others: [:], at: now)
    for (field, value) in given.sorted(by: { $0.key < $1.key }) { draft.set(field, value) }
    draft.claim = .held
    draft.routeAsClassified()
    return draft.finished().core
}
