import HTTPTransport
import Platform
import Testing

@Suite("Requests whose boundary is doubtful")
struct FramingTests {
    /// Each is complete, so that only the guard can refuse it. `Host` is there unless the case is about it.
    static let refused: [(String, Int)] = [
        (
            "two different lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
            400
        ),
        ("two equal lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
        (
            "length and chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
        ),
        (
            "chunks named twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400
        ),
        ("a coding besides chunks", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 400),
        ("an unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 400),
        ("a tab before chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{b}chunked\r\n\r\n", 400),
        ("a blank before the colon", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n", 400),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
        ("a bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("a blank before a name", "GET / HTTP/1.1\r\nHost: a\r\n X: a\r\nY: b\r\n\r\n", 400),
        ("a name that is no token", "GET / HTTP/1.1\r\nHost: a\r\nX(y): a\r\n\r\n", 400),
        ("a header without colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
        ("a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("a length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc", 400),
        ("a hexadecimal length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc", 400),
        ("a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc", 400),
        ("an empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400),
        ("a length of 2 to the 64", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551616\r\n\r\n", 413),
        ("a length above the limit", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413),
        (
            "a length above 2 to the 63", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n",
            400
        ),
        (
            "a chunked body", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            411
        ),
        ("an absolute target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("an asterisk as target", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("an authority as target", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("a broken escape", "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("a zero byte", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("a step upwards", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("UTF-8 that is broken", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("a method in small letters", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("a method of nobody", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("CONNECT", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("HTTP 2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    ].map { (name: String, text: String, status: Int) in ("\(name)\n\(text)", status) }

    @Test(arguments: refused)
    func `are refused, never handled, and their connection ends`(request: String, status: Int) throws {
        let text = String(request[request.index(after: request.firstIndex(of: "\n") ?? request.startIndex)...])
        let server = try TestServer(bodyBytesMax: 1000) { request, responder in
            Issue.record("the handler saw \(request.method) \(request.target.rawPath)")
            responder.respond(HTTPResponse(status: 200))
        }
        let connection = RawConnection(port: server.port)
        connection.send(text)
        let answer = try #require(connection.readToEnd())
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        // Another node may be served at once.
        #expect(eventually { server.isIdle })
    }

    /// What a gateway in front may read as a body must never be read here as a request.
    @Test(arguments: [
        "Content-Length:\r\n 29\r\n", "\u{0}Content-Length: 29\r\n", "X-A: a\r\n\u{0}Content-Length: 29\r\n", "",
    ])
    func `what stands behind a request that told no length is no request`(lines: String) throws {
        let paths = Locked<[String]>([])
        let server = try TestServer(bodyBytesMax: 1000) { request, responder in
            paths.withLock { $0.append(request.target.rawPath) }
            responder.respond(HTTPResponse(status: 200))
        }
        let connection = RawConnection(port: server.port)
        connection.send("POST /outer HTTP/1.1\r\nHost: a\r\n\(lines)\r\nGET /inner HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try #require(connection.readToEnd(), "the connection stays open")
        #expect(!paths.withLock { $0.contains("/inner") })
    }

    @Test func `a header without end is refused once it passes the memory of its connection`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
        var isOpen = true
        for _ in 0..<100 where isOpen { isOpen = connection.send(String(repeating: "x", count: 1000)) }
        let answer = connection.readToEnd()
        #expect(answer == "" || answer?.hasPrefix("HTTP/1.1 431 ") == true)
    }

    @Test func `blanks around a value are no part of it`() throws {
        let server = try TestServer { request, responder in
            responder.respond(HTTPResponse(status: request.headers["X-Post"] == "a b" ? 200 : 418))
        }
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\nX-Post: \t a b \t \r\n\r\n")
        #expect(try #require(connection.readResponse()).status == 200)
    }

    @Test func `many tiny headers are refused`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 200) + "\r\n")
        let answer = try #require(connection.readToEnd())
        #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 431 "))
    }

    @Test func `refusals explain themselves`() throws {
        let server = try TestServer(bodyBytesMax: 10, handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n")
        let response = try #require(connection.readResponse())
        #expect(response.status == 413)
        #expect(response.head.contains("application/problem+json"))
        #expect(response.body.contains("\"code\":\"http.body-too-large\""))
        #expect(response.body.contains("\"status\":413"))
    }

    @Test func `a large body over its limit is refused before it is sent`() throws {
        let server = try TestServer(bodyBytesMax: 1 << 20, handler: TestServer.echo)
        let body = [UInt8](repeating: 1, count: 4 << 20)
        let response = try HTTPClient().perform(HTTPClientRequest(.post, server.url("/"), body: body))
        #expect(response.status == 413)
        #expect(response.bytesSent < 1000)
    }
}
