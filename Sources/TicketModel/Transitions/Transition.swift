import SyncProtocol

/// One line of the state machine of model §2.4.
public struct Transition: Sendable {
    /// What a node may do alone.
    public enum Offline: String, CaseIterable, Sendable {
        /// At any node, with or without a line.
        case yes
        /// May be asked for without a line; takes effect once custody is where it must be.
        case queued
        /// At the node that holds custody.
        case custodian
        /// Needs the line.
        case no
    }

    /// `T01`…`T30`.
    public let id: String
    public let act: TicketAct
    /// Empty for "a new ticket".
    public let from: [TicketState]
    /// nil where the state stays as it is.
    public let to: TicketState?
    public let roles: [Role]
    /// Who may beside them where the ticket is an order inside the bank.
    public let orderRoles: [Role]
    public let tiers: [Tier]
    public let offline: Offline

    public func roles(onOrder isOrder: Bool) -> [Role] { isOrder ? roles + orderRoles : roles }
}
