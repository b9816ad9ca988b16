import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Packs that are the bank's choice: head office publishes one, and tickets run under it on real nodes to their warning,
/// their breach, their extension.
@Suite("Packs that head office puts in force") struct PackInForceStories {
    private typealias Person = StoryBank.Person
    private static let branch = StoryBank.branch
    private static let province = StoryBank.province
    private static let head = StoryBank.head

    /// Monday 2026-11-16, 09:00: the pack is published at head office and has arrived everywhere.
    private func bank(_ pack: String) throws -> StoryBank {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let file = Repository.path("reference/packs/\(pack).json")
        let outcome = RunningNode.run([
            "reference", "publish", file, "--post", "000000.ho_dispatcher", "--url", bank[Self.head].url,
        ])
        try #require(outcome.code == .success, "\(outcome.error)")
        try bank.connect()
        return bank
    }

    private func due(_ policy: String, of number: String, _ bank: StoryBank) throws -> String? {
        try bank.clock(policy, of: number, at: Self.branch).times.due.map(CivilTime.chinaText)
    }

    private func phase(_ policy: String, of number: String, at node: NodeID, _ bank: StoryBank) throws -> ClockPhase {
        try bank.clock(policy, of: number, at: node).phase(at: bank.now)
    }

    /// The steps of a clock that were told.
    private func told(_ policy: String, of number: String, at node: NodeID, _ bank: StoryBank) throws -> [String] {
        let clock = try bank.clock(policy, of: number, at: node)
        return ClockStep.told(clock, ClockStep.given(try bank.view(number, at: node))).map(\.threshold.rawValue)
    }

    /// Asked for at the branch, granted at the province, done at the branch.
    private func extend(_ number: String, to due: String, by approver: Person, _ bank: StoryBank) throws {
        try bank.acts(.officer, number, "ask_extension", ["reason": "complex", "new_due": due])
        try bank.connect()
        let key = try #require(try bank.view(number, at: Self.province).openRequests.last?.key)
        try bank.acts(approver, number, "approve_request", ["request": key])
        try bank.connect()
        try bank.acts(.officer, number, "extend", ["request": key, "customer_told": "yes"])
        try bank.connect()
    }

    @Test func `DL-14 DL-15 the village bank's rule: five working days, fifteen where it was extended, no more`() throws
    {
        let bank = try bank("village-bank")
        let number = try bank.inWork(["acceptance": "accepted"])
        try bank.connect()
        for node in [Self.branch, Self.province, Self.head] {
            let clock = try bank.clock("bank_internal", of: number, at: node)
            #expect(clock.times.due.map(CivilTime.chinaText) == "2026-11-23 23:59:59")
        }
        let warn = try #require(try bank.clock("bank_internal", of: number, at: Self.branch).times.warn)
        try bank.becomes(CivilTime.chinaText(at: warn + 1_000))
        #expect(try told("bank_internal", of: number, at: Self.branch, bank) == ["warning"])
        let refused = try bank.isRefused(
            .officer, "ticket", "act", number, "ask_extension",
            with: ["reason": "complex", "new_due": "2026-12-20 18:00"])
        #expect(refused.contains("G-extension-permitted"))
        try extend(number, to: "2026-12-04 18:00", by: .approver, bank)
        #expect(try due("bank_internal", of: number, bank) == "2026-12-04 23:59:59")
        let shown = try bank.reads(Self.head, "ticket", "explain", number)
        #expect(shown.contains("延期至14个工作日") && shown.contains("DL-14"))
        try bank.becomes("2026-12-05 00:10")
        #expect(try phase("bank_internal", of: number, at: Self.branch, bank) == .breached)
        #expect(try told("bank_internal", of: number, at: Self.branch, bank).last == "breach")
    }

    @Test func `DL-16 DL-17 DL-18 the service window: three days, ten for what is complex, three to tell the result`()
        throws
    {
        let bank = try bank("service-window")
        let simple = try bank.inWork(["acceptance": "accepted"])
        let complex = try bank.inWork(["acceptance": "accepted", "severity": "important"])
        #expect(try due("window_simple", of: simple, bank) == "2026-11-19 23:59:59")
        #expect(try due("window_complex", of: complex, bank) == "2026-11-30 23:59:59")
        try bank.becomes("2026-11-18 10:00")
        try bank.acts(.officer, simple, "feed_back", StoryBank.found)
        #expect(try phase("window_simple", of: simple, at: Self.branch, bank) == .stoppedInTime)
        #expect(try due("window_tell", of: simple, bank) == "2026-11-23 23:59:59")
        try bank.connect()
        try bank.becomes("2026-11-20 10:00")
        try bank.does(.dispatcher, "ticket", "reply", simple, with: StoryBank.answer)
        #expect(try phase("window_tell", of: simple, at: Self.province, bank) == .stoppedInTime)
        // The other one passes its warning and its end; its result is told too late as well.
        try bank.becomes("2026-12-01 00:10")
        #expect(try phase("window_complex", of: complex, at: Self.branch, bank) == .breached)
        #expect(try told("window_complex", of: complex, at: Self.branch, bank).last == "breach")
        try bank.acts(.officer, complex, "feed_back", StoryBank.found)
        try bank.connect()
        try bank.becomes("2026-12-05 10:00")
        #expect(try phase("window_tell", of: complex, at: Self.province, bank) == .breached)
        #expect(try told("window_tell", of: complex, at: Self.branch, bank).contains { $0.hasPrefix("breach") })
    }

    @Test func `DL-22 DL-23 DL-24 by severity: two, three, ten days; overrun needs the grade that may grant it`() throws
    {
        let bank = try bank("severity")
        let minor = try bank.inWork()
        let important = try bank.inWork(["severity": "important"])
        let major = try bank.inWork(["severity": "major"])
        #expect(try due("sev_minor", of: minor, bank) == "2026-11-18 23:59:59")
        #expect(try due("sev_important", of: important, bank) == "2026-11-19 23:59:59")
        #expect(try due("sev_major_reply", of: major, bank) == "2026-11-18 23:59:59")
        #expect(try due("sev_major", of: major, bank) == "2026-11-26 23:59:59")
        try bank.becomes("2026-11-18 10:00")
        try extend(minor, to: "2026-11-20 18:00", by: .deptHead, bank)
        #expect(try due("sev_minor", of: minor, bank) == "2026-11-20 23:59:59")
        // The department's manager may not grant it for an important one; the head of the unit may.
        try bank.acts(.officer, important, "ask_extension", ["reason": "complex", "new_due": "2026-11-21 18:00"])
        try bank.connect()
        let key = try #require(try bank.view(important, at: Self.province).openRequests.last?.key)
        _ = try bank.isRefused(.deptHead, "ticket", "act", important, "approve_request", with: ["request": key])
        try bank.acts(.approver, important, "approve_request", ["request": key])
        try bank.connect()
        try bank.acts(.officer, important, "extend", ["request": key, "customer_told": "yes"])
        #expect(try due("sev_important", of: important, bank) == "2026-11-21 23:59:59")
        #expect(try told("sev_major_reply", of: major, at: Self.branch, bank).isEmpty)
        try bank.becomes("2026-11-19 00:10")
        #expect(try told("sev_major_reply", of: major, at: Self.branch, bank).contains("breach"))
        #expect(try phase("sev_major", of: major, at: Self.branch, bank) == .running)
        try bank.becomes("2026-11-27 00:10")
        for (number, policy) in [(minor, "sev_minor"), (important, "sev_important"), (major, "sev_major")] {
            #expect(try phase(policy, of: number, at: Self.branch, bank) == .breached)
        }
    }

    @Test func `DR-15 the form reaches the department in ten minutes and is signed for, or the centre hears of it`()
        throws
    {
        let bank = try bank("severity")
        let number = try bank.submitted()
        let late = try bank.submitted()
        try bank.connect()
        let dispatch = StoryBank.classes.merging(["unit": "branch-0101"]) { $1 }
        for each in [number, late] { try bank.acts(.dispatcher, each, "dispatch", dispatch) }
        try bank.becomes("2026-11-16 09:08")
        try bank.connect()
        try bank.acts(.officer, number, "take")
        #expect(try phase("sev_form", of: number, at: Self.branch, bank) == .stoppedInTime)
        try bank.becomes("2026-11-16 09:11")
        #expect(try told("sev_form", of: late, at: Self.province, bank) == ["breach"])
        try bank.acts(.officer, late, "take")
        #expect(try phase("sev_form", of: late, at: Self.branch, bank) == .stoppedLate)
        let shown = try bank.reads(Self.branch, "ticket", "explain", late)
        #expect(shown.contains("10分钟内将《客户投诉意见表》发送到被投诉部门"))
    }

    @Test func `RF-16 a result is told the same day, and what is told after midnight is late`() throws {
        let bank = try bank("severity")
        let (prompt, slow) = (try bank.inWork(), try bank.inWork())
        try bank.becomes("2026-11-17 15:00")
        for number in [prompt, slow] {
            try bank.acts(.officer, number, "feed_back", StoryBank.found)
            #expect(try due("sev_tell", of: number, bank) == "2026-11-17 23:59:59")
        }
        try bank.connect()
        try bank.becomes("2026-11-17 18:00")
        try bank.does(.dispatcher, "ticket", "reply", prompt, with: StoryBank.answer)
        #expect(try phase("sev_tell", of: prompt, at: Self.province, bank) == .stoppedInTime)
        try bank.becomes("2026-11-18 00:10")
        try bank.does(.dispatcher, "ticket", "reply", slow, with: StoryBank.answer)
        #expect(try phase("sev_tell", of: slow, at: Self.province, bank) == .stoppedLate)
    }

    @Test func `DL-21 an inquiry begins within one working day and the answer is there within two`() throws {
        let bank = try bank("prompt-inquiry")
        let number = try bank.inWork()
        let waiting = try bank.submitted()
        #expect(try due("inquiry_start", of: waiting, bank) == "2026-11-17 23:59:59")
        #expect(try due("inquiry_answer", of: waiting, bank) == "2026-11-18 23:59:59")
        #expect(try phase("inquiry_start", of: number, at: Self.branch, bank) == .stoppedInTime)
        try bank.becomes("2026-11-18 09:00")
        #expect(try told("inquiry_start", of: waiting, at: Self.branch, bank).contains { $0.hasPrefix("breach") })
        try bank.acts(.officer, number, "feed_back", StoryBank.found)
        try bank.connect()
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        #expect(try phase("inquiry_answer", of: number, at: Self.province, bank) == .stoppedInTime)
        try bank.becomes("2026-11-19 00:10")
        #expect(try phase("inquiry_answer", of: waiting, at: Self.branch, bank) == .breached)
    }
}
