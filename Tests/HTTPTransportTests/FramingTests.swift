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

    /// Something else than the length that it seems to tell; whoever stands in front may take it for one.
    private static let hidden: [(name: String, fields: String)] = [
        ("no length at all", ""), ("folded", "Content-Length:\r\n 99\r\n"),
        ("folded by a tab", "Content-Length: \r\n\t99\r\n"), ("folded coding", "Transfer-Encoding:\r\n chunked\r\n"),
        ("a zero byte before its name", "X: a\r\n\0Content-Length: 99\r\n"),
        ("a line of a zero byte before it", "\0\r\nContent-Length: 99\r\n"),
        ("a field without a name before it", ": x\r\nContent-Length: 99\r\n"),
        ("a zero byte in a field's value", "X: a\0\r\nY: b\0Content-Length: 99\r\n"),
        ("a colon that is missing", "Content-Length 99\r\n"), ("a blank before it", " Content-Length: 99\r\n"),
        ("a bare CR before it", "X: y\rContent-Length: 99\r\n"),
        ("a zero byte in a name", "X\0: a\r\nContent-Length: 99\r\n"),
        ("hidden among fields without blanks", "A:b\nC:d\nE:f\n\0Content-Length: 99\r\nG:h\n"),
    ]

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"], FramingTests.hidden.map(\.name))
    func `what follows a header with a length that was not seen is never read as a request`(
        method: String, name: String
    ) throws {
        let fields = try #require(FramingTests.hidden.first { $0.name == name }).fields
        // A GET without any length is whole, and its connection goes on.
        if method == "GET", fields.isEmpty { return }
        let server = try TestServer { request, responder in
            #expect(request.target.rawPath == "/outer", "the body ran as a request")
            responder.respond(HTTPResponse(status: 200, body: request.body))
        }
        let connection = RawConnection(port: server.port)
        let inner = "GET /inner HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 62) + "\r\n\r\n"
        #expect(inner.utf8.count == 99)
        connection.send("\(method) /outer HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\(inner)")
        let answer = try #require(connection.readToEnd(), "the connection ends")
        // The library's own refusal may stand behind ours; nothing is served twice.
        #expect(answer.components(of: "HTTP/1.1 2") <= 1, "\(answer)")
        #expect(eventually { server.isIdle })
    }

    @Test(arguments: ["Content-Length: 3\r\n", "Content-Length:3\r\n", "Content-Length: \t 3\r\nX: a b \r\n"])
    func `a connection goes on behind a body whose length was told`(fields: String) throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        for _ in 0..<3 {
            connection.send("POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\nabc")
            #expect(connection.readResponse()?.body == "abc")
        }
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(connection.readResponse()?.status == 200)
        connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(connection.readResponse()?.status == 200)
    }

    @Test func `long headers that come in pieces keep their connection`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        for round in 0..<3 {
            let long = (0..<20).map { "X-\($0): " + String(repeating: "x", count: 500) + "\r\n" }.joined()
            for piece in ["GET / HTTP/1.1\r\nHo", "st: a\r\n" + long, "Y: \(round)", "\r\n\r", "\n"] {
                connection.send(piece)
                _ = connection.readToEnd(withinMilliseconds: 5)
            }
            #expect(connection.readResponse()?.status == 200)
        }
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

extension String {
    /// How often a text stands in this one.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
