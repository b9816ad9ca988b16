import SyncProtocol
import Testing

@testable import TicketModel

/// What was granted to a ticket holds when it is classified otherwise, as far as its new rule permits; nothing more.
@Suite struct ClockReplacementTests {
    private static func step(
        _ id: String, _ amount: Int64, _ approvers: [String] = ["approver"]
    ) -> ExtensionRule {
        ExtensionRule(
            id: id, amountMax: amount, reasons: ["complex"], approvers: approvers, sureness: .verified)
    }

    private static func member(
        _ severity: String, _ limit: ClockLimit, _ extensions: [ExtensionRule] = [], pauses: [String] = []
    ) -> Policy {
        Deadlines.policy(
            severity, limit, family: "sev", when: [PolicyCondition.Clause(TicketField.severity, .any([severity]))],
            extensions: extensions, pauses: pauses)
    }

    /// A minor ticket may rest and be extended, an urgent one less far, an important one neither; a major one counts in
    /// hours.
    private static func book() throws -> RuleBook {
        try Deadlines.book([
            member(
                "ordinary", .naturalDays(5, endsOnWorkingDay: false), [step("minor", 10, ["dept_head", "approver"])],
                pauses: ["mediation"]),
            member(
                "urgent", .naturalDays(2, endsOnWorkingDay: false), [step("soon", 6), step("late", 8)],
                pauses: ["mediation"]),
            member("important", .naturalDays(3, endsOnWorkingDay: false)),
            member("major", .elapsed(minutes: 48 * 60), [step("hours", 20_000)], pauses: ["external_appraisal"]),
        ])
    }

    private func minor() throws -> ClockTicket {
        var ticket = ClockTicket(try Self.book())
        ticket.register("2021-03-01 10:00")
        return ticket
    }

    private static func order(_ due: String) -> ClockOrder {
        .extend(
            ExtensionOrder(
                due: Deadlines.at(due), reason: "complex", requester: "GD01.h",
                approvers: [Approver(post: "GD.head", role: "dept_head")]))
    }

    private func classify(_ ticket: inout ClockTicket, _ severity: String, at: String) {
        ticket.act([], at: at, [TicketField.severity: .text(severity)])
        #expect(ticket.clocks.foreignCount == 0)
        for clock in ticket.clocks.all.map(\.clock) {
            let told = ticket.book.explain(clock, at: Deadlines.at(at))
            #expect(told.agrees == true && ThirdPerson(told).objections == [], "\(clock.text)")
        }
        for one in Replacement.all(among: ticket.clocks.all.map(\.clock), ticket.book) {
            #expect(one.breaches(ticket.book) == [])
        }
    }

    @Test func `an end that the customer was told holds when the ticket becomes urgent`() throws {
        var ticket = try minor()
        ticket.act([], at: "2021-03-03 09:00", order: Self.order("2021-03-08 12:00"))
        let promised = try #require(ticket.clock("ordinary")?.times.due)
        #expect(CivilTime.chinaText(at: promised) == "2021-03-08 23:59:59")
        classify(&ticket, "urgent", at: "2021-03-06 09:00")
        #expect(ticket.phase("ordinary", at: "2021-03-06 09:00") == .dropped)
        let urgent = try #require(ticket.clock("urgent"))
        #expect(urgent.times.due == promised && urgent.phase(at: Deadlines.at("2021-03-06 09:00")) == .running)
        #expect(urgent.pinned.due.map(CivilTime.chinaText) == "2021-03-03 23:59:59", "its own limit stays to be seen")
        let change = try #require(urgent.changes.first)
        #expect(change.at == Deadlines.at("2021-03-03 09:00"))
        #expect(change.what == .extended(amount: 7, rule: "late", reason: "complex", approver: "GD.head"))
    }

    @Test func `an extension is kept up to the new rule's own longest step, and not where the rule knows none`() throws
    {
        var ticket = try minor()
        ticket.act([], at: "2021-03-03 09:00", order: Self.order("2021-03-11 12:00"))
        #expect(ticket.clock("ordinary")?.extendedAmount == 10)
        var other = ticket
        classify(&ticket, "urgent", at: "2021-03-06 09:00")
        #expect(ticket.clock("urgent")?.extendedAmount == 8)
        classify(&other, "important", at: "2021-03-06 09:00")
        #expect(other.phase("important", at: "2021-03-06 09:00") == .breached)
        #expect(other.clock("important")?.changes.isEmpty == true)
        // A classification that is corrected gives back what it took.
        for each in [ticket, other] {
            var corrected = each
            classify(&corrected, "ordinary", at: "2021-03-06 10:00")
            #expect(corrected.clocks.running.map(\.extendedAmount) == [10])
        }
    }

    @Test func `an amount of another unit is not taken over`() throws {
        var ticket = try minor()
        ticket.act([], at: "2021-03-03 09:00", order: Self.order("2021-03-11 12:00"))
        classify(&ticket, "major", at: "2021-03-03 10:00")
        #expect(ticket.clock("major")?.times.due == Deadlines.at("2021-03-03 10:00"))
    }

    @Test func `time at rest is kept where the new rule permits the reason, and a pause that lasts goes on`() throws {
        var ticket = try minor()
        ticket.act(["T13"], at: "2021-03-02 09:00", pauseReason: "mediation")
        var resting = ticket
        ticket.act(["T14"], at: "2021-03-04 09:00")
        var hours = ticket
        classify(&ticket, "urgent", at: "2021-03-04 10:00")
        #expect(ticket.clock("urgent")?.times.due == Deadlines.at("2021-03-05 23:59:59.999"))
        classify(&hours, "major", at: "2021-03-04 10:00")
        #expect(hours.clock("major")?.changes.isEmpty == true, "no mediation there")

        classify(&resting, "urgent", at: "2021-03-03 10:00")
        #expect(resting.phase("urgent", at: "2021-12-01 00:00") == .paused)
        resting.act(["T14"], at: "2021-03-04 09:00")
        #expect(resting.clock("urgent")?.times.due == Deadlines.at("2021-03-05 23:59:59.999"))
        classify(&resting, "important", at: "2021-03-04 10:00")
        classify(&resting, "ordinary", at: "2021-03-04 11:00")
        #expect(resting.clocks.running.map(\.times.due) == [Deadlines.at("2021-03-08 23:59:59.999")])
    }

    @Test func `being classified grants nothing: what was late stays late`() throws {
        var ticket = try minor()
        classify(&ticket, "urgent", at: "2021-03-07 10:00")
        #expect(ticket.clock("ordinary").map { $0.lateness(at: 0) > 0 } == true)
        #expect(ticket.phase("urgent", at: "2021-03-07 10:00") == .breached)
        #expect(ticket.clock("urgent")?.changes.isEmpty == true)
    }

    @Test func `a ticket handed out anew keeps nothing of the time that was`() throws {
        var ticket = ClockTicket(
            try Deadlines.book([
                Deadlines.policy(
                    "dept", .naturalDays(5, endsOnWorkingDay: false), starts: [.transition("T07")],
                    extensions: [Self.step("x", 10, ["dept_head"])])
            ]))
        ticket.register("2021-03-01 10:00")
        ticket.act(["T07"], at: "2021-03-01 11:00")
        ticket.act([], at: "2021-03-03 09:00", order: Self.order("2021-03-08 12:00"))
        #expect(ticket.clocks.running.map(\.extendedAmount) == [7])
        ticket.act(["T07"], at: "2021-03-03 11:00")
        #expect(ticket.clocks.running.map(\.extendedAmount) == [nil])
    }

    @Test func `what does not fit any more is an alarm, and the clock can still end`() throws {
        let book = try Self.book()
        let policy = try #require(book.packs[0].policy("urgent"))
        let clocks = (0..<3).map { turn in
            var clock = Deadlines.clock(book, at: Deadlines.at("2021-03-01 10:00"))
            for number in 0..<7 {
                let at = clock.startedAt + Int64(turn * 100 + number * 10)
                clock = clock.with(
                    ClockChange(at: at, what: .paused(reason: "mediation", by: "GD.a"), times: nil, calendar: nil))
                clock = clock.with(ClockChange(at: at + 5, what: .resumed, times: clock.pinned, calendar: nil))
            }
            return clock.ended(.dropped(at: clock.startedAt + 1000))
        }
        let new = Deadlines.clock(book, at: clocks[0].startedAt, policy: 1)
        let (one, isWhole) = book.inheriting(new, policy, book.packs[0], from: nil, [clocks[0]])
        #expect(isWhole && one.pauses.count == 7 && Clock(one.text) == one)
        let (many, isAll) = book.inheriting(new, policy, book.packs[0], from: nil, clocks)
        #expect(!isAll && many.pauses.count == 8 && Clock(many.text) == many)
    }

    @Test func `random lives of a family keep what was granted, whatever they are taken for`() throws {
        let severities = ["ordinary", "urgent", "important", "major"]
        let book = try Self.book()
        var random = SeededRandom(state: 11)
        var (replaced, extended, rested) = (0, 0, 0)
        for _ in 0..<400 {
            var ticket = ClockTicket(book)
            ticket.register("2021-03-01 10:00")
            var now = Deadlines.at("2021-03-01 10:00")
            for _ in 0..<Int.random(in: 4...12, using: &random) {
                now += Int64.random(in: 0...43_200_000, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: ticket.act(["T13"], at: now, pauseReason: random.pick(["mediation", "external_appraisal"]))
                case 1: ticket.act(["T14"], at: now)
                case 2:
                    let due = now + Int64.random(in: 0...(6 * 86_400_000), using: &random)
                    let order = ExtensionOrder(
                        due: due, reason: "complex", requester: "GD.h",
                        approvers: [Approver(post: "GD.a", role: "approver")])
                    ticket.act([], at: now, order: .extend(order))
                default: ticket.act([], at: now, [TicketField.severity: .text(random.pick(severities))])
                }
                #expect(ticket.clocks.foreignCount == 0 && ticket.clocks.running.count == 1)
                #expect(ticket.work.refused.allSatisfy { $0.refusal.code != "not_inherited" })
            }
            let clocks = ticket.clocks.all.map(\.clock)
            for one in Replacement.all(among: clocks, book) {
                replaced += 1
                #expect(one.breaches(book) == [])
                if one.new.extendedAmount != nil { extended += 1 }
                if !one.new.pauses.isEmpty { rested += 1 }
            }
            for clock in clocks {
                let told = book.explain(clock, at: now)
                #expect(told.agrees == true && ThirdPerson(told).objections == [], "\(clock.text)")
            }
        }
        #expect(replaced > 300 && extended > 30 && rested > 10, "\(replaced), \(extended), \(rested)")
    }
}
