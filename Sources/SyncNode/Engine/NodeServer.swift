import HTTPTransport
import Platform
import SyncProtocol

/// What a node serves over HTTP: three listeners, each with a server of its own.
///
/// A request that arrives at the wrong one is told the right one (421), and never served there: what a listener can
/// be made to do is what stands in its own part of the table.
final class NodeServer: Sendable {
    private let servers: EachListener<HTTPServer>
    private let exchange: ExchangeService
    private let people: APIRouter
    private let operation: APIRouter
    private let control: ControlRoutes

    /// Opens the three addresses; port 0 lets the system choose.
    /// - Throws: `HTTPError`, `WorkerThreadError`.
    init(_ runtime: NodeRuntime, at listen: ListenAddresses) throws {
        let exchange = try ExchangeService(runtime)
        let people = try APIRouter(runtime: runtime)
        let operation = try APIRouter(operationBeside: people)
        let control = try ControlRoutes(runtime)
        let places = Locked(listen)
        let connectionsMax = ConnectionShare.each(of: OpenFiles.allow(ConnectionShare.filesWanted))
        servers = try EachListener { listener in
            try HTTPServer(
                .of(listen[listener], connectionsMax: connectionsMax),
                bodyLimit: { NodeServer.bodyLimit(listener, $0, $1) },
                methods: NodeServer.methods,
                handler: { request, responder in
                    do throws(APIProblem) {
                        try BrowserGuard.check(request)
                        try NodeServer.check(request, isFor: listener, places.withLock { $0 })
                    } catch {
                        _ = responder.respond(error.response)
                        return
                    }
                    switch request.target.segments.first {
                    case "sync" where request.target.segments == ExchangeService.segments:
                        exchange.handle(request, responder)
                    case "control": control.handle(request, responder)
                    default: (listener == .operation ? operation : people).handle(request, responder)
                    }
                })
        }
        (self.exchange, self.people, self.operation, self.control) = (exchange, people, operation, control)
        let opened = addresses
        places.withLock { $0 = opened }
    }

    /// Where the node listens, also where the system chose the ports.
    var addresses: ListenAddresses {
        EachListener { ListenAddress(loopback: servers[$0].address, port: servers[$0].port) }
    }

    /// Ends gracefully: what is in flight finishes or is refused. The operation listener ends last, so that a monitor is
    /// told "stopping" rather than nothing.
    /// - Parameter graceMilliseconds: how long what is in flight may take at each listener.
    func stop(graceMilliseconds: Int) {
        servers.nodes.stop(graceMilliseconds: graceMilliseconds) { [exchange] in exchange.releaseWaiters() }
        servers.people.stop(graceMilliseconds: graceMilliseconds) { [people] in people.releaseWaiters() }
        servers.operation.stop(graceMilliseconds: graceMilliseconds)
        exchange.close()
        control.close()
        operation.close()
        people.close()
    }

    /// - Throws: `.misdirected` where another listener serves the address.
    private static func check(
        _ request: HTTPRequest, isFor listener: NodeListener, _ places: ListenAddresses
    ) throws(APIProblem) {
        guard let right = NodeListener(firstSegment: request.target.segments.first), right != listener else { return }
        throw .misdirected(to: right, places[right])
    }

    /// The most bytes that a request to an address may bring; of frames there are none but at the nodes'
    /// listener.
    private static func bodyLimit(_ listener: NodeListener, _ method: HTTPMethod, _ target: HTTPTarget) -> Int {
        switch target.segments.first {
        case "sync":
            listener == .nodes && target.segments == ExchangeService.segments
                ? Limits.frameBytesMax : APIRoute.strayBodyBytesMax
        case "control": ControlRoutes.bodyLimit(target)
        default: APIRouter.bodyLimit(method, target)
        }
    }

    private static func methods(_ target: HTTPTarget) -> [HTTPMethod] {
        ["sync", "control"].contains(target.segments.first) ? [.post] : APIRouter.methods(at: target)
    }
}

extension HTTPServerConfiguration {
    /// The limits of a listener.
    fileprivate static func of(_ address: ListenAddress, connectionsMax: Int) -> HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration()
        configuration.connectionsMax = connectionsMax
        configuration.address = address.host
        configuration.port = address.port
        // Answers are data: nothing on the way keeps them, and no browser takes them for a page.
        configuration.headers = [
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        ]
        return configuration
    }
}
