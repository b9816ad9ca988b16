import Platform

/// An HTTP/1.1 server on loopback, over GNU libmicrohttpd.
///
/// The handler is called on one of a few threads once a request is whole. It must not block: what takes long is passed
/// to another thread, which answers through the responder. A long poll costs a connection and some KiB, no thread.
///
/// Requests with doubtful framing, unknown methods, unclean targets or bodies over their limit never reach the handler.
public final class HTTPServer: Sendable {
    public typealias Handler = @Sendable (HTTPRequest, HTTPResponder) -> Void
    /// The most bytes that a body may have; asked when the header is complete, before a byte of the body is read.
    public typealias BodyLimit = @Sendable (HTTPMethod, HTTPTarget) -> Int
    /// The methods that a resource takes; asked where a request has a method that is not known here.
    public typealias Methods = @Sendable (HTTPTarget) -> [HTTPMethod]

    /// What the server is doing.
    public struct Statistics: Sendable, Equatable {
        public let connections: Int
        /// Requests between their header and the end of their answer.
        public let requests: Int
        public let bodyBytes: Int
    }

    public let address: String
    /// The port that the server listens on, also when 0 was asked for.
    public let port: UInt16

    private let core: ServerCore
    private let workers: WorkerPool
    private let acceptor: Acceptor
    private let acceptorThread: WorkerThread

    /// How long the last answers may take to leave once the grace is over.
    private static let flushMilliseconds = 500

    /// Listens and serves until `stop`.
    /// - Throws: `HTTPError`: an address beyond this machine, a port in use, and the like.
    public init(
        _ configuration: HTTPServerConfiguration, bodyLimit: @escaping BodyLimit,
        methods: @escaping Methods = { _ in HTTPMethod.allCases }, handler: @escaping Handler
    ) throws(HTTPError) {
        configuration.check()
        ignoreBrokenPipes()
        let listener = try ListenSocket(address: configuration.address, port: configuration.port)
        let core = ServerCore(
            configuration: configuration, bodyLimit: bodyLimit, methods: methods, handler: handler)
        (workers, acceptor, acceptorThread) = try HTTPServer.start(listener: listener, core: core)
        (address, port) = (configuration.address, listener.port)
        self.core = core
    }

    /// A server that nobody stopped stops without grace.
    deinit { stop(graceMilliseconds: 0) }

    public var statistics: Statistics {
        Statistics(
            connections: core.connections.count, requests: core.inFlight.count, bodyBytes: core.budget.bytesInUse)
    }

    /// Stops gracefully; returns when every thread has ended and every connection is closed. Not from a handler.
    ///
    /// The port is closed at once. Requests that come now on open connections get 503. Streams end. What is in flight
    /// may finish within the grace, then it gets 503 too. Later calls wait for the first and do nothing.
    /// - Parameter releaseWaiters: called once nobody can begin to wait any more: answer your long polls here.
    public func stop(graceMilliseconds: Int, releaseWaiters: () -> Void = {}) {
        guard core.inFlight.beginDraining() else { return core.inFlight.waitUntilStopped() }
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: graceMilliseconds)
        acceptor.stopListening()
        releaseWaiters()
        for reply in core.inFlight.replies() { reply.endStream() }
        if !core.inFlight.waitUntilEmpty(deadlineNanoseconds: deadline) {
            for reply in core.inFlight.replies() { reply.abandon() }
            let flush = SystemClock.deadlineNanoseconds(inMilliseconds: HTTPServer.flushMilliseconds)
            _ = core.inFlight.waitUntilEmpty(deadlineNanoseconds: flush)
        }
        acceptor.quit()
        acceptorThread.join()
        workers.stop()
        core.inFlight.markStopped()
    }

    private static func start(
        listener: ListenSocket, core: ServerCore
    ) throws(HTTPError) -> (WorkerPool, Acceptor, WorkerThread) {
        let workers = try WorkerPool(core: core)
        do throws(HTTPError) {
            let acceptor = try Acceptor(
                listener: listener, table: core.connections, workers: workers,
                headerMilliseconds: core.configuration.headerMilliseconds)
            return (workers, acceptor, try startThread(of: acceptor))
        } catch {
            workers.stop()
            throw error
        }
    }

    private static func startThread(of acceptor: Acceptor) throws(HTTPError) -> WorkerThread {
        do throws(WorkerThreadError) {
            return try WorkerThread(name: "http-accept") { acceptor.run() }
        } catch {
            throw .cannotStart
        }
    }
}
