import Platform
import SyncProtocol
import TicketStore

/// A peer that says anything: first a proper hello, then the fuzzer's words, to a province with a real store.
enum FuzzSession {
    private static let hierarchy = Hierarchy([
        "ho": Hierarchy.Member(tier: .headOffice, parent: nil), "p1": Hierarchy.Member(tier: .province, parent: "ho"),
        "b1": Hierarchy.Member(tier: .branch, parent: "p1"),
    ])

    static func run(_ payload: [UInt8]) {
        do {
            let message = try Frame.decode(FuzzWire.framed(payload), FuzzWire.codec)
            let store = try store()
            defer { store.close() }
            var session = Session(answering: 7)
            var hello = Message(session: 7)
            hello.hello = Hello(
                node: "b1", topology: .zero, incarnation: nil, clock: 1_800_000_000_000,
                tokens: TokenPair(confirmed: 0, fresh: 1))
            try session.receive(hello, store)
            _ = try session.nextMessage(store)
            for _ in 1...2 {
                try attempt { try session.receive(message, store) }
                try attempt { _ = try session.nextMessage(store) }
            }
            let report = try store.verify()
            precondition(report.findings.isEmpty, "a peer damaged the store: \(report.findings.map(\.code))")
        } catch is WireError {
            return
        } catch {
            preconditionFailure("\(type(of: error))")
        }
    }

    /// A refusal by name is an answer.
    private static func attempt(_ body: () throws -> Void) throws {
        do { try body() } catch is SessionError { return } catch is WireError { return } catch is StoreError { return }
    }

    private static func store() throws -> ReplicaStore {
        let random = Locked(UInt64(1))
        let world = World(
            wallMilliseconds: { 1_800_000_000_000 },
            random: {
                random.withLock { word in
                    word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return word
                }
            })
        return try .inMemory(
            StoreContext(
                node: "p1", hierarchy: hierarchy, topologyDigest: .zero, hash: SHA256.function, world: world))
    }
}
