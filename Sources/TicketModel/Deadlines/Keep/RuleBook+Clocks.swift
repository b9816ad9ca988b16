import SyncProtocol

// Making and changing single clocks. Every change says what the times are from then on; nothing is recomputed later.
extension RuleBook {
    /// A new clock with its times pinned; undetermined where they cannot be told.
    func clock(_ policy: Policy, of pack: PolicyPack, key: ClockKey, startedAt: Int64) -> Clock {
        let calendar = policy.limit.needsCalendar ? self.calendar(pack.calendarID) : nil
        return Clock(
            key: key, packVersion: pack.version, calendar: calendar.map(PinnedCalendar.init),
            isWindow: policy.isWindow, startedAt: min(max(startedAt, 0), CivilTime.instantMax),
            pinned: times(policy.limit, policy, pack, from: startedAt, pauses: []), stops: policy.stops)
    }

    /// The times of a limit from a start with the pauses since, with this node's calendar.
    func times(
        _ limit: ClockLimit, _ policy: Policy, _ pack: PolicyPack, from start: Int64,
        pauses: [(from: Int64, to: Int64)]
    ) -> ClockTimes {
        let reckoner = Reckoner(zone: pack.zone, calendar: calendar(pack.calendarID))
        do throws(Undetermined) {
            var times = try reckoner.reckon(limit, from: start, warns: policy.warns)
            for pause in pauses { times = try reckoner.shift(times, limit, from: pause.from, to: pause.to).times }
            return .known(times)
        } catch {
            return .unknown(error)
        }
    }

    func calendarPin(_ limit: ClockLimit, _ pack: PolicyPack) -> PinnedCalendar? {
        limit.needsCalendar ? calendar(pack.calendarID).map(PinnedCalendar.init) : nil
    }

    /// The rule that the clock follows now, in exactly its version.
    func rule(of clock: Clock) throws(ClockRefusal) -> (pack: PolicyPack, policy: Policy) {
        guard let pack = pack(clock.key.pack, version: clock.currentPackVersion),
            let policy = pack.policy(clock.key.policy)
        else { throw .packUnknown(clock.key, version: clock.currentPackVersion) }
        return (pack, policy)
    }

    /// The limit that counts under a policy: its own, or what an extension granted where that is longer. An amount of
    /// another unit cannot be compared: the policy's own counts.
    /// - Throws: the version that the extension was granted under is not here.
    func limit(of clock: Clock, _ policy: Policy) throws(ClockRefusal) -> ClockLimit {
        guard let grant = clock.grant else { return policy.limit }
        guard let unit = unit(of: grant, to: clock.key) else {
            throw .packUnknown(clock.key, version: grant.packVersion)
        }
        guard unit == policy.limit.unit else { return policy.limit }
        return policy.limit.with(amount: max(policy.limit.amount, grant.amount))
    }

    /// What an extension was counted in; nil where that version is not here.
    func unit(of grant: Clock.Grant, to key: ClockKey) -> String? {
        pack(key.pack, version: grant.packVersion)?.policy(key.policy)?.limit.unit
    }

    // MARK: Pause

    /// The clock at rest from `at` on.
    /// - Throws: the pack permits no pause for this reason, or the clock does not run, rests already, or is over.
    public func paused(_ clock: Clock, reason: String, by post: String, at: Int64) throws(ClockRefusal) -> Clock {
        let (_, policy) = try rule(of: clock)
        guard policy.pause(reason) != nil else { throw .pauseNotPermitted(policy) }
        guard clock.isRunning else { throw .notRunning }
        guard clock.pausedSince == nil else { throw .alreadyPaused }
        if let due = clock.times.due, at > due { throw .tooLate }
        guard clock.hasRoom else { throw .tooManyChanges }
        let moment = max(at, clock.changes.last?.at ?? clock.startedAt)
        return clock.with(
            ClockChange(at: moment, what: .paused(reason: reason, by: post), times: nil, calendar: nil))
    }

    /// The clock going on: later by the time at rest, never earlier.
    /// - Throws: the clock does not rest, or the pack's version is not here.
    public func resumed(_ clock: Clock, at: Int64) throws(ClockRefusal) -> Clock {
        let (pack, policy) = try rule(of: clock)
        guard clock.isRunning, let since = clock.pausedSince else { throw .notPaused }
        guard clock.changes.count < Clock.changesMax else { throw .tooManyChanges }
        let moment = max(at, clock.changes.last?.at ?? since)
        return clock.with(resumption(of: clock, policy, pack, since: since, at: moment))
    }

    func resumption(
        of clock: Clock, _ policy: Policy, _ pack: PolicyPack, since: Int64, at moment: Int64
    ) -> ClockChange {
        var times = clock.times
        if let known = times.known {
            do throws(Undetermined) {
                let reckoner = Reckoner(zone: pack.zone, calendar: calendar(pack.calendarID))
                times = .known(try reckoner.shift(known, policy.limit, from: since, to: moment).times)
            } catch {
                times = .unknown(error)
            }
        }
        return ClockChange(at: moment, what: .resumed, times: times, calendar: calendarPin(policy.limit, pack))
    }

    // MARK: Extension

    /// What is asked for when a clock is to end later.
    public struct ExtensionRequest: Sendable {
        /// The whole amount counted from the clock's start, in the unit of its limit.
        public let amount: Int64
        /// A code of `Enumeration.extensionReason`.
        public let reason: String
        public let requester: String
        public let approver: String
        public let approverRole: String

        public init(amount: Int64, reason: String, requester: String, approver: String, approverRole: String) {
            self.amount = amount
            self.reason = reason
            self.requester = requester
            self.approver = approver
            self.approverRole = approverRole
        }
    }

    /// The clock with a later end, and the rule that permits it (does it oblige to tell the customer?). Never
    /// retroactive: after the end nothing can be extended.
    public func extended(
        _ clock: Clock, _ request: ExtensionRequest, at: Int64
    ) throws(ClockRefusal) -> (clock: Clock, rule: ExtensionRule) {
        let (pack, policy) = try rule(of: clock)
        let due = try checkMovable(clock, at: at)
        guard request.amount > (try limit(of: clock, policy).amount) else { throw .notLonger }
        let rule = try self.rule(of: policy, for: request)
        guard clock.hasRoom else { throw .tooManyChanges }
        let limit = policy.limit.with(amount: request.amount)
        guard
            case .known(let times) = times(limit, policy, pack, from: clock.startedAt, pauses: clock.pauses)
        else { throw .undetermined }
        guard times.due > due else { throw .notLonger }
        let change = ClockChange(
            at: max(at, clock.changes.last?.at ?? at),
            what: .extended(amount: request.amount, rule: rule.id, reason: request.reason, approver: request.approver),
            times: .known(times), calendar: calendarPin(limit, pack))
        return (clock.with(change), rule)
    }

    /// The end that an extension would move.
    @discardableResult
    func checkMovable(_ clock: Clock, at: Int64) throws(ClockRefusal) -> Int64 {
        guard clock.isRunning else { throw .notRunning }
        guard clock.pausedSince == nil else { throw .alreadyPaused }
        guard let due = clock.times.due else { throw .undetermined }
        guard at <= due else { throw .tooLate }
        return due
    }

    /// The steps of the pack's ladder that reach far enough for the reason.
    func fitting(_ policy: Policy, _ amount: Int64, _ reason: String) throws(ClockRefusal) -> [ExtensionRule] {
        guard let longest = policy.extensions.last else { throw .extensionNotPermitted(policy) }
        guard amount <= longest.amountMax else { throw .beyondMaximum(policy, longest) }
        let enough = policy.extensions.filter { amount <= $0.amountMax }
        let fitting = enough.filter { $0.reasons.contains(reason) }
        guard !fitting.isEmpty else { throw .extensionReason(policy, enough.flatMap(\.reasons)) }
        return fitting
    }

    /// The first fitting step that the approver may grant.
    private func rule(
        of policy: Policy, for request: ExtensionRequest
    ) throws(ClockRefusal) -> ExtensionRule {
        let fitting = try fitting(policy, request.amount, request.reason)
        guard let rule = fitting.first(where: { $0.approvers.contains(request.approverRole) }) else {
            throw .approverMayNot(policy, fitting.flatMap(\.approvers))
        }
        guard request.approver != request.requester, Post.isWellFormed(request.approver) else {
            throw .approverIsRequester
        }
        return rule
    }

    // MARK: Repin

    /// The clock counted again with the pack and calendar that are effective at `at`. A visible act; nothing else ever
    /// moves a pinned time. What was granted and what it rested stay.
    public func repinned(_ clock: Clock, by post: String, at: Int64) throws(ClockRefusal) -> Clock {
        try recounted(clock, pack(clock.key.pack, at: at), by: post, at: at)
    }

    /// The end of a clock that had none, counted with the version of the pack that it is pinned to, whatever is
    /// effective by now.
    func determined(_ clock: Clock, at: Int64) throws(ClockRefusal) -> Clock {
        let found = try recounted(
            clock, pack(clock.key.pack, version: clock.currentPackVersion), by: RuleBook.nodePost, at: at)
        guard found.times.known != nil else { throw .undetermined }
        return found
    }

    private func recounted(
        _ clock: Clock, _ pack: PolicyPack?, by post: String, at: Int64
    ) throws(ClockRefusal) -> Clock {
        guard clock.isRunning else { throw .notRunning }
        guard clock.pausedSince == nil else { throw .alreadyPaused }
        // Its end is the lead's, which is pinned in another clock.
        guard !clock.changes.contains(where: { $0.what == .capped }) else { throw .nothingToRepin }
        guard let pack, let policy = pack.policy(clock.key.policy) else {
            throw .packUnknown(clock.key, version: clock.currentPackVersion)
        }
        guard clock.hasRoom else { throw .tooManyChanges }
        let limit = try limit(of: clock, policy)
        let times = times(limit, policy, pack, from: clock.startedAt, pauses: clock.pauses)
        guard times != clock.times || pack.version != clock.currentPackVersion else { throw .nothingToRepin }
        return clock.with(
            ClockChange(
                at: max(at, clock.changes.last?.at ?? at), what: .repinned(packVersion: pack.version, by: post),
                times: times, calendar: calendarPin(limit, pack)))
    }
}
