import HTTPTransport
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// What receives notices in place of a gateway for text messages: it checks the signature, keeps ids, and misbehaves as
/// a test asks.
final class Gateway: Sendable {
    struct Delivery: Sendable {
        let id: String
        let event: JSONElement
        let headers: HTTPHeaders
    }

    enum Mood: Sendable {
        case answer(Int, headers: [String: String] = [:])
        /// Says nothing.
        case hang
        /// Takes it, and says so at length.
        case talk(bytes: Int)
    }

    static let secret: [UInt8] = (0..<32).map { $0 &* 7 &+ 1 }

    private struct State {
        var arrived: [Delivery] = []
        /// What the receiver shows to people: each id once.
        var shown: [Delivery] = []
        var moods: [Mood] = []
        var unsigned = 0
        var held: [HTTPResponder] = []
    }

    private let state = Locked(State())
    private let server: HTTPServer

    init(_ moods: [Mood] = []) throws {
        let state = state
        state.withLock { $0.moods = moods }
        server = try HTTPServer(HTTPServerConfiguration(), bodyLimit: { _, _ in 1 << 20 }) { request, responder in
            Gateway.take(request, responder, state)
        }
    }

    var url: String { "http://127.0.0.1:\(server.port)/events" }
    var arrived: [Delivery] { state.withLock { $0.arrived } }
    var shown: [Delivery] { state.withLock { $0.shown } }
    var unsigned: Int { state.withLock { $0.unsigned } }

    func behave(_ moods: [Mood]) { state.withLock { $0.moods = moods } }

    func stop() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for responder in held { responder.respond(HTTPResponse(status: 503)) }
        server.stop(graceMilliseconds: 500) {}
    }

    private static func take(_ request: HTTPRequest, _ responder: HTTPResponder, _ state: Locked<State>) {
        let mood = state.withLock { state -> Mood in
            guard let id = request.headers["webhook-id"], isSigned(request, id), let event = json(request.body) else {
                state.unsigned += 1
                return .answer(401)
            }
            let delivery = Delivery(id: id, event: event, headers: request.headers)
            state.arrived.append(delivery)
            let mood = state.moods.isEmpty ? Mood.answer(202) : state.moods.removeFirst()
            if case .hang = mood { state.held.append(responder) }
            if mood.isTaken, !state.shown.contains(where: { $0.id == id }) {
                state.shown.append(delivery)
            }
            return mood
        }
        switch mood {
        case .answer(let status, let headers):
            responder.respond(HTTPResponse(status: status, headers: HTTPHeaders(headers)))
        case .talk(let bytes):
            responder.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 0x61, count: bytes)))
        case .hang: break
        }
    }

    private static func isSigned(_ request: HTTPRequest, _ id: String) -> Bool {
        guard let seconds = request.headers["webhook-timestamp"].flatMap({ Int64($0) }) else { return false }
        let expected = NoticeSignature(secret: secret).signature(id: id, seconds: seconds, body: request.body)
        return request.headers["webhook-signature"] == expected
    }

    private static func json(_ bytes: [UInt8]) -> JSONElement? {
        do { return try NodeClient.parse(bytes) } catch { return nil }
    }

    /// A file with the secret.
    static func secretFile(in folder: String, _ secret: [UInt8] = Gateway.secret) throws -> String {
        let path = "\(folder)/webhook-secret"
        try SmallFile.write(Array("whsec_\(Base64.encode(secret))\n".utf8), to: path)
        return path
    }
}

extension Topology {
    /// The same bank, where a node lets notices leave.
    func sending(_ settings: NoticeSettings, from id: NodeID) throws -> Topology {
        let nodes = nodes.map { node in
            guard node.id == id else { return node }
            return TopologyNode(
                id: node.id, tier: node.tier, parent: node.parent, name: node.name, orgCode: node.orgCode,
                listen: node.listen, dataFolder: node.dataFolder, notices: settings)
        }
        return try Topology(bank: bank, nodes: nodes)
    }
}

extension RunningNode {
    static let phone = "13812345678"

    /// The province of the test bank, with a gateway.
    static func sending(_ settings: NoticeSettings, _ id: NodeID = "p1", clock: Locked<Int64>? = nil) throws
        -> RunningNode
    {
        try RunningNode(id, of: try topology().sending(settings, from: id), clock: clock)
    }

    /// The outbox as the interface shows it.
    func outbox(_ state: String = "") throws -> [JSONElement] {
        let answer = try get("/api/v1/notices" + (state.isEmpty ? "" : "?state=\(state)"))
        return try answer.json["notices"]?.array ?? []
    }

    func verifyContact(_ number: String) throws {
        let answer = try post("/api/v1/tickets/\(number)/acts/verify_contact", Sample.body(["medium": "phone"]))
        try #require(answer.status == 200, "\(answer.text)")
    }
}

extension Gateway.Mood {
    fileprivate var isTaken: Bool {
        switch self {
        case .answer(let status, _): (200..<300).contains(status)
        case .talk: true
        case .hang: false
        }
    }
}
