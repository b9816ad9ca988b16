import SyncProtocol

extension RuleBook {
    /// Explains a clock by the versions that it is pinned to. A version that is not here is named, and the pinned times
    /// stand all the same.
    public func explain(_ clock: Clock, at now: Int64) -> Explanation {
        var explainer = Explainer(book: self, clock: clock)
        explainer.explainStart()
        for (index, change) in clock.changes.enumerated() { explainer.explain(change, at: index) }
        explainer.explainEnd(at: now)
        let policy = pack(clock.key.pack, version: clock.currentPackVersion)?.policy(clock.key.policy)
        return Explanation(
            clock: clock, now: now, phase: clock.phase(at: now), policyName: policy?.name, steps: explainer.steps,
            agrees: explainer.agrees)
    }
}

/// Writes down the steps of one clock.
struct Explainer {
    let book: RuleBook
    let clock: Clock
    var steps: [ExplanationStep] = []
    /// False once counting again gave other times; nil once something was not here to count with.
    var agrees: Bool? = true
    /// The zone in which instants are shown.
    private(set) var zone = BankZone.china
    private var pausedAt: Int64?
    private var pauses: [(from: Int64, to: Int64)] = []
    private var rule: (pack: PolicyPack, policy: Policy)?
    private var limit: ClockLimit?
    private var times: ClockTimes

    init(book: RuleBook, clock: Clock) {
        self.book = book
        self.clock = clock
        times = clock.pinned
    }

    // MARK: Start

    mutating func explainStart() {
        guard takeRule(version: clock.packVersion), let (_, policy) = rule else {
            addInstant(.start, "起算", "starts", clock.startedAt)
            return addTimes(clock.pinned)
        }
        let from = policy.startsFrom.flatMap { FieldTable.definition($0)?.label }
        let began = from ?? policy.starts.first?.label ?? Bilingual("起算", "start")
        addInstant(.start, "起算(\(began.chinese))", "starts (\(began.english))", clock.startedAt)
        limit = policy.limit
        count(policy.limit, calendar: clock.calendar, expecting: clock.pinned)
    }

    /// Says which rule counts; false where its version is not here.
    private mutating func takeRule(version: String) -> Bool {
        guard let pack = book.pack(clock.key.pack, version: version), let policy = pack.policy(clock.key.policy) else {
            agrees = nil
            rule = nil
            steps.append(
                ExplanationStep(
                    .packMissing, "本节点没有规则包 \(clock.key.pack) \(version),以所钉时限为准",
                    "this node does not hold the pack \(clock.key.pack) \(version); the pinned times stand",
                    [("pack", .text(clock.key.pack)), ("pack_version", .text(version))]))
            return false
        }
        rule = (pack, policy)
        zone = pack.zone
        let (limit, sure, confirmed) = (policy.limit.label, policy.sureness.label, pack.confirmationText)
        steps.append(
            ExplanationStep(
                .rule,
                "规则「\(policy.name.chinese)」:\(limit.chinese)(\(pack.name.chinese) 第 \(pack.version) 版,依据 \(policy.source),"
                    + "\(sure.chinese);\(confirmed.chinese))",
                "rule \"\(policy.name.english)\": \(limit.english) (\(pack.name.english), version \(pack.version), source "
                    + "\(policy.source), \(sure.english); \(confirmed.english))",
                [
                    ("policy", .text(policy.id)), ("pack", .text(pack.id)), ("pack_version", .text(pack.version)),
                    ("unit", .text(policy.limit.unit)), ("amount", .integer(policy.limit.amount)),
                    ("ends_on_working_day", .flag(policy.limit.endsOnWorkingDay)), ("warns", .flag(policy.warns)),
                    ("sureness", .text(policy.sureness.rawValue)), ("source", .text(policy.source)),
                    ("confirmed", .flag(pack.confirmation != nil)),
                ]))
        steps.append(
            ExplanationStep(
                .zone, "以下时间按 UTC\(zone.text) 计", "times are UTC\(zone.text)",
                [("offset_minutes", .integer(Int64(zone.offsetMinutes)))]))
        return true
    }

    // MARK: Counting

    /// Counts a limit from the start, shows every day that was looked at, and compares with what is pinned.
    private mutating func count(_ limit: ClockLimit, calendar pinned: PinnedCalendar?, expecting: ClockTimes) {
        guard let (pack, policy) = rule else { return addTimes(expecting) }
        guard let reckoner = reckoner(pack, limit, pinned, expecting) else { return addTimes(expecting) }
        do throws(Undetermined) {
            addDays(try reckoner.daysLookedAt(limit, from: clock.startedAt), .day)
            var found = try reckoner.reckon(limit, from: clock.startedAt, warns: policy.warns)
            addKnown(found)
            for pause in pauses { found = try putOn(pause, found, limit, reckoner) }
            compare(.known(found), expecting)
        } catch {
            addTimes(.unknown(error))
            compare(.unknown(error), expecting)
        }
        times = expecting
    }

    /// The reckoner with the calendar that was pinned; nil, with a step, where that version is not here.
    private mutating func reckoner(
        _ pack: PolicyPack, _ limit: ClockLimit, _ pinned: PinnedCalendar?, _ expecting: ClockTimes
    ) -> Reckoner? {
        guard limit.needsCalendar, let pinned else { return Reckoner(zone: pack.zone, calendar: nil) }
        guard let calendar = book.calendar(pinned) else {
            agrees = nil
            steps.append(
                ExplanationStep(
                    .calendarMissing, "本节点没有日历 \(pinned.text),以所钉时限为准",
                    "this node does not hold the calendar \(pinned.text); the pinned times stand",
                    [("calendar", .text(pinned.id)), ("calendar_version", .text(pinned.version))]))
            return nil
        }
        steps.append(
            ExplanationStep(
                .calendar, "工作日历「\(calendar.name.chinese)」 \(calendar.version) 版:日期数据优先于星期",
                "working calendar \"\(calendar.name.english)\", version \(calendar.version): a date in the data decides "
                    + "before the weekday does",
                [("calendar", .text(pinned.id)), ("calendar_version", .text(pinned.version))]))
        return Reckoner(zone: pack.zone, calendar: calendar)
    }

    private mutating func compare(_ found: ClockTimes, _ pinned: ClockTimes) {
        guard found != pinned else { return }
        agrees = false
        steps.append(
            ExplanationStep(
                .disagrees, "重新计算与所钉时限不同,以所钉时限为准", "counting again gives other times; the pinned ones stand"))
        addTimes(pinned)
    }

    // MARK: Changes

    mutating func explain(_ change: ClockChange, at index: Int) {
        switch change.what {
        case .capped:
            addInstant(.capped, "不得晚于主办时限", "ends within the lead's limit", change.times?.due ?? change.at)
            // The lead's clock is another one: its own explanation tells how it came to its end.
            if let times = change.times { addTimes(times) }
        case .paused(let reason, let by):
            let label = Enumeration.pauseReason.label(of: reason)
            pausedAt = change.at
            addInstant(
                .paused, "中止计时(\(label.chinese),\(by))", "paused (\(label.english), \(by))", change.at,
                [("reason", .text(reason)), ("by", .text(by))])
        case .resumed: explainResumption(change)
        case .extended(let amount, let rule, let reason, let approver):
            explainExtension(change, amount, rule, reason, approver)
        case .repinned(let version, let by):
            addInstant(
                .repinned, "重新钉定时限(\(by))", "repinned (\(by))", change.at,
                [("by", .text(by)), ("pack_version", .text(version))])
            explainRecount(change, at: index, version)
        }
        times = change.times ?? times
    }

    private mutating func explainRecount(_ change: ClockChange, at index: Int, _ version: String) {
        guard takeRule(version: version), let policy = rule?.policy else { return addTimes(change.times ?? times) }
        do throws(ClockRefusal) {
            let limit = try book.limit(of: clock.before(index), policy)
            if limit != policy.limit {
                let label = limit.label
                addInstant(
                    .extended, "已准的延期至\(label.chinese)仍有效", "the extension to \(label.english) stays", change.at,
                    [("amount", .integer(limit.amount))])
            }
            self.limit = limit
            count(limit, calendar: change.calendar, expecting: change.times ?? times)
        } catch {
            // The version that it was extended under is not here.
            agrees = nil
            addTimes(change.times ?? times)
        }
    }

    private mutating func explainResumption(_ change: ClockChange) {
        addInstant(.resumed, "恢复计时", "resumed", change.at)
        let pause = (from: pausedAt ?? change.at, to: change.at)
        pausedAt = nil
        pauses.append(pause)
        let expecting = change.times ?? times
        guard let (pack, _) = rule, let limit, let old = times.known,
            let reckoner = reckoner(pack, limit, change.calendar, expecting)
        else { return addTimes(expecting) }
        do throws(Undetermined) {
            compare(.known(try putOn(pause, old, limit, reckoner)), expecting)
        } catch {
            addTimes(.unknown(error))
            compare(.unknown(error), expecting)
        }
    }

    /// Puts a pause on at the end, with its days where days are counted.
    private mutating func putOn(
        _ pause: (from: Int64, to: Int64), _ old: DueTimes, _ limit: ClockLimit, _ reckoner: Reckoner
    ) throws(Undetermined) -> DueTimes {
        let shift = try reckoner.shift(old, limit, from: pause.from, to: pause.to)
        addDays(shift.pauseDays, .pauseDay)
        addDays(shift.dueDays, .shiftDay)
        let text = Explainer.length(shift.length, limit)
        steps.append(
            ExplanationStep(
                .resumed, "中止 \(text.chinese),不计入", "at rest for \(text.english), not counted",
                [
                    ("from", .integer(pause.from)), ("to", .integer(pause.to)), ("unit", .text(limit.unit)),
                    ("length", .integer(shift.length)),
                ]))
        addKnown(shift.times)
        return shift.times
    }

    private static func length(_ length: Int64, _ limit: ClockLimit) -> Bilingual {
        if case .elapsed = limit {
            let seconds = length / 1000
            let clock =
                "\(seconds / 3600):" + AsciiText.padded(seconds / 60 % 60, width: 2) + ":"
                + AsciiText.padded(seconds % 60, width: 2)
            return Bilingual(clock, clock)
        }
        return length == 0 ? Bilingual("0日", "0 days") : limit.with(amount: length).label
    }

    private mutating func explainExtension(
        _ change: ClockChange, _ amount: Int64, _ ruleID: String, _ reason: String, _ approver: String
    ) {
        let label = Enumeration.extensionReason.label(of: reason)
        var facts: [(name: String, value: ExplanationStep.Fact)] = [
            ("amount", .integer(amount)), ("rule", .text(ruleID)), ("reason", .text(reason)),
            ("approver", .text(approver)),
        ]
        var (chinese, english) = ("", "")
        let granted = rule.map { $0.policy.limit.with(amount: amount).label } ?? Bilingual("", "")
        if let (_, policy) = rule, let step = policy.extensions.first(where: { $0.id == ruleID }) {
            let (longest, sure) = (policy.limit.with(amount: step.amountMax).label, step.sureness.label)
            chinese = ",上限 \(longest.chinese),\(sure.chinese)"
            english = ", at most \(longest.english), \(sure.english)"
            facts.append(("amount_max", .integer(step.amountMax)))
            facts.append(("sureness", .text(step.sureness.rawValue)))
        }
        addInstant(
            .extended, "延期至\(granted.chinese)(\(label.chinese),\(approver) 批准\(chinese))",
            "extended to \(granted.english) (\(label.english), approved by \(approver)\(english))", change.at, facts)
        guard let policy = rule?.policy else { return addTimes(change.times ?? times) }
        let limit = policy.limit.with(amount: amount)
        self.limit = limit
        count(limit, calendar: change.calendar, expecting: change.times ?? times)
    }

    // MARK: End

    mutating func explainEnd(at now: Int64) {
        let phase = clock.phase(at: now)
        switch clock.end {
        case .stopped(let at):
            addInstant(.stopped, "完成:\(phase.label.chinese)", "stopped: \(phase.label.english)", at)
        case .dropped(let at):
            addInstant(.dropped, phase.label.chinese, phase.label.english, at)
        case nil:
            addInstant(
                .now, "现在:\(phase.label.chinese)", "now: \(phase.label.english)", now,
                [("phase", .text(phase.rawValue))])
        }
    }
}
