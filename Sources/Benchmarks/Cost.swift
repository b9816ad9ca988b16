import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// `Benchmarks cost WHAT COUNT`: does one thing so often, in one thread, with time and randomness of its own, so that
/// `scripts/cost` can count instructions. Whatever the count, the preparation is the same and drops out of a difference.
enum Cost {
    /// The most that is prepared for.
    private static let countMax = 1_000
    private static let actsPerBatch = 100
    private static let boardRows = 50

    /// - Throws: errors of the store; `BenchError` for a word or a count that is none.
    static func run(_ words: [String]) throws {
        guard words.count == 2, let count = Int(words[1]), (0...countMax).contains(count) else {
            throw BenchError(what: "usage: cost registration|received|board COUNT, COUNT at most \(countMax)")
        }
        switch words[0] {
        case "registration": try register(count)
        case "received": try receive(acts: count)
        case "board": try showBoards(rows: count)
        default: throw BenchError(what: "no cost is called \(words[0])")
        }
    }

    /// The real act, with three clocks, at a branch.
    private static func register(_ count: Int) throws {
        let store = try store("b1", seed: 1)
        for number in 0..<count { _ = try register(number, store) }
        store.close()
    }

    /// Batches of a branch, decoded and committed at its province: one registration to four changes of a ticket.
    private static func receive(acts count: Int) throws {
        let branch = try store("b1", seed: 1)
        let province = try store("p1", seed: 2)
        let codec = WireCodec.production()
        var frames: [[UInt8]] = []
        var sent = Cursor(startOf: try branch.shared(with: "p1").tail.log)
        for batch in 0..<countMax / actsPerBatch {
            for act in 0..<actsPerBatch / 5 { try registerAndChange(batch * actsPerBatch + act, branch) }
            guard let (batch, _) = try branch.readLog(for: "p1", after: sent, .broken) else {
                throw BenchError(what: "nothing to send")
            }
            var message = Message(session: 1)
            message.batch = batch
            frames.append(Frame.encode(message, codec))
            sent = batch.end
        }
        for frame in frames.prefix(count / actsPerBatch) {
            guard let batch = try Frame.decode(frame, codec).batch else { throw BenchError(what: "no batch") }
            try province.commit(batch, from: "b1")
        }
        province.close()
        branch.close()
    }

    /// All that a board of 50 rows shows, at a province with so many open tickets as are prepared at most.
    private static func showBoards(rows count: Int) throws {
        let store = try store("p1", seed: 2)
        for number in 0..<countMax { _ = try register(number, store) }
        var query = WorklistQuery()
        query.filters = [.init("is_open", .equals(.integer(1)))]
        query.order = [("priority", false), ("due_order", false)]
        query.rows = boardRows
        for _ in 0..<count / boardRows {
            guard try store.worklist(query).rows.count == boardRows, try !store.boardColumns().isEmpty,
                try store.uplink() != nil
            else { throw BenchError(what: "the board is not full") }
            _ = try store.status()
        }
        store.close()
    }

    // MARK: The nodes

    private static func register(_ number: Int, _ store: ReplicaStore) throws -> DocumentID {
        let isBranch = store.node == "b1"
        let actor = BenchBank.actor(store.node, isBranch ? .branch : .province, parent: isBranch ? "p1" : "ho")
        return try store.execute(
            TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor)
        ).document
    }

    private static func registerAndChange(_ number: Int, _ store: ReplicaStore) throws {
        let ticket = try register(number, store)
        for severity in ["important", "urgent", "ordinary", "important"] {
            _ = try store.author(
                Draft(
                    document: ticket, kind: TicketAct.amend.rawValue, post: "clerk-1",
                    claim: .held(CustodyClaim(leg: 0, version: ticket.creator)),
                    core: [.assign(TicketField.severity, .text(severity))]))
        }
    }

    /// In memory, without threads; each look at the clock is a millisecond later than the one before.
    private static func store(_ node: NodeID, seed: UInt64) throws -> ReplicaStore {
        let time = Locked<Int64>(1_767_225_600_000)
        let state = Locked(seed)
        let rules = try RuleBook(published: [W7.pack()], calendars: [])
        return try ReplicaStore.inMemory(
            StoreContext(
                node: node, hierarchy: BenchBank.hierarchy(branches: 1), topologyDigest: .zero, hash: SHA256.function,
                world: World(
                    wallMilliseconds: {
                        time.withLock { time in
                            time += 1
                            return time
                        }
                    },
                    random: { state.withLock { next(&$0) } }),
                readPublished: { _ in Published(rules: rules) },
                tokens: PersonTokens { SHA256.authenticate($0, key: [UInt8](repeating: 7, count: 32)) }))
    }

    /// SplitMix64: a whole future from one number.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
