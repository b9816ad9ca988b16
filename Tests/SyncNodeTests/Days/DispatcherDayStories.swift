import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// The day of the dispatcher at a provincial centre (day.md §6.2), step by step.
@Suite("A day at the province") struct DispatcherDayStories {
    private typealias Person = StoryBank.Person
    private static let province = StoryBank.province

    @Test
    func
        `09:00 dispatched to lead and assist: due times are pinned, and the centre's four hours stop at seven minutes`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.submitted()
        try bank.connect()
        try bank.becomes("2026-11-16 08:37")
        try bank.acts(
            .dispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "province-01/card"]) { $1 })
        try bank.acts(.handler, number, "take")
        try bank.acts(.handler, number, "ask_assist", ["unit": "branch-0102/equipment"])
        let centre = try bank.clock("centre_dispatch", of: number, at: Self.province)
        let taken = try #require(centre.end).at - centre.startedAt
        #expect(taken == 7 * 60_000)
        let lead = try bank.clock("dept_general", of: number, at: Self.province)
        #expect(lead.times.known?.due == bank.now + 17 * 3_600_000)
        try bank.connect()
        try bank.acts(Person(StoryBank.sister, .assistHandler), number, "assist_take", ["leg": "1"])
        #expect(try bank.shown("lead_department", of: number, at: StoryBank.head) == "card")
    }

    @Test
    func `09:20 two tickets are one event: merged, the earliest receipt counts, the old number still leads there`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let first = try bank.submitted(["received_at": "2026-11-16 07:50"])
        let second = try bank.submitted(["received_at": "2026-11-16 08:10"])
        try bank.connect()
        let into = try #require(try bank.ticket(first, at: Self.province)["document"]?.string)
        try bank.acts(.dispatcher, second, "merge", ["into": into, "reason": "same_event"])
        try bank.connect()
        for node in [StoryBank.branch, Self.province, StoryBank.head] {
            #expect(try bank.state(second, at: node) == "merged")
            #expect(try bank.view(second, at: node).mergedInto?.description == into)
            #expect(
                try bank.view(first, at: node).integer(TicketField.receivedAt)
                    == StoryBank.instant("2026-11-16 07:50"))
        }
    }

    @Test func `10:20 a unit gives its order back once; the second time the dispatcher's word is final`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.submitted()
        try bank.connect()
        let dispatch = StoryBank.classes.merging(["unit": "branch-0102"]) { $1 }
        try bank.acts(.dispatcher, number, "dispatch", dispatch)
        try bank.connect()
        try bank.does(.sisterOfficer, "ticket", "decline", number, "--reason", "not_our_business")
        try bank.connect()
        try bank.acts(.dispatcher, number, "dispatch", dispatch)
        #expect(try bank.shown("bounce_count", of: number, at: Self.province) == nil)
        #expect(try bank.view(number, at: Self.province).integer(TicketField.bounceCount) == 1)
        try bank.connect()
        let said = try bank.isRefused(.sisterOfficer, "ticket", "decline", number, "--reason", "not_our_business")
        #expect(said.contains("G-bounce-once"))
        try bank.does(.sisterOfficer, "ticket", "take", number)
    }

    @Test
    func `11:15 tickets of the branch that was cut off arrive: the limit runs from the receipt, one key takes them`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 09:30")
        bank.cutLine(of: StoryBank.branch)
        let number = try bank.submitted()
        try bank.becomes("2026-11-16 11:15")
        bank.joinLine(of: StoryBank.branch)
        try bank.connect()
        let waiting = try bank.reads(Self.province, "ticket", "list", "--offered-to", "province-01")
        #expect(waiting.contains(number))
        let clock = try bank.clock("total_general", of: number, at: Self.province)
        #expect(try clock.times.known?.due == StoryBank.instant("2026-11-17 09:30"))
        try bank.does(.dispatcher, "ticket", "take", number)
        #expect(try bank.ticket(number, at: Self.province)["custody"]?["is_here"]?.bool == true)
    }

    @Test
    func
        `13:00 a customer of another province: the home centre leads and replies, this side assists, head office sees status`()
        throws
    {
        let bank = try StoryBank(
            [StoryBank.head, Self.province, StoryBank.farProvince, StoryBank.branch], at: "2026-11-16 13:00")
        let number = try bank.registers(
            Person(StoryBank.farProvince, .dispatcher),
            StoryBank.machine.merging([
                "intake_channel": "hotline", "recording_id": "rec-1", "home_org": "020000", "event_org": "010101",
                "scope": "provincial",
            ]) { $1 })
        try bank.connect()
        #expect(try bank.shown("scope", of: number, at: StoryBank.head) == "national")
        #expect(try bank.shown("route_rule", of: number, at: StoryBank.head) == "r05")
        let clock = try bank.clock("total_nat", of: number, at: StoryBank.farProvince)
        #expect(clock.times.known?.due == bank.now + 72 * 3_600_000)
        // Head office sees the status and not the words.
        #expect(try bank.shown("state", of: number, at: StoryBank.head) == "registered")
        #expect(try !bank.holds(try #require(StoryBank.machine["what"]), at: StoryBank.head))
    }

    @Test func `14:30 feedback without a legal basis is rejected with a defect code, and counts`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.inWork()
        try bank.acts(.officer, number, "feed_back", StoryBank.found)
        try bank.connect()
        try bank.acts(.dispatcher, number, "reject_feedback", ["defect": "basis_missing"])
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.branch) == "handling")
        #expect(try bank.view(number, at: StoryBank.head).integer(TicketField.feedbackRejections) == 1)
        try bank.does(.officer, "ticket", "take", number)
        try bank.ended(number)
        #expect(try bank.state(number, at: StoryBank.head) == "closed")
    }
}
