import Platform
import SyncProtocol
import Testing

@Suite("A fingerprint is a sum of its set") struct FingerprintTests {
    private func hash(_ number: UInt64) -> Digest {
        withUnsafeBytes(of: number) { SHA256.function($0) }
    }

    private func sum(_ numbers: [UInt64]) -> Fingerprint {
        var fingerprint = Fingerprint.empty
        for number in numbers { fingerprint.add(recordHash: hash(number)) }
        return fingerprint
    }

    @Test func `order does not matter, and what was added can be taken out`() {
        for seed in lawCases(100) {
            var dice = Dice(seed: seed)
            let one = (0..<UInt64(dice.below(20) + 1)).map { $0 }
            let other = (100..<UInt64(101 + dice.below(20))).map { $0 }
            #expect(sum(one + other) == sum((one + other).shuffled(using: &dice)), "seed \(seed)")
            var both = sum(one)
            both.add(sum(other))
            #expect(both == sum(one + other), "seed \(seed)")
            both.remove(sum(one))
            #expect(both == sum(other), "seed \(seed)")
            both.remove(sum(other))
            #expect(both == .empty, "seed \(seed)")
        }
    }

    @Test func `twice is not once, and not nothing`() {
        #expect(sum([1, 1]) != sum([1]))
        #expect(sum([1, 1]) != sum([]))
        #expect(sum([1, 1]) != sum([2, 2]))
    }

    @Test func `each body counts by itself`() {
        var seen: Set<Fingerprint> = []
        for parts in [[], [Part.casework], [.personal], [.casework, .personal]] as [[Part]] {
            var fingerprint = sum([1])
            for part in parts { fingerprint.add(body: part, ofRecordHash: hash(1)) }
            seen.insert(fingerprint)
        }
        #expect(seen.count == 4)
    }

    @Test func `sums wrap around without a trap`() {
        let most = Fingerprint(count: .max, high: .max, low: .max)
        var sum = most
        sum.add(most)
        sum.remove(most)
        #expect(sum == most)
        sum = .empty
        sum.remove(most)
        sum.add(most)
        #expect(sum == .empty)
    }
}
