import SyncProtocol

/// All clocks of one ticket, as its 32 clock fields hold them. The custodian of the lead leg writes them, those of
/// assisting legs too: what such a leg did is in its own fields and is booked from there (`ClockFact`).
public struct TicketClocks: Hashable, Sendable {
    /// A clock and the field that holds it.
    public struct Placed: Hashable, Sendable {
        public let slot: Int
        public let clock: Clock
    }

    enum Slot: Hashable {
        case empty
        case clock(Clock)
        /// A text of a newer version: left alone.
        case foreign
    }

    private(set) var slots: [Slot]

    /// Reads the fields of a ticket.
    public init(_ value: (FieldID) -> Value?) {
        slots = TicketField.clocks.map { field in
            guard case .text(let text)? = value(field) else { return .empty }
            return Clock(text).map(Slot.clock) ?? .foreign
        }
    }

    public init(of ticket: TicketView) { self.init(ticket.value) }

    /// In the order of their fields.
    public var all: [Placed] {
        slots.enumerated().compactMap { slot, content -> Placed? in
            if case .clock(let clock) = content { Placed(slot: slot, clock: clock) } else { nil }
        }
    }

    public var running: [Clock] { all.map(\.clock).filter(\.isRunning) }

    /// How many fields hold what this version cannot read.
    public var foreignCount: Int { slots.count { $0 == .foreign } }

    /// The next end of a running clock that is the bank's own; what lists sort by beside the priority.
    public var earliestDue: Int64? {
        running.filter { !$0.isWindow && $0.pausedSince == nil }.compactMap(\.times.due).min()
    }

    /// The first warning of a running clock of the bank's own, its end where nobody is warned: from this moment on the
    /// ticket is on the list of warnings (day §6.1 step 8).
    public var earliestWarning: Int64? {
        running.filter { !$0.isWindow && $0.pausedSince == nil }.compactMap { $0.times.warn ?? $0.times.due }.min()
    }

    /// The next moment after `now` at which some clock changes by itself; nil where only an act can change one. What a
    /// ticker waits for: a ticket is not looked at before it.
    public func nextChange(after now: Int64) -> Int64? { running.compactMap { $0.nextChange(after: now) }.min() }

    /// Clocks whose end cannot be told: an alarm, and a repin once the calendar is there.
    public var undetermined: [Clock] { running.filter { $0.times.known == nil } }

    /// How many of them there are; nil for none.
    public var undeterminedCount: Int64? {
        let count = undetermined.count
        return count == 0 ? nil : Int64(count)
    }

    // MARK: Writing

    mutating func put(_ clock: Clock, in slot: Int) { slots[slot] = .clock(clock) }

    /// Where a new clock goes: the next free field, else the one whose clock ended longest ago; nil where all run.
    func slotForNew() -> Int? {
        if let free = slots.indices.first(where: { slots[$0] == .empty }) { return free }
        let ended = slots.indices.compactMap { slot -> (at: Int64, slot: Int)? in
            guard case .clock(let clock) = slots[slot], let end = clock.end else { return nil }
            return (end.at, slot)
        }
        return ended.min { ($0.at, $0.slot) < ($1.at, $1.slot) }?.slot
    }
}
