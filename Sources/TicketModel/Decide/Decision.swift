import SyncProtocol

/// What an allowed command does: the operations of one action, by part.
public struct Decision: Hashable, Sendable {
    /// The custody version that the action's core record claims.
    public enum Claim: Hashable, Sendable {
        /// None: the act assigns nothing regulated.
        case none
        /// The version that the author holds (`TicketView.custodyVersion`).
        case held
        /// The version that this very action makes (`create` or `accept`): the action's own dot.
        case own
    }

    /// What core records call the act.
    public let act: TicketAct
    public let core: [Operation]
    public let casework: [Operation]
    public let personal: [Operation]
    public let claim: Claim
    /// The leg whose custody the claim is about: 0 for the lead, 1…8 for an assist.
    public let leg: Leg
    /// The transitions walked, for history and tests: `["T17", "T18"]`.
    public let transitions: [String]
    /// The guards that were looked at and let the act pass.
    public let guards: [Guard]
    /// What the author should know beside that it is allowed.
    public let notes: [EntryNote]
    /// How the lead leg passed between tiers, as events that packs can name.
    let passages: [String]
    /// What the act asks of clocks beyond what its events start and stop.
    let clockOrder: ClockOrder?

    /// The number of the act in core records.
    public var kind: UInt16 { act.rawValue }
    /// True where the act counts only under a custody version.
    public var requiresCustody: Bool { claim != .none }

    /// True where the act may write the ticket's own regulated fields, clocks among them: under the lead leg's custody,
    /// and not while it is only just being seized.
    public var writesLead: Bool { requiresCustody && leg == 0 && act != .seize }

    /// All operations of one part.
    public func operations(_ part: Part) -> [Operation] {
        switch part {
        case .core: core
        case .casework: casework
        case .personal: personal
        }
    }

    /// The new ticket's number; nil for any act but `register`.
    public var ticketNumber: String? {
        for case .assign(TicketField.ticketNo, .text(let number)) in core { return number }
        return nil
    }
}
