import Glibc
import SyncProtocol
import Testing

@testable import TicketModel

/// Laws of clocks over thousands of generated cases, the same ones each time.
@Suite struct ClockLawTests {
    private static let casesCount = 4000

    /// A case: a limit, a zone, and a start between the end of 2019 and the end of 2022, often near a midnight, a turn
    /// of the year, a leap day or a week with moved days.
    private struct Case {
        let limit: ClockLimit
        let zone: BankZone
        let start: Int64

        init(_ random: inout SeededRandom, limits: ClosedRange<Int64> = 0...30) {
            let amount = Int64.random(in: limits, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: limit = .elapsed(minutes: Int64.random(in: 1...6000, using: &random))
            case 1: limit = .naturalDays(amount, endsOnWorkingDay: false)
            case 2: limit = .naturalDays(amount, endsOnWorkingDay: true)
            default: limit = .workingDays(amount)
            }
            zone = Bool.random(using: &random) ? .china : BankZone("-05:30") ?? .china
            let special = [
                "2020-01-23 23:59:59.999", "2020-02-28 23:59", "2020-02-29 12:00", "2020-12-31 23:59:59.999",
                "2021-01-01 00:00", "2021-02-10 00:00", "2021-09-30 23:59:59.999", "2021-10-09 00:00",
            ]
            if Bool.random(using: &random) {
                let near = special[Int.random(in: 0..<special.count, using: &random)]
                start = Deadlines.at(near) + Int64.random(in: -2...2, using: &random)
            } else {
                start = Int64.random(
                    in: Deadlines.at("2020-01-02 00:00")...Deadlines.at("2022-10-30 00:00"), using: &random)
            }
        }
    }

    private func each(
        _ seed: UInt64, _ body: (Case, Reckoner, inout SeededRandom) throws -> Void
    ) throws {
        let calendar = try Deadlines.calendar()
        var random = SeededRandom(state: seed)
        for _ in 0..<Self.casesCount {
            let one = Case(&random)
            try body(one, Reckoner(zone: one.zone, calendar: calendar), &random)
        }
    }

    @Test func `a later start is never due earlier, nor warned earlier`() throws {
        try each(1) { one, reckoner, random in
            let later = one.start + Int64.random(in: 0...(9 * 86_400_000), using: &random)
            let first = try reckoner.reckon(one.limit, from: one.start, warns: true)
            let second = try reckoner.reckon(one.limit, from: later, warns: true)
            #expect(first.due <= second.due)
            if let a = first.warn, let b = second.warn { #expect(a <= b) }
        }
    }

    @Test func `the end is after the start, and the warning between start and end`() throws {
        try each(2) { one, reckoner, _ in
            let times = try reckoner.reckon(one.limit, from: one.start, warns: true)
            #expect(times.due >= one.start)
            if let warn = times.warn { #expect(warn > one.start && warn <= times.due) }
        }
    }

    @Test func `a working-day limit never ends on a day off, and always with the day`() throws {
        let calendar = try Deadlines.calendar()
        try each(3) { one, reckoner, _ in
            guard one.limit.needsCalendar else { return }
            let due = try reckoner.reckon(one.limit, from: one.start, warns: true).due
            let day = one.zone.day(at: due)
            #expect(calendar.verdict(onDay: day)?.isWorking == true)
            #expect(one.zone.day(at: due + 1) == day + 1)
        }
    }

    @Test func `as many working days as promised lie between start and end`() throws {
        let calendar = try Deadlines.calendar()
        try each(4) { one, reckoner, _ in
            guard case .workingDays(let days) = one.limit, days > 0 else { return }
            let due = try reckoner.reckon(one.limit, from: one.start, warns: true).due
            let between = (one.zone.day(at: one.start) + 1)...one.zone.day(at: due)
            #expect(Int64(between.count { calendar.verdict(onDay: $0)?.isWorking == true }) == days)
        }
    }

    @Test func `the machine's zone changes nothing`() throws {
        var results: [[Int64]] = []
        for zone in ["UTC", "Asia/Tokyo", "America/New_York"] {
            setenv("TZ", zone, 1)
            tzset()
            var found: [Int64] = []
            try each(5) { one, reckoner, _ in
                found.append(try reckoner.reckon(one.limit, from: one.start, warns: true).due)
            }
            results.append(found)
        }
        unsetenv("TZ")
        tzset()
        #expect(results[0] == results[1] && results[1] == results[2])
    }

    @Test func `a pause never shortens, and a longer one is never shorter`() throws {
        try each(6) { one, reckoner, random in
            let times = try reckoner.reckon(one.limit, from: one.start, warns: true)
            let from = Int64.random(in: one.start...max(one.start, times.due), using: &random)
            let to = from + Int64.random(in: 0...(9 * 86_400_000), using: &random)
            let shifted = try reckoner.shift(times, one.limit, from: from, to: to).times
            #expect(shifted.due >= times.due)
            if let old = times.warn, let new = shifted.warn { #expect(new >= old && new <= shifted.due) }
            let longer = try reckoner.shift(times, one.limit, from: from, to: to + 86_400_000).times
            #expect(longer.due >= shifted.due)
            let turned = try reckoner.shift(times, one.limit, from: to, to: from)
            #expect(turned.times == (from == to ? shifted : times) && turned.length == 0)
        }
    }

    @Test func `a longer limit is never due earlier`() throws {
        try each(7) { one, reckoner, _ in
            let more = one.limit.with(amount: one.limit.amount + 1)
            let first = try reckoner.reckon(one.limit, from: one.start, warns: true)
            #expect(try reckoner.reckon(more, from: one.start, warns: true).due >= first.due)
        }
    }

    @Test func `random lives of clocks keep the laws, travel as text and are explained to the second`() throws {
        var random = SeededRandom(state: 8)
        for _ in 0..<1500 {
            let one = Case(&random, limits: 1...12)
            let longest = one.limit.amount * 3
            let book = try Deadlines.book(
                [
                    Deadlines.policy(
                        "p", one.limit,
                        extensions: [
                            ExtensionRule(
                                id: "x", amountMax: longest, reasons: ["complex"], approvers: ["approver"],
                                sureness: .verified)
                        ], pauses: ["mediation"])
                ], zone: one.zone)
            var clock = Deadlines.clock(book, at: one.start)
            var now = one.start
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                now += Int64.random(in: 0...(2 * 86_400_000), using: &random)
                clock = step(clock, book, longest, at: now, &random)
            }
            check(clock, book, now)
        }
    }

    /// A random act on a clock; a refusal leaves it alone.
    private func step(
        _ clock: Clock, _ book: RuleBook, _ longest: Int64, at now: Int64, _ random: inout SeededRandom
    ) -> Clock {
        let old = clock.times.due
        do throws(ClockRefusal) {
            let new: Clock
            switch Int.random(in: 0..<3, using: &random) {
            case 0: new = try book.paused(clock, reason: "mediation", by: "GD.approver", at: now)
            case 1: new = try book.resumed(clock, at: now)
            default:
                let request = RuleBook.ExtensionRequest(
                    amount: Int64.random(in: 1...longest, using: &random), reason: "complex", requester: "GD.h",
                    approver: "GD.approver", approverRole: "approver")
                new = try book.extended(clock, request, at: now).clock
                if let old { #expect(now <= old, "an extension after the fact") }
            }
            if let old, let due = new.times.due { #expect(due >= old, "a change shortened the clock") }
            return new
        } catch {
            return clock
        }
    }

    private func check(_ clock: Clock, _ book: RuleBook, _ now: Int64) {
        #expect(Clock(clock.text) == clock)
        #expect(clock.text.utf8.count <= Clock.bytesMax)
        let told = book.explain(clock, at: now)
        #expect(told.agrees == true)
        let isUnknown = clock.times.known == nil
        let person = ThirdPerson(told)
        #expect(isUnknown || person.objections == [], "\(clock.text)")
        #expect(isUnknown || person.lastDue == clock.times.due, "\(clock.text)")
        if let next = clock.nextChange(after: now) {
            #expect(clock.phase(at: next - 1) == clock.phase(at: now))
            #expect(clock.phase(at: next) != clock.phase(at: now))
        }
    }

    @Test func `an ordered extension reaches its promise with the least amount and is never retroactive`()
        throws
    {
        var random = SeededRandom(state: 9)
        var granted = 0
        for _ in 0..<1500 {
            let one = Case(&random, limits: 1...12)
            let longest = one.limit.amount * 3 + 5
            let book = try Deadlines.book(
                [
                    Deadlines.policy(
                        "p", one.limit,
                        extensions: [
                            ExtensionRule(
                                id: "x", amountMax: longest, reasons: ["complex"], approvers: ["approver"],
                                sureness: .verified)
                        ])
                ], zone: one.zone)
            let clock = Deadlines.clock(book, at: one.start)
            let old = try #require(clock.times.due)
            let now = one.start + Int64.random(in: 0...max(1, (old - one.start) * 5 / 4), using: &random)
            let promise = old + Int64.random(in: -86_400_000...(12 * 86_400_000), using: &random)
            let order = ExtensionOrder(
                due: promise, reason: "complex", requester: "GD.h",
                approvers: [Approver(post: "GD.a", role: "dept_head"), Approver(post: "GD.b", role: "approver")])
            let clocks = TicketClocks { $0 == TicketField.clocks[0] ? .text(clock.text) : nil }
            let changes = book.extended(clocks, by: order, at: now)
            guard let new = changes.changed.first?.clock else {
                #expect(promise <= old || now > old || changes.refusal != nil)
                continue
            }
            granted += 1
            #expect(now <= old && new.times.due.map { $0 >= promise } == true)
            let less = try #require(new.extendedAmount) - 1
            let reckoner = Reckoner(zone: one.zone, calendar: try Deadlines.calendar())
            let before = try reckoner.reckon(one.limit.with(amount: less), from: one.start, warns: true)
            #expect(before.due < promise, "a smaller amount would have done")
            check(new, book, now)
        }
        #expect(granted > 300)
    }

    @Test func `what is booked late ends a clock at its own hour, before its start never, and once`() throws {
        var random = SeededRandom(state: 10)
        for _ in 0..<500 {
            let one = Case(&random, limits: 1...12)
            let book = try Deadlines.book(
                [Deadlines.policy("p", one.limit, stops: [.event("read_receipt")])], zone: one.zone)
            let clock = Deadlines.clock(book, at: one.start)
            let at = one.start + Int64.random(in: -86_400_000...(20 * 86_400_000), using: &random)
            let arrival = at + Int64.random(in: 0...(9 * 86_400_000), using: &random)
            let fact = try #require(ClockFact("!read_receipt", at: at))
            var fields: [FieldID: Value] = [
                TicketField.ticketNo: .text("x"), TicketField.clocks[0]: .text(clock.text),
            ]
            for turn in 0..<2 {
                let work = book.clockWork(
                    of: ClockAct(events: [], at: arrival, post: ""), before: { fields[$0] }, after: { fields[$0] },
                    facts: [fact])
                #expect(work.stopped.count == (turn == 0 && at >= one.start ? 1 : 0))
                for ended in work.stopped { #expect(ended.end == .stopped(at: at)) }
                for (field, value) in work.assignments { fields[field] = value }
            }
        }
    }
}
