// A clock that replaces one of its family after the ticket was classified otherwise.
extension RuleBook {
    /// The new clock with what was granted while the ticket was taken for another: its pauses, for reasons that the new
    /// policy permits, and the longest extension in the policy's own unit, up to its longest step for that reason. Each
    /// keeps its instant and who granted it. Nothing else is granted: what was not asked for in time stays late.
    ///
    /// - Parameters:
    ///   - replaced: the clock that was dropped in this act; nil where no rule applied meanwhile.
    ///   - older: clocks of the family that were dropped, counted from the same start: a classification that is corrected
    ///     gives back what it took.
    /// - Returns: `isWhole` is false where something was to be kept and could not be.
    func inheriting(
        _ new: Clock, _ policy: Policy, _ pack: PolicyPack, from replaced: Clock?, _ older: [Clock]
    ) -> (clock: Clock, isWhole: Bool) {
        guard !policy.isWindow else { return (new, true) }
        let (grant, isKnown) = grant(to: policy, from: older)
        var (clock, isWhole, pending) = (new, isKnown, grant)
        func extend(before instant: Int64) {
            guard let grant = pending, grant.at <= instant else { return }
            pending = nil
            if let longer = extended(clock, grant, policy, pack) { clock = longer } else { isWhole = false }
        }
        for rest in rests(of: replaced, older, permittedBy: policy) {
            extend(before: rest.paused.at)
            guard let going = rested(clock, rest, policy, pack) else {
                isWhole = false
                continue
            }
            clock = going
        }
        extend(before: .max)
        return (clock, isWhole)
    }

    private typealias Rest = (paused: ClockChange, resumedAt: Int64?)

    /// In their order, each once. Only the clock that runs until now can rest still.
    private func rests(of replaced: Clock?, _ older: [Clock], permittedBy policy: Policy) -> [Rest] {
        let ended = older.flatMap { $0.rests.filter { $0.resumedAt != nil } }
        var reached = Int64.min
        return ((replaced?.rests ?? []) + ended).sorted { $0.paused.at < $1.paused.at }.filter { rest in
            let (from, to) = (rest.paused.at, rest.resumedAt ?? .max)
            guard case .paused(let reason, _) = rest.paused.what, policy.pause(reason) != nil, from >= reached,
                to > from
            else { return false }
            reached = to
            return true
        }
    }

    private func rested(_ clock: Clock, _ rest: Rest, _ policy: Policy, _ pack: PolicyPack) -> Clock? {
        let since = max(rest.paused.at, clock.changes.last?.at ?? 0)
        let resting = clock.withRoom(ClockChange(at: since, what: rest.paused.what, times: nil, calendar: nil))
        guard let resting, let to = rest.resumedAt else { return resting }
        return resting.withRoom(resumption(of: resting, policy, pack, since: since, at: max(to, since)))
    }

    /// What the new policy would let stand of what older clocks were granted; `rule` is the step of its own ladder.
    private struct Kept {
        let at: Int64
        let amount: Int64
        let rule: String
        let reason: String
        let approver: String
    }

    /// The longest; `isKnown` is false where a version that one was granted under is not here.
    private func grant(to policy: Policy, from clocks: [Clock]) -> (kept: Kept?, isKnown: Bool) {
        var (longest, isKnown): (Kept?, Bool) = (nil, true)
        for clock in clocks {
            guard let grant = clock.grant else { continue }
            guard let unit = unit(of: grant, to: clock.key) else {
                isKnown = false
                continue
            }
            let steps = policy.extensions.filter { $0.reasons.contains(grant.reason) }
            guard unit == policy.limit.unit, let last = steps.last else { continue }
            let amount = min(grant.amount, last.amountMax)
            guard amount > max(policy.limit.amount, longest?.amount ?? 0),
                let step = steps.first(where: { amount <= $0.amountMax })
            else { continue }
            longest = Kept(
                at: grant.at, amount: amount, rule: step.id, reason: grant.reason, approver: grant.approver)
        }
        return (longest, isKnown)
    }

    private func extended(_ clock: Clock, _ kept: Kept, _ policy: Policy, _ pack: PolicyPack) -> Clock? {
        let limit = policy.limit.with(amount: kept.amount)
        return clock.withRoom(
            ClockChange(
                at: max(kept.at, clock.changes.last?.at ?? 0),
                what: .extended(amount: kept.amount, rule: kept.rule, reason: kept.reason, approver: kept.approver),
                times: times(limit, policy, pack, from: clock.startedAt, pauses: clock.pauses),
                calendar: calendarPin(limit, pack)))
    }
}
