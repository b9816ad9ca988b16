import SyncProtocol

// When somebody is to be told of a clock, and what was told already. Both are read from the ticket alone, so that every
// node sees the same and no step is told twice.
extension Clock {
    /// The least time between two steps of the ladder, in milliseconds.
    private static let stepMillisecondsMin: Int64 = 3_600_000
    /// The time between two steps of a limit that warns nobody.
    private static let stepMillisecondsUnwarned: Int64 = 24 * 3_600_000

    /// When each step is due to be told. A further step follows after as much time again as lay between warning and
    /// end, a tenth of the limit, while nobody acts.
    fileprivate var steps: [(threshold: ClockStep.Threshold, moment: Int64)] {
        guard let times = times.known else { return [(.undetermined, startedAt)] }
        let gap = times.warn.map { max(times.due - $0, Clock.stepMillisecondsMin) } ?? Clock.stepMillisecondsUnwarned
        let end = times.due + 1
        let beyond: [(threshold: ClockStep.Threshold, moment: Int64)] = [
            (.breach, end), (.secondStep, end + gap), (.thirdStep, end + 2 * gap),
        ]
        return (times.warn.map { [(.warning, $0)] } ?? []) + beyond
    }

    /// The steps behind the last one that was told: where a later one was told, the earlier ones are covered by it.
    fileprivate func untold(_ given: Set<String>) -> [(threshold: ClockStep.Threshold, moment: Int64)] {
        guard isRunning, !isWindow, pausedSince == nil else { return [] }
        let steps = steps
        let last = steps.lastIndex { given.contains(ClockStep.key(self, $0.threshold, $0.moment)) }
        return Array(steps[(last.map { $0 + 1 } ?? 0)...])
    }
}

extension TicketClocks {
    /// The next moment at which somebody is to be told; nil where only an act can bring one.
    public func nextStep(given: Set<String>) -> Int64? {
        running.compactMap { $0.untold(given).first?.moment }.min()
    }
}

extension RuleBook {
    /// A step counts as told late where more than this lies between its moment and now.
    public static let lateMilliseconds: Int64 = 5 * 60_000

    /// What is to be told now, oldest first: of each clock the highest step that is due. The steps behind it that nobody
    /// was told of, because the node was off, are told with it.
    public func dueSteps(of clocks: TicketClocks, given: Set<String>, at now: Int64) -> [ClockStep] {
        clocks.running.compactMap { clock -> ClockStep? in
            guard let step = clock.untold(given).last(where: { $0.moment <= now }) else { return nil }
            return ClockStep(clock: clock, threshold: step.threshold, moment: step.moment)
        }.sorted { ($0.moment, $0.key) < ($1.moment, $1.key) }
    }

    /// Who hears of a step that is told now: those of the steps before it too that nobody was told of. It is late where
    /// its moment lies far behind: the node was off, and what is told says so (model §2.6).
    ///
    /// - Parameter given: keys of what was told; that of the step itself may be among them.
    public func telling(
        of step: ClockStep, given: Set<String>, at now: Int64
    ) -> (recipients: [String], isLate: Bool) {
        let untold = step.clock.untold(given.subtracting([step.key])).filter { $0.moment <= step.moment }
        let steps = untold.isEmpty ? [step.threshold] : untold.map(\.threshold)
        let isLate = step.threshold != .undetermined && now - step.moment > RuleBook.lateMilliseconds
        return (recipients(of: step.clock, steps, at: now), isLate)
    }

    /// Who hears of these steps of a clock: those who are warned, or the ladder one by one; where it has ended, its last
    /// one again.
    public func recipients(of clock: Clock, _ steps: [ClockStep.Threshold], at now: Int64) -> [String] {
        guard let policy = policy(of: clock, at: now)?.policy, let last = steps.last else { return [] }
        guard last.rung != nil else {
            return last == .undetermined && policy.warned.isEmpty ? policy.ladder : policy.warned
        }
        var found: [String] = []
        for rung in steps.compactMap(\.rung) where !policy.ladder.isEmpty {
            let recipient = policy.ladder[min(rung, policy.ladder.count - 1)]
            if !found.contains(recipient) { found.append(recipient) }
        }
        return found
    }

    /// What time alone does to the ticket now: the breach effects of the packs that are not carried out yet, such as
    /// the upgrade to `major` after a month (CL-13).
    public func dueEffects(
        of clocks: TicketClocks, at now: Int64, value: (FieldID) -> Value?
    ) -> [(key: ClockKey, field: FieldID, value: Value)] {
        clocks.running.compactMap { clock in
            guard clock.phase(at: now) == .breached, let effect = policy(of: clock, at: now)?.policy.atBreach,
                value(effect.field) != .text(effect.code)
            else { return nil }
            return (clock.key, effect.field, .text(effect.code))
        }
    }
}
