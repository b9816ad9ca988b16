import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// A node of a small bank with a real store in a folder of its own, served over HTTP on free ports.
final class RunningNode {
    let runtime: NodeRuntime
    /// Where it listens.
    let listen: ListenAddresses
    let folder: TemporaryFolder
    private let server: NodeServer
    private var isStopped = false

    static let bank: [(id: NodeID, tier: Tier, parent: NodeID?)] = [
        ("head", .headOffice, nil), ("p1", .province, "head"), ("p2", .province, "head"),
        ("b1", .branch, "p1"), ("b2", .branch, "p1"), ("b3", .branch, "p2"),
    ]

    static func topology() throws -> Topology {
        let nodes = bank.enumerated().map { index, entry in
            TopologyNode(
                id: entry.id, tier: entry.tier, parent: entry.parent,
                name: Wording("节点 \(entry.id)", "node \(entry.id)"), orgCode: "00000\(index)",
                listen: .row(from: UInt16(40_000 + 3 * index)), dataFolder: "data-\(index)")
        }
        return try Topology(bank: Wording("测试银行", "Test Bank"), nodes: nodes)
    }

    /// - Parameters:
    ///   - clock: milliseconds since 1970, cranked by hand; nil for the machine's clock.
    ///   - backup: what its store is put back from; nil for an empty one.
    init(
        _ id: NodeID = "b1", of topology: Topology? = nil, clock: Locked<Int64>? = nil, from backup: String? = nil
    ) throws {
        let topology = try topology ?? RunningNode.topology()
        let node = try #require(topology.node(id))
        let folder = try TemporaryFolder()
        let paths = StorePaths(folder: folder.path)
        let context = RunningNode.context(topology, node, clock)
        if let backup {
            try ReplicaStore.restore(from: backup, paths, context)
        } else {
            try ReplicaStore.create(paths, context)
        }
        let store = try ReplicaStore.open(paths, context)
        let search = try SearchService(store, path: nil)
        runtime = NodeRuntime(topology: topology, node: node, store: store, search: search)
        self.folder = folder
        server = try NodeServer(runtime, at: .row(from: 0))
        listen = server.addresses
        Desk.open(url, runtime)
        try search.start()
    }

    /// Where people reach it.
    var url: String { listen.people.url }

    private static func context(_ topology: Topology, _ node: TopologyNode, _ clock: Locked<Int64>?) -> StoreContext {
        let tokens = PersonKeyFile.tokens(Array("a key that all nodes of a test share".utf8))
        let context = NodeProcess.context(topology, node, tokens: tokens)
        guard let clock else { return context }
        return StoreContext(
            node: context.node, bank: context.bank, hierarchy: context.hierarchy,
            topologyDigest: context.topologyDigest,
            hash: context.hash,
            world: World(wallMilliseconds: { clock.withLock { $0 } }, random: SystemRandom.word),
            readPublished: context.readPublished, tokens: tokens)
    }

    /// Ends everything in the order of a real node.
    func stop() {
        guard !isStopped else { return }
        isStopped = true
        Desk.close(url)
        server.stop(graceMilliseconds: 1_000)
        runtime.search.stop()
        runtime.store.close()
    }

    deinit { stop() }

    /// Exchanges with another node's store until neither has news.
    func exchange(with other: RunningNode, session: UInt64) throws {
        let codec = WireCodec.production()
        var one = Session(dialling: other.runtime.node.id, id: session)
        var two = Session(answering: session)
        var rounds = 0
        while let message = try one.nextMessage(runtime.store) {
            rounds += 1
            try #require(rounds < 50)
            try two.receive(try Frame.decode(Frame.encode(message, codec), codec), other.runtime.store)
            let answer = try #require(try two.nextMessage(other.runtime.store))
            try one.receive(try Frame.decode(Frame.encode(answer, codec), codec), runtime.store)
        }
    }
}

extension RunningNode {
    /// The search index follows on a thread of its own: waits until it has caught up.
    func waitForIndex() throws {
        let target = UInt64(try runtime.store.currentSequence())
        let never = Locked(())
        let end = SystemClock.monotonicMilliseconds() + 10_000
        while try runtime.search.position() < target {
            try #require(SystemClock.monotonicMilliseconds() < end, "the index does not follow")
            _ = never.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 2)) { _ in nil as Bool? }
        }
    }
}

extension ListenAddresses {
    /// Three ports in a row; each 0 lets the system choose.
    static func row(from first: UInt16) -> ListenAddresses {
        var ports = [first, first == 0 ? 0 : first + 1, first == 0 ? 0 : first + 2].makeIterator()
        return ListenAddresses { _ in ListenAddress(loopbackPort: ports.next() ?? 0) }
    }
}

extension HTTPHeaders {
    init(_ fields: [String: String]) {
        self.init()
        for (name, value) in fields { self[name] = value }
    }
}

/// What a node answered.
struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; fails the test where it is none.
    var json: JSONElement {
        get throws { try NodeClient.parse(body) }
    }

    /// The problem's stable code.
    var code: String? {
        get throws { try json["code"]?.string }
    }

    /// Field and rule of each single mistake.
    var errors: [String] {
        get throws {
            (try json["errors"]?.array ?? []).map { "\($0["field"]?.string ?? "-") \($0["rule"]?.string ?? "-")" }
        }
    }
}

extension RunningNode {
    /// Sends a request. Every answer must be one that the interface description announces.
    func send(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, _ headers: HTTPHeaders = [:]
    ) throws -> Answer {
        try send(method, path, bytes: body.map { Array($0.utf8) } ?? [], headers)
    }

    func send(
        _ method: HTTPMethod, _ path: String, bytes: [UInt8], _ headers: HTTPHeaders = [:]
    ) throws -> Answer {
        var headers = headers
        if path.hasPrefix("/control/") {
            for (name, value) in ControlGate.sent(by: "operator") where headers[name] == nil { headers[name] = value }
        }
        if headers["X-Post"] == nil, Desk.lists(method, path) { headers["X-Post"] = Desk.usualPost(at: runtime) }
        if headers["X-Post"] == "none" { headers["X-Post"] = nil }
        if !bytes.isEmpty, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        if headers["Content-Type"] == "none" { headers["Content-Type"] = nil }
        let response = try HTTPClient().perform(
            HTTPClientRequest(method, listen.url(for: path), headers: headers, body: bytes))
        let answer = Answer(status: response.status, headers: response.headers, body: response.body)
        try RunningNode.checkAnnounced(method, path, answer)
        return answer
    }

    func get(_ path: String, _ headers: HTTPHeaders = [:]) throws -> Answer { try send(.get, path, nil, headers) }

    func post(_ path: String, _ body: String = "", _ headers: HTTPHeaders = [:]) throws -> Answer {
        try send(.post, path, body, headers)
    }

    private static func checkAnnounced(_ method: HTTPMethod, _ path: String, _ answer: Answer) throws {
        if answer.status >= 400 {
            #expect(answer.headers["Content-Type"] == "application/problem+json")
            let problem = try answer.json
            #expect(problem["status"]?.integer == Int64(answer.status))
            for name in ["type", "title", "code", "detail", "hint"] {
                #expect(problem[name]?.string?.isEmpty == false)
            }
        }
        let method = method == .head ? .get : method
        guard let route = HTTPTarget(path).map(APIRouter.routes)?.first(where: { $0.method == method }) else {
            return
        }
        let announced = route.answers.map(\.status) + route.allProblems
        #expect(
            announced.contains(answer.status),
            "\(method.rawValue) \(path) answered \(answer.status), which is not announced")
    }

    /// A second post agrees to a matter by its own act.
    @discardableResult
    func countersign(
        _ number: String, _ matter: String, by post: String, _ more: [String: String] = [:]
    ) throws -> Answer {
        let fields = more.merging(["matter": matter]) { $1 }
        return try send(
            .post, "/api/v1/tickets/\(number)/acts/countersign", Sample.body(fields), ["X-Post": post])
    }

    /// Registers a ticket and returns its number.
    func register(_ change: [String: String] = [:], key: String? = nil) throws -> String {
        let answer = try post(
            "/api/v1/tickets", Sample.registration(change), key.map { ["Idempotency-Key": $0] } ?? [:])
        try #require(answer.status == 201 || answer.status == 200, "\(answer.text)")
        return try #require(try answer.json["number"]?.string)
    }

    /// Carries out an act that must be granted.
    @discardableResult
    func act(_ number: String, _ act: String, _ body: String = "", _ headers: HTTPHeaders = [:]) throws -> Answer {
        let answer = try post("/api/v1/tickets/\(number)/\(act)", body, headers)
        try #require(answer.status == 200, "\(act): \(answer.text)")
        return answer
    }

    func ticket(_ number: String) throws -> Answer { try get("/api/v1/tickets/\(number)") }
}

/// Bodies of requests.
enum Sample {
    static let fields = [
        "what": "客户反映账户被重复扣费", "who_involved": "客户本人", "when_happened": "2024-03-01 上午",
        "where_happened": "临江支行", "symptom": "fee_wrong", "business_class": "rmb_savings", "intake_channel": "hotline",
        "demand": "refund", "complainant_name": "测试客户", "amount_involved": "200.50",
    ]

    static func registration(_ change: [String: String] = [:]) -> String {
        body(fields.merging(change) { $1 })
    }

    static func body(_ fields: [String: String], _ more: [(String, String)] = []) -> String {
        String(decoding: ClientBody.fields(fields.mapValues { .string($0) }, more), as: UTF8.self)
    }

    /// What a dispatcher decides.
    static let dispatch = [
        "nature": "fee_dispute", "cause_class": "service", "handling_channel": "site", "validity": "valid",
        "scope": "general", "severity": "ordinary", "customer_tier": "ordinary",
    ]

    static let feedback = [
        "leg_text": "经查属实", "proposed_solution": "退还重复扣费", "cause_class": "service", "responsibility": "bank",
    ]

    static let reply = [
        "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder", "remedy_info_given": "true",
    ]

    static let close = ["satisfaction": "satisfied", "responsibility": "bank", "outcome": "solved"]
}
