import SyncProtocol
import TicketModel

/// The values of the typed columns for a folded document, in the order of `TicketRowSchema.columns`.
enum TicketColumns {
    static var all: [TicketColumn] { TicketRowSchema.columns }

    static func values(of state: DocumentState) -> [Value?] {
        guard state.core.value(TicketField.ticketNo) != nil else { return Array(repeating: nil, count: all.count) }
        return all.map { value(of: $0, state.core) }
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
        }
    }

    private static func text(_ field: FieldID, _ core: FieldState) -> String {
        if case .text(let text)? = core.value(field) { text } else { "" }
    }
}
