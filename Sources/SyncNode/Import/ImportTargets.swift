import TicketModel

extension ImportMapping {
    /// The ticket fields that a mapping may fill: those that a person may give at registration.
    static let ticketFields: [String] = Registration.enterable.map(\.name)
}
