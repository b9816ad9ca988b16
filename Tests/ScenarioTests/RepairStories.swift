import Platform
import Simulation
import SyncProtocol
import Testing

@testable import TicketStore

@Suite("Stories: damage that a neighbour mends") struct RepairStories {
    private static let field = FieldID(rawValue: 18)
    private static let words = FieldID(rawValue: 120)
    private let hierarchy = Hierarchy([
        "ho": .init(tier: .headOffice, parent: nil), "p1": .init(tier: .province, parent: "ho"),
        "b1": .init(tier: .branch, parent: "p1"),
    ])

    private func store(_ node: NodeID, seed: UInt64) throws -> ReplicaStore {
        try ReplicaStore.inMemory(
            StoreContext(
                node: node, hierarchy: hierarchy, topologyDigest: .zero, hash: SHA256.function,
                world: SimulatedWorld(seed: seed).world))
    }

    private func exchange(_ dialler: ReplicaStore, _ answerer: ReplicaStore, repairing dots: [Dot] = []) throws {
        var one = Session(dialling: answerer.node, id: 7)
        one.requestRepair(of: dots)
        var other = Session(answering: 7)
        var rounds = 0
        while let message = try one.nextMessage(dialler) {
            rounds += 1
            try #require(rounds < 50)
            try other.receive(message, answerer)
            try one.receive(try #require(try other.nextMessage(answerer)), dialler)
        }
    }

    @Test func `a flipped bit in a record and one in a body are found, and mended from the province`() throws {
        let branch = try store("b1", seed: 1)
        let province = try store("p1", seed: 2)
        for number in 0..<3 {
            _ = try branch.author(
                Draft(
                    document: nil, kind: 1, post: "clerk", claim: .own(0),
                    core: [.create(home: "b1"), .assign(Self.field, .text("ordinary"))],
                    personal: [.write(Self.words, .text("words \(number)"))]))
        }
        try exchange(branch, province)
        #expect(try branch.verify().findings.isEmpty)
        try branch.executor.perform { connection in
            try connection.execute("UPDATE actions SET record = zeroblob(60) WHERE key = 2")
            try connection.execute("UPDATE bodies SET envelope = zeroblob(40) WHERE action = 3")
        }
        let damaged = try branch.verify().damaged
        #expect(damaged.count == 2)
        try exchange(branch, province, repairing: damaged)
        #expect(try branch.verify().findings.isEmpty)
        #expect(try branch.incidents().contains { $0.code == "repaired" })
    }

    @Test func `what no neighbour has stays damaged, and the exchange still ends`() throws {
        let branch = try store("b1", seed: 3)
        let province = try store("p1", seed: 4)
        let dot = try branch.author(
            Draft(document: nil, kind: 1, post: "clerk", claim: .own(0), core: [.create(home: "b1")]))
        try exchange(branch, province, repairing: [Dot(dot.incarnation, 99)])
        #expect(try branch.shared(with: "p1").fingerprint == province.shared(with: "b1").fingerprint)
    }
}
