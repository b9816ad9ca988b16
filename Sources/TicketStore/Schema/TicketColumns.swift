import SyncProtocol
import TicketModel

/// The values of the typed columns for a folded document, in the order of `TicketRowSchema.columns`.
enum TicketColumns {
    static var all: [TicketColumn] { TicketRowSchema.columns }

    static func values(of state: DocumentState) -> [Value?] {
        guard state.core.value(TicketField.ticketNo) != nil else { return Array(repeating: nil, count: all.count) }
        return all.map { value(of: $0, state.core) }
    }

    /// The columns, by number, whose values differ between two states, with the new ones. Few fields change at a time, so
    /// only columns that show one of them are looked at.
    static func changes(from old: FieldState, to new: FieldState) -> [(column: Int, value: Value?)] {
        let fields = new.differences(from: old)
        guard !fields.isEmpty else { return [] }
        let (wasNumbered, isNumbered) = (old.value(TicketField.ticketNo) != nil, new.value(TicketField.ticketNo) != nil)
        guard wasNumbered || isNumbered else { return [] }
        let columns = all
        return columns.indices.compactMap { index in
            guard wasNumbered != isNumbered || sources[index].contains(where: fields.contains) else { return nil }
            let value = isNumbered ? value(of: columns[index], new) : nil
            let before = wasNumbered ? self.value(of: columns[index], old) : nil
            return value == before ? nil : (index, value)
        }
    }

    /// The fields that each column's value is computed from.
    private static let sources: [[FieldID]] = all.map { column in
        switch column.source {
        case .field(let field): [field]
        case .priority: [TicketField.priorityFactors, TicketField.severity]
        case .isOpen: [TicketField.state]
        case .earliestDue, .dueOrder, .earliestWarning, .interimReply: TicketField.clocks + PressingTimes.fields
        case .nextNotice: TicketField.clocks + [TicketField.clockNotices] + ClockFact.fields
        case .undeterminedClocks: TicketField.clocks
        }
    }

    private static func value(of column: TicketColumn, _ core: FieldState) -> Value? {
        switch column.source {
        case .field(let field):
            switch core.value(field) {
            case .none, .empty: return nil
            case .some(let value): return value
            }
        case .priority:
            let factors = CodeSet.members(text(TicketField.priorityFactors, core))
            return .integer(Int64(Priority.compute(factors: factors, severity: text(TicketField.severity, core))))
        case .isOpen:
            let isOpen = TicketState(rawValue: text(TicketField.state, core))?.isOpen ?? true
            return .integer(isOpen ? 1 : 0)
        case .earliestDue: return pressing(core).earliestDue.map(Value.integer)
        case .dueOrder: return .integer(pressing(core).earliestDue ?? CivilTime.instantMax)
        case .earliestWarning: return pressing(core).earliestWarning.map(Value.integer)
        case .interimReply: return pressing(core).interimReplyFrom.map(Value.integer)
        case .nextNotice:
            return clocks(core)?.nextWork(given: ClockNotice.given(core), facts: { ClockFact.all(core) })
                .map(Value.integer)
        case .undeterminedClocks: return clocks(core)?.undeterminedCount.map(Value.integer)
        }
    }

    private static func pressing(_ core: FieldState) -> PressingTimes {
        PressingTimes(clocks: clocks(core), value: core.value, members: { core.elements($0).map(\.value) })
    }

    /// nil for a ticket without any clock, which costs no look at each field.
    private static func clocks(_ core: FieldState) -> TicketClocks? {
        guard let first = TicketField.clocks.first, let last = TicketField.clocks.last,
            core.regulated.contains(where: { (first...last).contains($0.field) })
        else { return nil }
        return TicketClocks(core.value)
    }

    private static func text(_ field: FieldID, _ core: FieldState) -> String {
        if case .text(let text)? = core.value(field) { text } else { "" }
    }
}
