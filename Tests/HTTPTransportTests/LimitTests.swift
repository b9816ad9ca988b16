import HTTPTransport
import Platform
import Testing

@Suite("Clients that are slow, many or greedy")
struct LimitTests {
    /// Sends a byte each 20 ms until the other side closes; nil if it does not within 5 s.
    static func trickle(_ connection: RawConnection) -> String? {
        for _ in 0..<250 {
            if !connection.send("x") { break }
            if let end = connection.readToEnd(withinMilliseconds: 20) { return end }
        }
        return connection.readToEnd(withinMilliseconds: 1)
    }

    @Test(arguments: ["", "GE", "GET / HTTP/1.1\r\nHost: a\r\nX: "])
    func `a header that trickles in is cut off`(start: String) throws {
        let server = try TestServer({ $0.headerMilliseconds = 200 }, handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send(start)
        #expect(LimitTests.trickle(connection) == "")
        #expect(eventually { server.server.statistics.connections == 0 })
    }

    @Test func `a body that trickles in is cut off`() throws {
        let server = try TestServer({ $0.bodyMilliseconds = 200 }, handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        #expect(LimitTests.trickle(connection) == "")
        #expect(eventually { server.isIdle })
    }

    @Test func `an answer that nobody reads is given up`() throws {
        let server = try TestServer({
            $0.bodyMilliseconds = 200; $0.slowestBytesPerSecond = 1 << 30
        }) { _, responder in
            responder.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 1, count: 32 << 20)))
        }
        let connection = RawConnection(port: server.port, receiveBufferBytes: 4096)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { server.server.statistics.requests == 1 })
        #expect(eventually { server.isIdle })
        withExtendedLifetime(connection) {}
    }

    @Test func `a connection that rests too long is closed`() throws {
        let server = try TestServer({ $0.idleSeconds = 1 }, handler: TestServer.echo)
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(connection.readResponse()?.status == 200)
        #expect(connection.readToEnd() == "")
    }

    @Test func `a request that waits for its answer is spared all deadlines`() throws {
        let waiters = Waiters()
        let server = try TestServer({
            $0.idleSeconds = 1
            $0.headerMilliseconds = 100
            $0.bodyMilliseconds = 100
        }) { _, responder in waiters.add(responder) }
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let responders = try #require(waiters.take(1))
        #expect(connection.readToEnd(withinMilliseconds: 2_000) == nil)
        responders[0].respond(HTTPResponse(status: 200))
        #expect(connection.readResponse()?.status == 200)
    }

    @Test func `connections beyond the limit are told so at once`() throws {
        let server = try TestServer({ $0.connectionsMax = 3 }, handler: TestServer.echo)
        let held = (0..<3).map { _ in RawConnection(port: server.port) }
        for connection in held {
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(connection.readResponse()?.status == 200)
        }
        let refused = RawConnection(port: server.port)
        #expect(refused.readToEnd()?.hasPrefix("HTTP/1.1 503 ") == true)
        withExtendedLifetime(held) {}
    }

    @Test func `one peer may not take all connections`() throws {
        let server = try TestServer({ $0.connectionsPerPeerMax = 2 }, handler: TestServer.echo)
        var held = (0..<2).map { _ in RawConnection(port: server.port) }
        #expect(eventually { server.server.statistics.connections == 2 })
        #expect(RawConnection(port: server.port).readToEnd()?.hasPrefix("HTTP/1.1 503 ") == true)
        held.removeAll()
        #expect(eventually { server.server.statistics.connections == 0 })
        let again = RawConnection(port: server.port)
        again.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(again.readResponse()?.status == 200)
    }

    @Test func `bodies that are too much together get 503, and their memory comes back`() throws {
        let waiters = Waiters()
        let server = try TestServer({ $0.bodiesBytesMax = 100_000 }) { _, responder in waiters.add(responder) }
        let first = RawConnection(port: server.port)
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
        let body = String(repeating: "x", count: 60_000)
        first.send(head + body)
        let responders = try #require(waiters.take(1))
        #expect(server.server.statistics.bodyBytes == 60_000)
        let second = RawConnection(port: server.port)
        second.send(head + body)
        let refusal = try #require(second.readResponse())
        #expect(refusal.status == 503)
        #expect(refusal.head.contains("Retry-After"))
        responders[0].respond(HTTPResponse(status: 200))
        #expect(first.readResponse()?.status == 200)
        #expect(eventually { server.server.statistics.bodyBytes == 0 })
        let third = RawConnection(port: server.port)
        third.send(head + body)
        let thirdResponders = try #require(waiters.take(1))
        thirdResponders[0].respond(HTTPResponse(status: 201))
        #expect(third.readResponse()?.status == 201)
    }

    @Test func `requests that are damaged anywhere neither stop the server nor leave a connection behind`() throws {
        let server = try TestServer(
            {
                $0.headerMilliseconds = 300; $0.bodyMilliseconds = 300
            }, handler: TestServer.echo)
        let whole = Array("POST /a%20b?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nX-Y: z\r\n\r\nbody".utf8)
        var random = Steps(state: 7)
        for _ in 0..<1500 {
            let connection = RawConnection(port: server.port)
            var damaged = whole
            for _ in 0...random.below(3) { random.damage(&damaged) }
            connection.send(damaged)
            connection.finishSending()
        }
        #expect(eventually { server.isIdle })
        let request = HTTPClientRequest(.post, server.url("/"), body: [1, 2, 3])
        #expect(try HTTPClient().perform(request).body == [1, 2, 3])
    }

    /// A small generator, so that a failing run can be repeated.
    struct Steps {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func damage(_ bytes: inout [UInt8]) {
            guard !bytes.isEmpty else { return }
            let index = below(bytes.count)
            switch below(4) {
            case 0: bytes[index] ^= 1 << UInt8(below(8))
            case 1: bytes.removeSubrange(index..<min(bytes.count, index + 1 + below(8)))
            case 2: bytes.insert(contentsOf: bytes[..<min(bytes.count, 1 + below(20))], at: index)
            default: bytes.insert([0, 9, 10, 13, 32, 37, 58, 255][below(8)], at: index)
            }
        }
    }
}
