import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// The dialling side of one session over HTTP. Two threads may use it, each with its own client: one waits in a long
/// poll while the other sends what is new.
final class Exchanger: Sendable {
    let peer: NodeID
    private let runtime: NodeRuntime
    private let url: String
    private let session: Locked<Session>
    private static let timeoutMilliseconds = 60_000
    /// How long a neighbour that is asked for too much is waited for, and how often.
    private static let patienceSeconds = 60
    private static let attemptsMax = 10

    init(_ runtime: NodeRuntime, to peer: NodeID, url: String) {
        self.runtime = runtime
        self.peer = peer
        self.url = url + "/sync/v1/exchange"
        session = Locked(Session(dialling: peer, id: SystemRandom.word()))
    }

    /// Asks for damaged actions in the next exchange.
    func requestRepair(of dots: [Dot]) { session.withLock { $0.requestRepair(of: dots) } }

    /// Exchanges messages until neither side has anything to say.
    ///
    /// - Parameter progress: called after every round trip.
    /// - Throws: `HTTPClientError`, `PeerRefusal`, `WireError`, `SessionError`, errors of the store.
    func run(_ client: HTTPClient, abort: HTTPAbort, progress: () -> Void = {}) throws {
        while let message = try session.withLock({ try $0.nextMessage(runtime.store) }) {
            try exchange(message, client, abort)
            progress()
        }
    }

    /// Asks the peer to answer when it has news.
    func poll(_ client: HTTPClient, abort: HTTPAbort) throws {
        let message = try session.withLock { try $0.waitMessage(runtime.store) }
        try exchange(message, client, abort)
    }

    private func exchange(_ message: Message, _ client: HTTPClient, _ abort: HTTPAbort) throws {
        var request = HTTPClientRequest(
            .post, url, headers: ["Content-Type": ExchangeService.mediaType], body: Frame.encode(message, runtime.codec)
        )
        request.timeoutMilliseconds = Exchanger.timeoutMilliseconds
        request.connectTimeoutMilliseconds = 5_000
        request.responseBytesMax = Limits.frameBytesMax
        let response = try perform(request, client, abort)
        guard response.status == 200 else {
            throw PeerRefusal(status: response.status, peerCode: ProblemCode.read(response.body))
        }
        let answer = try Frame.decode(response.body, runtime.codec)
        try session.withLock { try $0.receive(answer, runtime.store) }
        // A poll that brought no news is contact too.
        try runtime.store.noteContact(with: peer)
    }

    /// A neighbour that has no room now says when it has: the same message is sent again then.
    private func perform(
        _ request: HTTPClientRequest, _ client: HTTPClient, _ abort: HTTPAbort
    ) throws -> HTTPClientResponse {
        var attempts = 1
        while true {
            let response = try client.perform(request, abort: abort)
            runtime.noteTraffic(peer, sent: response.bytesSent, received: response.bytesReceived)
            guard response.status == 429, attempts < Exchanger.attemptsMax,
                let seconds = response.headers["Retry-After"].flatMap({ Int($0) }), seconds <= Exchanger.patienceSeconds
            else { return response }
            attempts += 1
            abort.wait(milliseconds: seconds * 1000)
        }
    }
}

/// The stable code in a problem document.
enum ProblemCode {
    /// - Parameter name: the member of the problem that is wanted.
    static func read(_ body: [UInt8], _ name: String = "code") -> String? {
        do {
            guard case .object(let members) = try JSONReader.parse(body).value else { return nil }
            for member in members where member.name == name {
                if case .string(let code) = member.element.value { return code }
            }
            return nil
        } catch {
            return nil
        }
    }
}
