import SyncProtocol
import Testing

@testable import TicketModel

/// Who hears of a clock, and when: once, in order, and late where the node was off.
@Suite struct ClockStepTests {
    private let start = Deadlines.at("2021-09-30 10:00")

    private func ticket() throws -> ClockTicket {
        var ticket = ClockTicket(try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 100))]))
        ticket.register("2021-09-30 10:00")
        return ticket
    }

    private struct Told {
        let key: String
        let threshold: ClockStep.Threshold
        let recipients: [String]
        let isLate: Bool
    }

    /// What is told at a minute after the start, and what was told by then.
    private func tell(_ ticket: ClockTicket, _ given: inout Set<String>, at minute: Int64) -> [Told] {
        let now = start + minute * 60_000
        let found = ticket.book.dueSteps(of: ticket.clocks, given: given, at: now)
        given.formUnion(found.map(\.key))
        return found.map { notice in
            let (recipients, isLate) = ticket.book.telling(of: notice, given: given, at: now)
            return Told(key: notice.key, threshold: notice.threshold, recipients: recipients, isLate: isLate)
        }
    }

    @Test func `phases change at the warning and one millisecond after the end`() throws {
        let clock = try #require(try ticket().clock("total"))
        let (warn, due) = (start + 90 * 60_000, start + 100 * 60_000)
        #expect(clock.phase(at: warn - 1) == .running)
        #expect(clock.phase(at: warn) == .warned)
        #expect(clock.phase(at: due) == .warned)
        #expect(clock.phase(at: due + 1) == .breached)
        #expect(clock.nextChange(after: start) == warn)
        #expect(clock.nextChange(after: warn) == due + 1)
        #expect(clock.nextChange(after: due) == due + 1)
        #expect(clock.nextChange(after: due + 1) == nil)
    }

    @Test func `DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts`()
        throws
    {
        let ticket = try ticket()
        var given: Set<String> = []
        #expect(tell(ticket, &given, at: 89).isEmpty)
        let warning = tell(ticket, &given, at: 91)
        #expect(warning.map(\.threshold) == [.warning])
        #expect(warning.first?.recipients == ["handler"])
        #expect(tell(ticket, &given, at: 100).isEmpty)
        let breach = tell(ticket, &given, at: 101)
        #expect(breach.first?.recipients == ["dept_head"])
        #expect(breach.first?.isLate == false)
        #expect(tell(ticket, &given, at: 159).isEmpty)
        let second = tell(ticket, &given, at: 161)
        #expect(second.map(\.threshold) == [.secondStep] && second.first?.recipients == ["ho_supervisor"])
        // The ladder has two rungs: its last one hears of it once more.
        #expect(tell(ticket, &given, at: 221).first?.recipients == ["ho_supervisor"])
        #expect(tell(ticket, &given, at: 1_000_000).isEmpty)
        #expect(ticket.clocks.nextStep(given: given) == nil)
        let clock = try #require(ticket.clock("total"))
        #expect(ClockStep.told(clock, given).map(\.threshold) == [.warning, .breach, .secondStep, .thirdStep])
    }

    @Test func `nobody is told any more once somebody has acted`() throws {
        var ticket = try ticket()
        var given: Set<String> = []
        _ = tell(ticket, &given, at: 101)
        ticket.act(["T18"], at: "2021-09-30 12:00")
        #expect(tell(ticket, &given, at: 5000).isEmpty)
    }

    @Test func `two nodes that look at other times name one warning alike`() throws {
        let ticket = try ticket()
        var (one, two) = (Set<String>(), Set<String>())
        #expect(tell(ticket, &one, at: 90).map(\.key) == tell(ticket, &two, at: 95).map(\.key))
    }

    @Test func `a node that was off tells late, once, to all who should have heard, and says so`() throws {
        var given: Set<String> = []
        let ticket = try ticket()
        let found = tell(ticket, &given, at: 165)
        #expect(found.map(\.threshold) == [.secondStep])
        #expect(found.first?.recipients == ["dept_head", "ho_supervisor"])
        #expect(found.first?.isLate == false, "the second step itself is five minutes old")
        var other: Set<String> = []
        let late = tell(ticket, &other, at: 150)
        #expect(late.map(\.threshold) == [.breach] && late.first?.isLate == true)
        #expect(tell(ticket, &other, at: 150).isEmpty)
    }

    @Test func `an end that cannot be told is an alarm, once`() throws {
        var ticket = ClockTicket(try Deadlines.book([Deadlines.policy("total", .workingDays(5))]))
        ticket.register("2022-12-30 10:00")
        #expect(ticket.clocks.undeterminedCount == 1)
        let now = Deadlines.at("2022-12-30 10:00")
        let found = ticket.book.dueSteps(of: ticket.clocks, given: [], at: now)
        #expect(found.map(\.threshold) == [.undetermined])
        let alarm = try #require(found.first)
        #expect(ticket.book.telling(of: alarm, given: [], at: now).recipients == ["handler"])
        let given = Set(found.map(\.key))
        #expect(ticket.book.dueSteps(of: ticket.clocks, given: given, at: now + 1 << 40).isEmpty)
    }

    @Test func `time on the way is nobody's, at rest is nobody's, and overlaps count once`() throws {
        let book = try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 100), pauses: ["mediation"])])
        var clock = Deadlines.clock(book, at: start)
        clock = try book.paused(clock, reason: "mediation", by: "GD", at: start + 10 * 60_000)
        clock = try book.resumed(clock, at: start + 30 * 60_000)
        let spans = [
            TransitTime.Span(from: start + 20 * 60_000, to: start + 50 * 60_000),
            TransitTime.Span(from: start + 40 * 60_000, to: start + 60 * 60_000),
            TransitTime.Span(from: start - 500, to: start - 100),
        ]
        let share = clock.ended(.stopped(at: start + 130 * 60_000)).attribution(of: spans, at: 0)
        #expect(share.paused == 20 * 60_000)
        #expect(share.transit == 30 * 60_000)
        #expect(share.own == 80 * 60_000)
        // Ten minutes over the shifted end, and thirty of the whole were on the way.
        #expect(share.ownLateness == 0)
    }
}
