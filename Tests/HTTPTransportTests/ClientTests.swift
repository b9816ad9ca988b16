import HTTPTransport
import Platform
import Testing

@Suite("A client on a bad line")
struct ClientTests {
    static func error(
        _ request: HTTPClientRequest, abort: HTTPAbort? = nil, onChunk: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try HTTPClient().perform(request, abort: abort, onChunk: onChunk)
            return nil
        } catch {
            #expect(!error.code.isEmpty && !error.sentence.isEmpty && !error.hint.isEmpty)
            return error
        }
    }

    static func get(_ port: UInt16, _ change: (inout HTTPClientRequest) -> Void = { _ in }) -> HTTPClientRequest {
        var request = HTTPClientRequest(.get, "http://127.0.0.1:\(port)/")
        request.timeoutMilliseconds = 5_000
        change(&request)
        return request
    }

    @Test func `is told that nobody listens`() throws {
        let server = try TestServer(handler: TestServer.echo)
        server.server.stop(graceMilliseconds: 0)
        #expect(ClientTests.error(ClientTests.get(server.port)) == .refused)
    }

    @Test func `gives up an answer that does not come`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        #expect(ClientTests.error(ClientTests.get(server.port) { $0.timeoutMilliseconds = 100 }) == .timedOut)
    }

    @Test func `gives up a connection that does not stand`() throws {
        let listener = try RawListener([], backlog: 0)
        let filler = RawConnection(port: listener.port)
        let request = ClientTests.get(listener.port) { $0.connectTimeoutMilliseconds = 100 }
        #expect(ClientTests.error(request) == .connectTimedOut)
        withExtendedLifetime((filler, listener)) {}
    }

    @Test(arguments: [
        ("", RawListener.End.close), ("", .reset), ("HTTP/1.1 200 OK\r\n\r\nhow long am I?", .close),
        ("HTTP/1.1 200 OK\r\n", .close), ("HTTP/1.1 100 Continue\r\n\r\n", .close),
        ("HTTP/1.1 200 OK\r\nContent-Le", .close),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", .close),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", .reset),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123", .close),
    ])
    func `never takes half an answer for a whole one`(answer: String, end: RawListener.End) throws {
        let listener = try RawListener([(Array(answer.utf8), end)])
        #expect(ClientTests.error(ClientTests.get(listener.port)) == .closed)
        listener.finish()
    }

    @Test(arguments: ["SSH-2.0-OpenSSH\r\n", "\u{16}\u{3}\u{1}", "HTTP/9.9 hello\r\n\r\n"])
    func `knows what is not HTTP`(answer: String) throws {
        let listener = try RawListener([(Array(answer.utf8), .close)])
        #expect(ClientTests.error(ClientTests.get(listener.port)) == .notHTTP)
        listener.finish()
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + String(repeating: "x", count: 1001),
        "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + String(repeating: "x", count: 1001)
            + "\r\n0\r\n\r\n",
    ])
    func `takes no more than it wanted`(answer: String) throws {
        let listener = try RawListener([(Array(answer.utf8), .close)])
        let request = ClientTests.get(listener.port) { $0.responseBytesMax = 1000 }
        #expect(ClientTests.error(request) == .tooLarge(limitBytes: 1000))
        listener.finish()
    }

    @Test func `takes no endless header`() throws {
        let lines = String(repeating: "X: \(String(repeating: "y", count: 990))\r\n", count: 100)
        let listener = try RawListener([(Array("HTTP/1.1 200 OK\r\n\(lines)\r\n".utf8), .hang)])
        let error = ClientTests.error(ClientTests.get(listener.port))
        #expect(error?.code == "http-client.too-large")
        listener.finish()
    }

    @Test(arguments: ["", "127.0.0.1", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://127.0.0.1:99999/"])
    func `refuses a URL that it cannot ask`(url: String) {
        let error = ClientTests.error(HTTPClientRequest(.get, url))
        // A name without a scheme is taken for HTTP by the library: then nobody listens.
        #expect(error == .badRequest || (url == "127.0.0.1" && error == .refused))
    }

    @Test func `refuses a header that would smuggle another`() {
        let request = HTTPClientRequest(.get, "http://127.0.0.1:1/", headers: ["X": "a\r\nY: b"])
        #expect(ClientTests.error(request) == .badRequest)
    }

    @Test func `knows nothing of a name that does not exist`() {
        #expect(ClientTests.error(HTTPClientRequest(.get, "http://no-such-node.invalid/")) == .cannotResolve)
    }

    @Test func `is woken from a long poll at once`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        let abort = HTTPAbort()
        let outcomes = Locked<[HTTPClientError?]>([])
        let clients = try (0..<5).map { _ in
            try WorkerThread(name: "poll") {
                let error = ClientTests.error(ClientTests.get(server.port), abort: abort)
                outcomes.withLock { $0.append(error) }
            }
        }
        let responders = try #require(waiters.take(5))
        let start = SystemClock.monotonicMilliseconds()
        abort.raise()
        for client in clients { client.join() }
        #expect(SystemClock.monotonicMilliseconds() - start < 1_000)
        #expect(outcomes.withLock { $0 } == Array(repeating: .aborted, count: 5))
        // A raised token stays raised.
        #expect(ClientTests.error(ClientTests.get(server.port), abort: abort) == .aborted)
        withExtendedLifetime(responders) {}
    }

    @Test func `works again after any failure`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let client = HTTPClient()
        let abort = HTTPAbort()
        abort.raise()
        #expect(throws: HTTPClientError.aborted) { try client.perform(ClientTests.get(server.port), abort: abort) }
        let tooMuch = ClientTests.get(server.port) {
            $0.method = .post
            $0.body = [1, 2, 3]
            $0.responseBytesMax = 2
        }
        #expect(throws: HTTPClientError.tooLarge(limitBytes: 2)) { try client.perform(tooMuch) }
        #expect(try client.perform(ClientTests.get(server.port)).status == 200)
    }

    @Test func `stops reading when the reader has enough`() throws {
        let server = try TestServer { _, responder in
            responder.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 1, count: 8 << 20)))
        }
        var taken = 0
        let error = ClientTests.error(ClientTests.get(server.port)) { piece in
            taken += piece.count
            return taken < 100_000
        }
        #expect(error == .aborted)
        #expect(taken < 1 << 20)
    }

    @Test func `keeps an explanation for itself even when it reads in pieces`() throws {
        let server = try TestServer { _, responder in
            responder.respond(.problem(status: 409, code: "x", sentence: "y", hint: "z"))
        }
        let response = try HTTPClient().perform(ClientTests.get(server.port)) { _ in false }
        #expect(response.status == 409)
        #expect(response.headers["content-type"] == "application/problem+json")
        #expect(String(decoding: response.body, as: UTF8.self).contains("\"code\":\"x\""))
    }

    @Test(arguments: [0, 1, 1000, 65_535, 65_536, 500_000])
    func `counts the bytes on the line exactly`(bodyBytes: Int) throws {
        let answer = Array("HTTP/1.1 200 OK\r\nX:  y\r\nContent-Length: 5\r\n\r\nhello".utf8)
        let listener = try RawListener([(answer, .close)])
        var request = HTTPClientRequest(.post, "http://127.0.0.1:\(listener.port)/a?b=c", headers: ["A": "b"])
        request.body = [UInt8](repeating: 7, count: bodyBytes)
        let response = try HTTPClient().perform(request)
        #expect(response.headers["x"] == "y")
        #expect(response.bytesReceived == answer.count)
        #expect(response.bytesSent == listener.bytesHeard.count)
        listener.finish()
    }

    @Test func `says only what it must`() throws {
        let listener = try RawListener([(Array("HTTP/1.1 204 No Content\r\n\r\n".utf8), .close)])
        let url = "http://127.0.0.1:\(listener.port)/sync/v1/session"
        _ = try HTTPClient().perform(HTTPClientRequest(.post, url))
        let said = String(decoding: listener.bytesHeard, as: UTF8.self)
        #expect(
            said == "POST /sync/v1/session HTTP/1.1\r\nHost: 127.0.0.1:\(listener.port)\r\nContent-Length: 0\r\n\r\n")
        listener.finish()
    }

    @Test func `asks again by itself when its open connection was dead`() throws {
        let whole = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
        let listener = try RawListener([(whole, .close), (whole, .close)])
        let client = HTTPClient()
        #expect(try client.perform(ClientTests.get(listener.port)).status == 200)
        #expect(try client.perform(ClientTests.get(listener.port)).wasConnectionReused == false)
        listener.finish()
    }

    @Test func `does not follow a redirection`() throws {
        let server = try TestServer { _, responder in
            responder.respond(HTTPResponse(status: 302, headers: ["Location": "http://127.0.0.1:1/"]))
        }
        #expect(try HTTPClient().perform(ClientTests.get(server.port)).status == 302)
    }
}
