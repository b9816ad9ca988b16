import HTTPTransport
import Platform

/// A server on a free port of 127.0.0.1, with a handler of the test.
struct TestServer {
    let server: HTTPServer
    var port: UInt16 { server.port }

    init(
        bodyBytesMax: Int = 1 << 20, _ configure: (inout HTTPServerConfiguration) -> Void = { _ in },
        handler: @escaping HTTPServer.Handler
    ) throws {
        var configuration = HTTPServerConfiguration()
        configure(&configuration)
        server = try HTTPServer(configuration, bodyLimit: { _, _ in bodyBytesMax }, handler: handler)
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Nothing is left of any client.
    var isIdle: Bool {
        let now = server.statistics
        return now.connections == 0 && now.requests == 0 && now.bodyBytes == 0
    }

    /// Answers with what it was asked.
    static let echo: HTTPServer.Handler = { request, responder in
        responder.respond(HTTPResponse(status: 200, type: "text/plain", body: request.body))
    }
}

/// Collects responders that a test answers later.
final class Waiters: Sendable {
    private let waiting = Locked<[HTTPResponder]>([])

    func add(_ responder: HTTPResponder) { waiting.change { $0.append(responder) } }

    /// Blocks until so many wait, and takes them.
    func take(_ count: Int) -> [HTTPResponder]? {
        waiting.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 20_000)) { waiting in
            guard waiting.count >= count else { return nil }
            defer { waiting = [] }
            return waiting
        }
    }
}

/// Waits for something that other threads bring about; false when it does not come in 10 s.
func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = SystemClock.monotonicMilliseconds() + 10_000
    let never = Locked(())
    while !condition() {
        if SystemClock.monotonicMilliseconds() > deadline { return false }
        _ = never.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 2)) { _ in nil as Bool? }
    }
    return true
}
