import SyncProtocol
import Testing

@Suite("What is known of lives, in whatever order it comes") struct LineageTests {
    private func birth(after predecessor: Dot?) -> Birth {
        Birth(node: "b1", tier: .branch, predecessor: predecessor, lost: [])
    }

    @Test func `births in any order give one line`() {
        let lives = (1...4).map { Incarnation(random: UInt64($0) << 32) }
        let births = lives.indices.map { index in
            (lives[index], birth(after: index == 0 ? nil : Dot(lives[index - 1], UInt64(2 + index))))
        }
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
            var lineage = Lineage(History.bank)
            for index in order { lineage.insert(births[index].0, births[index].1) }
            #expect(lineage.inherited(by: lives[3], from: lives[0]) == 3, "\(order)")
            #expect(lineage.inherited(by: lives[3], from: lives[2]) == 5, "\(order)")
            #expect(VersionVector(Dot(lives[3], 1)).covers(Dot(lives[0], 3), lineage), "\(order)")
            #expect(!VersionVector(Dot(lives[3], 1)).covers(Dot(lives[0], 4), lineage), "\(order)")
            #expect(lives.map { lineage.life(of: $0)?.depth } == [0, 1, 2, 3], "\(order)")
        }
    }

    @Test func `lives that come before each other are no line and end nowhere`() {
        let (one, two) = (Incarnation(random: 1 << 32), Incarnation(random: 2 << 32))
        var lineage = Lineage(History.bank)
        lineage.insert(one, birth(after: Dot(two, 3)))
        lineage.insert(two, birth(after: Dot(one, 3)))
        #expect(lineage.line(of: one).count == 2)
        #expect(lineage.line(of: two).count == 2)
    }

    @Test func `an act that was kept out of one document is missing in every other`() {
        let life = Incarnation(random: 1 << 32)
        let dot = Dot(life, 5)
        let (own, other) = (DocumentID(createdBy: Dot(life, 2)), DocumentID(createdBy: Dot(life, 3)))
        var lineage = Lineage(History.bank)
        lineage.insert(life, birth(after: nil))
        lineage.withhold([WithheldAct(dot: dot, document: own, hash: .zero, reason: .notAMember)])
        #expect(lineage.isWithheld(dot))
        #expect(lineage.isSettledWithout(dot, in: own))
        #expect(!lineage.isSettledWithout(dot, in: other))
    }
}
