import SyncProtocol

/// All clocks of one ticket, as its 32 clock fields hold them.
///
/// The custodian of the lead leg writes the first 26. The fields behind belong to the assisting legs, one each: a field
/// that the lead's custodian set cannot be set by an assisting one (the lower leg counts), so that the latter keeps the
/// later version of its own clock there.
public struct TicketClocks: Hashable, Sendable {
    /// A clock and the field that holds it.
    public struct Placed: Hashable, Sendable {
        public let slot: Int
        public let clock: Clock

        private var isOfAssistant: Bool { slot >= TicketClocks.leadSlots.upperBound }

        /// True where this is the version that counts: an assisting leg's own word, until the lead ends the clock.
        fileprivate func replaces(_ other: Placed) -> Bool {
            guard clock.key == other.clock.key, clock.startedAt == other.clock.startedAt else { return false }
            guard isOfAssistant != other.isOfAssistant else { return false }
            return isOfAssistant ? other.clock.isRunning : !clock.isRunning
        }
    }

    enum Slot: Hashable {
        case empty
        case clock(Clock)
        /// A text of a newer version: left alone.
        case foreign
    }

    static let leadSlots = 0..<26
    private(set) var slots: [Slot]

    /// Reads the fields of a ticket.
    public init(_ value: (FieldID) -> Value?) {
        slots = TicketField.clocks.map { field in
            guard case .text(let text)? = value(field) else { return .empty }
            return Clock(text).map(Slot.clock) ?? .foreign
        }
    }

    public init(of ticket: TicketView) { self.init(ticket.value) }

    /// The clocks in force, in the order of their fields: of two of one key the one that its own leg wrote counts.
    public var all: [Placed] {
        let placed = slots.enumerated().compactMap { slot, content -> Placed? in
            if case .clock(let clock) = content { Placed(slot: slot, clock: clock) } else { nil }
        }
        return placed.filter { one in !placed.contains { $0.replaces(one) } }
    }

    public var running: [Clock] { all.map(\.clock).filter(\.isRunning) }

    /// How many fields hold what this version cannot read.
    public var foreignCount: Int { slots.count { $0 == .foreign } }

    /// The next end of a running clock that is the bank's own; what lists sort by beside the priority.
    public var earliestDue: Int64? {
        running.filter { !$0.isWindow && $0.pausedSince == nil }.compactMap(\.times.due).min()
    }

    /// The next moment after `now` at which some clock changes by itself; nil where only an act can change one. What a
    /// ticker waits for: a ticket is not looked at before it.
    public func nextChange(after now: Int64) -> Int64? { running.compactMap { $0.nextChange(after: now) }.min() }

    /// Clocks whose end cannot be told: an alarm, and a repin once the calendar is there.
    public var undetermined: [Clock] { running.filter { $0.times.known == nil } }

    /// True where some clock is beyond its end.
    public func isBreached(at now: Int64) -> Bool { running.contains { $0.phase(at: now) == .breached } }

    // MARK: Writing

    mutating func put(_ clock: Clock, in slot: Int) { slots[slot] = .clock(clock) }

    /// Where a new clock goes: the next free field, else the one whose clock ended longest ago; nil where all run.
    func slotForNew() -> Int? {
        if let free = TicketClocks.leadSlots.first(where: { slots[$0] == .empty }) { return free }
        let ended = TicketClocks.leadSlots.compactMap { slot -> (at: Int64, slot: Int)? in
            guard case .clock(let clock) = slots[slot], let end = clock.end else { return nil }
            return (end.at, slot)
        }
        return ended.min { ($0.at, $0.slot) < ($1.at, $1.slot) }?.slot
    }

    /// Where a leg writes the later version of a clock: the lead's custodian in the lead's fields, an assisting one in
    /// the field of its leg.
    func slot(for clock: Clock, writtenBy leg: Leg, standing slot: Int) -> Int {
        let lead = TicketClocks.leadSlots
        guard leg == 0 else {
            return lead.upperBound + (Int(leg) - 1) % (TicketField.clocks.count - lead.upperBound)
        }
        guard !lead.contains(slot) else { return slot }
        let own = lead.first { position in
            guard case .clock(let other) = slots[position] else { return false }
            return other.key == clock.key && other.startedAt == clock.startedAt
        }
        return own ?? slot
    }
}
