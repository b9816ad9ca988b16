import Testing
import TicketModel

@testable import SyncNode

@Suite("Distributions at head office") struct DistributionStories {
    private func cells(_ bank: StoryBank, _ period: String, _ by: [String]) throws -> [[String]: Int64] {
        let text = try bank.reads(StoryBank.head, "report", "indicators", "--period", period, "--json")
        let json = try NodeClient.parse(Array(text.utf8))
        let found = json["distributions"]?.array?.first { ($0["by"]?.array ?? []).compactMap(\.string) == by }
        return Dictionary(
            uniqueKeysWithValues: (found?["cells"]?.array ?? []).map {
                (($0["codes"]?.array ?? []).compactMap(\.string), $0["count"]?.integer ?? 0)
            })
    }

    @Test func `SA-03 SA-08 appeals, departments and satisfaction are distributed over a month and a year`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let old = try bank.submitted()
        try bank.connect()
        let work = ["unit": StoryBank.province.text, "lead_department": "card"]
        try bank.acts(.dispatcher, old, "dispatch", StoryBank.classes.merging(work) { $1 })
        try bank.acts(.handler, old, "take")
        try bank.acts(.handler, old, "feed_back", StoryBank.found)
        try bank.does(.dispatcher, "ticket", "reply", old, with: StoryBank.answer)
        try bank.does(.provinceCaller, "ticket", "close", old, with: ["satisfaction": "satisfied"])
        try bank.does(.deptHead, "ticket", "close", old, with: ["outcome": "solved"])
        try bank.connect()
        let appeal = try bank.does(.clerk, "ticket", "appeal", old, with: ["demand_words": "要求加倍赔偿"])
        let number = try #require(appeal.output.split(separator: " ").first.map(String.init))
        try bank.does(.officer, "ticket", "submit", number)
        try bank.connect()
        try bank.does(.dispatcher, "ticket", "take", number)
        try bank.acts(.dispatcher, number, "add_evidence", ["evidence_key": "reply-1", "class": "prior_reply"])
        try bank.acts(
            StoryBank.Person(StoryBank.province, .approver), number, "conclude_appeal",
            [
                "conclusion": "properly_handled_before",
                "grounds": "answered_in_time,answered_before_regulator,lawful_answer",
            ])
        try bank.connect()
        for period in ["month", "year"] {
            let conclusions = try cells(bank, period, ["kind", "conclusion"])
            #expect(
                conclusions == [["complaint", ""]: 1, ["internal_appeal", "properly_handled_before"]: 1], "\(period)")
            #expect(try cells(bank, period, ["satisfaction"])[["satisfied"]] == 1)
            #expect(try cells(bank, period, ["department"]) == [["card"]: 1, [""]: 1])
        }
    }
}
