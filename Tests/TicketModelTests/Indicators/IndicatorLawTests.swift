import SyncProtocol
import Testing

@testable import TicketModel

/// Generated tickets, counted by the figures and by hand.
@Suite("Indicators against a naive recount") struct IndicatorLawTests {
    /// What a generated ticket is, told without the model.
    struct Plan {
        var kind: String
        var state: String
        var isMalicious: Bool
        /// Minutes beyond the limit of the whole; negative for in time; nil for no clock.
        var totalLate: Int64?
        var handleLate: Int64?
        var reviewLate: Int64?
        var isDispatched: Bool
        var bounces: Int64
        var outcome: String
        var satisfaction: String
        var isAsked: Bool
        var hours: Int64
        var symptom: String
        var isValid: Bool
        var channel: String

        /// In no figure about complaints.
        var isExcluded: Bool { isLeftOut || kind == "help" }

        /// In no distribution either.
        var isLeftOut: Bool {
            ["supervision", "warning"].contains(kind) || ["merged", "withdrawn", "not_accepted"].contains(state)
                || isMalicious
        }
    }

    private static let now = Deadlines.at("2022-06-30 12:00")
    private static let received = Deadlines.at("2022-06-01 09:00")

    private static func book() throws -> RuleBook {
        func policy(_ id: String, family: String, stage: String?) -> Policy {
            Policy(
                id: id, name: Bilingual(id, id), family: family, stage: stage, starts: [.applies],
                stops: [.transition("T18")], limit: .elapsed(minutes: 24 * 60), sureness: .memory, source: "DL-00")
        }
        return RuleBook(
            inForce: ["test"],
            packs: [
                try Deadlines.pack([
                    policy("total_general", family: "total", stage: nil),
                    policy("dept", family: "dept", stage: "handle"),
                    policy("desk", family: "desk", stage: "review"),
                ])
            ], calendars: [])
    }

    private static func plan(_ dice: inout SeededRandom) -> Plan {
        func pick<T>(_ list: [T], _ dice: inout SeededRandom) -> T {
            list[Int.random(in: 0..<list.count, using: &dice)]
        }
        func late(_ dice: inout SeededRandom) -> Int64? {
            pick([nil, -600, -1, 0, 1, 90, 3000], &dice)
        }
        return Plan(
            kind: pick(["complaint", "complaint", "escalated", "supervision", "help"], &dice),
            state: pick(["closed", "closed", "closed", "archived", "merged", "withdrawn", "not_accepted"], &dice),
            isMalicious: Int.random(in: 0..<10, using: &dice) == 0, totalLate: late(&dice), handleLate: late(&dice),
            reviewLate: late(&dice), isDispatched: Bool.random(using: &dice), bounces: pick([0, 0, 0, 1], &dice),
            outcome: pick(["solved", "explained", "unresolvable", "rejected_with_reason"], &dice),
            satisfaction: pick(["satisfied", "very_satisfied", "neutral", "dissatisfied", "no_answer"], &dice),
            isAsked: Bool.random(using: &dice), hours: Int64.random(in: 0...500, using: &dice),
            symptom: pick(["complaint_mishandled", "fee_wrong"], &dice), isValid: Bool.random(using: &dice),
            channel: pick(["counter", "letter", "hotline"], &dice))
    }

    private static func ticket(_ plan: Plan, _ book: RuleBook) -> IndicatorTicket {
        var fields: [FieldID: [Value]] = [
            TicketField.kind: [.text(plan.kind)], TicketField.state: [.text(plan.state)],
            TicketField.outcome: [.text(plan.outcome)], TicketField.satisfaction: [.text(plan.satisfaction)],
            TicketField.bounceCount: [.integer(plan.bounces)], TicketField.symptom: [.text(plan.symptom)],
            TicketField.validity: [.text(plan.isMalicious ? "malicious" : plan.isValid ? "valid" : "unfounded")],
            TicketField.receivedAt: [.integer(received)], TicketField.intakeChannel: [.text(plan.channel)],
            TicketField.closedAt: [.integer(received + plan.hours * 3_600_000)],
        ]
        if plan.isDispatched { fields[TicketField.leadLeg] = [.text("b1")] }
        if plan.isAsked { fields[TicketField.followupAt] = [.integer(received)] }
        let lates = [plan.totalLate, plan.handleLate, plan.reviewLate]
        for (index, late) in lates.enumerated() {
            guard let late else { continue }
            let clock = Deadlines.clock(book, at: received, policy: index)
            let end = (clock.times.due ?? 0) + late * 60_000
            fields[TicketField.clocks[index]] = [.text(clock.ended(.stopped(at: end)).text)]
        }
        let view = TicketView(document: DocumentID(space: 1, number: 1), disclosure: .core, fields: fields)
        return IndicatorTicket(view, rules: book, now: now)
    }

    @Test func `KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count`() throws {
        let book = try Self.book()
        for seed in 0..<20 {
            var dice = SeededRandom(state: UInt64(seed))
            let plans = (0..<200).map { _ in Self.plan(&dice) }
            var tally = IndicatorTally(by: .channel)
            for plan in plans {
                let ticket = Self.ticket(plan, book)
                tally.add(ticket, to: .received)
                tally.add(ticket, to: .closed)
            }
            let counted = plans.filter { !$0.isExcluded }
            check("KP-02", tally, counted.filter { $0.totalLate != nil }) { $0.totalLate.map { $0 <= 0 } == true }
            check("KP-03", tally, counted.filter { $0.totalLate != nil }) {
                $0.totalLate.map { $0 <= 0 } == true && !$0.isDispatched
            }
            let visits = counted.flatMap { plan in
                [("handle", plan.handleLate), ("review", plan.reviewLate)].compactMap { stage, late in
                    late.map { (plan: plan, stage: stage, late: $0) }
                }
            }
            check("KP-05", tally, visits) { $0.late <= 0 }
            check("KP-06", tally, visits) { $0.late <= 0 && ($0.stage != "review" || $0.plan.bounces == 0) }
            let delayed = visits.filter { $0.late > 0 }
            #expect(tally.totals["KP-07"]?.denominator ?? 0 == Int64(delayed.count))
            #expect(tally.totals["KP-07"]?.numerator ?? 0 == delayed.reduce(0) { $0 + $1.late * 60_000 })
            let escalated = counted.filter { $0.kind == "escalated" }
            check("KP-09", tally, escalated.filter { $0.totalLate != nil }) {
                $0.totalLate.map { $0 <= 0 } == true && ["solved", "explained"].contains($0.outcome)
            }
            check("KP-10", tally, escalated) {
                $0.satisfaction.hasSuffix("_satisfied") || $0.satisfaction == "satisfied"
            }
            let staged = counted.filter { $0.handleLate != nil || $0.reviewLate != nil }
            check("KP-11", tally, staged) { ($0.handleLate ?? 0) <= 0 && ($0.reviewLate ?? 0) <= 0 }
            check("KP-12", tally, staged) {
                ($0.handleLate ?? 0) <= 0 && ($0.reviewLate ?? 0) <= 0 && $0.bounces == 0
            }
            #expect(tally.totals["KP-13"]?.numerator ?? 0 == counted.reduce(0) { $0 + $1.hours * 3_600_000 })
            #expect(tally.totals["KP-13"]?.denominator ?? 0 == Int64(counted.count))
            let proven = counted.filter { $0.symptom == "complaint_mishandled" && $0.isValid }
            #expect(tally.totals["KP-16"]?.numerator ?? 0 == Int64(proven.count))
            check("KP-17", tally, counted) { $0.isDispatched && ["solved", "explained"].contains($0.outcome) }
            #expect(tally.totals["KP-01"]?.numerator ?? 0 == Int64(counted.count))
            #expect(tally.totals["KP-08"]?.numerator ?? 0 == Int64(escalated.count))
            for channel in ["counter", "letter", "hotline"] {
                let cell = tally.cells["KP-17"]?[.init(stage: nil, code: channel)]
                #expect(cell?.denominator ?? 0 == Int64(counted.filter { $0.channel == channel }.count))
                #expect(
                    tally.distributions[[.channel]]?[[channel]] ?? 0
                        == Int64(plans.filter { !$0.isLeftOut && $0.channel == channel }.count))
            }
        }
    }

    private func check<Item>(
        _ id: String, _ tally: IndicatorTally, _ population: [Item], _ isCounted: (Item) -> Bool
    ) {
        let cell = tally.totals[id] ?? .init()
        #expect(cell.denominator == Int64(population.count), "\(id): denominator")
        #expect(cell.numerator == Int64(population.filter(isCounted).count), "\(id): numerator")
    }

    @Test func `what is left out and what is counted together are all tickets`() throws {
        let book = try Self.book()
        var dice = SeededRandom(state: 500)
        let plans = (0..<500).map { _ in Self.plan(&dice) }
        var tally = IndicatorTally()
        for plan in plans { tally.add(Self.ticket(plan, book), to: .closed) }
        for indicator in Indicator.all where indicator.cohort == .closed {
            let stages = ["KP-05", "KP-06", "KP-07"].contains(indicator.id)
            let excluded = (tally.excluded[indicator.id] ?? [:]).values.reduce(0, +)
            let counted = tally.total(indicator).denominator
            #expect(stages || excluded + counted == 500, "\(indicator.id)")
        }
    }

    @Test func `targets and outside numbers decide nothing that they cannot`() throws {
        let share = try #require(Indicator.named("KP-09"))
        #expect(share.value(of: .init()) == nil)
        #expect(share.meets(nil) == nil)
        #expect(share.meets(950) == true && share.meets(949) == false)
        let rate = try #require(Indicator.named("KP-01"))
        #expect(rate.value(of: .init(numerator: 3, denominator: 3)) == nil)
        #expect(rate.value(of: .init(numerator: 3, denominator: 3), outside: [.customers: 2_000_000]) == 1)
        #expect(rate.value(of: .init(numerator: .max, denominator: 3), outside: [.customers: 1]) == .max)
    }

    @Test func `SA-01 periods are whole days of the bank's zone, end where the next begins, and know the one before`()
        throws
    {
        for kind in ReportPeriod.Kind.allCases {
            for text in [
                "2021-12-31 23:59", "2022-01-01 00:00", "2024-02-29 12:00", "2022-07-01 00:00", "1970-01-05 10:00",
            ] {
                let at = Deadlines.at(text)
                let period = ReportPeriod(kind, at: at, in: .china)
                #expect(period.from <= at && at < period.before, "\(kind) \(text)")
                #expect(ReportPeriod(kind, at: period.from, in: .china) == period)
                #expect(ReportPeriod(kind, at: period.before - 1, in: .china) == period)
                if period.from > 0 { #expect(period.previous.before == period.from) }
                #expect(ReportPeriod(kind, at: period.before, in: .china).previous == period)
            }
        }
        #expect(ReportPeriod(.week, at: Deadlines.at("2022-01-01 00:00"), in: .china).name == "2021-12-27+7")
        #expect(ReportPeriod(.quarter, at: Deadlines.at("2022-01-01 00:00"), in: .china).name == "2022-q1")
        #expect(ReportPeriod(.halfYear, at: Deadlines.at("2022-07-01 00:00"), in: .china).name == "2022-h2")
        let zone = try #require(BankZone("-05:00"))
        #expect(ReportPeriod(.day, at: Deadlines.at("2022-01-01 12:00"), in: zone).name == "2021-12-31")
    }
}
