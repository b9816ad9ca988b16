import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// The day of the officer of a county branch whose line is down since last night (day.md §6.1), step by step.
@Suite("A day at the branch") struct BranchDayStories {
    private typealias Person = StoryBank.Person
    private static let branch = StoryBank.branch

    /// Last contact in the evening, then the line went; three things wait.
    private func morning() throws -> StoryBank {
        let bank = try StoryBank(at: "2026-11-15 21:14")
        bank.cutLine(of: Self.branch)
        for minute in 20...22 {
            try bank.becomes("2026-11-15 21:\(minute)")
            _ = try bank.registers(.clerk, StoryBank.machine)
        }
        try bank.becomes("2026-11-16 08:20")
        return bank
    }

    @Test func `08:40 the form knows branch, clerk and channel, and leads to the symptom by what is typed`() throws {
        let bank = try morning()
        let number = try bank.registers(.clerk, StoryBank.machine)
        for (field, value) in [
            ("origin_org", "010101"), ("home_org", "010101"), ("recorder", "010101.clerk"), ("intake_form", "oral"),
            ("first_contact_org", "010101"), ("kind", "complaint"), ("severity", "ordinary"),
        ] { #expect(try bank.shown(field, of: number, at: Self.branch) == value, "\(field)") }
        // What is typed filters the list; a code or its label as on the paper form is taken, anything else is met
        // with the list.
        let listed = RunningNode.run(["codes", "symptom", "--word", "吞"]).output
        #expect(listed.contains("machine_retained_cash") && listed.contains("machine_retained_card"))
        #expect(!listed.contains("fee_wrong"))
        let labelled = try bank.registers(.clerk, StoryBank.machine.merging(["symptom": "机具吞钞"]) { $1 })
        #expect(try bank.shown("symptom", of: labelled, at: Self.branch) == "machine_retained_cash")
        let slip = try bank.isRefused(
            .clerk, "ticket", "new", with: StoryBank.machine.merging(["symptom": "机器吞钱"]) { $1 })
        #expect(slip.contains("[symptom: not_in_list]") && slip.contains("machine_retained_cash"))
    }

    @Test func `08:40 what is missing at the counter is named field by field, with its source, and nothing is lost`()
        throws
    {
        let bank = try morning()
        var fields = StoryBank.machine
        for name in ["what", "signature_id"] { fields[name] = nil }
        let said = try bank.isRefused(.clerk, "ticket", "new", with: fields)
        #expect(said.contains("[what: mandatory TM-05]") && said.contains("[signature_id: mandatory IN-06]"))
        #expect(try bank[Self.branch].get("/api/v1/status").json["tickets"]?.integer == 3)
    }

    @Test func `08:42 the number tells of an open ticket: she says it is another matter, and is not asked again`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-12 10:00")
        let earlier = try bank.registers(
            .clerk, StoryBank.machine.merging(["symptom": "fee_wrong", "business_class": "loan"]) { $1 })
        bank.cutLine(of: Self.branch)
        try bank.becomes("2026-11-16 08:42")
        let typed = ["complainant_phone": "138 0000 0002", "symptom": "machine_retained_cash"]
        let panel = try bank.does(.clerk, "ticket", "similar", with: typed).output
        #expect(panel.contains(earlier) && panel.contains("同一人"))
        // The panel names a ticket and never repeats its words.
        #expect(!panel.contains("两千元"))
        let number = try bank.registers(
            .clerk, StoryBank.machine.merging(["links": "different_matter@\(earlier)"]) { $1 })
        #expect(try !bank.reads(Self.branch, "ticket", "similar", number).contains(earlier))
    }

    @Test func `08:46 above the officer's authority the head agrees by his own post, and it is done at the counter`()
        throws
    {
        let bank = try morning()
        try bank.becomes("2026-11-16 08:46")
        let number = try bank.registers(.clerk, StoryBank.machine)
        let answer = ["proposed_solution": "先行垫付两千元,清机后冲账", "attitude": "accepted", "compensation": "2000"]
        let said = try bank.isRefused(.officer, "ticket", "answer", number, with: answer)
        #expect(said.contains("G-authority") && said.contains("网点负责人"))
        // The refusal tells the very command; the head gives it himself, at the same machine.
        let command = "ticket act \(number) countersign --post 010101.branch_head --field matter=compensation "
        #expect(said.contains(command + "--field amount=2000.00"))
        try bank.acts(.branchHead, number, "countersign", ["matter": "compensation", "amount": "2000"])
        try bank.does(.officer, "ticket", "answer", number, with: answer)
        #expect(try bank.state(number, at: Self.branch) == "replied")
        bank.joinLine(of: Self.branch)
        try bank.connect()
        // Head office has the band for its statistics, and not the amount.
        let seen = try bank.ticket(number, at: StoryBank.head)["fields"]
        #expect(seen?["compensation_band"] != nil && seen?["compensation"] == nil)
    }

    @Test func `10:40 the manager complained about tries to open it: refused, and the officer sees the attempt`() throws
    {
        let bank = try morning()
        let number = try bank.registers(
            .clerk,
            StoryBank.machine.merging(["symptom": "attitude_poor", "target_person": "010101.branch_head"]) { $1 })
        try bank.becomes("2026-11-16 10:40")
        let opened = RunningNode.run(
            ["ticket", "show", number, "--post", "010101.branch_head", "--url", bank[Self.branch].url])
        #expect(opened.code == .failed && opened.error.contains("ticket.not-found"))
        #expect(opened.output.isEmpty)
        #expect(try bank.reads(Self.branch, "ticket", "show", number).contains("010101.branch_head"))
        #expect(try bank.isRefused(.branchHead, "ticket", "note", number, "没有这回事").contains("ticket.not-found"))
        // Nor does he find it, copy it under another name, sign or agree in it.
        let words = try #require(StoryBank.machine["what"]?.prefix(4))
        try bank[Self.branch].waitForIndex()
        let found = ["ticket", "search", String(words), "--url", bank[Self.branch].url]
        #expect(RunningNode.run(found).output.contains(number))
        #expect(!RunningNode.run(found + ["--post", "010101.branch_head"]).output.contains(number))
        #expect(
            try bank.isRefused(.branchHead, "ticket", "appeal", number, with: ["target_person": "别人"])
                .contains("ticket.not-found"))
        #expect(
            try bank.isRefused(
                .branchHead, "ticket", "act", number, "countersign", with: ["matter": "compensation", "amount": "2000"]
            ).contains("ticket.not-found"))
        let paid = ["proposed_solution": "垫付", "attitude": "accepted", "compensation": "2000"]
        let said = try bank.isRefused(.officer, "ticket", "answer", number, with: paid)
        #expect(said.contains("G-authority") && !said.contains("010101.branch_head"))
    }

    @Test
    func `09:30 handed to the province while cut off: it waits for custody, stays readable, and comes back on recall`()
        throws
    {
        let bank = try morning()
        try bank.becomes("2026-11-16 09:30")
        let number = try bank.submitted(["symptom": "loan_servicing", "business_class": "loan"])
        let ticket = try bank.ticket(number, at: Self.branch)
        #expect(ticket["custody"]?["offer"]?["to"]?.string == "province-01")
        #expect(try bank.shown("what", of: number, at: Self.branch) == StoryBank.machine["what"])
        // Greyed out: no state button works while the ticket is on its way, and the refusal says why.
        let said = try bank.isRefused(
            .officer, "ticket", "answer", number, with: ["proposed_solution": "解释利率", "attitude": "accepted"])
        #expect(said.contains("T02"))
        try bank.does(.officer, "ticket", "note", number, "客户补交合同复印件")
        #expect(ticket["next_acts"]?.array?.compactMap(\.string).contains("recall") == true)
        try bank.does(.officer, "ticket", "recall", number)
        #expect(try bank.state(number, at: Self.branch) == "registered")
        #expect(try bank.ticket(number, at: Self.branch)["custody"]?["is_here"]?.bool == true)
    }

    @Test func `10:05 a ticket reaches 90 % with the line down: the branch warns by itself, and the true time goes up`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-15 16:00")
        let number = try bank.inWork()
        try bank.connect()
        bank.cutLine(of: Self.branch)
        let clock = try bank.clock("dept_general", of: number, at: Self.branch)
        let warn = try #require(clock.times.known?.warn)
        #expect(warn == clock.startedAt + (17 * 60 - 102) * 60_000)
        try bank.becomes("2026-11-16 10:05")
        let told = ClockStep.given(try bank.view(number, at: Self.branch))
        #expect(told.contains { $0.contains("dept_general") })
        #expect(ClockStep.given(try bank.view(number, at: StoryBank.province)).isEmpty)
        bank.joinLine(of: Self.branch)
        try bank.connect()
        #expect(ClockStep.given(try bank.view(number, at: StoryBank.province)) == told)
        let history = try bank[StoryBank.province].get("/api/v1/tickets/\(number)/history").json["acts"]?.array ?? []
        let notice = try #require(history.last { $0["act"]?.string == "clock_step" })
        #expect(notice["node"]?.string == "branch-0101" && notice["at"]?.integer ?? .max <= bank.now)
    }

    @Test
    func `11:15 the line is back: what waited goes up, what was offered is taken, and the way is booked to nobody`()
        throws
    {
        let bank = try morning()
        try bank.becomes("2026-11-16 09:30")
        let number = try bank.submitted()
        #expect(try bank[Self.branch].runtime.store.status().neighbours.contains { $0.isParent && $0.waiting > 0 })
        try bank.becomes("2026-11-16 11:15")
        bank.joinLine(of: Self.branch)
        try bank.connect()
        #expect(try bank[Self.branch].runtime.store.status().neighbours.allSatisfy { $0.waiting == 0 })
        try bank.does(.dispatcher, "ticket", "take", number)
        try bank.connect()
        #expect(try bank.ticket(number, at: Self.branch)["custody"]?["custodian"]?.string == "province-01")
        #expect(
            try bank[Self.branch].ticket(number).json["acknowledgement"]?["level"]?.string == "L3",
            "held by the province and by head office")
        // The limit runs from the receipt; what the line took is transit.
        let clock = try bank.clock("total_general", of: number, at: StoryBank.province)
        let offered = try StoryBank.instant("2026-11-16 09:30")
        let spans = [TransitTime.Span(from: offered, to: bank.now)]
        #expect(clock.attribution(of: spans, at: bank.now).transit == 105 * 60_000)
    }
}
