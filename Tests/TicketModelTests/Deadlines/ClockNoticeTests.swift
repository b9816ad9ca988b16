import SyncProtocol
import Testing

@testable import TicketModel

/// Who hears of a clock, and when: once, in order, and late where the node was off.
@Suite struct ClockNoticeTests {
    private let start = Deadlines.at("2021-09-30 10:00")

    private func ticket() throws -> ClockTicket {
        var ticket = ClockTicket(try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 100))]))
        ticket.register("2021-09-30 10:00")
        return ticket
    }

    private func notices(_ ticket: ClockTicket, after: Int64, upTo: Int64) -> [ClockNotice] {
        ticket.book.notices(of: ticket.clocks, after: start + after * 60_000, upTo: start + upTo * 60_000)
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

    @Test func `a warning goes to those who are warned, a breach up the ladder in order`() throws {
        let ticket = try ticket()
        let warning = notices(ticket, after: 80, upTo: 91)
        #expect(warning.map(\.threshold) == [.warning])
        #expect(warning.first?.recipients == ["handler"])
        let breach = notices(ticket, after: 91, upTo: 101)
        #expect(breach.first?.recipients == ["dept_head", "ho_supervisor"])
        #expect(breach.first?.isLate == false)
        #expect(notices(ticket, after: 101, upTo: 10_000).isEmpty)
    }

    @Test func `two nodes that look at other times name one warning alike`() throws {
        let ticket = try ticket()
        #expect(notices(ticket, after: 80, upTo: 90).map(\.key) == notices(ticket, after: 0, upTo: 95).map(\.key))
    }

    @Test func `a node that was off tells late, once, and says so`() throws {
        let found = notices(try ticket(), after: 10, upTo: 5000)
        #expect(found.count == 1)
        #expect(found.first?.threshold == .breach)
        #expect(found.first?.isLate == true)
        #expect(found.first?.missedWarning == true)
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
        #expect(TransitTime.minutes([TransitTime.Span(from: start, to: nil)], from: start, to: start + 150_000) == 2)
    }
}
