import SyncProtocol

extension FieldTable {
    /// The clocks of a ticket, one field each, so that an act rewrites only the clocks that it changes. A field without
    /// a clock costs nothing: it is neither written nor stored.
    static let clocks: [FieldDefinition] = TicketField.clocks.enumerated().map { slot, id in
        let number = AsciiText.padded(Int64(slot), width: 2)
        return field(id, "clock_\(number)", "时限\(number)", "clock \(number)", .core, .custodian, .clock, .act)
    }

    /// What clocks are counted and explained with beside themselves.
    static let clockFacts: [FieldDefinition] = [
        field(
            TicketField.readReceipts, "read_receipts", "阅知回执", "read receipts", .core, .grow,
            .entry(EntryShapes.readReceipt), .act),
        field(
            TicketField.handovers, "handovers", "交接时间", "handovers", .core, .grow, .entry(EntryShapes.handover), .act),
        field(
            TicketField.unitDeclines, "unit_declines", "退单记录", "work orders declined", .core, .grow,
            .entry(EntryShapes.unitDecline), .act),
    ]
}
