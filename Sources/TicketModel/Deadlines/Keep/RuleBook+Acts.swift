import SyncProtocol

extension RuleBook {
    /// Which clocks an act stops and starts. Pure: the same act has the same clocks on every node that holds these
    /// packs; other nodes take what the act carries.
    ///
    /// Call it only for acts that claim custody: clocks are regulated fields.
    /// - Parameters:
    ///   - before: the ticket as the author saw it.
    ///   - after: the ticket with the values that the act sets.
    ///   - facts: what others did and the author now books (`ClockFact`).
    public func clockWork(
        of act: ClockAct, before: (FieldID) -> Value?, after: (FieldID) -> Value?, facts: [ClockFact] = []
    ) -> ClockWork {
        let isBorn = before(TicketField.ticketNo) != nil
        var keeper = ClockKeeper(book: self, act: act, before: TicketClocks(before), isBorn: isBorn)
        keeper.pinPack()
        keeper.bookFacts(facts)
        keeper.end(before, after)
        keeper.rest()
        keeper.carryOutOrder()
        keeper.start(before, after)
        return keeper.finished()
    }
}

/// Walks through the clocks of one ticket for one act.
struct ClockKeeper {
    let book: RuleBook
    let act: ClockAct
    let isBorn: Bool
    private let old: TicketClocks
    var clocks: TicketClocks
    var work = ClockWork()
    private var pins: [(field: FieldID, value: Value)] = []
    /// Clocks that another classification ended in this act, with their families.
    var reclassified: [(clock: Clock, family: String)] = []

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

    /// Stops what others stopped, at the instant at which they did.
    mutating func bookFacts(_ facts: [ClockFact]) {
        for placed in clocks.all {
            guard let at = clocks.stop(of: placed.clock, by: facts) else { continue }
            stop(placed, at: min(at, act.at))
        }
    }

    mutating func end(_ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?) {
        let outcome = Outcome(before, after)
        for placed in clocks.all where placed.clock.isRunning {
            let clock = placed.clock
            if clock.stops.contains(where: { fires($0, on: clock.key.leg, before, after) }) {
                stop(placed)
            } else if outcome == .givenUp || isCancelled(clock) {
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

    /// The lead cancelled the assisting leg whose time it is.
    private func isCancelled(_ clock: Clock) -> Bool {
        clock.key.leg != 0
            && act.events.contains { $0.trigger == .event("assist_cancelled") && $0.leg == clock.key.leg }
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

    func fires(
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

    mutating func stop(_ placed: TicketClocks.Placed, at: Int64? = nil) {
        let ended = placed.clock.ended(.stopped(at: at ?? act.at))
        clocks.put(ended, in: placed.slot)
        work.stopped.append(ended)
    }

    mutating func drop(_ placed: TicketClocks.Placed) {
        let ended = placed.clock.ended(.dropped(at: act.at))
        clocks.put(ended, in: placed.slot)
        work.dropped.append(ended)
    }

    // MARK: Changing

    /// T13 lets the clocks rest whose pack permits the reason, T14 lets them go on.
    mutating func rest() {
        let walked = act.events.map(\.trigger)
        if let reason = act.pauseReason, walked.contains(.transition("T13")) {
            let changes = book.paused(clocks, reason: reason, by: act.post, at: act.at)
            take(changes.changed)
            // That another clock knows no pause is no alarm.
            work.refused += changes.refused.filter { $0.refusal.code != "pause_not_permitted" }
        }
        if walked.contains(.transition("T14")) {
            var changes = ClockChanges()
            for placed in clocks.all where placed.clock.isRunning && placed.clock.pausedSince != nil {
                changes.take(placed) { clock throws(ClockRefusal) in try book.resumed(clock, at: act.at) }
            }
            take(changes.changed)
            work.refused += changes.refused
        }
    }

    mutating func carryOutOrder() {
        switch act.order {
        case .extend(let order)?: take(book.extended(clocks, by: order, at: act.at).changed)
        case .repin(let key)?: take(book.repinned(clocks, key: key, by: act.post, at: act.at).changed)
        case nil: break
        }
    }

    private mutating func take(_ changed: [(placed: TicketClocks.Placed, clock: Clock)]) {
        for (placed, clock) in changed { clocks.put(clock, in: placed.slot) }
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
    var isDropped: Bool {
        if case .dropped = end { true } else { false }
    }

    /// True where the clock waits for something that comes after closing.
    fileprivate var waitsForLater: Bool {
        stops.allSatisfy { [.transition("T26"), .transition("T29")].contains($0) }
    }
}
