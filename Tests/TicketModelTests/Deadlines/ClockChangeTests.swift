import SyncProtocol
import Testing

@testable import TicketModel

/// Pauses, extensions and repins: visible, bounded, never retroactive.
@Suite struct ClockChangeTests {
    private static let steps = [
        ExtensionRule(
            id: "complex", amountMax: 10, reasons: ["complex"], approvers: ["dept_head", "approver"],
            sureness: .verified),
        ExtensionRule(
            id: "special", amountMax: 15, reasons: ["very_complex"], approvers: ["approver"],
            sureness: .verified),
    ]

    private func book(_ limit: ClockLimit = .workingDays(5)) throws -> RuleBook {
        try Deadlines.book([
            Deadlines.policy(
                "bank", limit, extensions: limit.needsCalendar ? Self.steps : [], pauses: ["external_appraisal"])
        ])
    }

    private func request(
        _ amount: Int64, _ reason: String = "complex", role: String = "approver", approver: String = "GD.approver"
    ) -> RuleBook.ExtensionRequest {
        RuleBook.ExtensionRequest(
            amount: amount, reason: reason, requester: "GD01.handler", approver: approver, approverRole: role)
    }

    private func refusal(_ body: () throws(ClockRefusal) -> Void) -> String? {
        do throws(ClockRefusal) {
            try body()
            return nil
        } catch {
            #expect(!error.sentence.chinese.isEmpty && !error.hint.english.isEmpty)
            return error.code
        }
    }

    private let start = Deadlines.at("2021-09-30 10:00")

    @Test func `an extension counts from the start, and its warning is at nine tenths of the whole`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        let (longer, rule) = try book.extended(clock, request(10), at: Deadlines.at("2021-10-12 09:00"))
        #expect(rule.id == "complex")
        #expect(longer.times.due.map(CivilTime.chinaText) == "2021-10-20 23:59:59")
        #expect(longer.pinned == clock.pinned, "what was pinned stays to be seen")
        // Nine of ten working days.
        #expect(longer.times.warn.map(CivilTime.chinaText) == "2021-10-20 00:00:00")
    }

    @Test func `nothing is extended after the fact`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        let due = try #require(clock.times.due)
        _ = try book.extended(clock, request(10), at: due)
        #expect(
            refusal { () throws(ClockRefusal) in _ = try book.extended(clock, request(10), at: due + 1) } == "too_late")
    }

    @Test func `who may extend, why and how far is the pack's word`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        let now = start + 1
        let cases: [(RuleBook.ExtensionRequest, String)] = [
            (request(5), "not_longer"), (request(4), "not_longer"), (request(16), "beyond_maximum"),
            (request(15, "complex"), "extension_reason"), (request(10, "special"), "extension_reason"),
            (request(15, "very_complex", role: "dept_head"), "approver_may_not"),
            (request(10, approver: "GD01.handler"), "approver_is_requester"),
        ]
        for (request, code) in cases {
            #expect(refusal { () throws(ClockRefusal) in _ = try book.extended(clock, request, at: now) } == code)
        }
        _ = try book.extended(clock, request(10, role: "dept_head"), at: now)
        _ = try book.extended(clock, request(15, "very_complex"), at: now)
    }

    @Test func `an ended, a resting or an unknown clock is not extended`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        let ended = clock.ended(.stopped(at: start + 5))
        #expect(
            refusal { () throws(ClockRefusal) in _ = try book.extended(ended, request(10), at: start + 6) }
                == "not_running")
        let resting = try book.paused(clock, reason: "external_appraisal", by: "GD.approver", at: start + 5)
        #expect(
            refusal { () throws(ClockRefusal) in _ = try book.extended(resting, request(10), at: start + 6) }
                == "already_paused")
        #expect(
            refusal { () throws(ClockRefusal) in _ = try RuleBook.none.extended(clock, request(10), at: start + 6) }
                == "pack_unknown")
        let far = Deadlines.clock(book, at: Deadlines.at("2022-12-30 10:00"))
        #expect(
            refusal { () throws(ClockRefusal) in _ = try book.extended(far, request(10), at: far.startedAt) }
                == "undetermined")
    }

    @Test func `a pause needs the pack's reason, and nobody warns or breaches meanwhile`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        #expect(
            refusal { () throws(ClockRefusal) in
                _ = try book.paused(clock, reason: "mediation", by: "GD.approver", at: start + 5)
            } == "pause_not_permitted")
        let resting = try book.paused(
            clock, reason: "external_appraisal", by: "GD.approver", at: Deadlines.at("2021-10-08 10:00"))
        #expect(resting.phase(at: Deadlines.at("2021-12-01 10:00")) == .paused)
        #expect(resting.nextChange(after: 0) == nil)
        #expect(
            refusal { () throws(ClockRefusal) in
                _ = try book.paused(resting, reason: "external_appraisal", by: "GD", at: start + 5)
            } == "already_paused")
        let due = try #require(clock.times.due)
        #expect(
            refusal { () throws(ClockRefusal) in
                _ = try book.paused(clock, reason: "external_appraisal", by: "GD", at: due + 1)
            } == "too_late")
    }

    @Test func `working days at rest are put on as working days`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: start)
        let resting = try book.paused(
            clock, reason: "external_appraisal", by: "GD.approver", at: Deadlines.at("2021-10-08 10:00"))
        // The 9th (moved Saturday), 11th and 12th do not count: three working days more than 10-13.
        let going = try book.resumed(resting, at: Deadlines.at("2021-10-12 18:00"))
        #expect(going.times.due.map(CivilTime.chinaText) == "2021-10-18 23:59:59")
        #expect(going.times.warn.map(CivilTime.chinaText) == "2021-10-18 12:00:00")
    }

    @Test func `a pause within one day moves no day clock, and moves elapsed time to the millisecond`() throws {
        let day = try book()
        var clock = Deadlines.clock(day, at: start)
        clock = try day.paused(clock, reason: "external_appraisal", by: "GD", at: Deadlines.at("2021-10-08 10:00"))
        let before = clock.times
        #expect(try day.resumed(clock, at: Deadlines.at("2021-10-08 12:00")).times == before)

        let book = try book(.elapsed(minutes: 60))
        let hour = Deadlines.clock(book, at: start)
        let rested = try book.resumed(
            try book.paused(hour, reason: "external_appraisal", by: "GD", at: start + 1000), at: start + 8500)
        #expect(rested.times.due == start + 3_600_000 + 7500)
        #expect(rested.times.warn == start + 3_240_000 + 7500)
    }

    @Test func `a warning given before the pause is not given again`() throws {
        let book = try book(.elapsed(minutes: 60))
        let clock = Deadlines.clock(book, at: start)
        let rested = try book.resumed(
            try book.paused(clock, reason: "external_appraisal", by: "GD", at: start + 3_500_000),
            at: start + 9_000_000)
        #expect(rested.times.warn == clock.times.warn)
        let told = book.dueSteps(of: clocks(clock), given: [], at: start + 3_400_000).map(\.key)
        #expect(told.count == 1)
        #expect(book.dueSteps(of: clocks(rested), given: Set(told), at: start + 9_000_000).isEmpty)
    }

    private func clocks(_ clock: Clock) -> TicketClocks {
        TicketClocks { $0 == TicketField.clocks[0] ? .text(clock.text) : nil }
    }

    @Test func `a pause over a year without data leaves the clock undetermined, and a repin finds its end again`()
        throws
    {
        let book = try book()
        var clock = Deadlines.clock(book, at: Deadlines.at("2022-12-20 10:00"))
        clock = try book.paused(clock, reason: "external_appraisal", by: "GD", at: Deadlines.at("2022-12-21 10:00"))
        clock = try book.resumed(clock, at: Deadlines.at("2023-01-05 10:00"))
        #expect(clock.times == .unknown(.yearUnknown(2023)))
        let newer = RuleBook(inForce: ["test"], packs: book.packs, calendars: try calendars2023())
        let again = try newer.repinned(clock, by: "HQ.admin", at: Deadlines.at("2023-01-06 10:00"))
        // Rested 12-22, 23, 26…30, 01-03, 04, 05: ten working days after 2022-12-27.
        #expect(again.times.due.map(CivilTime.chinaText) == "2023-01-11 23:59:59")
        #expect(again.changes.last?.calendar?.version == "2023.1")
    }

    /// The calendar up to 2022, and the one with a year more.
    private func calendars2023() throws -> [WorkCalendar] {
        let year = try Deadlines.year(
            2023, off: [("01-01", "01-02"), ("01-21", "01-27")], working: ["01-28", "01-29"])
        let old = try Deadlines.calendar()
        return [old, try WorkCalendar(id: "cn", version: "2023.1", name: old.name, years: old.years + [year])]
    }

    @Test func `a calendar that arrives finds the end by the rule the clock is pinned to, not by a newer one`() throws {
        let book = try book()
        let clock = Deadlines.clock(book, at: Deadlines.at("2022-12-30 10:00"))
        #expect(clock.times.known == nil)
        let tighter = try Deadlines.pack(
            [Deadlines.policy("bank", .workingDays(2))], version: "2", from: "2022-12-31")
        let newer = RuleBook(
            inForce: ["test"], packs: book.packs + [tighter], calendars: try calendars2023())
        let now = Deadlines.at("2023-01-03 09:00")
        let found = try #require(newer.determined(clocks(clock), at: now).changed.first?.clock)
        // Friday the 30th; then 3, 4, 5, 6 and 9 January.
        #expect(found.times.due.map(CivilTime.chinaText) == "2023-01-09 23:59:59")
        #expect(found.currentPackVersion == "1")
        #expect(newer.explain(found, at: now).agrees == true)
        let alone = RuleBook(inForce: ["test"], packs: [tighter], calendars: newer.calendars)
        #expect(alone.determined(clocks(clock), at: now).refusal?.code == "pack_unknown")
    }

    @Test func `a repin to a rule in another unit compares no minutes with days`() throws {
        let hour = Deadlines.policy(
            "bank", .elapsed(minutes: 60),
            extensions: [
                ExtensionRule(
                    id: "longer", amountMax: 2880, reasons: ["complex"], approvers: ["approver"], sureness: .verified)
            ])
        let old = try Deadlines.book([hour])
        let clock = try old.extended(Deadlines.clock(old, at: start), request(2880), at: start + 1).clock
        let days = try Deadlines.pack(
            [Deadlines.policy("bank", .workingDays(5), extensions: Self.steps)], version: "2", from: "2021-10-01")
        let newer = RuleBook(inForce: ["test"], packs: old.packs + [days], calendars: old.calendars)
        let now = Deadlines.at("2021-10-01 09:00")
        let again = try newer.repinned(clock, by: "HQ.admin", at: now)
        #expect(again.times.due.map(CivilTime.chinaText) == "2021-10-13 23:59:59")
        #expect(newer.explain(again, at: now).agrees == true)
        // What was granted before in minutes makes no extension in days shorter than it seems.
        let longer = try newer.extended(again, request(10), at: now).clock
        #expect(longer.extendedAmount == 10 && newer.explain(longer, at: now).agrees == true)
        // Whoever does not hold the version that it was granted under cannot tell.
        let alone = RuleBook(inForce: ["test"], packs: [days], calendars: old.calendars)
        #expect(
            refusal { () throws(ClockRefusal) in _ = try alone.repinned(clock, by: "HQ.admin", at: now) }
                == "pack_unknown")
        #expect(alone.explain(again, at: now).agrees == nil)
    }

    @Test func `a repin is an act, keeps what was granted, and is refused where nothing changes`() throws {
        let book = try book()
        let clock = try book.extended(Deadlines.clock(book, at: start), request(10), at: start + 1).clock
        #expect(
            refusal { () throws(ClockRefusal) in _ = try book.repinned(clock, by: "HQ", at: start + 2) }
                == "nothing_to_repin")
        let tighter = try Deadlines.pack(
            [Deadlines.policy("bank", .workingDays(2), extensions: Self.steps)], version: "2", from: "2021-10-01")
        let newer = RuleBook(inForce: ["test"], packs: book.packs + [tighter], calendars: book.calendars)
        let again = try newer.repinned(clock, by: "HQ.admin", at: Deadlines.at("2021-10-08 10:00"))
        #expect(again.currentPackVersion == "2" && again.packVersion == "1")
        #expect(again.times.due == clock.times.due)
        let told = newer.explain(again, at: again.startedAt)
        #expect(told.agrees == true && ThirdPerson(told).objections == [])
        #expect(ThirdPerson(told).lastDue == again.times.due)
    }

    @Test func `a clock is not changed for ever`() throws {
        let book = try book(.elapsed(minutes: 60))
        var clock = Deadlines.clock(book, at: start)
        var code: String?
        for turn in 0..<40 {
            code = refusal { () throws(ClockRefusal) in
                clock = try book.paused(clock, reason: "external_appraisal", by: "GD", at: start + Int64(turn))
                clock = try book.resumed(clock, at: start + Int64(turn))
            }
            if code != nil { break }
        }
        #expect(code == "too_many_changes")
        #expect(clock.pausedSince == nil)
        #expect(clock.ended(.stopped(at: start)).text.utf8.count <= Clock.bytesMax)
    }

    @Test func `pausing a ticket rests the clocks that permit it and no others`() throws {
        var ticket = ClockTicket(
            try Deadlines.book([
                Deadlines.policy("rests", .elapsed(minutes: 60), pauses: ["mediation"]),
                Deadlines.policy("runs", .elapsed(minutes: 60)),
            ]))
        ticket.register("2021-09-30 10:00")
        ticket.act(["T13"], at: "2021-09-30 10:10", pauseReason: "mediation")
        #expect(ticket.work.refused.isEmpty)
        #expect(ticket.phase("rests", at: "2021-12-01 00:00") == .paused)
        #expect(ticket.phase("runs", at: "2021-12-01 00:00") == .breached)
        ticket.act(["T14"], at: "2021-10-01 10:10")
        #expect(ticket.phase("rests", at: "2021-10-01 10:20") == .running)
        #expect(ticket.clock("rests")?.times.due == Deadlines.at("2021-10-01 11:00"))
    }

    @Test func `a resumption that this node cannot count is told, not lost`() throws {
        var ticket = ClockTicket(
            try Deadlines.book([Deadlines.policy("rests", .elapsed(minutes: 60), pauses: ["mediation"])]))
        ticket.register("2021-09-30 10:00")
        ticket.act(["T13"], at: "2021-09-30 10:10", pauseReason: "mediation")
        var elsewhere = ClockTicket(.none)
        elsewhere.fields = ticket.fields
        elsewhere.act(["T14"], at: "2021-10-01 10:10")
        #expect(elsewhere.work.refused.map(\.refusal.code) == ["pack_unknown"])
    }
}
