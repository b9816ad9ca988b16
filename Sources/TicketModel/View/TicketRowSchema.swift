import SyncProtocol

/// A typed column of a ticket's row.
public struct TicketColumn: Sendable {
    public enum Kind: String, Sendable {
        case integer
        case text
    }

    /// Where the value comes from.
    public enum Source: Sendable {
        case field(FieldID)
        /// `Priority.compute` of the row's factors and severity.
        case priority
        /// 1 while somebody still has to act (`TicketState.isOpen`), else 0; 1 for a state of a newer version.
        case isOpen
        /// The next end of a clock of the bank's own, or of an open promise (`PressingTimes.earliestDue`).
        case earliestDue
        /// The same for sorting: tickets without an end come last.
        case dueOrder
        /// The next warning of such a clock or promise, else its end (`PressingTimes.earliestWarning`).
        case earliestWarning
        /// From when on the customer is owed an interim reply (`PressingTimes.interimReplyFrom`).
        case interimReply
        /// When the custodian has to look at the clocks next (`TicketClocks.nextWork`).
        case nextClockWork
        /// How many running clocks have no end (`TicketClocks.undetermined`); no value for none.
        case undeterminedClocks
    }

    /// The column's name: the field's, or `priority`, `is_open`.
    public let name: String
    public let kind: Kind
    public let source: Source

    /// True for a column that lists are sorted or counted by and that nobody is shown.
    public var isInternal: Bool {
        switch source {
        case .dueOrder, .field(TicketField.targetPersonToken): true
        default: false
        }
    }
}

/// Which core fields the store keeps as typed columns for worklists, counts and reports. Core fields only: the rows of
/// head office hold nothing personal.
public enum TicketRowSchema {
    public static let columns: [TicketColumn] = [
        column(TicketField.ticketNo),
        column(TicketField.kind),
        column(TicketField.state),
        TicketColumn(name: "is_open", kind: .integer, source: .isOpen),
        column(TicketField.scope),
        column(TicketField.severity),
        column(TicketField.customerTier),
        TicketColumn(name: "priority", kind: .integer, source: .priority),
        column(TicketField.originOrg),
        column(TicketField.homeOrg),
        column(TicketField.eventOrg),
        column(TicketField.intakeChannel),
        column(TicketField.receivedAt),
        column(TicketField.registeredAt),
        column(TicketField.symptom),
        column(TicketField.businessClass),
        column(TicketField.nature),
        column(TicketField.causeClass),
        column(TicketField.validity),
        column(TicketField.acceptance),
        column(TicketField.amountBand),
        column(TicketField.demand),
        column(TicketField.flags),
        column(TicketField.leadLeg),
        column(TicketField.handler),
        column(TicketField.firstContactPerson),
        column(TicketField.promisedReplyAt),
        column(TicketField.nextReplyAt),
        column(TicketField.repliedAt),
        column(TicketField.satisfaction),
        column(TicketField.responsibility),
        column(TicketField.outcome),
        column(TicketField.closedAt),
        column(TicketField.roundNo),
        column(TicketField.bounceCount),
        column(TicketField.routeRule),
        column(TicketField.targetPersonToken),
        TicketColumn(name: "due_at", kind: .integer, source: .earliestDue),
        TicketColumn(name: "due_order", kind: .integer, source: .dueOrder),
        TicketColumn(name: "warn_at", kind: .integer, source: .earliestWarning),
        TicketColumn(name: "interim_from", kind: .integer, source: .interimReply),
        TicketColumn(name: "clock_work_at", kind: .integer, source: .nextClockWork),
        TicketColumn(name: "undetermined_clocks", kind: .integer, source: .undeterminedClocks),
    ]

    /// What lists show, filter and sort by.
    public static let shown = columns.filter { !$0.isInternal }

    private static func column(_ id: FieldID) -> TicketColumn {
        let definition = FieldTable.known(id)
        precondition(definition.part == .core && definition.merge != .grow, "rows hold single core values")
        return TicketColumn(
            name: definition.name, kind: definition.type.isInteger ? .integer : .text, source: .field(id))
    }
}
