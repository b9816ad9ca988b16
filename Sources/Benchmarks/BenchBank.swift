import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// The nodes of a workload, in this process, on real files.
enum BenchBank {
    static func hierarchy(branches: Int) -> Hierarchy {
        var members: [NodeID: Hierarchy.Member] = [
            "ho": .init(tier: .headOffice, parent: nil), "p1": .init(tier: .province, parent: "ho"),
        ]
        for number in 1...branches { members[branch(number)] = .init(tier: .branch, parent: "p1") }
        return Hierarchy(members)
    }

    static func branch(_ number: Int) -> NodeID {
        guard let id = NodeID("b\(number)") else { preconditionFailure("not a node id") }
        return id
    }

    static func context(_ node: NodeID, _ hierarchy: Hierarchy) -> StoreContext {
        StoreContext(
            node: node, hierarchy: hierarchy, topologyDigest: .zero, hash: SHA256.function,
            world: World(wallMilliseconds: SystemClock.wallMilliseconds, random: SystemRandom.word))
    }

    /// A new store in `folder/node`.
    static func store(_ node: NodeID, _ hierarchy: Hierarchy, _ folder: String) throws -> ReplicaStore {
        mkdir(folder, 0o700)
        let paths = StorePaths(folder: folder + "/" + node.text)
        mkdir(paths.folder, 0o700)
        let context = context(node, hierarchy)
        if !paths.hasDatabase { try ReplicaStore.create(paths, context) }
        return try ReplicaStore.open(paths, context)
    }

    static func actor(_ node: NodeID, _ tier: Tier, parent: NodeID?) -> Actor {
        Actor(
            post: "clerk-1", role: tier == .branch ? "branch_officer" : "dispatcher",
            place: Place(node: node, tier: tier, org: "010101", parent: parent))
    }

    /// A registration whose body is about 1 KB, or has a story of another length.
    static func registration(_ number: Int, bytes: Int = 780) -> Registration {
        let story = "The machine kept the customer's cash and printed no slip; number \(number). "
        var words = story
        while words.utf8.count < bytes { words += story }
        return Registration(fields: [
            "kind": "complaint", "intake_channel": "hotline", "intake_form": "telephone",
            "symptom": "machine_retained_cash",
            "business_class": "card", "nature": "transaction_error", "demand": "explanation", "what": words,
            "who_involved": "the customer", "when_happened": "this morning", "where_happened": "branch hall",
            "complainant_name": "Customer \(number)", "complainant_phone": "199-0000-0000",
        ])
    }
}

/// Runs jobs that may wait for a commit, many at once.
enum Clients {
    /// `count` threads share `jobs` jobs; seconds until all are done.
    static func run(_ count: Int, jobs: Int, _ job: @escaping @Sendable (Int) throws -> Void) throws -> Double {
        let next = Locked(0)
        let failure: Locked<(any Error)?> = Locked(nil)
        let began = SystemClock.monotonicNanoseconds()
        var threads: [WorkerThread] = []
        for number in 1...count {
            threads.append(
                try WorkerThread(name: "client-\(number)") {
                    while true {
                        let index = next.withLock { value in
                            value += 1
                            return value - 1
                        }
                        guard index < jobs, failure.withLock({ $0 == nil }) else { return }
                        do { try job(index) } catch { failure.withLock { $0 = error } }
                    }
                })
        }
        for thread in threads { thread.join() }
        if let error = failure.withLock({ $0 }) { throw error }
        return Double(SystemClock.monotonicNanoseconds() - began) / 1e9
    }
}

/// One node that answers exchanges over loopback HTTP, and the dialling side: the production session and codec over the
/// production transport.
final class LoopbackExchange {
    private let server: HTTPServer
    private let client = HTTPClient()
    private let codec = WireCodec.production()
    private(set) var bytesSent = 0
    private(set) var bytesReceived = 0
    private(set) var roundTrips = 0

    init(answering store: ReplicaStore) throws {
        let sessions: Locked<[UInt64: Session]> = Locked([:])
        let codec = codec
        server = try HTTPServer(
            HTTPServerConfiguration(), bodyLimit: { _, _ in Limits.frameBytesMax },
            handler: { request, responder in
                do {
                    let message = try Frame.decode(request.body, codec)
                    let reply = try sessions.withLock { sessions in
                        var session = sessions[message.session] ?? Session(answering: message.session)
                        try session.receive(message, store)
                        let reply = try session.nextMessage(store)
                        sessions[message.session] = session
                        return reply
                    }
                    if let reply { _ = responder.respond(HTTPResponse(status: 200, body: Frame.encode(reply, codec))) }
                } catch {
                    _ = responder.respond(HTTPResponse(status: 500))
                }
            })
    }

    /// Exchanges until both sides are drained.
    func run(_ dialler: ReplicaStore, with peer: NodeID) throws {
        var session = Session(dialling: peer, id: SystemRandom.word())
        while let message = try session.nextMessage(dialler) { try exchange(message, &session, dialler) }
    }

    /// One round trip.
    func exchange(_ message: Message, _ session: inout Session, _ dialler: ReplicaStore) throws {
        let request = HTTPClientRequest(
            .post, "http://127.0.0.1:\(server.port)/sync/v1/exchange",
            headers: ["Content-Type": "application/vnd.syncnode.frame"], body: Frame.encode(message, codec))
        let response = try client.perform(request)
        bytesSent += response.bytesSent
        bytesReceived += response.bytesReceived
        roundTrips += 1
        guard response.status == 200 else { throw BenchError(what: "exchange answered \(response.status)") }
        try session.receive(Frame.decode(response.body, codec), dialler)
    }

    func stop() { server.stop(graceMilliseconds: 0) }
}

struct BenchError: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
