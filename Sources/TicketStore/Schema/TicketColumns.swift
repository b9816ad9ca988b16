import SyncProtocol
import TicketModel

/// The values of the typed columns for a folded document, in the order of `TicketRowSchema.columns`.
enum TicketColumns {
    static var all: [TicketColumn] { TicketRowSchema.columns }

    static func values(of state: DocumentState) -> [Value?] {
        guard state.core.value(TicketField.ticketNo) != nil else { return Array(repeating: nil, count: all.count) }
        var row = TicketColumnValues(state.core)
        return all.map { row.value($0) }
    }

    /// The columns, by number, whose values differ between two states, with the new ones. Few fields change at a time, so
    /// only columns that show one of them are looked at.
    static func changes(from old: FieldState, to new: FieldState) -> [(column: Int, value: Value?)] {
        let fields = new.differences(from: old)
        guard !fields.isEmpty else { return [] }
        let (wasNumbered, isNumbered) = (old.value(TicketField.ticketNo) != nil, new.value(TicketField.ticketNo) != nil)
        guard wasNumbered || isNumbered else { return [] }
        let columns = all
        var (now, past) = (TicketColumnValues(new), TicketColumnValues(old))
        return columns.indices.compactMap { index in
            guard wasNumbered != isNumbered || sources[index].contains(where: fields.contains) else { return nil }
            let value = isNumbered ? now.value(columns[index]) : nil
            let before = wasNumbered ? past.value(columns[index]) : nil
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
        case .nextClockWork: TicketField.clocks + [TicketField.clockSteps] + ClockFact.fields
        case .undeterminedClocks: TicketField.clocks
        }
    }
}
