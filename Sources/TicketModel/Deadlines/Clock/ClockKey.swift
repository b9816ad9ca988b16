import SyncProtocol

/// Which clock of a ticket. Two nodes that notice the same warning of it fold to one.
public struct ClockKey: Hashable, Sendable {
    public let pack: String
    public let policy: String
    /// 0 is the lead leg and the ticket as a whole.
    public let leg: Leg
    /// The round of handling in which it was started.
    public let round: Int64

    public init(pack: String, policy: String, leg: Leg, round: Int64) {
        self.pack = pack
        self.policy = policy
        self.leg = leg
        self.round = round
    }

    /// `bank-service.total_prov.0.1`.
    public var text: String { "\(pack).\(policy).\(leg).\(round)" }
}

/// The calendar that a clock was counted with.
public struct PinnedCalendar: Hashable, Sendable {
    public let id: String
    public let version: String

    init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    init(_ calendar: WorkCalendar) { self.init(id: calendar.id, version: calendar.version) }

    /// `cn@2026.1`.
    public var text: String { "\(id)@\(version)" }
}
