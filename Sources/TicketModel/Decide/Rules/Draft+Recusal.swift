import SyncProtocol

// The person complained about: one a ticket, kept from it at every tier, and let in again by two (RO-15).
extension Draft {
    /// Whoever changes or removes the person complained about lets that person in again: not alone. Other words for the
    /// same person let nobody in.
    mutating func checkRecusalLift() throws(Refusal) {
        let old = ticket.text(TicketField.targetPersonToken)
        guard old != nil || ticket.value(TicketField.targetPerson) != nil,
            let words = newValue(TicketField.targetPerson)
        else { return }
        var token: String?
        if case .text(let text) = words { token = tokens.target(text, people) }
        guard token == nil || token != old else { return }
        try requireCountersignature(.recusal, instead: token)
    }

    /// Keeps on record who was ever named: such a person does not agree to anybody else's being named instead.
    mutating func recordNamed(_ token: String) {
        let value = Value.text(token)
        guard !(ticket.fields[TicketField.namedPersons] ?? []).contains(value),
            !newMembers(TicketField.namedPersons).contains(value)
        else { return }
        set(TicketField.namedPersons, value)
    }

    /// Two posts in one field would leave one of them with the ticket.
    func targetProblem(_ words: String) -> FieldProblem? {
        let named = people.posts(namedIn: words)
        guard Set(named.map(\.recusalToken)).count > 1 else { return nil }
        return .contradiction(
            FieldTable.known(TicketField.targetPerson), "RO-15",
            Bilingual("一张工单只能有一名被投诉人", "a ticket is about one person"),
            hint: Bilingual(
                "只写一个岗位;另一人另建关联工单(links=same_event@工单号)",
                "name one post; register a linked ticket for the other (links=same_event@NUMBER)"))
    }

    /// What the author should know beside that it was done.
    var notes: [EntryNote] { recusalNotes + (leavesOutPaper ? [.paperLeftOut] : []) }

    private var recusalNotes: [EntryNote] {
        guard case .text(let words)? = newValue(TicketField.targetPerson), people.covers(actor.node),
            !people.knows(words, token: text(TicketField.targetPersonToken))
        else { return [] }
        return [.recusesNobody]
    }
}
