import HTTPTransport
import Platform
import Testing

@Suite("Answers, now or later")
struct AnswerTests {
    @Test func `requests that wait take no thread from others`() throws {
        let waiters = Waiters()
        let server = try TestServer { request, responder in
            if request.target.segments == ["wait"] { return waiters.add(responder) }
            responder.respond(HTTPResponse(status: 200))
        }
        let waiting = (0..<50).map { _ in RawConnection(port: server.port) }
        for connection in waiting { connection.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n") }
        let responders = try #require(waiters.take(50))
        let client = HTTPClient()
        for _ in 0..<200 { #expect(try client.perform(HTTPClientRequest(.get, server.url("/"))).status == 200) }
        for responder in responders { #expect(responder.respond(HTTPResponse(status: 202))) }
        for connection in waiting { #expect(connection.readResponse()?.status == 202) }
    }

    @Test func `five hundred long polls are woken together, round after round`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        let connections = (0..<500).map { _ in RawConnection(port: server.port) }
        for round in 1...3 {
            for connection in connections {
                connection.send("POST /poll HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            }
            let responders = try #require(waiters.take(500))
            #expect(server.server.statistics.requests == 500)
            for responder in responders {
                responder.respond(HTTPResponse(status: 200, body: Array("round \(round)".utf8)))
            }
            for connection in connections { #expect(connection.readResponse()?.body == "round \(round)") }
        }
        #expect(server.server.statistics.connections == 500)
    }

    /// libmicrohttpd takes 128 events at once, and sleeps on them when it gets exactly so many.
    @Test(arguments: [127, 128, 129, 256])
    func `a burst that came while every thread was busy is served at once`(burst: Int) throws {
        let isBlocked = Locked(true)
        let arrived = Locked(0)
        let server = try TestServer({ $0.threads = 1 }) { request, responder in
            if request.target.segments == ["block"] {
                arrived.change { $0 += 1 }
                let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)
                _ = isBlocked.wait(untilNanoseconds: deadline) { $0 ? nil : true }
            }
            responder.respond(HTTPResponse(status: 200))
        }
        let connections = (0..<burst).map { _ in RawConnection(port: server.port) }
        for connection in connections {
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(connection.readResponse()?.status == 200)
        }
        // The first 120 share the first thread.
        let blocker = connections[0]
        blocker.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)
        _ = arrived.wait(untilNanoseconds: deadline) { $0 == 1 ? true : nil }
        for connection in connections { connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        isBlocked.change { $0 = false }
        for connection in connections { #expect(connection.readResponse()?.status == 200) }
        #expect(blocker.readResponse()?.status == 200)
    }

    @Test func `answers from other threads race with the end of the handler and none is lost`() throws {
        let work = Locked<[HTTPResponder]>([])
        let isOver = Locked(false)
        let server = try TestServer { _, responder in work.change { $0.append(responder) } }
        let answerers = try (0..<2).map { _ in
            try WorkerThread(name: "answer") {
                while true {
                    let taken = work.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 20)) {
                        $0.popLast()
                    }
                    if let taken { taken.respond(HTTPResponse(status: 200)) } else if isOver.withLock({ $0 }) { return }
                }
            }
        }
        let clients = try (0..<4).map { _ in
            try WorkerThread(name: "ask") {
                let client = HTTPClient()
                for _ in 0..<500 {
                    do throws(HTTPClientError) {
                        let response = try client.perform(HTTPClientRequest(.get, server.url("/")))
                        #expect(response.status == 200)
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        for client in clients { client.join() }
        isOver.withLock { $0 = true }
        for answerer in answerers { answerer.join() }
        #expect(eventually { server.server.statistics.requests == 0 })
    }

    @Test func `a responder that is forgotten answers by itself`() throws {
        let server = try TestServer { _, _ in }
        let response = try HTTPClient().perform(HTTPClientRequest(.get, server.url("/")))
        #expect(response.status == 500)
        #expect(String(decoding: response.body, as: UTF8.self).contains("http.unanswered"))
    }

    @Test func `a second answer is a mistake of ours`() async {
        await #expect(processExitsWith: .failure) {
            let server = try TestServer { _, responder in
                responder.respond(HTTPResponse(status: 200))
                responder.respond(HTTPResponse(status: 200))
            }
            _ = try HTTPClient().perform(HTTPClientRequest(.get, server.url("/")))
        }
    }

    @Test(arguments: ["a\r\nSet-Cookie: stolen=1", ""])
    func `an answer whose header cannot be sent becomes an error`(value: String) throws {
        let server = try TestServer { _, responder in
            responder.respond(HTTPResponse(status: 200, headers: ["Location": value], body: [1]))
        }
        let response = try HTTPClient().perform(HTTPClientRequest(.get, server.url("/")))
        #expect(response.status == 500)
        #expect(response.headers["Set-Cookie"] == nil)
        #expect(String(decoding: response.body, as: UTF8.self).contains("http.bad-response"))
    }

    @Test(arguments: HTTPMethod.allCases)
    func `every method reaches the handler with its headers and its peer`(method: HTTPMethod) throws {
        let server = try TestServer { request, responder in
            let text = "\(request.method.rawValue) \(request.peer) \(request.headers["X-TEST"] ?? "") \(request.body)"
            responder.respond(HTTPResponse(status: 200, body: Array(text.utf8)))
        }
        let request = HTTPClientRequest(method, server.url("/"), headers: ["x-test": "投诉"])
        let response = try HTTPClient().perform(request)
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(response.status == 200)
        #expect(text == (method == .head ? "" : "\(method.rawValue) 127.0.0.1 投诉 []"))
    }

    @Test func `requests sent in one piece are answered in order`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        let requests = (0..<20).map { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\($0 + 10)" }
        connection.send(requests.joined())
        for number in 0..<20 { #expect(connection.readResponse()?.body == "\(number + 10)") }
    }

    @Test func `a client of HTTP 1.0 gets its answer and the end`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi")
        let answer = try #require(connection.readToEnd())
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.hasSuffix("\r\n\r\nhi"))
    }

    @Test func `a client that goes away while it waits does no harm`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        for _ in 0..<20 {
            let connection = RawConnection(port: server.port)
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let responders = try #require(waiters.take(1))
            withExtendedLifetime(connection) {}
            responders[0].respond(HTTPResponse(status: 200, body: [UInt8](repeating: 1, count: 1 << 20)))
        }
        #expect(eventually { server.isIdle })
    }
}
