/// The packs in force and the calendars that a node holds. A value: whoever decides gets it handed in.
public struct RuleBook: Sendable {
    /// The ids of the packs that this bank follows; the first one is written on the ticket.
    public let inForce: [String]
    /// All versions known, older ones too: clocks pinned to them go on.
    public let packs: [PolicyPack]
    public let calendars: [WorkCalendar]
    /// The explanation texts that tickets may link to.
    public var library = KnowledgeLibrary.unchecked
    /// When like complaints are an alert; nil where rules are asked without a node's.
    public var alerts: [AlertRule]?

    /// No rules: tickets are registered all the same, without clocks.
    public static let none = RuleBook(inForce: [], packs: [], calendars: [])

    public init(inForce: [String], packs: [PolicyPack], calendars: [WorkCalendar]) {
        self.inForce = inForce
        self.packs = packs
        self.calendars = calendars
    }

    /// What head office has published: every pack of it is in force, the bank's own promises before outer bounds, each
    /// in the order of their ids. Where an item stands twice the one listed last counts.
    public init(published packs: [PolicyPack], calendars: [WorkCalendar]) {
        let latest = packs.reduce(into: [String: PolicyPack]()) { $0[$1.id] = $1 }
        let order = latest.values.sorted { ($0.isOuterBound ? 1 : 0, $0.id) < ($1.isOuterBound ? 1 : 0, $1.id) }
        self.init(inForce: order.map(\.id), packs: packs, calendars: calendars)
    }

    /// One exact version.
    public func pack(_ id: String, version: String) -> PolicyPack? {
        packs.first { $0.id == id && $0.version == version }
    }

    /// The version of a pack that is effective at an instant: of those that have begun the one that began last; of
    /// equals the one listed last. nil where that one has ended.
    public func pack(_ id: String, at instant: Int64) -> PolicyPack? {
        let begun = packs.filter { $0.id == id && $0.effectiveFromInstant <= instant }
        let last = begun.reduce(nil) { (best: PolicyPack?, next) in
            guard let best, best.effectiveFrom > next.effectiveFrom else { return next }
            return best
        }
        return last.flatMap { $0.isEnded(at: instant) ? nil : $0 }
    }

    /// The packs whose clocks may start at an instant, in the order of `inForce`.
    public func packs(at instant: Int64) -> [PolicyPack] { inForce.compactMap { pack($0, at: instant) } }

    /// The calendar as this node holds it now; of several versions the one listed last.
    public func calendar(_ id: String?) -> WorkCalendar? { calendars.last { $0.id == id } }

    /// One exact version.
    public func calendar(_ pinned: PinnedCalendar) -> WorkCalendar? {
        calendars.last { $0.id == pinned.id && $0.version == pinned.version }
    }

    /// The policy that a clock is counted by: in the version that it was started or repinned with, else in the one that
    /// is effective now.
    func policy(of clock: Clock, at instant: Int64) -> (pack: PolicyPack, policy: Policy)? {
        let pinned = pack(clock.key.pack, version: clock.currentPackVersion)
        guard let pack = pinned ?? self.pack(clock.key.pack, at: instant), let policy = pack.policy(clock.key.policy)
        else { return nil }
        return (pack, policy)
    }
}
