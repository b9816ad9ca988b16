import Platform
import Simulation
import SyncProtocol
import Testing
import TicketStore

@Suite("Two tiers over an undisturbed line") struct SmokeTests {
    let codec = WireCodec.production()
    static let hierarchy = Hierarchy([
        "ho": .init(tier: .headOffice, parent: nil),
        "p1": .init(tier: .province, parent: "ho"),
        "b1": .init(tier: .branch, parent: "p1"),
        "b2": .init(tier: .branch, parent: "p1"),
    ])

    func store(_ node: NodeID, seed: UInt64) throws -> ReplicaStore {
        try ReplicaStore.inMemory(
            StoreContext(
                node: node, hierarchy: Self.hierarchy, topologyDigest: .zero, hash: SHA256.function,
                world: SimulatedWorld(seed: seed).world))
    }

    func exchange(_ dialler: ReplicaStore, _ answerer: ReplicaStore, session: UInt64) throws -> Int {
        var one = Session(dialling: answerer.node, id: session)
        var other = Session(answering: session)
        var rounds = 0
        while let message = try one.nextMessage(dialler) {
            rounds += 1
            try #require(rounds < 50)
            let received = try Frame.decode(Frame.encode(message, codec), codec)
            try other.receive(received, answerer)
            let answer = try #require(try other.nextMessage(answerer))
            try one.receive(Frame.decode(Frame.encode(answer, codec), codec), dialler)
        }
        return rounds
    }

    @Test func `a ticket written at a branch reaches province and head office, its body only the province`() throws {
        let branch = try store("b1", seed: 1)
        let province = try store("p1", seed: 2)
        let head = try store("ho", seed: 3)
        for _ in 0..<3 {
            _ = try branch.author(
                Draft(
                    document: nil, kind: 100, post: "clerk", claim: .own(0),
                    core: [.create(home: "b1"), .assign(FieldID(rawValue: 60_000), .text("x"))],
                    personal: [.write(FieldID(rawValue: 200), .text("secret"))]))
        }
        print("rounds", try exchange(branch, province, session: 1))
        print("rounds", try exchange(province, head, session: 2))
        print("rounds", try exchange(branch, province, session: 3))
        #expect(try branch.shared(with: "p1").fingerprint == province.shared(with: "b1").fingerprint)
        #expect(try province.shared(with: "ho").fingerprint == head.shared(with: "p1").fingerprint)
        #expect(try province.shared(with: "ho").fingerprint.count == 3)
        #expect(try branch.shared(with: "p1").fingerprint.count == 6)
    }
}
