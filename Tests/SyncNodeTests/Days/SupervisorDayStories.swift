import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// The day of the supervisor at head office (day.md §6.3), step by step.
@Suite("A day at head office") struct SupervisorDayStories {
    private typealias Person = StoryBank.Person
    private static let head = StoryBank.head

    private static let call = StoryBank.machine.merging([
        "intake_channel": "head_office_line", "recording_id": "rec-9", "home_org": "010101", "event_org": "010101",
    ]) { $1 }

    @Test
    func
        `08:50 a call to head office becomes an escalated complaint; three working days from the province's acceptance`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:50")
        let number = try bank.registers(
            .headDispatcher, Self.call.merging(["kind": "escalated"]) { $1 })
        try bank.acts(
            .headDispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "province-01"]) { $1 })
        try bank.connect()
        try bank.becomes("2026-11-16 09:10")
        try bank.acts(.handler, number, "take")
        try bank.connect()
        let clock = try bank.clock("esc_simple", of: number, at: Self.head)
        #expect(try clock.startedAt == StoryBank.instant("2026-11-16 09:10"))
        // The day of the start is not counted; the last day counts to its last second.
        #expect(clock.times.known.map { CivilTime.chinaText(at: $0.due) } == "2026-11-19 23:59:59")
        #expect(
            try bank.clock("esc_simple", of: number, at: StoryBank.province) == clock, "the same on both tiers")
    }

    @Test
    func
        `10:00 a regulator's referral: 24, 96 and 48 hours run beside seven working days; the original is on the list`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 10:00")
        let number = try bank.registers(
            .headDispatcher,
            Self.call.merging(["kind": "regulator_referral", "intake_channel": "regulator_12378"]) { $1 })
        try bank.acts(
            .headDispatcher, number, "add_evidence",
            ["evidence_key": "orig-1", "class": "original", "holder": "000000.liaison"])
        let whole = try bank.clock("appeal_total", of: number, at: Self.head)
        #expect(whole.times.known.map { CivilTime.chinaText(at: $0.due) } == "2026-11-25 23:59:59")
        #expect(
            try bank.clock("appeal_dispatch", of: number, at: Self.head).times.known?.due == bank.now + 24 * 3_600_000)
        try bank.becomes("2026-11-16 15:00")
        try bank.acts(
            .headDispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "province-01"]) { $1 })
        #expect(
            try bank.clock("appeal_handle", of: number, at: Self.head).times.known?.due == bank.now + 96 * 3_600_000)
        try bank.connect()
        try bank.acts(.dispatcher, number, "name_liaison", ["liaison_post": "010000.liaison"])
        try bank.connect()
        #expect(try bank.view(number, at: Self.head).liaison(of: StoryBank.province) == "010000.liaison")
        let evidence = try bank.view(number, at: StoryBank.province)
            .entries(TicketField.evidenceItems, EntryShapes.evidence)
        #expect(evidence.contains { $0["paper"] == "orig-1" && $0["holder"] == "000000.liaison" })
    }

    @Test
    func
        `14:00 a finished escalated ticket is audited and approved; the follow-up is for somebody who did not touch it`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:50")
        let number = try bank.registers(.headDispatcher, Self.call.merging(["kind": "escalated"]) { $1 })
        try bank.acts(
            .headDispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "province-01"]) { $1 })
        try bank.connect()
        try bank.acts(.handler, number, "take")
        let result = ["corrective_action": "machine_check", "outcome": "solved"]
        try bank.acts(.handler, number, "feed_back", StoryBank.found.merging(result) { $1 })
        try bank.connect()
        try bank.does(.auditor, "ticket", "take", number)
        try bank.acts(.auditor, number, "approve_feedback")
        try bank.does(.auditor, "ticket", "reply", number, with: StoryBank.answer)
        try bank.connect()
        // The province reports result, answer and corrective measures; head office's word ends it.
        try bank.acts(.dispatcher, number, "report_up", ["hop": "to_head_office"])
        try bank.connect()
        try bank.acts(.auditor, number, "review_report", ["accepted": "true"])
        // Who handled it may not make the call; somebody who has not touched the case may.
        let said = try bank.isRefused(
            Person(Self.head, .followUpAgent, post: "010000.card_handler"), "ticket", "close", number,
            with: ["satisfaction": "satisfied"])
        #expect(said.contains("G-follow-up-not-handler") || said.contains("G-seat"))
        try bank.does(.headCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        try bank.does(.auditor, "ticket", "close", number, with: ["outcome": "solved"])
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.province) == "closed")
    }

    @Test
    func `14:20 to read one complainant's words she asks: on record, known to the province, over after seven days`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 14:20")
        let number = try bank.registers(.clerk, StoryBank.machine)
        try bank.connect()
        let words = try #require(StoryBank.machine["what"])
        #expect(try !bank.reads(Self.head, "ticket", "show", number).contains(words))
        try bank.does(
            .supervisor, "ticket", "widen", number, "--to", "full", "--reason", "head_office_request")
        try bank.connect()
        #expect(try bank.reads(Self.head, "ticket", "show", number).contains(words))
        #expect(try bank.reads(StoryBank.province, "ticket", "show", number).contains("总行调阅"))
        try bank.becomes("2026-11-23 14:20")
        #expect(try !bank.reads(Self.head, "ticket", "show", number).contains(words))
    }

    @Test func `15:30 an appeal ends as "properly handled before" only once the evidence is pointed at`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let old = try bank.inWork()
        try bank.ended(old)
        let appeal = try bank.does(.clerk, "ticket", "appeal", old, with: ["demand_words": "要求加倍赔偿"])
        let number = try #require(appeal.output.split(separator: " ").first.map(String.init))
        #expect(try bank.shown("kind", of: number, at: StoryBank.branch) == "internal_appeal")
        try bank.does(.officer, "ticket", "submit", number)
        try bank.connect()
        try bank.does(.dispatcher, "ticket", "take", number)
        let conclusion = [
            "conclusion": "properly_handled_before",
            "grounds": "answered_in_time,answered_before_regulator,lawful_answer",
        ]
        let approver = Person(StoryBank.province, .approver)
        #expect(
            try bank.isRefused(approver, "ticket", "act", number, "conclude_appeal", with: conclusion)
                .contains("G-conclusion"))
        try bank.acts(.dispatcher, number, "add_evidence", ["evidence_key": "reply-1", "class": "prior_reply"])
        try bank.acts(approver, number, "conclude_appeal", conclusion)
        try bank.connect()
        #expect(try bank.shown("appeal_conclusion", of: number, at: Self.head) == "properly_handled_before")
        // The ticket that it is about stays as it is.
        #expect(try bank.state(old, at: StoryBank.branch) == "closed")
    }
}
