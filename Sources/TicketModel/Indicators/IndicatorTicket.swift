import SyncProtocol

/// A ticket as figures look at it: core fields, and its clocks with the rules that they came from.
public struct IndicatorTicket: Sendable {
    public let ticket: TicketView
    /// Clocks of the bank's own: neither a time that the customer has nor the law's outer bound.
    let clocks: [(clock: Clock, policy: Policy)]
    /// Milliseconds since 1970 UTC.
    let now: Int64

    /// The families of the shipped packs that bound the whole of a ticket up to its answer.
    static let totalFamilies: Set<String> = ["total", "esc", "appeal_total", "bank_internal"]
    static let orderKinds = Set(Registration.orderKinds)
    static let communicationKinds: Set = ["help", "inquiry", "venting", "suggestion"]

    /// - Parameter ticket: core fields are enough.
    public init(_ ticket: TicketView, rules: RuleBook, now: Int64) {
        self.ticket = ticket
        self.now = now
        clocks = TicketClocks(of: ticket).all.compactMap { placed in
            guard !placed.clock.isWindow, let found = rules.policy(of: placed.clock, at: now), !found.pack.isOuterBound
            else { return nil }
            return (placed.clock, found.policy)
        }
    }

    func code(_ field: FieldID) -> String? { ticket.text(field) }

    /// Why the ticket is in no figure at all; nil where it is.
    var exclusion: Exclusion? {
        let kind = code(TicketField.kind) ?? ""
        if Self.orderKinds.contains(kind) { return .order }
        switch ticket.state {
        case .merged: return .merged
        case .notAccepted: return .notAccepted
        case .withdrawn: return .withdrawn
        default: break
        }
        if code(TicketField.validity) == "malicious" { return .malicious }
        // CL-15: help, inquiry, venting and suggestions are no complaints.
        return Self.communicationKinds.contains(kind) ? .otherKind : nil
    }

    /// Ends of a clock that count: told, and neither dropped nor open while in time.
    static func lateness(_ clock: Clock, now: Int64) -> Int64? {
        switch clock.phase(at: now) {
        case .stoppedInTime: 0
        case .stoppedLate, .breached: max(1, clock.lateness(at: now))
        case .running, .warned, .paused, .undetermined, .stoppedUndetermined, .dropped, .lapsed: nil
        }
    }

    /// Milliseconds beyond the limits of the ticket as a whole, the worst of them; nil where none counts.
    var totalLateness: Int64? {
        clocks.filter { Self.totalFamilies.contains($0.policy.family) }
            .compactMap { Self.lateness($0.clock, now: now) }.max()
    }

    /// Each visit of a stage that has ended or is beyond its limit, with the milliseconds beyond.
    var stageVisits: [(stage: String, lateness: Int64)] {
        clocks.compactMap { clock, policy in
            guard let stage = policy.stage, let late = Self.lateness(clock, now: now) else { return nil }
            return (stage, late)
        }
    }

    var wasDispatched: Bool {
        ticket.value(TicketField.leadLeg) != nil || ticket.value(TicketField.leadDepartment) != nil
            || !(ticket.fields[TicketField.transfers] ?? []).isEmpty
    }

    /// ST-08: solved, or an explanation that was agreed on.
    var isCompleted: Bool {
        ["solved", "explained", "misunderstanding", "compensated", "settled_mediation"]
            .contains(code(TicketField.outcome))
    }

    var isSatisfied: Bool { ["very_satisfied", "satisfied"].contains(code(TicketField.satisfaction)) }

    /// The customer was asked and answered.
    var isVisited: Bool {
        ticket.value(TicketField.followupAt) != nil
            && ["very_satisfied", "satisfied", "neutral", "dissatisfied"].contains(code(TicketField.satisfaction))
    }

    /// Nothing had to be done twice: no bounce, no rejected feedback or report.
    var passedFirstTime: Bool {
        (ticket.integer(TicketField.bounceCount) ?? 0) == 0
            && (ticket.integer(TicketField.feedbackRejections) ?? 0) == 0 && ticket.reportRejections == 0
    }

    /// The same for one stage: what went wrong there.
    func isAccurate(_ stage: String) -> Bool {
        switch stage {
        case "review": (ticket.integer(TicketField.bounceCount) ?? 0) == 0
        case "handle", "feedback_check": (ticket.integer(TicketField.feedbackRejections) ?? 0) == 0
        case "reply", "follow_up": (ticket.integer(TicketField.reopenCount) ?? 0) == 0
        case "report_up": ticket.reportRejections == 0
        default: true
        }
    }

    /// The time that was promised: to this customer, else by the limits of the ticket as a whole.
    var promisedAt: Int64? {
        ticket.integer(TicketField.promisedReplyAt)
            ?? clocks.filter { Self.totalFamilies.contains($0.policy.family) }.compactMap(\.clock.times.due).min()
    }
}

extension IndicatorTicket {
    /// Stage limits that were kept or missed within a stretch of time: where the stage ended then, or went beyond its
    /// limit then and has not ended.
    public func stageEnds(from: Int64, before: Int64) -> [(stage: String, limit: Policy, isInTime: Bool)] {
        let range = from..<max(from, before)
        return clocks.compactMap { clock, policy in
            guard let stage = policy.stage else { return nil }
            switch clock.phase(at: now) {
            case .stoppedInTime, .stoppedLate:
                guard let end = clock.end?.at, range.contains(end) else { return nil }
                return (stage, policy, clock.phase(at: now) == .stoppedInTime)
            case .breached:
                guard let due = clock.times.due, range.contains(due) else { return nil }
                return (stage, policy, false)
            default: return nil
            }
        }
    }

    /// When the running limit of a stage ends; nil where none runs.
    public func due(ofStage stage: String) -> Int64? {
        clocks.filter { $0.policy.stage == stage && $0.clock.isRunning }.compactMap(\.clock.times.due).min()
    }

    /// True where some limit of the bank's own is beyond its end.
    public var isOverdue: Bool { clocks.contains { $0.clock.phase(at: now) == .breached } }

    /// When warnings were due to be given within a stretch of time, of those that were given.
    public func warnings(from: Int64, before: Int64) -> [Int64] {
        ClockStep.given(ticket).compactMap { key in
            let parts = key.utf8.split(separator: 0x2E)
            guard parts.count > 2, parts[parts.count - 2].elementsEqual("warning".utf8),
                let moment = parts.last.flatMap({ AsciiText.number($0) }), (from..<max(from, before)).contains(moment)
            else { return nil }
            return moment
        }.sorted()
    }
}

extension RuleBook {
    /// The zone in which the bank counts its days: that of the first pack in force, else China's.
    public var zone: BankZone { inForce.first.flatMap { id in packs.last { $0.id == id } }?.zone ?? .china }
}

extension BankZone {
    /// An instant in the middle of a day.
    public func noon(of date: CivilTime.Date) -> Int64 {
        start(of: CivilTime.dayNumber(of: date)) + CivilTime.dayMilliseconds / 2
    }
}
