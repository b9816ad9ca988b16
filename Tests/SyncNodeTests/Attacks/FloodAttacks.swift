import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// A neighbour sends what a node would keep for ever, or count for ever.
    @Suite struct FloodAttacks {
        private static let liar: NodeID = "branch-0199"
        private static let words = "客户赵机密的原话"

        private let bank: LiveBank
        private let head: LiveClient

        init() throws {
            bank = try LiveBank { try LiveBank.topology(in: $0, extra: [FloodAttacks.liar]) }
            head = bank.client(LiveBank.headOffice)
        }

        private func nobody() -> VersionVector { VersionVector(Dot(Incarnation(random: SystemRandom.word()), 1)) }

        @Test("peer.parkedWords: what waits for nobody's act leaves no word at head office")
        func parkedWords() throws {
            try bank.start(LiveBank.headOffice)
            let liar = try LyingPeer(LiveBank.province, in: bank)
            try liar.greet()
            let own = liar.ticket()
            try liar.send([liar.born()])
            try liar.send([own.item])
            for _ in 0..<4 {
                try liar.send(
                    (0..<50).map { number in
                        let invented = DocumentID(
                            createdBy: Dot(Incarnation(random: SystemRandom.word()), UInt64(number) + 1))
                        return liar.act(
                            on: number.isMultiple(of: 2) ? own.id : invented, [.involve(LiveBank.province)],
                            dependencies: nobody(), body: FloodAttacks.words)
                    })
            }
            #expect(PlantedText.found([FloodAttacks.words], at: LiveBank.headOffice, in: bank).isEmpty)
        }

        @Test("peer.parkingFlood: one neighbour's waiting acts have an end, and the others are served")
        func parkingFlood() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
            let liar = try LyingPeer(FloodAttacks.liar, in: bank)
            try liar.greet()
            try liar.send([liar.born()])
            for _ in 0..<14 {
                try liar.send(
                    (0..<1_000).map { number in
                        let invented = DocumentID(
                            createdBy: Dot(Incarnation(random: SystemRandom.word()), UInt64(number) + 1))
                        return liar.act(on: invented, [.involve(FloodAttacks.liar)], dependencies: nobody())
                    })
                guard liar.status == 200 else { break }
            }
            let province = bank.client(LiveBank.province)
            let parked = try #require(try province.status()["parked_actions"]?.integer)
            #expect(parked <= 10_000)
            _ = try bank.client(LiveBank.branch).registered("served")
            try bank.waitUntilAgreed(LiveBank.branch)
            try bank.waitUntilAgreed(LiveBank.province)
        }

        @Test("peer.dependencyBeyondEnd: an act that waits for a number nobody issued hangs no start")
        func dependencyBeyondEnd() throws {
            try bank.start(LiveBank.headOffice)
            let number = try head.registered("own")
            let document = try #require(try head.ticket(number).json["document"]?.string.flatMap { DocumentID($0) })
            let liar = try LyingPeer(LiveBank.province, in: bank)
            try liar.greet()
            let own = liar.ticket()
            let beyond = VersionVector(Dot(document.creator.incarnation, Limits.sequenceMax))
            try liar.send([liar.born()])
            try liar.send([own.item])
            try liar.send([liar.act(on: own.id, [.involve(LiveBank.province)], dependencies: beyond)])
            bank.kill(LiveBank.headOffice)
            try bank.start(LiveBank.headOffice)
            try liar.greet()
            // It agrees with everything: nothing more can come back by itself, and the past is settled.
            try liar.listen(rounds: 20, timeoutMilliseconds: 10_000)
            #expect(try head.incident("loss-declared") == nil, "numbers that never were are declared lost")
            _ = try head.registered("goes-on")
            try bank.requireSound(LiveBank.headOffice)
        }

        @Test("peer.fork: two contents under one name are one incident, and honest lines agree")
        func fork() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
            let liar = try LyingPeer(FloodAttacks.liar, in: bank)
            try liar.greet()
            let own = liar.ticket()
            try liar.send([liar.born(), own.item])
            let state = FieldID(rawValue: 60_000)
            for number in 1...3 {
                let items = liar.twoContents(
                    [.write(state, .text("one-\(number)"))], [.write(state, .text("other-\(number)"))], on: own.id)
                try liar.send(items)
            }
            try liar.listen(rounds: 4)
            _ = try bank.client(LiveBank.branch).registered("goes-on")
            try bank.waitUntilAgreed(LiveBank.branch)
            try bank.waitUntilAgreed(LiveBank.province)
            #expect(try bank.client(LiveBank.province).incident("forked-dot") != nil)
            #expect(try head.status()["is_suspended"]?.bool == false)
            #expect(try bank.client(LiveBank.province).status()["is_suspended"]?.bool == false)
            try bank.requireSound(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
        }
    }
}
