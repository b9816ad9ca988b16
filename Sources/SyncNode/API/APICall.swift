import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// What handlers work with.
struct APIServices: Sendable {
    let runtime: NodeRuntime
    var workers: WorkerPool
    let events: EventStreams
    let counters: RequestCounters

    var store: ReplicaStore { runtime.store }
}

/// One request on its way to its handler.
struct APICall: Sendable {
    let request: HTTPRequest
    /// The values of the names in braces of the path.
    let values: [String: String]
    let services: APIServices
    /// The route's operation, under which readings are kept.
    let operation: String

    var store: ReplicaStore { services.store }
    var runtime: NodeRuntime { services.runtime }

    /// The ticket that the path names. A number is read as people type it: any case, blanks at the ends, letters for
    /// the digits that they look like; a slip of the finger is told apart from a ticket that is not here.
    func ticket() throws -> TicketReference {
        guard let text = values["ref"] else { preconditionFailure("the route has no {ref}") }
        return try APICall.ticket(typed: text)
    }

    static func ticket(typed text: String) throws(APIProblem) -> TicketReference {
        guard text.utf8.count <= 64 else { throw APIProblem.noSuchTicket }
        let reference = TicketReference(text)
        guard case .number = reference else { return reference }
        do throws(TicketNumberError) {
            return .number(try TicketNumber(text).description)
        } catch {
            guard error == .wrongCheckCharacter else { return reference }
            throw APIProblem(404, APIProblem.noSuchTicket.code, Wording(error.sentence), hint: Wording(error.hint))
        }
    }

    /// The only value of a header; nil where it is not there.
    func header(_ name: String) throws -> String? {
        let values = request.headers.all(name)
        guard values.count <= 1 else {
            throw APIProblem.badHeader(
                name, Wording("出现多次", "It stands more than once."), hint: Wording("只写一次", "Send it once."))
        }
        return values.first
    }
}

/// The way to answer one call; counts what is answered.
final class APIReply: Sendable {
    private let responder: HTTPResponder
    private let counters: RequestCounters

    init(_ responder: HTTPResponder, _ counters: RequestCounters) {
        self.responder = responder
        self.counters = counters
    }

    func respond(_ response: HTTPResponse) {
        counters.count(response.status)
        responder.respond(response)
    }

    func fail(_ error: any Error) { respond(APIProblem.of(error).response) }

    /// Begins an answer that goes on; nil where nobody waits any more.
    func stream(headers: HTTPHeaders) -> HTTPStream? {
        counters.count(200)
        return responder.stream(headers: headers)
    }
}

/// Answers so far by the first digit of their status.
final class RequestCounters: Sendable {
    private let counts = Locked([Int64](repeating: 0, count: 6))

    func count(_ status: Int) {
        let family = status / 100
        counts.withLock { if $0.indices.contains(family) { $0[family] &+= 1 } }
    }

    /// For `2xx` … `5xx`.
    var families: [(name: String, count: Int64)] {
        let counts = counts.withLock { $0 }
        return (2...5).map { ("\($0)xx", counts[$0]) }
    }
}

extension HTTPResponse {
    /// A JSON answer.
    static func json(_ status: Int = 200, _ body: (inout JSONWriter) throws -> Void) rethrows -> HTTPResponse {
        var writer = JSONWriter()
        try body(&writer)
        return json(status, bytes: writer.bytes)
    }

    static func json(_ status: Int = 200, bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: status, type: "application/json", body: bytes + [0x0A])
    }
}
