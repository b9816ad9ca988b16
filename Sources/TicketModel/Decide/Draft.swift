import SyncProtocol

/// A decision in the making: what is known, and the operations so far.
struct Draft {
    let ticket: TicketView
    let actor: Actor
    /// Now, in milliseconds since 1970 UTC, within what the model can write.
    let at: Int64
    /// Who sits where, and the tree of the bank.
    let people: People
    /// Makes tokens of persons, with the node's key.
    let tokens: PersonTokens
    /// The packs and calendars of this node.
    let rules: RuleBook
    /// Other tickets that the command names, as this node sees them.
    let others: [DocumentID: TicketView]
    var act: TicketAct
    var claim: Decision.Claim = .none
    /// The leg whose custody the act claims.
    var leg: Leg = 0
    /// What the act asks of clocks beyond what its events start and stop.
    var clockOrder: ClockOrder?
    /// The guards that were looked at and let the act pass.
    var guards: [Guard] = []
    var transitions: [String] = []
    /// True where a paper's number was given that this node's share of the ticket has no place for.
    var leavesOutPaper = false
    /// Operations that go before the fields (`create`, `accept`, `involve`, `widen`) and after them (`offer`, …).
    var opening: [Operation] = []
    var closing: [Operation] = []
    /// New values and new members of sets, by field number: an act touches some forty of them, and hashing each many
    /// times would cost more than all the rules.
    private var values = [Value?](repeating: nil, count: Int(FieldTable.idMax) + 1)
    private var additions: [FieldID: [Value]] = [:]
    private var valueCount = 0

    init(
        _ act: TicketAct, ticket: TicketView, actor: Actor, people: People, tokens: PersonTokens,
        rules: RuleBook, others: [DocumentID: TicketView], at: Int64
    ) {
        self.people = people
        self.tokens = tokens
        self.rules = rules
        self.others = others
        self.act = act
        self.ticket = ticket
        self.actor = actor
        self.at = min(max(at, 0), CivilTime.instantMax)
    }

    /// True where the decision would change nothing.
    var isEmpty: Bool { opening.isEmpty && closing.isEmpty && valueCount == 0 && additions.isEmpty }

    /// The value after this act: the new one, else what the ticket shows.
    func value(_ field: FieldID) -> Value? {
        guard let new = newValue(field) ?? additions[field]?.first else { return ticket.value(field) }
        return new == .empty ? nil : new
    }

    func text(_ field: FieldID) -> String? {
        if case .text(let text)? = value(field) { text } else { nil }
    }

    func integer(_ field: FieldID) -> Int64? {
        if case .integer(let number)? = value(field) { FieldTable.bounded(number, field) } else { nil }
    }

    func codes(_ field: FieldID) -> [String] { text(field).map(CodeSet.members) ?? [] }

    /// Gives a field a value, or adds to a growing set; nothing happens where the ticket shows that value alone.
    mutating func set(_ field: FieldID, _ value: Value) {
        let definition = FieldTable.known(field)
        precondition(definition.merge != .computed, "a computed field is never written")
        if definition.merge == .grow {
            additions[field, default: []].append(value)
            return
        }
        let known = ticket.fields[field] ?? []
        let isKnown = (known.count == 1 && known[0] == value) || (known.isEmpty && value == .empty)
        store(isKnown ? nil : value, at: Int(field.rawValue))
        setBand(of: field, value)
    }

    mutating func set(_ field: FieldID, _ text: String) { set(field, .text(text)) }

    private mutating func store(_ value: Value?, at slot: Int) {
        valueCount += (value == nil ? 0 : 1) - (values[slot] == nil ? 0 : 1)
        values[slot] = value
    }

    /// Core records carry the band of an amount, never the figure.
    private mutating func setBand(of field: FieldID, _ value: Value) {
        guard field == TicketField.amountInvolved || field == TicketField.compensation else { return }
        let band: Value
        if case .integer(let fen) = value { band = .text(AmountBand(fen: fen).rawValue) } else { band = .empty }
        set(field == TicketField.compensation ? TicketField.compensationBand : TicketField.amountBand, band)
    }

    /// The new value of a field; nil where the act leaves it alone.
    func newValue(_ field: FieldID) -> Value? { values[Int(field.rawValue)] }

    /// New members of a growing set.
    func newMembers(_ field: FieldID) -> [Value] { additions[field] ?? [] }

    /// True where some field that fits gets a new value.
    func changesField(_ fits: (FieldDefinition) -> Bool) -> Bool {
        FieldTable.all.contains { newValue($0.id) != nil && fits($0) }
    }

    /// True where a field that only the custodian writes gets a new value.
    var assignsRegulated: Bool { changesField { $0.merge == .custodian || $0.merge == .once } }

    /// How the lead leg passes between tiers in this act, as packs name it: `!accepted.head_office.province` where it was
    /// taken, `!fed_back.head_office` where a result goes up (EC-07), `!dispatched.head_office` where work goes out.
    private var passages: [String] {
        let isDispatch = transitions.contains { ["T07", "T22"].contains($0) }
        var found = isDispatch ? ["!dispatched.\(actor.tier.code)"] : []
        for operation in opening + closing {
            switch operation {
            case .accept(leg: 0, _):
                guard let from = ticket.pendingOffer.flatMap({ tier(of: $0.from) }) else { continue }
                found.append("!accepted.\(from.code).\(actor.tier.code)")
            case .offer(leg: 0, let to) where act == .feedBack:
                tier(of: to).map { found.append("!fed_back.\($0.code)") }
            default: continue
            }
        }
        return found
    }

    /// The tier of a neighbour; nil for another node.
    private func tier(of node: NodeID) -> Tier? {
        let isAbove = node == actor.place.parent
        guard isAbove || actor.place.children.contains(node) else { return nil }
        return Tier(rawValue: isAbove ? actor.tier.rawValue + 1 : actor.tier.rawValue &- 1)
    }

    /// The decision, its fields in the order of the table, so that equal acts are equal bytes.
    func finished() -> Decision {
        var parts: [[Operation]] = [opening, [], []]
        for definition in FieldTable.all {
            guard let value = newValue(definition.id) else { continue }
            parts[Int(definition.part.rawValue)]
                .append(definition.merge == .free ? .write(definition.id, value) : .assign(definition.id, value))
        }
        for (field, added) in additions.sorted(by: { $0.key < $1.key }) {
            parts[Int(FieldTable.known(field).part.rawValue)].append(contentsOf: added.map { .add(field, $0) })
        }
        return Decision(
            act: act, core: parts[0] + closing, casework: parts[1], personal: parts[2], claim: claim, leg: leg,
            transitions: transitions, guards: guards, notes: notes, passages: passages,
            clockOrder: clockOrder)
    }
}
