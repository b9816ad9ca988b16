import Platform

/// What the callbacks of all connections share.
final class ServerCore: Sendable {
    let configuration: HTTPServerConfiguration
    let bodyLimit: @Sendable (HTTPMethod, HTTPTarget) -> Int
    let methods: @Sendable (HTTPTarget) -> [HTTPMethod]
    let handler: @Sendable (HTTPRequest, HTTPResponder) -> Void
    let connections: ConnectionTable
    let budget: BodyBudget
    let inFlight = InFlight()

    init(
        configuration: HTTPServerConfiguration,
        bodyLimit: @escaping @Sendable (HTTPMethod, HTTPTarget) -> Int,
        methods: @escaping @Sendable (HTTPTarget) -> [HTTPMethod],
        handler: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void
    ) {
        self.configuration = configuration
        self.bodyLimit = bodyLimit
        self.methods = methods
        self.handler = handler
        connections = ConnectionTable(
            workers: configuration.threads, connectionsMax: configuration.connectionsMax,
            connectionsPerPeerMax: configuration.connectionsPerPeerMax)
        budget = BodyBudget(limitBytes: configuration.bodiesBytesMax)
    }

    /// The answer to a request that was refused at its header.
    func response(to refusal: HTTPRefusal, _ exchange: Exchange) -> HTTPResponse {
        do throws(HTTPRefusal) {
            return refusal.response(allowed: methods(try HTTPTarget(raw: exchange.rawTarget)))
        } catch {
            return refusal.response(allowed: HTTPMethod.allCases)
        }
    }

    /// The header is complete: may the body come?
    func begin(
        _ exchange: Exchange, method: String, version: String, framing: FramingGuard, headerBytes: Int
    ) throws(HTTPRefusal) {
        let bodyBytes = try framing.bodyBytes()
        let requestLineBytes = method.utf8.count + exchange.rawTarget.count + version.utf8.count + 2
        exchange.method = try ServerCore.method(named: method)
        exchange.bodyBytes = bodyBytes
        exchange.endsConnection =
            exchange.method.bringsBody && !framing.tellsLength
            || !framing.explains(headerBytes: headerBytes, requestLineBytes: requestLineBytes)
        exchange.headers = framing.headers
        let target = try HTTPTarget(raw: exchange.rawTarget)
        exchange.target = target
        guard bodyBytes <= bodyLimit(exchange.method, target) else { throw .bodyTooLarge }
        guard inFlight.enter(exchange.reply) else { throw .stopping }
        exchange.isEntered = true
        exchange.phase = .body
        // Grows with what arrives, not with what was claimed.
        exchange.body.reserveCapacity(min(bodyBytes, 64 * 1024))
        setDeadline(of: exchange, inMilliseconds: configuration.allowanceMilliseconds(forBytes: bodyBytes))
    }

    /// A piece of the body. Without room for it the rest is read and dropped, and answered 503 at its end.
    func collect(_ bytes: UnsafeRawBufferPointer, for exchange: Exchange) {
        guard !exchange.isDiscarding else { return }
        guard budget.take(bytes.count) else {
            exchange.isDiscarding = true
            exchange.body = []
            return
        }
        exchange.chargedBytes += bytes.count
        exchange.body.append(contentsOf: bytes)
    }

    /// The request is whole: over to the handler, which may answer at once or later.
    func handle(_ exchange: Exchange) {
        guard let target = exchange.target else { preconditionFailure("a request is begun before it is handled") }
        exchange.phase = .handled
        setDeadline(of: exchange, inMilliseconds: nil)
        guard exchange.isDiscarding || exchange.body.count == exchange.bodyBytes else {
            // The library counted otherwise than the header says.
            exchange.endsConnection = true
            _ = exchange.reply.answer(.whole(HTTPRefusal.badFraming.response))
            return
        }
        if exchange.isDiscarding {
            _ = exchange.reply.answer(.whole(HTTPRefusal.bodiesTooLarge.response))
            return
        }
        let request = HTTPRequest(
            method: exchange.method, target: target, headers: exchange.headers, body: exchange.body,
            peer: exchange.connection?.peer ?? "unknown")
        exchange.body = []
        let connection = exchange.connection
        let responder = HTTPResponder(
            reply: exchange.reply, connection: exchange.reference, streamBytesMax: configuration.streamBytesMax,
            whenStalled: { connection?.setDeadline(milliseconds: 0) })
        handler(request, responder)
    }

    /// Completed, refused or lost.
    func finish(_ exchange: Exchange) {
        exchange.reply.finish()
        if exchange.isEntered { inFlight.leave(exchange.reply) }
        budget.give(exchange.chargedBytes)
        // The connection may rest, and then send its next header.
        let rest = Int64(configuration.idleSeconds) * 1000 + Int64(configuration.headerMilliseconds)
        setDeadline(of: exchange, inMilliseconds: rest)
    }

    func setDeadline(of exchange: Exchange, inMilliseconds milliseconds: Int64?) {
        exchange.connection?.setDeadline(milliseconds: milliseconds.map { SystemClock.monotonicMilliseconds() + $0 })
    }

    private static let otherMethods: Set<String> = ["CONNECT", "TRACE"]

    private static func method(named name: String) throws(HTTPRefusal) -> HTTPMethod {
        if let method = HTTPMethod(rawValue: name) { return method }
        throw otherMethods.contains(name) ? .methodNotAllowed : .methodUnknown
    }
}
