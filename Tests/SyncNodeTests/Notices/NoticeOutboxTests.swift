import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// The outbox's state machine without disk and network.
@Suite("Notices: the outbox decides") struct NoticeOutboxTests {
    private static let now: Int64 = 1_794_790_800_000
    private let notice = Notice(
        id: "0123456789abcdef0123456789abcdef", document: DocumentID(space: 70_000, number: 1), ticket: "T",
        kind: .acceptance, at: now, since: now, due: now)

    private func due(_ actions: [NoticeOutbox.Action]) -> Int64? {
        for case .settle(let notice) in actions where notice.state == .waiting { return notice.due }
        return nil
    }

    @Test func `a gateway that fails is left alone for longer and longer, never for more than a quarter of an hour`() {
        for random in [UInt64.min, .max, 12_345] {
            var outbox = NoticeOutbox()
            var now = NoticeOutboxTests.now
            var waits: [Int64] = []
            for _ in 0..<40 {
                let actions = outbox.answered(notice, .failed("x"), at: now, random: random)
                guard let next = due(actions) else { return }
                waits.append(next - now)
                #expect(outbox.look(at: now, [notice]) == [.rest(until: next)], "nothing is sent while it rests")
                now = next
                #expect(outbox.look(at: now, []).isEmpty)
            }
            let ceilings = waits.indices.map { min(900_000, Int64(2_000) << Int64(min($0, 16))) }
            for (wait, ceiling) in zip(waits, ceilings) { #expect(wait > ceiling / 2 - 1 && wait <= ceiling) }
        }
    }

    @Test func `one success forgets the failures`() {
        var outbox = NoticeOutbox()
        for _ in 0..<10 { _ = outbox.answered(notice, .failed("x"), at: NoticeOutboxTests.now, random: 0) }
        #expect(outbox.lastError == "x" && outbox.failures == 10)
        let actions = outbox.answered(notice, .delivered, at: NoticeOutboxTests.now, random: 0)
        guard case .settle(let sent)? = actions.first else { return #expect(Bool(false)) }
        #expect(sent.state == .sent && sent.attempts == 1 && sent.error == nil)
        #expect(outbox.failures == 0 && outbox.lastError == nil)
    }

    @Test func `a notice of three days ago is news to nobody, even while the gateway rests`() {
        var outbox = NoticeOutbox()
        let late = NoticeOutboxTests.now + NoticeLimits.ageMillisecondsMax
        #expect(outbox.look(at: late, [notice]) == [.send(notice)])
        _ = outbox.answered(notice, .failed("x"), at: late, random: 0)
        guard case .settle(let old)? = outbox.look(at: late + 1, [notice]).first else { return #expect(Bool(false)) }
        #expect(old.state == .expired)
    }

    @Test func `a ticket that cannot be read holds up its own notice and no other`() {
        var outbox = NoticeOutbox()
        let now = NoticeOutboxTests.now
        let actions = outbox.answered(notice, .unreadable("store.damaged"), at: now, random: 0)
        #expect(due(actions) == now + NoticeOutbox.delayMillisecondsMax)
        #expect(outbox.lastError == "store.damaged")
        #expect(outbox.look(at: now, [notice]) == [.send(notice)], "the gateway is not left alone for it")
    }

    @Test func `a node that cannot write down what it sent rests, and sends nothing twice a second`() {
        var outbox = NoticeOutbox()
        outbox.failedToLook("disk.full", at: NoticeOutboxTests.now, random: 0)
        #expect(
            outbox.look(at: NoticeOutboxTests.now + 1, [notice]).contains { if case .send = $0 { true } else { false } }
                == false)
        #expect(outbox.look(at: NoticeOutboxTests.now + 2_001, [notice]) == [.send(notice)])
    }

    @Test func `410 closes the door until a person knocks`() {
        var outbox = NoticeOutbox()
        let actions = outbox.answered(notice, .closed("gone"), at: NoticeOutboxTests.now, random: 0)
        #expect(actions.last == .rest(until: .max) && outbox.isClosed)
        #expect(outbox.look(at: NoticeOutboxTests.now + 3_600_000, [notice]) == [.rest(until: .max)])
        outbox.resume()
        #expect(outbox.look(at: NoticeOutboxTests.now + 3_600_000, [notice]) == [.send(notice)])
    }

    @Test func `the gateway's own wish is heard, within bounds`() {
        var outbox = NoticeOutbox()
        let now = NoticeOutboxTests.now
        #expect(due(outbox.answered(notice, .failed("x", retryAfter: 120_000), at: now, random: 0)) == now + 120_000)
        #expect(
            due(outbox.answered(notice, .failed("x", retryAfter: .max), at: now, random: 0))
                == now + NoticeOutbox.delayMillisecondsMax)
        let negative = due(outbox.answered(notice, .failed("x", retryAfter: -5), at: now, random: 0)) ?? 0
        #expect(negative > now)
    }

    @Test func `a message that is refused for what it is does not hold up the others`() {
        var outbox = NoticeOutbox()
        let actions = outbox.answered(notice, .refused("bad"), at: NoticeOutboxTests.now, random: 0)
        guard case .settle(let failed)? = actions.first else { return #expect(Bool(false)) }
        #expect(failed.state == .failed && failed.error == "bad" && actions.count == 1)
        #expect(outbox.look(at: NoticeOutboxTests.now, [notice]) == [.send(notice)])
    }

    @Test func `the signature is the one of the published test vector`() throws {
        let secret = try #require(Base64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = NoticeSignature(secret: secret).signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `base64 reads what it writes and nothing else`() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ count) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        for wrong in ["A", "AB", "AB=C", "====", "AB==CD==", "A===", "QQ=A", "QR==", "Q Q=", "äöüß"] {
            #expect(Base64.decode(wrong) == nil, "\(wrong)")
        }
    }
}
