import Platform
import SyncProtocol
import Testing

@Suite("An act costs a few bytes on a slow line") struct BatchSizeTests {
    /// 50,000 acts by one node, each setting one field of one of 10,000 tickets, in full batches at zstd level 3.
    private func frameBytes(areBodies: Bool) -> Int {
        var dice = Dice(seed: 7)
        let line = Incarnation(random: dice.next())
        var last = (1...UInt64(10_000)).map { $0 }
        var clock = HybridClock()
        var now: Int64 = 1_790_000_000_000
        var previous = Digest.zero
        var items: [BatchItem] = []
        let words = ["PENDING", "ACCEPTED", "VERIFYING", "HANDLING", "REPLIED", "APPROVED", "RETURNED", "CLOSED"]
        for number in UInt64(10_001)...60_000 {
            let ticket = dice.below(10_000)
            now += Int64(dice.below(3))
            let operations: [Operation] = [.assign(FieldID(rawValue: 3), .text(dice.pick(words)))]
            let envelope = BodyEnvelope(operations: operations, salt: (dice.next(), dice.next())).encoded()
            let creator = Dot(line, UInt64(ticket + 1))
            let sealed = SealedRecord(
                CoreRecord(
                    dot: Dot(line, number), document: DocumentID(createdBy: creator),
                    dependencies: VersionVector(Dot(line, last[ticket])), stamp: clock.tick(now: now), post: "clerk",
                    kind: 20,
                    claim: areBodies ? nil : CustodyClaim(leg: 0, version: creator),
                    operations: areBodies ? [] : operations,
                    bodies: areBodies
                        ? [BodyReference(part: .personal, hash: SHA256.digest(envelope), size: envelope.count)] : [],
                    previous: previous),
                SHA256.function)
            previous = sealed.hash
            last[ticket] = number
            items.append(.action(sealed, bodies: areBodies ? [CarriedBody(part: .personal, envelope: envelope)] : []))
        }
        let codec = WireCodec.tests()
        return stride(from: 0, to: items.count, by: Limits.batchEntriesMax).reduce(0) { sum, start in
            var message = Message(session: 1)
            message.surplus = Batch(loose: Array(items[start..<min(start + Limits.batchEntriesMax, items.count)]))
            return sum + Frame.encode(message, codec).count
        }
    }

    @Test func `fifty thousand acts on regulated fields fit 0.40 MB`() {
        let bytes = frameBytes(areBodies: false)
        print("50,000 acts: \(bytes) bytes")
        #expect(bytes <= 400_000)
    }

    @Test func `fifty thousand acts with personal bodies fit 1.15 MB, of which 0.80 MB are random salts`() {
        let bytes = frameBytes(areBodies: true)
        print("50,000 acts with bodies: \(bytes) bytes")
        #expect(bytes <= 1_150_000)
    }
}
