import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// What was promised, what is owed before the answer, and who hears that more time is needed.
@Suite("Promises, interim replies, extensions") struct PromiseStories {
    private static let branch = StoryBank.branch
    private static let province = StoryBank.province

    private func count(_ name: String, _ node: NodeID, _ bank: StoryBank) throws -> Int64 {
        let counts = try bank[node].get("/api/v1/reports/today").json["counts"]?.array ?? []
        return try #require(counts.first { $0["name"]?.string == name }?["count"]?.integer)
    }

    private func column(_ name: String, _ node: NodeID, _ bank: StoryBank) throws -> Int64 {
        let columns = try bank[node].get("/api/v1/board").json["columns"]?.array ?? []
        return columns.reduce(0) { $0 + ($1[name]?.integer ?? 0) }
    }

    private func notices(_ kind: NoticeKind, at node: NodeID, _ bank: StoryBank) throws -> [Notice] {
        try bank[node].runtime.store.notices(NoticeState.allCases, max: 200).filter { $0.kind == kind }
    }

    @Test func `RF-20 an open promise presses before its time, and holds up the closing until it is settled`() throws {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let number = try bank.inWork()
        try bank.acts(.officer, number, "promise", ["due": "2026-11-16 12:00", "words": "中午前给客户回电"])
        #expect(try !bank.reads(Self.branch, "ticket", "list", "--warned").contains(number))
        #expect(try count("promises_today", Self.branch, bank) == 1)
        try bank.becomes("2026-11-16 11:50")
        #expect(try bank.reads(Self.branch, "ticket", "list", "--warned").contains(number))
        try bank.becomes("2026-11-16 12:10")
        #expect(try column("overdue", Self.branch, bank) == 1)
        #expect(try count("promises_overdue", Self.branch, bank) == 1)
        #expect(try bank.reads(Self.branch, "today").contains("逾期承诺"))

        try bank.acts(.officer, number, "feed_back", StoryBank.found)
        try bank.connect()
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        let refused = try bank.isRefused(.deptHead, "ticket", "close", number, with: ["outcome": "solved"])
        let key = try #require(try bank.view(number, at: Self.province).promises.first?.key)
        for words in ["G-promises", key, "2026-11-16 12:00", "settle_promise --field promise=\(key)"] {
            #expect(refused.contains(words), "\(words) in \(refused)")
        }
        try bank.acts(.dispatcher, number, "settle_promise", ["promise": key, "verdict": "broken"])
        try bank.does(.deptHead, "ticket", "close", number, with: ["outcome": "solved"])
        #expect(try bank.state(number, at: Self.province) == "closed")
        #expect(try column("overdue", Self.province, bank) == 0)
    }

    @Test func `EX-02 EX-06 RF-17 an interim reply comes up before the limit, and again at the time that it named`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.inWork()
        func isOwed(_ node: NodeID) throws -> Bool {
            try bank.reads(node, "ticket", "list", "--interim-due").contains(number)
        }
        #expect(try !isOwed(Self.branch) && column("interim_due", Self.branch, bank) == 0)
        // Nine tenths of the 24 hours.
        try bank.becomes("2026-11-17 06:10")
        try bank.connect()
        #expect(try isOwed(Self.branch) && isOwed(Self.province))
        #expect(try column("interim_due", Self.branch, bank) == 1)
        #expect(try count("interim_due", Self.branch, bank) == 1)
        let notice = try #require(try notices(.interimReply, at: Self.province, bank).first)
        #expect(notice.recipients.contains("handler"))
        let words = NoticeText.words(.interimReply, try bank.view(number, at: Self.province), bank: Bilingual("行", "B"))
        #expect(words.chinese.contains("请于 2026-11-17 08:30"), "\(words.chinese)")

        try bank.acts(
            .officer, number, "contact",
            ["contact_kind": "interim_reply", "medium": "phone", "next_reply": "2026-11-17 16:00"])
        try bank.connect()
        #expect(try !isOwed(Self.branch) && !isOwed(Self.province))
        try bank.becomes("2026-11-17 16:00")
        #expect(try isOwed(Self.branch), "the next reply that was promised is due")
        try bank.acts(.officer, number, "feed_back", StoryBank.found)
        try bank.connect()
        #expect(try isOwed(Self.province))
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        #expect(try !isOwed(Self.province))
        #expect(try notices(.interimReply, at: Self.province, bank).count(where: { $0.ticket == number }) >= 1)
    }

    @Test func `EX-02 EX-06 a promised time presses for an interim reply where no pack has a clock for it`() throws {
        let clock = Locked(ThreeTiers.morning)
        let node = try RunningNode("b1", clock: clock)
        let number = try node.register(["promised_reply_at": "\(ThreeTiers.morning + 10 * ThreeTiers.hour)"])
        #expect(try !node.get("/api/v1/tickets?interim_due=true").text.contains(number))
        clock.withLock { $0 += 9 * ThreeTiers.hour }
        #expect(try node.get("/api/v1/tickets?interim_due=true").text.contains(number))
        #expect(try node.get("/api/v1/tickets?interim_due=maybe").errors == ["interim_due not-a-flag"])
    }

    @Test
    func `EX-03 an extension is told twice: to the customer with the reason, to the unit of intake with the cause`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.inWork(unit: "province-01/card")
        try bank.acts(.handler, number, "ask_extension", ["reason": "complex", "new_due": "2026-11-30 18:00"])
        let key = try #require(try bank.view(number, at: Self.province).openRequests.last?.key)
        try bank.acts(.approver, number, "approve_request", ["request": key])
        #expect(
            try bank.isRefused(
                .handler, "ticket", "act", number, "extend", with: ["request": key, "customer_told": "no"]
            )
            .contains("customer_told"))
        #expect(try notices(.extensionCause, at: Self.province, bank).isEmpty)
        try bank.acts(.handler, number, "extend", ["request": key, "customer_told": "yes"])
        let notice = try #require(try notices(.extensionCause, at: Self.province, bank).first)
        #expect(try notices(.extended, at: Self.province, bank).count == 1)
        let view = try bank.view(number, at: Self.province)
        let event = NoticeEvent(notice, view, phone: nil, node: Self.province, bank: Bilingual("行", "B"))
        let data = try #require(try NodeClient.parse(event.bytes)["data"])
        #expect(data["to"]?["unit"]?.string == Self.branch.text, "the unit of intake, not the one that has it")
        #expect(data["to"]?["roles"]?.array?.compactMap(\.string) == ["branch_officer"])
        let reason = Enumeration.extensionReason.label(of: "complex").chinese
        #expect(data["text"]?["zh"]?.string?.contains(reason) == true)
        #expect(NoticeText.words(.extended, view, bank: Bilingual("行", "B")).chinese.contains(reason))
    }
}
