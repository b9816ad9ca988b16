import SyncProtocol
import Testing

@testable import TicketModel

/// Who had a ticket when, and whose the time beyond an end was.
@Suite struct CustodyTimelineTests {
    private let start = TestBank.morning

    private func view(_ handovers: [Handover]) -> TicketView {
        var view = TicketView(document: DocumentID(space: 1, number: 1), disclosure: .full, home: "branch-01")
        view.fields[TicketField.registeredAt] = [.integer(start)]
        view.fields[TicketField.handovers] = handovers.compactMap {
            if case .add(_, let value) = $0.operation { value } else { nil }
        }
        return view
    }

    private func minutes(_ shares: [(holder: CustodyTimeline.Holder, milliseconds: Int64)]) -> [String] {
        shares.map { "\($0.holder.code) \($0.holder.node?.text ?? "-") \($0.milliseconds / 60_000)" }
    }

    @Test func `the time on a dead line is transit's, in the queue the centre's, and every minute is somebody's`()
        throws
    {
        let minute: Int64 = 60_000
        let handover = Handover(
            from: "branch-01", to: "province-gd", offered: start + 10 * minute, arrived: start + 300 * minute,
            taken: start + 320 * minute)
        let timeline = CustodyTimeline(of: view([handover]))
        let now = start + 400 * minute
        #expect(
            minutes(timeline.shares(from: start, to: now)) == [
                "unit branch-01 10", "transit - 290", "queue province-gd 20", "unit province-gd 80",
            ])
        let clock = Deadlines.clock(
            try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 200))]), at: start)
        #expect(
            minutes(timeline.overdue(clock, at: now)) == [
                "transit - 100", "queue province-gd 20", "unit province-gd 80",
            ])
        // 200 minutes late, 290 of the whole on the line: nobody's fault.
        #expect(clock.attribution(of: timeline.transit, at: now).ownLateness == 0)
        #expect(timeline.overdue(clock, at: start + 100 * minute).isEmpty)
    }

    @Test func `clocks of two nodes that differ make no negative time`() {
        let handover = Handover(from: "branch-01", to: "province-gd", offered: 500, arrived: 400, taken: 300)
        #expect(handover.arrived == 500 && handover.taken == 500)
        let timeline = CustodyTimeline(of: view([handover]))
        #expect(timeline.spans.allSatisfy { $0.to.map { to in to >= 0 } ?? true })
        #expect(timeline.spans.count == 1)
    }

    private func seizure(of node: String, at moment: Int64) -> Value {
        .text(
            Entry(
                EntryShapes.seizure,
                [
                    "reason": "unit_silent", "node": node, "post": "HQ.ho_supervisor", "second": "HQ.ho_auditor",
                    "at": String(moment),
                ]
            ).text)
    }

    @Test func `time after a seizure is the seizer's, not the unit's that it was seized from`() throws {
        var ticket = try TestTicket.make(.taken)
        let given = ["reason": "unit_silent"]
        try ticket.countersign("seize", by: TestBank.provinceHead)
        try ticket.act(.seize, given, by: TestBank.dispatcher, at: start + TestBank.hour)
        let now = start + 4 * TestBank.hour
        let first = CustodyTimeline(of: ticket.view(at: "province-gd"))
        #expect(minutes(first.shares(from: start, to: now)) == ["unit branch-02 60", "unit province-gd 180"])
        try ticket.countersign("seize", by: TestBank.auditor)
        try ticket.act(.seize, given, by: TestBank.supervisor, at: start + 3 * TestBank.hour)
        let second = CustodyTimeline(of: ticket.view(at: "head-office"))
        #expect(
            minutes(second.shares(from: start, to: now)) == [
                "unit branch-02 60", "unit province-gd 120", "unit head-office 60",
            ])
    }

    @Test func `a seizer that handed the ticket on had it until then`() {
        let minute: Int64 = 60_000
        var view = view([
            Handover(
                from: "head-office", to: "province-gd", offered: start + 60 * minute, arrived: start + 60 * minute,
                taken: start + 70 * minute)
        ])
        view.fields[TicketField.seizures] = [seizure(of: "branch-01", at: start + 30 * minute)]
        view.custodian = "province-gd"
        #expect(
            minutes(CustodyTimeline(of: view).shares(from: start, to: start + 100 * minute)) == [
                "unit branch-01 30", "unit head-office 30", "queue province-gd 10", "unit province-gd 30",
            ])
    }

    @Test func `an offer that was open when the ticket was seized came to nothing, whoever took it not knowing`() {
        let minute: Int64 = 60_000
        var view = view([
            Handover(
                from: "province-gd", to: "branch-02", offered: start + 10 * minute, arrived: start + 40 * minute,
                taken: start + 50 * minute)
        ])
        view.fields[TicketField.seizures] = [seizure(of: "province-gd", at: start + 30 * minute)]
        view.custodian = "head-office"
        #expect(
            minutes(CustodyTimeline(of: view).shares(from: start, to: start + 100 * minute)) == [
                "unit province-gd 30", "unit head-office 70",
            ])
    }
}
