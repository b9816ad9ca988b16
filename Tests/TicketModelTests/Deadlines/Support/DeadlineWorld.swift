import SyncProtocol

@testable import TicketModel

/// Instants, calendars and packs for the tests of deadlines, written by hand from the published lists.
enum Deadlines {
    /// An instant from China's time: `2021-09-30 10:00`.
    static func at(_ text: String) -> Int64 {
        guard let instant = CivilTime.instant(from: text) else { preconditionFailure("a test writes a bad instant") }
        return instant
    }

    static func date(_ text: String) -> CivilTime.Date {
        guard let date = CivilTime.date(from: text) else { preconditionFailure("a test writes a bad date") }
        return date
    }

    static func year(_ year: Int, off: [(String, String)], working: [String]) throws -> CalendarYear {
        try CalendarYear(
            year: year,
            holidays: off.map { run in
                CalendarYear.Holiday(
                    name: Bilingual("假日", "holiday"), first: date("\(year)-\(run.0)"), last: date("\(year)-\(run.1)"))
            },
            movedWorkingDays: working.map { date("\(year)-\($0)") },
            source: Bilingual("测试", "test"), sourceURL: "https://example.test")
    }

    /// The official lists of 2020 to 2022.
    static func calendar(version: String = "2022.1", upTo last: Int = 2022) throws -> WorkCalendar {
        try WorkCalendar(
            id: "cn", version: version, name: Bilingual("测试日历", "test calendar"),
            years: try official.get().filter { $0.year <= last })
    }

    private static let official = Result {
        [
            try year(
                2020,
                off: [
                    ("01-01", "01-01"), ("01-24", "02-02"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-25", "06-27"),
                    ("10-01", "10-08"),
                ],
                working: ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"]),
            try year(
                2021,
                off: [
                    ("01-01", "01-03"), ("02-11", "02-17"), ("04-03", "04-05"), ("05-01", "05-05"), ("06-12", "06-14"),
                    ("09-19", "09-21"), ("10-01", "10-07"),
                ],
                working: ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"]),
            try year(
                2022,
                off: [
                    ("01-01", "01-03"), ("01-31", "02-06"), ("04-03", "04-05"), ("04-30", "05-04"), ("06-03", "06-05"),
                    ("09-10", "09-12"), ("10-01", "10-07"),
                ],
                working: ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"]),
        ]
    }

    static func policy(
        _ id: String, _ limit: ClockLimit, starts: [ClockTrigger] = [.applies], from: FieldID? = TicketField.receivedAt,
        stops: [ClockTrigger] = [.transition("T18")], family: String? = nil, when: [PolicyCondition.Clause] = [],
        warns: Bool = true, extensions: [ExtensionRule] = [], pauses: [String] = [], atBreach: BreachEffect? = nil,
        inside: String? = nil, isWindow: Bool = false
    ) -> Policy {
        Policy(
            id: id, name: Bilingual("规则" + id, "rule " + id), family: family, applies: PolicyCondition(when),
            starts: starts, startsFrom: from, stops: stops, limit: limit, warns: warns, warned: ["handler"],
            ladder: ["dept_head", "ho_supervisor"], extensions: extensions,
            pauses: pauses.map { PauseRule(reason: $0, sureness: .verified) }, atBreach: atBreach, inside: inside,
            isWindow: isWindow, sureness: .memory, source: "DL-00")
    }

    static func pack(
        _ policies: [Policy], id: String = "test", version: String = "1", zone: BankZone = .china,
        calendar: String? = "cn", from: String = "2020-01-01"
    ) throws -> PolicyPack {
        try PolicyPack(
            id: id, version: version, name: Bilingual("测试包", "test pack"), zone: zone, calendarID: calendar,
            effectiveFrom: date(from), policies: policies)
    }

    static func book(_ policies: [Policy], zone: BankZone = .china) throws -> RuleBook {
        RuleBook(inForce: ["test"], packs: [try pack(policies, zone: zone)], calendars: [try calendar()])
    }

    /// A clock of a pack's only policy.
    static func clock(_ book: RuleBook, at start: Int64, policy index: Int = 0) -> Clock {
        let pack = book.packs[book.packs.count - 1]
        let policy = pack.policies[index]
        return book.clock(
            policy, of: pack, key: ClockKey(pack: pack.id, policy: policy.id, leg: 0, round: 1), startedAt: start)
    }
}

/// A ticket as a set of core values: what acts read and write where clocks are concerned.
struct ClockTicket {
    var fields: [FieldID: Value] = [:]
    let book: RuleBook
    private(set) var work = ClockWork()

    init(_ book: RuleBook) { self.book = book }

    var clocks: TicketClocks { TicketClocks { fields[$0] } }

    /// The newest clock of a policy.
    func clock(_ policy: String) -> Clock? {
        clocks.all.map(\.clock).filter { $0.key.policy == policy }
            .max { ($0.key.round, $0.startedAt) < ($1.key.round, $1.startedAt) }
    }

    func phase(_ policy: String, at now: String) -> ClockPhase? { clock(policy)?.phase(at: Deadlines.at(now)) }

    /// Carries out an act: sets values, then the clocks that follow from it.
    mutating func act(
        _ transitions: [String], at: String, _ values: [FieldID: Value] = [:], onLeg: Leg = 0,
        pauseReason: String? = nil, order: ClockOrder? = nil, facts: [ClockFact] = []
    ) {
        act(
            transitions, at: Deadlines.at(at), values, onLeg: onLeg, pauseReason: pauseReason, order: order,
            facts: facts)
    }

    mutating func act(
        _ transitions: [String], at: Int64, _ values: [FieldID: Value] = [:], onLeg: Leg = 0,
        pauseReason: String? = nil, order: ClockOrder? = nil, facts: [ClockFact] = []
    ) {
        let before = fields
        for (field, value) in values { fields[field] = value }
        let after = fields
        let events = transitions.compactMap { ClockAct.Event($0, leg: onLeg) }
        work = book.clockWork(
            of: ClockAct(
                events: events, at: at, post: "GD01.officer", pauseReason: pauseReason, order: order),
            before: { before[$0] }, after: { after[$0] }, facts: facts)
        for (field, value) in work.assignments { fields[field] = value }
    }

    mutating func register(_ at: String, received: String? = nil, _ values: [FieldID: Value] = [:]) {
        var all: [FieldID: Value] = [
            TicketField.ticketNo: .text("GD01-20210930-AAAA-X"), TicketField.state: .text("registered"),
            TicketField.roundNo: .integer(1), TicketField.scope: .text("general"),
            TicketField.severity: .text("ordinary"), TicketField.receivedAt: .integer(Deadlines.at(received ?? at)),
        ]
        all.merge(values) { $1 }
        act(["T01"], at: at, all)
    }
}
