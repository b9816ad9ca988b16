import SyncProtocol
import Testing

@testable import TicketModel

/// Which acts start and stop which clocks.
@Suite struct ClockActTests {
    private static func scope(_ codes: String...) -> PolicyCondition.Clause {
        PolicyCondition.Clause(TicketField.scope, .any(codes))
    }

    private func book() throws -> RuleBook {
        try Deadlines.book([
            Deadlines.policy("intake", .elapsed(minutes: 60), stops: [.transition("T01")]),
            Deadlines.policy(
                "total_general", .elapsed(minutes: 24 * 60), family: "total", when: [Self.scope("general")]),
            Deadlines.policy(
                "total_prov", .elapsed(minutes: 48 * 60), family: "total", when: [Self.scope("provincial")]),
            Deadlines.policy(
                "dept", .elapsed(minutes: 17 * 60), starts: [.transition("T07")], from: nil,
                stops: [.transition("T15"), .transition("T09")]),
            Deadlines.policy(
                "assist", .elapsed(minutes: 24 * 60), starts: [.transition("T11")], from: nil,
                stops: [.transition("T15")], inside: "dept"),
            Deadlines.policy(
                "reply", .elapsed(minutes: 120), starts: [.transition("T17")], from: nil),
            Deadlines.policy(
                "follow_up", .naturalDays(7, endsOnWorkingDay: false), starts: [.transition("T18")], from: nil,
                stops: [.transition("T20")]),
            Deadlines.policy(
                "accept", .workingDays(5), starts: [.becomes(TicketField.acceptance, ["accepted"])], from: nil),
            Deadlines.policy(
                "appeal_window", .naturalDays(30, endsOnWorkingDay: false), starts: [.transition("T18")], from: nil,
                stops: [.transition("T29")], warns: false, isWindow: true),
        ])
    }

    private func names(_ clocks: [Clock]) -> [String] { clocks.map(\.key.policy) }

    @Test func `registering starts the totals and counts from the receipt`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:30", received: "2021-09-30 10:00")
        #expect(names(ticket.work.started) == ["intake", "total_general"])
        #expect(ticket.clock("total_general")?.times.due == Deadlines.at("2021-10-01 10:00"))
        // The form was there within the hour, and the act says so itself.
        #expect(ticket.phase("intake", at: "2021-12-01 00:00") == .stoppedInTime)
    }

    @Test func `a form that was filled too late is late for good`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 11:00:00.001", received: "2021-09-30 10:00")
        #expect(ticket.phase("intake", at: "2021-12-01 00:00") == .stoppedLate)
        #expect(ticket.clock("intake")?.lateness(at: 0) == 1)
    }

    @Test func `the ticket says which rules and which calendar it came under`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:30")
        #expect(ticket.fields[TicketField.policyPack] == .text("test"))
        #expect(ticket.fields[TicketField.policyVersion] == .text("1"))
        #expect(ticket.fields[TicketField.calendarVersion] == .text("cn-2022.1"))
    }

    @Test func `without rules a ticket is registered and has no clocks`() {
        var ticket = ClockTicket(.none)
        ticket.register("2021-09-30 10:30")
        #expect(ticket.work.assignments.isEmpty)
        #expect(ticket.clocks.all.isEmpty)
        #expect(ticket.clocks.nextChange(after: 0) == nil)
    }

    @Test func `a reply within one act starts and stops its clock and starts what comes after`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T17", "T18"], at: "2021-09-30 18:00", [TicketField.state: .text("replied")])
        #expect(names(ticket.work.started) == ["reply", "follow_up", "appeal_window"])
        #expect(names(ticket.work.stopped).sorted() == ["reply", "total_general"])
        #expect(ticket.phase("total_general", at: "2022-01-01 00:00") == .stoppedInTime)
        #expect(ticket.phase("follow_up", at: "2021-10-01 00:00") == .running)
    }

    @Test func `an act rewrites the clocks that it changes and no others`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        #expect(ticket.work.assignments.count == 1)
        ticket.act([], at: "2021-09-30 13:00", [TicketField.flags: .text("media")])
        #expect(ticket.work.assignments.isEmpty)
    }

    @Test func `another level ends one total and begins the other at the same receipt`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00", [TicketField.scope: .text("provincial")])
        #expect(names(ticket.work.dropped) == ["total_general"])
        #expect(ticket.clock("total_prov")?.startedAt == Deadlines.at("2021-09-30 10:00"))
        #expect(ticket.phase("total_general", at: "2021-10-05 00:00") == .dropped)
        #expect(ticket.clocks.running.count == 2)
    }

    @Test func `what was late before it was classified otherwise stays to be seen`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act([], at: "2021-10-01 11:00", [TicketField.scope: .text("provincial")])
        #expect(ticket.clock("total_general")?.lateness(at: 0) == 3_600_000)
    }

    @Test func `a total that ended is not begun again by a correction`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T17", "T18"], at: "2021-09-30 18:00")
        ticket.act([], at: "2021-10-02 11:00", [TicketField.scope: .text("provincial")])
        #expect(ticket.work.started.isEmpty)
    }

    @Test func `a ticket handed out anew gets its time anew, and the old one is dropped`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        ticket.act(["T07"], at: "2021-09-30 16:00")
        #expect(names(ticket.work.dropped) == ["dept"])
        #expect(ticket.clock("dept")?.startedAt == Deadlines.at("2021-09-30 16:00"))
        ticket.act(["T09"], at: "2021-09-30 17:00")
        #expect(ticket.phase("dept", at: "2021-10-09 17:00") == .stoppedInTime)
    }

    @Test func `a clock starts when a field takes a value, once`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00", [TicketField.acceptance: .text("pending")])
        #expect(ticket.clock("accept") == nil)
        ticket.act([], at: "2021-09-30 11:00", [TicketField.acceptance: .text("accepted")])
        #expect(ticket.clock("accept")?.times.due == Deadlines.at("2021-10-13 23:59:59.999"))
        ticket.act([], at: "2021-10-08 11:00", [TicketField.flags: .text("media")])
        #expect(ticket.work.started.isEmpty)
    }

    @Test func `a withdrawn ticket owes nothing, a closed one keeps the customer's time to appeal`() throws {
        var withdrawn = ClockTicket(try book())
        withdrawn.register("2021-09-30 10:00")
        withdrawn.act(["T27"], at: "2021-09-30 11:00", [TicketField.state: .text("withdrawn")])
        #expect(withdrawn.clocks.running.isEmpty)
        #expect(withdrawn.phase("total_general", at: "2021-12-01 00:00") == .dropped)

        var closed = ClockTicket(try book())
        closed.register("2021-09-30 10:00")
        closed.act(["T17", "T18"], at: "2021-09-30 11:00", [TicketField.state: .text("replied")])
        closed.act(["T23"], at: "2021-10-20 11:00", [TicketField.state: .text("closed")])
        #expect(closed.clocks.running.map(\.key.policy) == ["appeal_window"])
        #expect(closed.phase("follow_up", at: "2021-12-01 00:00") == .stoppedLate)
        #expect(closed.phase("appeal_window", at: "2021-12-01 00:00") == .lapsed)
        #expect(closed.clocks.earliestDue == nil)
    }

    @Test func `an assisting unit's time ends within the lead's`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        ticket.act(["T11"], at: "2021-09-30 14:00", onLeg: 2)
        let assist = try #require(ticket.clock("assist"))
        #expect(assist.key.leg == 2)
        #expect(assist.times.due == ticket.clock("dept")?.times.due)
        #expect((assist.times.warn ?? .max) < (assist.times.due ?? 0))
        #expect(Clock(assist.text) == assist)
        #expect(throws: ClockRefusal.self) {
            try ticket.book.repinned(assist, by: "GD", at: Deadlines.at("2021-09-30 15:00"))
        }
    }

    @Test func `DR-07 what an assist leg did is booked by the lead at the instant at which it was done`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        ticket.act(["T11"], at: "2021-09-30 14:00", onLeg: 2)
        let done = Deadlines.at("2021-09-30 15:00")
        let fields: [FieldID: Value] = [AssistField.state(2): .text("done"), AssistField.doneAt(2): .integer(done)]
        let facts = ClockFact.all { fields[$0].map { [$0] } ?? [] }
        #expect(facts.map(\.at) == [done])
        let wait = ticket.clocks.nextWork(given: [], facts: { facts })
        #expect(wait == done, "the keeper of the lead looks at the ticket at once")
        // The line came back days later: nobody is late by that.
        ticket.act([], at: "2021-10-08 09:00", facts: facts)
        #expect(ticket.clock("assist")?.end == .stopped(at: done))
        #expect(ticket.phase("assist", at: "2021-12-01 00:00") == .stoppedInTime)
        #expect(ticket.phase("dept", at: "2021-09-30 16:00") == .running)
        #expect(ticket.clocks.all.count { $0.clock.key.policy == "assist" } == 1)
        ticket.act([], at: "2021-10-08 10:00", facts: facts)
        #expect(ticket.work.assignments.isEmpty, "booked once")
    }

    @Test func `a leg that the lead cancels has no time any more`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        ticket.act(["T11"], at: "2021-09-30 14:00", onLeg: 2)
        ticket.act(["!assist_cancelled"], at: "2021-09-30 15:00", onLeg: 2)
        #expect(ticket.phase("assist", at: "2021-12-01 00:00") == .dropped)
    }

    @Test func `a second round has clocks of its own`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        ticket.act(["T07"], at: "2021-09-30 12:00")
        ticket.act(["T15"], at: "2021-09-30 13:00")
        ticket.act(["T07"], at: "2021-10-08 12:00", [TicketField.roundNo: .integer(2)])
        let rounds = ticket.clocks.all.map(\.clock).filter { $0.key.policy == "dept" }.map(\.key.round)
        #expect(rounds == [1, 2])
    }

    @Test func `when all fields are full the clock that ended first gives way, and a running one never does`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        for round in 1...40 {
            ticket.act(["T07"], at: "2021-10-08 12:00", [TicketField.roundNo: .integer(Int64(round))])
            ticket.act(["T15"], at: "2021-10-08 13:00")
        }
        #expect(ticket.clocks.all.count == TicketField.clocks.count)
        #expect(ticket.clock("total_general")?.isRunning == true)
        #expect(ticket.clock("dept")?.key.round == 40)

        let many = (0..<40).map { Deadlines.policy("p\($0)", .elapsed(minutes: 60)) }
        var full = ClockTicket(try Deadlines.book(many))
        full.register("2021-09-30 10:00")
        #expect(full.work.started.count == TicketField.clocks.count)
        #expect(full.work.withoutRoom.count == 40 - TicketField.clocks.count)
    }

    @Test func `a node without the pack stops what another started`() throws {
        var ticket = ClockTicket(try book())
        ticket.register("2021-09-30 10:00")
        var elsewhere = ClockTicket(.none)
        elsewhere.fields = ticket.fields
        elsewhere.act(["T17", "T18"], at: "2021-09-30 18:00")
        #expect(elsewhere.phase("total_general", at: "2021-12-01 00:00") == .stoppedInTime)
        #expect(elsewhere.work.started.isEmpty)
    }

    @Test func `a newer pack moves no clock that runs`() throws {
        let old = try Deadlines.pack([Deadlines.policy("total", .elapsed(minutes: 60))])
        let new = try Deadlines.pack(
            [Deadlines.policy("total", .elapsed(minutes: 600))], version: "2", from: "2021-10-01")
        let book = RuleBook(inForce: ["test"], packs: [old, new], calendars: [])
        var ticket = ClockTicket(book)
        ticket.register("2021-09-30 23:30")
        let text = ticket.clock("total")?.text
        ticket.act([], at: "2021-10-01 00:10", [TicketField.flags: .text("media")])
        #expect(ticket.clock("total")?.text == text)
        var later = ClockTicket(book)
        later.register("2021-10-01 00:00")
        #expect(later.clock("total")?.packVersion == "2")
    }

    @Test func `a year without data leaves that clock undetermined with an alarm and registers all the same`() throws {
        var ticket = ClockTicket(
            try Deadlines.book([
                Deadlines.policy("days", .workingDays(5)), Deadlines.policy("hours", .elapsed(minutes: 60)),
            ]))
        ticket.register("2022-12-30 10:00")
        #expect(names(ticket.work.undetermined) == ["days"])
        #expect(ticket.phase("days", at: "2029-01-01 00:00") == .undetermined)
        #expect(ticket.phase("hours", at: "2022-12-30 10:30") == .running)
        ticket.act(["T18"], at: "2022-12-30 10:40")
        #expect(ticket.phase("days", at: "2029-01-01 00:00") == .stoppedUndetermined)
    }

    @Test func `time alone makes a ticket major after a month, once`() throws {
        let effect = BreachEffect(field: TicketField.severity, code: "major")
        var ticket = ClockTicket(
            try Deadlines.book([
                Deadlines.policy(
                    "month", .naturalDays(30, endsOnWorkingDay: false), stops: [.transition("T23")], atBreach: effect)
            ]))
        ticket.register("2021-03-01 10:00")
        let due = Deadlines.at("2021-03-31 23:59:59.999")
        #expect(ticket.book.dueEffects(of: ticket.clocks, at: due) { ticket.fields[$0] }.isEmpty)
        let found = ticket.book.dueEffects(of: ticket.clocks, at: due + 1) { ticket.fields[$0] }
        #expect(found.map(\.value) == [.text("major")])
        ticket.fields[TicketField.severity] = .text("major")
        #expect(ticket.book.dueEffects(of: ticket.clocks, at: due + 1) { ticket.fields[$0] }.isEmpty)
    }
}
