import SyncProtocol

extension RuleBook {
    /// Which clocks an act stops and starts. Pure: the same act has the same clocks on every node that holds these
    /// packs; other nodes take what the act carries.
    ///
    /// Call it only for acts that claim custody: clocks are regulated fields.
    /// - Parameters:
    ///   - before: the ticket as the author saw it.
    ///   - after: the ticket with the values that the act sets.
    public func clockWork(
        of act: ClockAct, before: (FieldID) -> Value?, after: (FieldID) -> Value?
    ) -> ClockWork {
        let isBorn = before(TicketField.ticketNo) != nil
        var keeper = ClockKeeper(book: self, act: act, before: TicketClocks(before), isBorn: isBorn)
        keeper.pinPack()
        keeper.end(before, after)
        keeper.rest()
        keeper.start(before, after)
        return keeper.finished()
    }
}

/// Walks through the clocks of one ticket for one act.
struct ClockKeeper {
    private let book: RuleBook
    private let act: ClockAct
    private let isBorn: Bool
    private let old: TicketClocks
    private var clocks: TicketClocks
    private var work = ClockWork()
    private var pins: [(field: FieldID, value: Value)] = []
    /// Clocks that another classification ended in this act, with their families.
    private var reclassified: [(clock: Clock, family: String)] = []

    init(book: RuleBook, act: ClockAct, before: TicketClocks, isBorn: Bool) {
        self.book = book
        self.act = act
        self.isBorn = isBorn
        old = before
        clocks = before
    }

    /// At registration the ticket says which rules it came under.
    mutating func pinPack() {
        guard !isBorn, let pack = book.packs(at: act.at).first else { return }
        pins = [(TicketField.policyPack, .text(pack.id)), (TicketField.policyVersion, .text(pack.version))]
        if let calendar = book.calendar(pack.calendarID) {
            pins.append((TicketField.calendarVersion, .text(calendar.reference)))
        }
    }

    // MARK: Ending

    mutating func end(_ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?) {
        let outcome = Outcome(before, after)
        for placed in clocks.all where placed.clock.isRunning {
            let clock = placed.clock
            if clock.stops.contains(where: { fires($0, on: clock.key.leg, before, after) }) {
                stop(placed)
            } else if outcome == .givenUp {
                drop(placed)
            } else if let (pack, policy) = book.policy(of: clock, at: act.at),
                !pack.applies.holds(after) || !policy.applies.holds(after)
            {
                drop(placed)
                reclassified.append((clock, policy.family))
            } else if outcome == .closed, !clock.isWindow, !clock.waitsForLater {
                stop(placed)
            }
        }
    }

    private enum Outcome {
        case open
        case closed
        /// Nothing is owed any more: withdrawn, merged, not accepted.
        case givenUp

        init(_ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?) {
            guard before(TicketField.state) != after(TicketField.state),
                case .text(let text)? = after(TicketField.state)
            else {
                self = .open
                return
            }
            switch TicketState(rawValue: text) {
            case .withdrawn, .merged, .notAccepted: self = .givenUp
            case .closed, .archived: self = .closed
            default: self = .open
            }
        }
    }

    private func fires(
        _ trigger: ClockTrigger, on leg: Leg, _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) -> Bool {
        switch trigger {
        case .applies: return false
        case .transition, .event: return act.events.contains { $0.trigger == trigger && $0.leg == leg }
        case .becomes(let field, let codes):
            let clause = PolicyCondition.Clause(field, .any(codes))
            return clause.holds(after) && !(isBorn && clause.holds(before))
        }
    }

    private mutating func stop(_ placed: TicketClocks.Placed) {
        let ended = placed.clock.ended(.stopped(at: act.at))
        write(ended, standing: placed.slot)
        work.stopped.append(ended)
    }

    private mutating func drop(_ placed: TicketClocks.Placed) {
        let ended = placed.clock.ended(.dropped(at: act.at))
        write(ended, standing: placed.slot)
        work.dropped.append(ended)
    }

    private mutating func write(_ clock: Clock, standing slot: Int) {
        clocks.put(clock, in: clocks.slot(for: clock, writtenBy: act.leg, standing: slot))
    }

    // MARK: Resting

    /// T13 lets the clocks rest whose pack permits the reason, T14 lets them go on.
    mutating func rest() {
        let walked = act.events.map(\.trigger)
        if let reason = act.pauseReason, walked.contains(.transition("T13")) {
            for placed in clocks.all where placed.clock.isRunning && permits(placed.clock, reason) {
                change(placed) { (book, act) throws(ClockRefusal) in
                    try book.paused(placed.clock, reason: reason, by: act.post, at: act.at)
                }
            }
        }
        if walked.contains(.transition("T14")) {
            for placed in clocks.all where placed.clock.isRunning && placed.clock.pausedSince != nil {
                change(placed) { (book, act) throws(ClockRefusal) in try book.resumed(placed.clock, at: act.at) }
            }
        }
    }

    private func permits(_ clock: Clock, _ reason: String) -> Bool {
        book.policy(of: clock, at: act.at)?.policy.pause(reason) != nil
    }

    private mutating func change(
        _ placed: TicketClocks.Placed, _ body: (RuleBook, ClockAct) throws(ClockRefusal) -> Clock
    ) {
        do throws(ClockRefusal) {
            write(try body(book, act), standing: placed.slot)
        } catch {
            work.refused.append((placed.clock.key, error))
        }
    }

    // MARK: Starting

    /// Only the lead's custodian starts clocks, those of assisting legs too.
    mutating func start(_ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?) {
        guard act.leg == 0 else { return }
        for pack in book.packs(at: act.at) where pack.applies.holds(after) {
            for policy in pack.policies where policy.applies.holds(after) {
                start(policy, of: pack, before, after)
            }
        }
    }

    /// Where in the act a clock starts: after the event with this index; -1 where no event starts it.
    private struct Beginning {
        let leg: Leg
        let eventIndex: Int
        /// True where the event itself starts the clock, and so starts a running one anew.
        let isAnew: Bool
        var startedAt: Int64?
    }

    private mutating func start(
        _ policy: Policy, of pack: PolicyPack, _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) {
        for beginning in beginnings(of: policy, in: pack, before, after) {
            let round = self.round(after)
            let family = standing(policy.family, of: pack, leg: beginning.leg)
            if beginning.isAnew {
                for placed in family where placed.clock.isRunning { drop(placed) }
            } else if beginning.startedAt == nil {
                // A time that began with the receipt begins once, whatever is reclassified after it ended.
                guard family.allSatisfy({ $0.clock.isDropped && $0.clock.key.round == round }) else { continue }
            } else {
                guard !family.contains(where: { $0.clock.isRunning }) else { continue }
            }
            begin(policy, of: pack, beginning, round, before, after)
        }
    }

    private func beginnings(
        of policy: Policy, in pack: PolicyPack, _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) -> [Beginning] {
        var found: [Beginning] = []
        for (index, event) in act.events.enumerated()
        where policy.starts.contains(event.trigger) && !found.contains(where: { $0.leg == event.leg }) {
            found.append(Beginning(leg: event.leg, eventIndex: index, isAnew: true))
        }
        guard found.isEmpty else { return found }
        let replaced = reclassified.filter { $0.family == policy.family && $0.clock.key.pack == pack.id }
        if !replaced.isEmpty {
            return replaced.map {
                Beginning(leg: $0.clock.key.leg, eventIndex: -1, isAnew: false, startedAt: $0.clock.startedAt)
            }
        }
        let began = policy.starts.contains { trigger in
            trigger == .applies
                ? !(isBorn && pack.applies.holds(before) && policy.applies.holds(before))
                : fires(trigger, on: 0, before, after)
        }
        return began ? [Beginning(leg: 0, eventIndex: -1, isAnew: false)] : []
    }

    /// The clocks of a family on a leg, ended ones too.
    private func standing(_ family: String, of pack: PolicyPack, leg: Leg) -> [TicketClocks.Placed] {
        clocks.all.filter { placed in
            let key = placed.clock.key
            guard key.pack == pack.id, key.leg == leg else { return false }
            return (book.policy(of: placed.clock, at: act.at)?.policy.family ?? key.policy) == family
        }
    }

    private func round(_ after: (FieldID) -> Value?) -> Int64 {
        if case .integer(let round)? = after(TicketField.roundNo), round >= 1 { round } else { 1 }
    }

    private mutating func begin(
        _ policy: Policy, of pack: PolicyPack, _ beginning: Beginning, _ round: Int64,
        _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) {
        let key = ClockKey(pack: pack.id, policy: policy.id, leg: beginning.leg, round: round)
        var start = beginning.startedAt ?? act.at
        if beginning.startedAt == nil, let field = policy.startsFrom, case .integer(let instant)? = after(field) {
            start = instant
        }
        var clock = book.clock(policy, of: pack, key: key, startedAt: start)
        clock = capped(clock, policy)
        guard let slot = clocks.slotForNew() else {
            work.withoutRoom.append(key)
            return
        }
        work.started.append(clock)
        clocks.put(clock, in: slot)
        if isStoppedAtOnce(clock, after: beginning.eventIndex, before, after) {
            stop(TicketClocks.Placed(slot: slot, clock: clock))
        }
    }

    /// True where something that came after the start, in the same act, stops the clock.
    private func isStoppedAtOnce(
        _ clock: Clock, after index: Int, _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) -> Bool {
        let later = act.events.dropFirst(index + 1)
        return clock.stops.contains { trigger in
            if case .becomes = trigger { return fires(trigger, on: clock.key.leg, before, after) }
            return later.contains { $0.trigger == trigger && $0.leg == clock.key.leg }
        }
    }

    /// An assisting unit's time ends within the lead's.
    private func capped(_ clock: Clock, _ policy: Policy) -> Clock {
        guard let family = policy.inside, let times = clock.times.known else { return clock }
        let outer = clocks.running.filter { outer in
            outer.key.leg == 0 && outer.key.pack == clock.key.pack && outer.pausedSince == nil
                && (book.policy(of: outer, at: act.at)?.policy.family ?? outer.key.policy) == family
        }
        guard let bound = outer.compactMap(\.times.due).min(), bound < times.due else { return clock }
        let due = max(bound, clock.startedAt)
        let warn = policy.warns ? clock.startedAt + Reckoner.nineTenths(of: due - clock.startedAt) : nil
        return clock.with(
            ClockChange(at: act.at, what: .capped, times: .known(DueTimes(due: due, warn: warn)), calendar: nil))
    }

    func finished() -> ClockWork {
        var work = work
        work.assignments = pins
        for (slot, field) in TicketField.clocks.enumerated() {
            guard case .clock(let clock) = clocks.slots[slot], clocks.slots[slot] != old.slots[slot] else { continue }
            work.assignments.append((field, .text(clock.text)))
        }
        return work
    }
}

extension Clock {
    fileprivate var isDropped: Bool {
        if case .dropped = end { true } else { false }
    }

    /// True where the clock waits for something that comes after closing.
    fileprivate var waitsForLater: Bool {
        stops.allSatisfy { [.transition("T26"), .transition("T29")].contains($0) }
    }
}
