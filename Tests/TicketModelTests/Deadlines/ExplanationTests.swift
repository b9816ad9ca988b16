import SyncProtocol
import Testing

@testable import TicketModel

/// Why it is due then: told so that somebody else comes to the same second.
@Suite struct ExplanationTests {
    private func book() throws -> RuleBook {
        try Deadlines.book([
            Deadlines.policy(
                "days", .workingDays(5),
                extensions: [
                    ExtensionRule(
                        id: "longer", amountMax: 15, reasons: ["complex"], approvers: ["approver"],
                        sureness: .proposed)
                ], pauses: ["external_appraisal"]),
            Deadlines.policy("hours", .elapsed(minutes: 48 * 60), pauses: ["external_appraisal"]),
            Deadlines.policy("week", .naturalDays(7, endsOnWorkingDay: false)),
            Deadlines.policy("moves", .naturalDays(3, endsOnWorkingDay: true)),
            Deadlines.policy("today", .naturalDays(0, endsOnWorkingDay: false)),
        ])
    }

    private let start = Deadlines.at("2021-09-30 10:00")

    @Test func `every counted and every skipped day is there with its reason`() throws {
        let book = try book()
        let told = book.explain(Deadlines.clock(book, at: start), at: start)
        let days = told.steps.filter { $0.kind == .day }
        #expect(days.count == 13)
        #expect(days.count { $0.flag(of: "counts") == true } == 5)
        let saturday = try #require(days.first { $0.text(of: "date") == "2021-10-09" })
        #expect(saturday.text(of: "reason") == "moved_working_day")
        #expect(saturday.text.chinese == "2021-10-09 周六:调休上班,计第2日")
        let holiday = try #require(days.first { $0.text(of: "date") == "2021-10-07" })
        #expect(holiday.text(of: "reason") == "holiday")
        #expect(told.agrees == true)
    }

    @Test func `the lines name rule, version, sureness and confirmation in both languages`() throws {
        let book = try book()
        let told = book.explain(Deadlines.clock(book, at: start), at: start)
        let (chinese, english) = (told.lines(.chinese), told.lines(.english))
        #expect(chinese.count == english.count)
        #expect(chinese[1].contains("待确认") && chinese[1].contains("尚未经本行确认"))
        #expect(english[1].contains("to be confirmed") && english[1].contains("version 1"))
        #expect(chinese.contains { $0.contains("2021-10-01 周五") && $0.contains("…") && $0.contains("2021-10-07 周四") })
        #expect(chinese.contains { $0.contains("截止:2021-10-13 23:59:59") })
        #expect(english.contains { $0.contains("warns (elapsed × 10 ≥ limit × 9): 2021-10-13 12:00:00") })
    }

    @Test func `a third person comes to the same second for every kind of clock`() throws {
        let book = try book()
        for index in 0..<5 {
            let clock = Deadlines.clock(book, at: start, policy: index)
            let person = ThirdPerson(book.explain(clock, at: start))
            #expect(person.objections == [], "\(clock.key.policy)")
            #expect(person.lastDue == clock.times.due, "\(clock.key.policy)")
        }
    }

    @Test func `a third person notices a wrong count`() throws {
        let book = try book()
        let right = Deadlines.clock(book, at: start)
        let due = try #require(right.times.due)
        let wrong = Clock(
            key: right.key, packVersion: right.packVersion, calendar: right.calendar, isWindow: false,
            startedAt: right.startedAt, pinned: .known(DueTimes(due: due + 86_400_000, warn: nil)), stops: right.stops)
        let told = book.explain(wrong, at: start)
        #expect(told.agrees == false)
        #expect(!ThirdPerson(told).objections.isEmpty)
        #expect(told.steps.contains { $0.kind == .disagrees })
    }

    @Test func `a third person notices a wrong warning, and one that is left out, of every kind of clock`() throws {
        let book = try book()
        for (index, before) in [(0, "2021-10-08 10:00"), (1, "2021-09-30 11:00"), (2, "2021-10-04 10:00")] {
            var clock = Deadlines.clock(book, at: start, policy: index)
            if index < 2 {
                clock = try book.paused(clock, reason: "external_appraisal", by: "GD", at: Deadlines.at(before))
                clock = try book.resumed(clock, at: Deadlines.at("2021-10-12 18:00"))
            }
            let told = book.explain(clock, at: start)
            #expect(ThirdPerson(told).objections == [])
            for (place, step) in told.steps.enumerated() where step.kind == .warn {
                let at = try #require(step.integer(of: "at"))
                let wrong = ExplanationStep(.warn, "", "", [("at", .integer(at - 1))])
                // The objection to the first wrong warning may be followed by one to what was counted from it.
                #expect(ThirdPerson(replacing(place, of: told, by: [wrong])).objections.first == "the warning")
                #expect(
                    ThirdPerson(replacing(place, of: told, by: [])).objections.first == "a warning left out")
            }
        }
    }

    private func replacing(_ place: Int, of told: Explanation, by steps: [ExplanationStep]) -> Explanation {
        var all = told.steps
        all.replaceSubrange(place...place, with: steps)
        return Explanation(
            clock: told.clock, now: told.now, phase: told.phase, policyName: told.policyName, steps: all,
            agrees: told.agrees)
    }

    @Test func `pauses and extensions are told day by day`() throws {
        let book = try book()
        var clock = Deadlines.clock(book, at: start)
        clock = try book.paused(
            clock, reason: "external_appraisal", by: "GD.approver", at: Deadlines.at("2021-10-08 10:00"))
        clock = try book.resumed(clock, at: Deadlines.at("2021-10-12 18:00"))
        let request = RuleBook.ExtensionRequest(
            amount: 12, reason: "complex", requester: "GD01.h", approver: "GD.approver", approverRole: "approver")
        clock = try book.extended(clock, request, at: Deadlines.at("2021-10-15 09:00")).clock
        clock = clock.ended(.stopped(at: Deadlines.at("2021-10-20 09:00")))
        let told = book.explain(clock, at: start)
        let person = ThirdPerson(told)
        #expect(person.objections == [])
        #expect(person.lastDue == clock.times.due)
        #expect(told.agrees == true)
        #expect(told.lines(.chinese).contains { $0.contains("延期至12个工作日(情况复杂,GD.approver 批准,上限 15个工作日") })
        #expect(told.steps.last?.kind == .stopped)
    }

    @Test func `elapsed pauses are told to the second`() throws {
        let book = try book()
        var clock = Deadlines.clock(book, at: start, policy: 1)
        clock = try book.paused(clock, reason: "external_appraisal", by: "GD", at: start + 1000)
        clock = try book.resumed(clock, at: start + 3_725_000)
        let told = book.explain(clock, at: start)
        #expect(ThirdPerson(told).objections == [])
        #expect(ThirdPerson(told).lastDue == clock.times.due)
        #expect(told.lines(.english).contains { $0.contains("at rest for 1:02:04") })
    }

    @Test func `what cannot be counted is told, and the pinned times stand`() throws {
        let book = try book()
        let far = Deadlines.clock(book, at: Deadlines.at("2022-12-30 10:00"))
        let unknown = book.explain(far, at: start)
        #expect(unknown.lines(.chinese).contains { $0.contains("2023 年的工作日历未知") })
        #expect(unknown.agrees == true)

        let clock = Deadlines.clock(book, at: start)
        let elsewhere = RuleBook.none.explain(clock, at: start)
        #expect(elsewhere.agrees == nil)
        #expect(elsewhere.steps.contains { $0.kind == .packMissing })
        #expect(elsewhere.steps.contains { $0.kind == .due && $0.integer(of: "at") == clock.times.due })

        let other = RuleBook(
            inForce: book.inForce, packs: book.packs, calendars: [try Deadlines.calendar(version: "2029.9")])
        let told = other.explain(clock, at: start)
        #expect(told.agrees == nil)
        #expect(told.steps.contains { $0.kind == .calendarMissing })
    }

    @Test func `an explanation is the same on every node that holds the versions`() throws {
        let clock = Deadlines.clock(try book(), at: start)
        let newer = try book()
        let more = RuleBook(
            inForce: [],
            packs: newer.packs + [try Deadlines.pack([Deadlines.policy("days", .workingDays(1))], version: "2")],
            calendars: newer.calendars + [try Deadlines.calendar(version: "2029.9", upTo: 2021)])
        #expect(try book().explain(clock, at: start).lines(.chinese) == more.explain(clock, at: start).lines(.chinese))
    }
}
