import SyncProtocol

/// The values of a ticket's row of typed columns, out of its folded core fields: the shown value of a field, or a
/// computed one. Several columns show the clocks, whose texts are read once.
public struct TicketColumnValues {
    private let core: FieldState
    /// nil for a ticket without any clock.
    private lazy var clocks: TicketClocks? = holdsClocks ? TicketClocks(core.value) : nil

    private lazy var pressing = PressingTimes(
        clocks: clocks, value: core.value, members: { [core] in core.elements($0).map(\.value) })

    public init(_ core: FieldState) { self.core = core }

    /// nil where the ticket has no such value.
    public mutating func value(_ column: TicketColumn) -> Value? {
        switch column.source {
        case .field(let field):
            switch core.value(field) {
            case .none, .empty: nil
            case .some(let value): FieldTable.bounded(value, field)
            }
        case .priority:
            .integer(
                Int64(
                    Priority.compute(
                        factors: CodeSet.members(text(TicketField.priorityFactors)),
                        severity: text(TicketField.severity))))
        case .isOpen: .integer(TicketState(rawValue: text(TicketField.state))?.isOpen ?? true ? 1 : 0)
        case .earliestDue: pressing.earliestDue.map(Value.integer)
        case .dueOrder: .integer(pressing.earliestDue ?? CivilTime.instantMax)
        case .earliestWarning: pressing.earliestWarning.map(Value.integer)
        case .interimReply: pressing.interimReplyFrom.map(Value.integer)
        case .nextClockWork:
            clocks?.nextWork(given: ClockStep.given(core), facts: { ClockFact.all(core) }).map(Value.integer)
        case .undeterminedClocks: clocks?.undeterminedCount.map(Value.integer)
        }
    }

    /// Whether it has a clock costs no look at each field.
    private var holdsClocks: Bool {
        guard let first = TicketField.clocks.first, let last = TicketField.clocks.last else { return false }
        return core.regulated.contains { (first...last).contains($0.field) }
    }

    private func text(_ field: FieldID) -> String {
        if case .text(let text)? = core.value(field) { text } else { "" }
    }
}
