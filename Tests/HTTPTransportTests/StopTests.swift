import HTTPTransport
import Platform
import Testing

@Suite("A server that stops")
struct StopTests {
    @Test func `lets those who wait go with its own words`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        let connections = (0..<20).map { _ in RawConnection(port: server.port) }
        for connection in connections { connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        let responders = try #require(waiters.take(20))
        let start = SystemClock.monotonicMilliseconds()
        server.server.stop(graceMilliseconds: 10_000) {
            for responder in responders { responder.respond(HTTPResponse(status: 200, body: Array("bye".utf8))) }
        }
        #expect(SystemClock.monotonicMilliseconds() - start < 5_000)
        for connection in connections {
            let response = try #require(connection.readResponse())
            #expect(response.status == 200 && response.body == "bye" && response.head.contains("Connection: close"))
            #expect(connection.readToEnd() == "")
        }
    }

    @Test func `answers for those who do not, and ignores what they say later`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        let connections = (0..<20).map { _ in RawConnection(port: server.port) }
        for connection in connections { connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        let responders = try #require(waiters.take(20))
        server.server.stop(graceMilliseconds: 0)
        for connection in connections { #expect(connection.readResponse()?.status == 503) }
        for responder in responders { #expect(!responder.respond(HTTPResponse(status: 200))) }
    }

    @Test func `finishes what is under way and takes nothing new`() throws {
        let waiters = Waiters()
        let server = try TestServer { _, responder in waiters.add(responder) }
        let working = RawConnection(port: server.port)
        let resting = RawConnection(port: server.port)
        working.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let responders = try #require(waiters.take(1))
        #expect(eventually { server.server.statistics.connections == 2 })
        let draining = Signal()
        let stopper = try WorkerThread(name: "stop") {
            server.server.stop(graceMilliseconds: 20_000) { draining.raise() }
        }
        #expect(draining.wait(after: 0, untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 9_000)) == 1)
        #expect(!RawConnection(port: server.port).isConnected)
        resting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(resting.readToEnd()?.hasPrefix("HTTP/1.1 503 ") == true)
        #expect(responders[0].respond(HTTPResponse(status: 200, body: Array("done".utf8))))
        stopper.join()
        #expect(working.readResponse()?.body == "done")
        #expect(server.isIdle)
    }

    @Test func `ends its streams`() throws {
        let (server, next) = try StreamTests.make()
        let connections = (0..<10).map { _ in RawConnection(port: server.port) }
        for connection in connections { connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        let streams = try (0..<10).map { _ in try #require(next()) }
        server.server.stop(graceMilliseconds: 10_000)
        for connection in connections { #expect(connection.readToEnd()?.hasSuffix("0\r\n\r\n") == true) }
        for stream in streams { #expect(!stream.send([1])) }
    }

    @Test func `frees its port for the next`() throws {
        let first = try TestServer(handler: TestServer.echo)
        let client = HTTPClient()
        #expect(try client.perform(HTTPClientRequest(.get, first.url("/"))).status == 200)
        first.server.stop(graceMilliseconds: 1000)
        let second = try TestServer({ $0.port = first.port }, handler: TestServer.echo)
        #expect(second.port == first.port)
        // The client's open connection is dead: it makes a new one by itself.
        #expect(try client.perform(HTTPClientRequest(.get, second.url("/"))).status == 200)
    }

    @Test func `may be told so many times and by many`() throws {
        let server = try TestServer(handler: TestServer.echo)
        let stoppers = try (0..<4).map { _ in
            try WorkerThread(name: "stop") { server.server.stop(graceMilliseconds: 100) }
        }
        for stopper in stoppers { stopper.join() }
        server.server.stop(graceMilliseconds: 100)
        #expect(!RawConnection(port: server.port).isConnected)
    }

    @Test func `survives it in the middle of traffic`() throws {
        for round in 0..<10 {
            let waiters = Waiters()
            let server = try TestServer { request, responder in
                if request.target.segments == ["wait"] { return waiters.add(responder) }
                responder.respond(HTTPResponse(status: 200))
            }
            let clients = try (0..<4).map { number in
                try WorkerThread(name: "ask") {
                    let client = HTTPClient()
                    do throws(HTTPClientError) {
                        while true {
                            let path = number == 0 ? "/wait" : "/"
                            let response = try client.perform(HTTPClientRequest(.get, server.url(path)))
                            if response.status == 503 { return }
                        }
                    } catch {
                        #expect([.refused, .closed].contains(error))
                    }
                }
            }
            _ = waiters.take(1)
            server.server.stop(graceMilliseconds: round * 5)
            for client in clients { client.join() }
        }
    }
}
