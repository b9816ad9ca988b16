import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// Resident memory of an idle branch with 10,000 tickets, and of a province with 500 waiting long polls.
enum W5 {
    private static let tickets = 10_000
    private static let polls = 500

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        return [try branch(folder + "/one"), try province(folder + "/many")]
    }

    private static func branch(_ folder: String) throws -> Figure {
        mkdir(folder, 0o700)
        let port = try freePort()
        let topology = try TopologyFile(branches: 1, folder: folder, provincePort: 1, branchPort: port)
        try Fill.tickets(tickets, node: "b1", topology, branches: 1)
        let node = try NodeUnderTest("b1", topology: topology.path, port: port)
        defer { node.stop() }
        let resident = settledMebibytes(of: node)
        return Figure(
            name: "W5 idle branch with 10,000 tickets, resident", value: "\(String.number(resident, 1)) MiB",
            ratio: Figure.share(resident, of: 40), goal: "≤ 40 MiB")
    }

    /// A node that has just become ready still builds its search index: idle is when its memory has not changed for
    /// three seconds, or after a minute.
    private static func settledMebibytes(of node: NodeUnderTest) -> Double {
        var last = node.residentMebibytes
        var secondsAlike = 0
        for _ in 0..<60 where secondsAlike < 3 {
            _ = Glibc.poll(nil, 0, 1_000)
            let now = node.residentMebibytes
            secondsAlike = now == last ? secondsAlike + 1 : 0
            last = now
        }
        return last
    }

    private static func province(_ folder: String) throws -> Figure {
        mkdir(folder, 0o700)
        let port = try freePort()
        let topology = try TopologyFile(branches: polls, folder: folder, provincePort: port, branchPort: 1)
        let node = try NodeUnderTest("p1", topology: topology.path, port: port)
        defer { node.stop() }
        let hierarchy = BenchBank.hierarchy(branches: polls)
        let waiting = Locked(0)
        let abort = HTTPAbort()
        let url = node.nodesURL + "/sync/v1/exchange"
        var threads: [WorkerThread] = []
        for number in 1...polls {
            threads.append(
                try WorkerThread(name: "poll-\(number)") {
                    do {
                        try poll(BenchBank.branch(number), hierarchy, topology.digest, url, waiting, abort)
                    } catch {
                        // The abort at the end of the measurement ends every poll.
                        waiting.change { $0 += 0 }
                    }
                })
        }
        guard
            waiting.wait(
                untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 60_000),
                for: { $0 == polls ? true : nil }) != nil
        else { throw BenchError(what: "only \(waiting.withLock { $0 }) polls wait") }
        // The last requests are on their way: give the node the time of a round trip on each.
        _ = Glibc.poll(nil, 0, 500)
        let resident = node.residentMebibytes
        abort.raise()
        for thread in threads { thread.join() }
        return Figure(
            name: "W5 province with 500 waiting long polls, resident", value: "\(String.number(resident, 1)) MiB",
            ratio: Figure.share(resident, of: 250), goal: "≤ 250 MiB")
    }

    private static func poll(
        _ branch: NodeID, _ hierarchy: Hierarchy, _ digest: Digest, _ url: String, _ waiting: Locked<Int>,
        _ abort: HTTPAbort
    ) throws {
        let context = StoreContext(
            node: branch, hierarchy: hierarchy, topologyDigest: digest, hash: SHA256.function,
            world: World(wallMilliseconds: SystemClock.wallMilliseconds, random: SystemRandom.word))
        let store = try ReplicaStore.inMemory(context)
        let client = HTTPClient()
        let codec = WireCodec.production()
        var session = Session(dialling: "p1", id: SystemRandom.word())
        func exchange(_ message: Message) throws {
            let request = HTTPClientRequest(
                .post, url, headers: ["Content-Type": "application/vnd.syncnode.frame"],
                body: Frame.encode(message, codec))
            let response = try client.perform(request, abort: abort)
            guard response.status == 200 else { throw BenchError(what: "status \(response.status)") }
            try session.receive(Frame.decode(response.body, codec), store)
        }
        while let message = try session.nextMessage(store) { try exchange(message) }
        waiting.change { $0 += 1 }
        try exchange(session.waitMessage(store))
    }
}

/// Fills the store of a node before its process starts, under the key with which the process finds it again.
enum Fill {
    private static let personKey = [UInt8](repeating: 0x5A, count: 32)

    static func tickets(_ count: Int, node: NodeID, _ topology: TopologyFile, branches: Int) throws {
        let hierarchy = BenchBank.hierarchy(branches: branches)
        let context = StoreContext(
            node: node, hierarchy: hierarchy, topologyDigest: topology.digest, hash: SHA256.function,
            world: World(wallMilliseconds: SystemClock.wallMilliseconds, random: SystemRandom.word),
            tokens: PersonTokens { SHA256.authenticate($0, key: personKey) })
        let paths = StorePaths(folder: topology.folder + "/" + node.text)
        mkdir(paths.folder, 0o700)
        guard let file = fopen(paths.folder + "/person.key", "wx") else { throw BenchError(what: "no key file") }
        fputs(Hex.encode(personKey) + "\n", file)
        fclose(file)
        try ReplicaStore.create(paths, context)
        let store = try ReplicaStore.open(paths, context)
        let actor = BenchBank.actor(node, .branch, parent: "p1")
        _ = try Clients.run(32, jobs: count) { number in
            _ = try store.execute(
                TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor))
        }
        store.close()
    }
}
