import SyncProtocol
import Testing

@Suite("A version vector is a lattice, and births subsume") struct VersionVectorTests {
    /// Lives on three lines with forks, and some vectors over them.
    private struct Sample {
        var lineage = Lineage(History.bank)
        var dots: [Dot] = []

        init(seed: UInt64) {
            var dice = Dice(seed: seed)
            var lives: [Incarnation] = []
            for (index, node) in (["b1", "b2", "p1"] as [NodeID]).enumerated() {
                var line = [Incarnation(random: dice.next())]
                lineage.insert(line[0], Birth(node: node, tier: .branch, predecessor: nil, lost: []))
                for _ in 0..<dice.below(4 + index) {
                    let before = dice.pick(line)
                    let life = Incarnation(random: dice.next())
                    let predecessor = dice.hits(90) ? Dot(before, UInt64(1 + dice.below(6))) : nil
                    lineage.insert(life, Birth(node: node, tier: .branch, predecessor: predecessor, lost: []))
                    line.append(life)
                }
                lives += line
            }
            for _ in 0..<8 { dots.append(Dot(dice.pick(lives), UInt64(1 + dice.below(8)))) }
        }

        func vector(_ range: Range<Int>) -> VersionVector {
            var vector = VersionVector.empty
            for dot in dots[range] { vector.insert(dot, lineage) }
            return vector
        }

        func merged(_ one: VersionVector, _ other: VersionVector) -> VersionVector {
            var vector = one
            vector.merge(other, lineage)
            return vector
        }
    }

    @Test func `merging is commutative, associative and idempotent`() {
        for seed in lawCases(1000) {
            let sample = Sample(seed: seed)
            let (a, b, c) = (sample.vector(0..<3), sample.vector(3..<6), sample.vector(5..<8))
            #expect(sample.merged(a, b) == sample.merged(b, a), "seed \(seed)")
            #expect(sample.merged(sample.merged(a, b), c) == sample.merged(a, sample.merged(b, c)), "seed \(seed)")
            #expect(sample.merged(a, a) == a, "seed \(seed)")
        }
    }

    @Test func `a merge covers both sides, and covering is what merging leaves unchanged`() {
        for seed in lawCases(1000) {
            let sample = Sample(seed: seed)
            let (a, b) = (sample.vector(0..<4), sample.vector(4..<8))
            let both = sample.merged(a, b)
            #expect(both.covers(a, sample.lineage) && both.covers(b, sample.lineage), "seed \(seed)")
            #expect(a.covers(a, sample.lineage), "seed \(seed)")
            #expect(a.covers(b, sample.lineage) == (both == a), "seed \(seed)")
            if a.covers(b, sample.lineage), b.covers(a, sample.lineage) { #expect(a == b, "seed \(seed)") }
            for dot in sample.dots { #expect(both.covers(dot, sample.lineage), "seed \(seed)") }
        }
    }

    @Test func `a vector grows only`() {
        for seed in lawCases(300) {
            let sample = Sample(seed: seed)
            var vector = VersionVector.empty
            for dot in sample.dots {
                let before = vector
                vector.insert(dot, sample.lineage)
                #expect(vector.covers(before, sample.lineage) && vector.covers(dot, sample.lineage), "seed \(seed)")
            }
        }
    }

    @Test func `a younger life stands for the acts that it was born after, and no further`() {
        let old = Incarnation(random: 1 << 40)
        let young = Incarnation(random: 2 << 40)
        var lineage = Lineage(History.bank)
        lineage.insert(old, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        lineage.insert(young, Birth(node: "b1", tier: .branch, predecessor: Dot(old, 5), lost: []))
        var vector = VersionVector(Dot(old, 4))
        vector.insert(Dot(young, 1), lineage)
        #expect(vector.entries == [Dot(young, 1)])
        #expect(vector.covers(Dot(old, 5), lineage))
        #expect(!vector.covers(Dot(old, 6), lineage), "an act after the backup that was put back is a fork")
        vector.insert(Dot(old, 6), lineage)
        #expect(vector.entries.count == 2)
    }

    @Test func `entries that are not in order are no stored vector`() {
        let one = Dot(Incarnation(random: 1 << 40), 1)
        let two = Dot(Incarnation(random: 2 << 40), 1)
        #expect(VersionVector(ascending: [one, two])?.entries == [one, two])
        #expect(VersionVector(ascending: [two, one]) == nil)
        #expect(VersionVector(ascending: [one, one]) == nil)
        #expect(VersionVector(entries: [two, one])?.entries == [one, two])
        #expect(VersionVector(entries: [one, one]) == nil)
        let many = (0...Limits.vectorEntriesMax).map { Dot(Incarnation(random: UInt64($0 + 1) << 32), 1) }
        #expect(VersionVector(entries: many) == nil)
    }

    @Test func `losses are remembered, from births and from declarations`() {
        let life = Incarnation(random: 1 << 40)
        var lineage = Lineage(History.bank)
        #expect(!lineage.isLost(Dot(life, 7)) && !lineage.knows(life))
        lineage.insert(life, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        let next = Incarnation(rawValue: life.rawValue + 1)
        lineage.insert(
            next, Birth(node: "b1", tier: .branch, predecessor: Dot(life, 6), lost: [DotRange(Dot(life, 7))]))
        lineage.declareLost([DotRange(Dot(life, 9))])
        #expect(lineage.isLost(Dot(life, 7)) && lineage.isLost(Dot(life, 9)) && !lineage.isLost(Dot(life, 8)))
        #expect(lineage.knows(life))
    }
}
