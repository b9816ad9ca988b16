/// What is known when a ticket is registered.
public struct Registration: Sendable {
    /// Field name → what the clerk wrote. Blank texts count as not given.
    public var fields: [String: String]
    /// The keyed token of the person complained about as another ticket has it; nil lets the node make it from
    /// `target_person`. Every tier needs it to check recusal (RO-15).
    public var targetPersonToken: String?

    /// True for an order inside the bank, whether its kind is given by code or by label.
    var isOrder: Bool {
        guard let text = fields[Registration.kindName] else { return false }
        do {
            let kind = try FieldTable.known(TicketField.kind).value(from: text)
            return Registration.orderKinds.contains { kind == .text($0) }
        } catch {
            return false
        }
    }

    public init(fields: [String: String], targetPersonToken: String? = nil) {
        self.fields = fields
        self.targetPersonToken = targetPersonToken
    }
}
