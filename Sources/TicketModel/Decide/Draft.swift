import SyncProtocol

/// A decision in the making: what is known, and the operations so far.
struct Draft {
    let ticket: TicketView
    let actor: Actor
    /// Now, in milliseconds since 1970 UTC, within what the model can write.
    let at: Int64
    var act: TicketAct
    var claim: Decision.Claim = .none
    var transitions: [String] = []
    /// Operations that go before the fields (`create`, `accept`, `involve`, `widen`) and after them (`offer`, …).
    var opening: [Operation] = []
    var closing: [Operation] = []
    private var values: [FieldID: Value] = [:]
    private var additions: [FieldID: [Value]] = [:]

    init(_ act: TicketAct, ticket: TicketView, actor: Actor, at: Int64) {
        self.act = act
        self.ticket = ticket
        self.actor = actor
        self.at = min(max(at, 0), CivilTime.instantMax)
    }

    /// True where the decision would change nothing.
    var isEmpty: Bool { opening.isEmpty && closing.isEmpty && values.isEmpty && additions.isEmpty }

    /// The value after this act: the new one, else what the ticket shows.
    func value(_ field: FieldID) -> Value? {
        guard let new = values[field] else { return ticket.value(field) }
        return new == .empty ? nil : new
    }

    func text(_ field: FieldID) -> String? {
        if case .text(let text)? = value(field) { text } else { nil }
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
        if known == [value] || (known.isEmpty && value == .empty) {
            values[field] = nil
        } else {
            values[field] = value
        }
        setBand(of: field, value)
    }

    mutating func set(_ field: FieldID, _ text: String) { set(field, .text(text)) }

    /// Core records carry the band of an amount, never the figure.
    private mutating func setBand(of field: FieldID, _ value: Value) {
        let band: Value
        if case .integer(let fen) = value { band = .text(AmountBand(fen: fen).rawValue) } else { band = .empty }
        switch field {
        case TicketField.amountInvolved: set(TicketField.amountBand, band)
        case TicketField.compensation: set(TicketField.compensationBand, band)
        default: break
        }
    }

    /// True where some field that fits gets a new value.
    func changesField(_ fits: (FieldDefinition) -> Bool) -> Bool {
        values.keys.contains { fits(FieldTable.known($0)) }
    }

    /// True where a field that only the custodian writes gets a new value.
    var assignsRegulated: Bool { changesField { $0.merge == .custodian || $0.merge == .once } }

    func finished() -> Decision {
        Decision(
            act: act, core: opening + operations(.core) + closing, casework: operations(.casework),
            personal: operations(.personal), claim: claim, transitions: transitions)
    }

    /// In the order of the table, so that equal acts are equal bytes.
    private func operations(_ part: Part) -> [Operation] {
        let fields = Array(values.keys) + Array(additions.keys)
        var operations: [Operation] = []
        for field in fields.sorted() {
            let definition = FieldTable.known(field)
            guard definition.part == part else { continue }
            if let value = values[field] {
                operations.append(definition.merge == .free ? .write(field, value) : .assign(field, value))
            }
            for value in additions[field] ?? [] { operations.append(.add(field, value)) }
        }
        return operations
    }
}
