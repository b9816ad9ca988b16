import SyncProtocol

extension TicketField {
    /// What became of each notice: which, of what kind, when, from which node. No number and no word of the customer.
    public static let noticeFacts = FieldID(rawValue: 380)
    /// The number that was verified (AU-11): another number on file is not verified by it.
    public static let verifiedPhone = FieldID(rawValue: 180)
}

extension EntryShapes {
    public static let noticeFact = EntryShape(
        ("notice", .token), ("kind", .code(.noticeKind)), ("outcome", .code(.noticeOutcome)),
        ("channel", .code(.noticeChannel)), ("node", .node), ("at", .instant))
}

extension FieldTable {
    /// Fields of notices that leave.
    static let notices: [FieldDefinition] = [
        field(
            TicketField.noticeFacts, "notice_facts", "通知发送记录", "notices that left", .core, .grow,
            .entry(EntryShapes.noticeFact), .act),
        field(
            TicketField.verifiedPhone, "verified_phone", "已核实电话", "verified phone", .personal, .free, .phone, .act),
    ]
}

extension TicketView {
    /// The number that an automatic notice may go to (AU-11): the only one on file, and the very one that was verified.
    /// nil where there is none, several stand side by side, or it was changed since.
    public var verifiedPhone: String? {
        guard value(TicketField.contactVerifiedAt) != nil, let phones = fields[TicketField.complainantPhone],
            let verified = fields[TicketField.verifiedPhone], phones.count == 1, verified.count == 1,
            phones == verified, case .text(let number) = phones[0]
        else { return nil }
        return number
    }

    /// What became of the notices of this ticket, in the order of their acts.
    public var noticeFacts: [Entry] { entries(TicketField.noticeFacts, EntryShapes.noticeFact) }
}
