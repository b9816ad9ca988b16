import SyncProtocol

/// A notice that an act causes. Every node that looks at the same act comes to the same causes.
public struct NoticeCause: Hashable, Sendable {
    public let kind: NoticeKind
    /// Names the cause within the ticket: the name of the act, or the key that two nodes share which noticed one deadline.
    public let cause: String
    /// Codes of the roles to be told; empty for the customer, and where the unit as a whole is told.
    public let recipients: [String]
    /// True for a step of a clock that was told late: the node was off.
    public var isLate = false
    /// True for what an import of old records brings to light: it is listed, and nobody is told one by one.
    public var isFoundByImport = false
}

/// Which acts tell whom (RF-12, NO-01…NO-05, EX-03, IN-12): data for the outbox, from core records alone.
public enum NoticeRules {
    /// The node's own act that records what became of a notice.
    public static let factAct: UInt16 = 1010

    /// A complaint that was received longer ago than this is a record that is brought in, not news for the customer.
    public static let oldMilliseconds: Int64 = 7 * 24 * 3_600_000

    /// The mark of a ticket that an import has brought in.
    public static let importedFlag = "imported"

    /// The operation that records it.
    ///
    /// - Parameters:
    ///   - outcome: a code of `Enumeration.noticeOutcome`.
    ///   - channel: a code of `Enumeration.noticeChannel`.
    public static func fact(
        _ id: String, _ kind: NoticeKind, outcome: String, channel: String, node: NodeID, at instant: Int64
    ) -> Operation {
        let entry = Entry(
            EntryShapes.noticeFact,
            [
                "notice": id, "kind": kind.rawValue, "outcome": outcome, "channel": channel, "node": node.text,
                "at": String(instant),
            ])
        return .add(TicketField.noticeFacts, .text(entry.text))
    }

    /// What an act causes.
    ///
    /// - Parameters:
    ///   - core: the ticket's core fields after the act.
    ///   - rules: who is told of which clock.
    public static func causes(of record: CoreRecord, in core: FieldState, rules: RuleBook) -> [NoticeCause] {
        var causes: [NoticeCause] = []
        if tellsCustomer(record, core), let kind = customerKind(record) {
            causes.append(NoticeCause(kind: kind, cause: record.dot.description, recipients: []))
        }
        if isDuty(record, core), case .text(let roles)? = core.value(TicketField.routeTold) {
            let told = CodeSet.members(roles)
            let more = isGrave(core) ? gravityTold.filter { !told.contains($0) } : []
            causes.append(NoticeCause(kind: .duty, cause: record.dot.description, recipients: told + more))
        }
        if TicketAct(rawValue: record.kind) == .extend {
            causes.append(
                NoticeCause(
                    kind: .extensionCause, cause: record.dot.description, recipients: [Role.branchOfficer.rawValue]))
        }
        for operation in record.operations {
            guard let told = staffCause(operation, record, core, rules) else { continue }
            causes.append(told)
            if let owed = interimCause(told, core, at: record.stamp.milliseconds) { causes.append(owed) }
        }
        guard hasFlag(importedFlag, core) else { return causes }
        return causes.map { cause in
            var cause = cause
            cause.isFoundByImport = isFoundByImport(cause, record, core, rules)
            return cause
        }
    }

    /// The act of importing, and what follows from limits that had ended by then, is no news to anybody.
    private static func isFoundByImport(
        _ cause: NoticeCause, _ record: CoreRecord, _ core: FieldState, _ rules: RuleBook
    ) -> Bool {
        guard record.kind != TicketAct.register.rawValue else { return true }
        guard case .integer(let recorded)? = core.value(TicketField.registeredAt) else { return false }
        let clocks = TicketClocks(core.value).all.map(\.clock)
        func hadEnded(_ clock: Clock) -> Bool { (clock.times.due ?? clock.startedAt) <= recorded }
        if record.kind == ClockStep.effectAct {
            return clocks.contains { clock in
                hadEnded(clock) && rules.policy(of: clock, at: record.stamp.milliseconds)?.policy.atBreach != nil
            }
        }
        return clocks.contains { clock in
            // An interim reply is named by the clock alone, the others by clock and step.
            hadEnded(clock) && (clock.key.text == cause.cause || !ClockStep.told(clock, [cause.cause]).isEmpty)
        }
    }

    private static func hasFlag(_ flag: String, _ core: FieldState) -> Bool {
        guard case .text(let flags)? = core.value(TicketField.flags) else { return false }
        return CodeSet.members(flags).contains(flag)
    }

    /// Orders inside the bank have no customer; an anonymous one cannot be told.
    private static func tellsCustomer(_ record: CoreRecord, _ core: FieldState) -> Bool {
        guard case .text(let kind)? = core.value(TicketField.kind), !Registration.orderKinds.contains(kind) else {
            return false
        }
        guard !hasFlag("anonymous", core) else { return false }
        guard record.kind == TicketAct.register.rawValue else { return true }
        guard !hasFlag(importedFlag, core), let received = core.integer(TicketField.receivedAt) else { return false }
        return record.stamp.milliseconds - received <= oldMilliseconds
    }

    /// The customer hears of four steps and of two exceptions. That one unit hands the case to another is none of them:
    /// one window speaks to the customer (IN-15).
    private static func customerKind(_ record: CoreRecord) -> NoticeKind? {
        let act = TicketAct(rawValue: record.kind)
        switch act {
        case .register: return .acceptance
        case .refuse: return .nonAcceptance
        case .dispatch, .escalateProblem, .dispatchAgain: return .transfer
        case .extend: return .extended
        default: break
        }
        for case .assign(TicketField.state, .text(let state)) in record.operations {
            if act == .take, state == TicketState.handling.rawValue { return .handling }
            if state == TicketState.closed.rawValue { return .completion }
        }
        return nil
    }

    /// EC-10: whatever rule routes a grave case, the province's management and head office's centre hear of it at once.
    private static let gravityTold = [Role.approver.rawValue, Role.hoSupervisor.rawValue]

    private static func isGrave(_ core: FieldState) -> Bool {
        if case .text("major")? = core.value(TicketField.severity) { return true }
        guard case .text(let flags)? = core.value(TicketField.flags) else { return false }
        return CodeSet.members(flags).contains {
            ["media", "court", "mass", "systemic", "injury", "leak"].contains($0)
        }
    }

    /// NO-04, DR-20: classified as more than ordinary, routed past the usual departments (R01…R07), or about a person,
    /// whose department's head hears of it (R09). What else goes to a department in the usual way reaches it as work.
    private static func isDuty(_ record: CoreRecord, _ core: FieldState) -> Bool {
        let isNews = record.operations.contains { operation in
            switch operation {
            case .assign(TicketField.routeTold, _), .assign(TicketField.severity, _): true
            default: false
            }
        }
        guard isNews else { return false }
        if case .text(let severity)? = core.value(TicketField.severity), severity != "ordinary" { return true }
        guard case .text(let rule)? = core.value(TicketField.routeRule) else { return false }
        return ["r01", "r02", "r03", "r04", "r05", "r06", "r07", "r09"].contains(rule)
    }

    private static func staffCause(
        _ operation: Operation, _ record: CoreRecord, _ core: FieldState, _ rules: RuleBook
    ) -> NoticeCause? {
        let act = record.dot.description
        switch operation {
        case .add(TicketField.clockSteps, .text(let key)): return clockCause(key, core, rules, record.stamp)
        case .add(TicketField.supervisions, _): return NoticeCause(kind: .supervision, cause: act, recipients: [])
        case .add(TicketField.questions, _):
            return NoticeCause(kind: .duty, cause: act, recipients: [Role.branchHead.rawValue, Role.deptHead.rawValue])
        case .add(TicketField.urges, _): return NoticeCause(kind: .urge, cause: act, recipients: [])
        case .assign(TicketField.satisfaction, .text(_)):
            return NoticeCause(kind: .customerOpinion, cause: act, recipients: [Role.deptHead.rawValue])
        default: return nil
        }
    }

    /// EX-06: the time for the answer warns, and there is none: who handles it and who speaks with the customer hear that
    /// an interim reply is due before the end (EX-02). Once a clock, by the first of its notices; not while an earlier
    /// interim reply has named a time that still lies ahead.
    private static func interimCause(_ told: NoticeCause, _ core: FieldState, at instant: Int64) -> NoticeCause? {
        guard told.kind == .clockWarning || told.kind == .clockBreach, core.value(TicketField.repliedAt) == nil,
            let clock = TicketClocks(core.value).running.first(where: { told.cause.hasPrefix($0.key.text + ".") }),
            clock.boundsAnswer
        else { return nil }
        if case .integer(let next)? = core.value(TicketField.nextReplyAt), next > instant { return nil }
        return NoticeCause(kind: .interimReply, cause: clock.key.text, recipients: interimSpeakers)
    }

    /// Who tells the customer how far it is.
    private static let interimSpeakers = ["handler", Role.replier.rawValue, Role.branchOfficer.rawValue]

    /// The key ends with threshold and moment; the roles are those of the clock's own policy.
    private static func clockCause(
        _ key: String, _ core: FieldState, _ rules: RuleBook, _ stamp: HybridTime
    ) -> NoticeCause? {
        let parts = key.utf8.split(separator: 0x2E)
        guard parts.count > 2, let moment = AsciiText.number(parts[parts.count - 1]),
            let threshold = ClockStep.Threshold(rawValue: String(Substring(parts[parts.count - 2])))
        else { return nil }
        let clock = TicketClocks(core.value).all.map(\.clock).first { ClockStep.key($0, threshold, moment) == key }
        let told = clock.map { clock in
            rules.telling(
                of: ClockStep(clock: clock, threshold: threshold, moment: moment), given: ClockStep.given(core),
                at: stamp.milliseconds)
        }
        return NoticeCause(
            kind: threshold.rung == nil ? .clockWarning : .clockBreach, cause: key,
            recipients: told?.recipients ?? [], isLate: told?.isLate ?? false)
    }
}
