import HTTPTransport
import Platform

/// People's interface: `/api/v1/…`, health and metrics.
final class APIRouter: Sendable {
    private let runtime: NodeRuntime

    /// - Throws: `WorkerThreadError`.
    init(runtime: NodeRuntime) throws { self.runtime = runtime }

    /// The most bytes that a request's body may have.
    static func bodyLimit(_ method: HTTPMethod, _ target: HTTPTarget) -> Int { 1024 * 1024 }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        _ = responder.respond(.problem(status: 404, code: "api.unknown", sentence: "Unknown path.", hint: "See the document."))
    }

    /// Ends event streams and waiting answers; call before the server stops.
    func releaseWaiters() {}

    /// Ends the threads.
    func close() {}
}
