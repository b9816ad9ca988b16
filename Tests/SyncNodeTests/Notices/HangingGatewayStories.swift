import HTTPTransport
import Platform
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// A gateway that takes a connection and never says a word.
@Suite("A gateway that hangs") struct HangingGatewayStories {
    @Test func `it is given up in time, left alone for longer and longer, and holds up neither the others nor people`()
        throws
    {
        let clock = Locked(ThreeTiers.morning)
        let gateway = try Gateway([.hang])
        defer { gateway.stop() }
        let folder = try TemporaryFolder()
        let secret = try Gateway.secretFile(in: folder.path)
        let settings = NoticeSettings.webhook(url: gateway.url, secretFile: secret)
        let node = try RunningNode.sending(settings, clock: clock)
        let sender = NoticeSender(
            node.runtime.store, settings, bank: Bilingual("测试银行", "Test Bank"), timeout: 400)
        for _ in 0..<3 {
            let number = try node.register(["complainant_phone": RunningNode.phone])
            try node.verifyContact(number)
            clock.withLock { $0 += 1 }
        }
        // One attempt, not three: whoever does not answer one does not answer the next.
        let began = SystemClock.monotonicMilliseconds()
        let round = try WorkerThread(name: "round") {
            do { _ = try sender.round() } catch { Issue.record(error) }
        }
        let isUnderWay = try eventually(seconds: 20) { gateway.arrived.count == 1 }
        try #require(isUnderWay)
        // People go on meanwhile, and see what is under way.
        _ = try node.register(["complainant_phone": RunningNode.phone])
        #expect(try node.outbox("waiting").count == 3)
        round.join()
        #expect(SystemClock.monotonicMilliseconds() - began >= 400)
        #expect(gateway.arrived.count == 1 && gateway.shown.isEmpty)
        let hung = try #require(gateway.arrived.first?.id)
        let row = try #require(try node.outbox("waiting").first { $0["id"]?.string == hung })
        #expect(row["error"]?.string == "http-client.timed-out" && row["attempts"]?.integer == 1)
        #expect(sender.state.name == "resting")

        // Nothing before the rest is over; then the others first, the one that hung last.
        _ = try sender.round()
        #expect(gateway.arrived.count == 1)
        gateway.behave([.answer(202), .answer(202), .hang])
        clock.withLock { $0 += 2_001 }
        _ = try sender.round()
        #expect(gateway.shown.count == 2 && !gateway.shown.contains { $0.id == hung })
        #expect(gateway.arrived.last?.id == hung)
        // It rests again, and what hung twice arrives in the end, once.
        clock.withLock { $0 += 4_001 }
        while try sender.round() > 0 {}
        #expect(gateway.shown.count == 3 && gateway.shown.last?.id == hung)
        #expect(Set(gateway.shown.map(\.id)).count == 3)
        #expect(try node.outbox("waiting").isEmpty)
    }
}
