import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Three tiers with one clock that is cranked by hand: deadlines as people meet them.
@Suite("Deadlines across the tiers") struct ClockStories {
    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour

    struct Bank {
        let clock: Locked<Int64>
        let head: RunningNode
        let province: RunningNode
        let branch: RunningNode
        private var sessions: UInt64 = 0

        /// Monday 2026-11-16, 09:00 in China.
        static let morning: Int64 = 1_794_790_800_000

        init(publishing files: [String] = ["reference/rules.json"]) throws {
            clock = Locked(Bank.morning)
            head = try RunningNode("head", clock: clock)
            province = try RunningNode("p1", clock: clock)
            branch = try RunningNode("b1", clock: clock)
            for file in files { try publish(file) }
        }

        func publish(_ file: String) throws {
            for item in try ReferenceFile.items(Repository.path(file)) {
                try head.runtime.store.publish(item, post: "policy-desk")
            }
        }

        func pass(_ milliseconds: Int64) { clock.withLock { $0 += milliseconds } }
        var now: Int64 { clock.withLock { $0 } }

        /// Both lines work for a while.
        mutating func connect() throws {
            for _ in 0..<2 {
                sessions += 2
                try province.exchange(with: head, session: sessions)
                try branch.exchange(with: province, session: sessions + 1)
            }
        }

        func notices(_ number: String, at node: RunningNode) throws -> [String] {
            let view = try node.runtime.store.ticket(TicketReference(number)).view
            return ClockStep.given(view).sorted()
        }

        func clock(_ policy: String, of number: String, at node: RunningNode) throws -> Clock {
            let view = try node.runtime.store.ticket(TicketReference(number)).view
            return try #require(TicketClocks(of: view).all.map(\.clock).last { $0.key.policy == policy })
        }
    }

    @Test func `DL-11 warning and breach are told once each at a branch without a line, and later known above`() throws
    {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        let clock = try bank.clock("total_general", of: number, at: bank.branch)
        let times = try #require(clock.times.known)
        #expect(times.due == bank.now + 24 * ClockStories.hour)
        let warn = try #require(times.warn)
        #expect(warn == bank.now + 21 * ClockStories.hour + 36 * ClockStories.minute)
        #expect(try bank.branch.runtime.store.keepClocks() == 0)
        #expect(try bank.branch.runtime.store.nextClockWork() == warn)

        bank.pass(warn - bank.now)
        #expect(try bank.branch.runtime.store.keepClocks() == 1)
        #expect(try bank.branch.runtime.store.keepClocks() == 0)
        #expect(try bank.notices(number, at: bank.branch).count == 1)

        bank.pass(3 * ClockStories.hour)
        #expect(try bank.branch.runtime.store.keepClocks() == 1)
        #expect(try bank.branch.runtime.store.keepClocks() == 0)
        let told = try bank.notices(number, at: bank.branch)
        #expect(told.count == 2)

        try bank.connect()
        for node in [bank.province, bank.head] {
            #expect(try bank.notices(number, at: node) == told)
            #expect(try bank.clock("total_general", of: number, at: node) == clock)
            let rules = try node.runtime.store.rules()
            #expect(rules.explain(clock, at: bank.now).agrees == true)
        }
    }

    @Test func `DL-11 a node that was off over warning and end tells the breach alone`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        bank.pass(25 * ClockStories.hour)
        try bank.branch.runtime.store.keepClocks()
        let told = try bank.notices(number, at: bank.branch).filter { $0.contains("total_general") }
        #expect(told.count == 1)
        #expect(told.first?.contains(".breach.") == true)
        // The province sends it, and says that it comes late.
        try bank.connect()
        let notices = try bank.province.runtime.store.notices(NoticeState.allCases, max: 50)
        #expect(notices.contains { $0.kind == .clockBreach && $0.isLate })
        let notice = try #require(notices.first { $0.isLate })
        let view = try bank.province.runtime.store.ticket(TicketReference(number)).view
        let event = NoticeEvent(notice, view, phone: nil, node: "p1", bank: Bilingual("某银行", "a bank"))
        let json = try NodeClient.parse(event.bytes)
        #expect(json["data"]?["late"]?.bool == true)
        #expect(json["data"]?["text"]?["zh"]?.string?.contains("补发") == true)
    }

    @Test func `CL-13 a valid complaint that is unsolved for a month becomes major by itself`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)", "validity": "valid"])
        bank.pass(31 * ClockStories.day)
        while try bank.branch.runtime.store.keepClocks() > 0 {}
        try bank.connect()
        for node in [bank.branch, bank.province, bank.head] {
            let view = try node.runtime.store.ticket(TicketReference(number)).view
            #expect(view.text(TicketField.severity) == "major")
        }
    }

    @Test func `a branch that no rules have reached registers all the same, without clocks`() throws {
        let bank = try Bank()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        let view = try bank.branch.runtime.store.ticket(TicketReference(number)).view
        #expect(TicketClocks(of: view).all.isEmpty)
        #expect(try bank.branch.runtime.store.nextClockWork() == nil)
    }

    @Test func `rules that come later move nothing that was pinned`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        let before = try bank.clock("total_general", of: number, at: bank.branch)
        try bank.publish("reference/packs/village-bank.json")
        try bank.connect()
        #expect(try bank.clock("total_general", of: number, at: bank.branch) == before)
        #expect(try bank.branch.runtime.store.references().count == 4)
    }

    @Test func `the interface explains every clock in both languages`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        let clocks = try bank.branch.get("/api/v1/tickets/\(number)/clocks").json["clocks"]?.array ?? []
        try #require(clocks.count >= 3)
        for clock in clocks {
            #expect(clock["agrees"]?.bool == true)
            #expect((clock["text"]?["zh"]?.array ?? []).count == (clock["text"]?["en"]?.array ?? []).count)
        }
        let listed = try bank.branch.get("/api/v1/references").json["references"]?.array ?? []
        #expect(listed.count == 3)
    }

    @Test func `a board is sorted by priority and the earliest end`() throws {
        var bank = try Bank()
        try bank.connect()
        let early = try bank.branch.register(["received_at": "\(bank.now - 3 * ClockStories.hour)"])
        let late = try bank.branch.register(["received_at": "\(bank.now)"])
        let major = try bank.branch.register(["received_at": "\(bank.now)", "severity": "major"])
        let board = try bank.branch.get("/api/v1/tickets?sort=priority,due_at").json["tickets"]?.array ?? []
        #expect(board.compactMap { $0["number"]?.string } == [major, early, late])
        #expect(board.allSatisfy { $0["fields"]?["due_order"] == nil }, "what lists are sorted by is nobody's business")
    }

    @Test func `on a board what has no end comes last, page by page`() throws {
        let bank = try Bank()
        let without = try bank.branch.register(["received_at": "\(bank.now)"])
        var connected = bank
        try connected.connect()
        let with = try bank.branch.register(["received_at": "\(bank.now)"])
        let path = "/api/v1/tickets?is_open=true&sort=priority,due_at&limit=1"
        let first = try bank.branch.get(path).json
        #expect(first["tickets"]?.array?.compactMap { $0["number"]?.string } == [with])
        let cursor = try #require(first["next"]?.string)
        let second = try bank.branch.get(path + "&cursor=" + cursor).json
        #expect(second["tickets"]?.array?.compactMap { $0["number"]?.string } == [without])
    }
}
