import Platform
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// What happens to a notice between two writes, and where nothing sends.
@Suite("Notices: between two writes") struct OutboxStories {
    private struct Desk {
        let clock = Locked<Int64>(1_794_790_800_000)
        let node: RunningNode
        let number: String

        init() throws {
            node = try RunningNode("p1", clock: clock)
            number = try node.register(["complainant_phone": RunningNode.phone])
        }

        var store: ReplicaStore { node.runtime.store }

        func first(_ state: NoticeState) throws -> Notice? { try store.notices([state], max: 10).first }

        func acts() throws -> Int { try store.history(TicketReference(number)).count }
    }

    @Test func `a contact that is verified while the sender looks is not missed`() throws {
        let desk = try Desk()
        var notice = try #require(try desk.first(.unverified))
        try desk.node.verifyContact(desk.number)
        // The sender had read the ticket before, and writes what it found.
        notice.state = .unverified
        notice.due = notice.since + NoticeLimits.ageMillisecondsMax
        try desk.store.settle(notice, channel: "sms")
        #expect(try desk.first(.waiting)?.id == notice.id)
    }

    @Test func `where nothing is sent, what is too old ends without an act on its ticket`() throws {
        let desk = try Desk()
        try desk.node.verifyContact(desk.number)
        #expect(try desk.first(.waiting) != nil)
        let acts = try desk.acts()
        desk.clock.withLock { $0 += NoticeLimits.ageMillisecondsMax + 60_000 }
        try desk.store.tidyNotices()
        #expect(try desk.first(.waiting) == nil)
        #expect(try desk.first(.expired)?.error == "notice.too-old")
        #expect(try desk.acts() == acts)
    }

    @Test func `the newest notices are listed first, however many there are`() throws {
        let desk = try Desk()
        for _ in 0..<3 {
            desk.clock.withLock { $0 += 60_000 }
            _ = try desk.node.register(["complainant_phone": RunningNode.phone])
        }
        let all = try desk.store.notices(NoticeState.allCases, max: 50)
        #expect(all.count > 3 && all.map(\.at) == all.map(\.at).sorted(by: >))
        #expect(try desk.store.notices(NoticeState.allCases, max: 2).map(\.id) == all.prefix(2).map(\.id))
    }
}
