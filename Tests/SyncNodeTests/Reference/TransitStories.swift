import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Whose time it was: a unit that declines, and the line between two nodes.
@Suite("Time of a unit, time of the line") struct TransitStories {
    private static let province = StoryBank.province

    private func dispatched(_ unit: String, _ bank: StoryBank) throws -> String {
        let number = try bank.submitted()
        try bank.connect()
        try bank.acts(.dispatcher, number, "dispatch", StoryBank.classes.merging(["unit": unit]) { $1 })
        try bank.connect()
        return number
    }

    @Test func `T09 a unit that declines stops its own time at that hour, line or no line`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try dispatched("branch-0102", bank)
        try bank.becomes("2026-11-16 09:30")
        bank.cutLine(of: StoryBank.sister)
        let declined = bank.now
        try bank.does(.sisterOfficer, "ticket", "decline", number, "--reason", "not_our_business")
        try bank.becomes("2026-11-16 15:00")
        #expect(try bank.clock("dept_general", of: number, at: Self.province).isRunning)
        bank.joinLine(of: StoryBank.sister)
        try bank.connect()
        try bank.becomes("2026-11-16 15:01")
        let ended = try bank.clock("dept_general", of: number, at: Self.province)
        #expect(ended.end == .stopped(at: declined))
        // The next unit has its own time, from its own dispatch.
        try bank.acts(
            .dispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "branch-0101"]) { $1 })
        try bank.connect()
        try bank.becomes("2026-11-16 16:00")
        let next = try bank.clock("dept_general", of: number, at: StoryBank.branch)
        #expect(try next.isRunning && next.startedAt == StoryBank.instant("2026-11-16 15:01"))
        let head = try bank.view(number, at: StoryBank.head)
        let entries = head.entries(TicketField.unitDeclines, EntryShapes.unitDecline)
        #expect(entries.map { $0["node"] } == ["branch-0102"])
    }

    @Test func `the history says how long a ticket was on the line, and a figure counts it for nobody`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        bank.cutLine(of: StoryBank.branch)
        let number = try bank.submitted()
        try bank.becomes("2026-11-16 13:30")
        bank.joinLine(of: StoryBank.branch)
        try bank.connect()
        try bank.becomes("2026-11-16 14:00")
        try bank.does(.dispatcher, "ticket", "take", number)
        for node in [Self.province, StoryBank.head] {
            try bank.connect()
            let history = try bank.reads(node, "ticket", "history", number)
            #expect(history.contains("途中5小时(不计入任何单位),待接30分钟"), "\(history)")
        }
        try bank.acts(.dispatcher, number, "answer_at_centre", ["solution": "已退费"])
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        try bank.does(
            .deptHead, "ticket", "close", number, with: ["outcome": "solved", "responsibility": "bank"])
        let report = try bank[Self.province].get("/api/v1/reports/indicators?period=day&rows=transit").json
        let figure = try #require(report["indicators"]?.array?.first { $0["id"]?.string == "transit" })
        #expect(figure["value"]?.integer == 300 && figure["unit"]?.string == "minutes")
        #expect(report["rows"]?["tickets"]?.array?.first?["number"]?.string == number)
    }
}
