import SyncProtocol

// Starting clocks: what begins, from when, and what it replaces.
extension ClockKeeper {
    /// The clocks of assisting legs too.
    mutating func start(_ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?) {
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
        /// The clock that another classification ended in this act; its successor counts from the same start.
        var replaced: Clock?
    }

    private mutating func start(
        _ policy: Policy, of pack: PolicyPack, _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) {
        for beginning in beginnings(of: policy, in: pack, before, after) {
            let round = self.round(after)
            let family = standing(policy.family, of: pack, leg: beginning.leg)
            if beginning.isAnew {
                for placed in family where placed.clock.isRunning { drop(placed) }
            } else if beginning.replaced == nil {
                // A time that began with the receipt begins once, whatever is reclassified after it ended.
                guard family.allSatisfy({ $0.clock.isDropped && $0.clock.key.round == round }) else { continue }
            } else {
                guard !family.contains(where: { $0.clock.isRunning }) else { continue }
            }
            begin(policy, of: pack, beginning, family.map(\.clock), round, before, after)
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
                Beginning(leg: $0.clock.key.leg, eventIndex: -1, isAnew: false, replaced: $0.clock)
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
        if case .integer(let round)? = after(TicketField.roundNo) {
            max(1, FieldTable.bounded(round, TicketField.roundNo))
        } else {
            1
        }
    }

    private mutating func begin(
        _ policy: Policy, of pack: PolicyPack, _ beginning: Beginning, _ family: [Clock], _ round: Int64,
        _ before: (FieldID) -> Value?, _ after: (FieldID) -> Value?
    ) {
        let key = ClockKey(pack: pack.id, policy: policy.id, leg: beginning.leg, round: round)
        var start = beginning.replaced?.startedAt ?? act.at
        if beginning.replaced == nil, let field = policy.startsFrom, case .integer(let instant)? = after(field) {
            start = FieldTable.bounded(instant, field)
        }
        var clock = book.clock(policy, of: pack, key: key, startedAt: start)
        if !beginning.isAnew {
            let older = family.filter { $0.isDropped && $0.startedAt == clock.startedAt }
            let isWhole: Bool
            (clock, isWhole) = book.inheriting(clock, policy, pack, from: beginning.replaced, older)
            if !isWhole { work.refused.append((key, .notInherited)) }
        }
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
        let cap = ClockChange(
            at: max(act.at, clock.changes.last?.at ?? act.at), what: .capped,
            times: .known(DueTimes(due: due, warn: warn)), calendar: nil)
        return clock.withRoom(cap) ?? clock
    }
}
