import HTTPTransport
import Platform
import Testing

@Suite("A stream of events")
struct StreamTests {
    /// A server whose every request becomes a stream, given to the test.
    static func make(
        _ configure: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) throws -> (TestServer, @Sendable () -> HTTPStream?) {
        let streams = Locked<[HTTPStream]>([])
        let server = try TestServer(configure) { _, responder in
            guard let stream = responder.stream(headers: ["Content-Type": "text/event-stream"]) else { return }
            streams.change { $0.append(stream) }
        }
        return (
            server,
            { streams.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)) { $0.popLast() } }
        )
    }

    @Test func `brings each event at once and ends properly`() throws {
        let (server, next) = try StreamTests.make()
        let connection = RawConnection(port: server.port)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = try #require(connection.read(until: "\r\n\r\n"))
        #expect(head.contains("text/event-stream") && head.contains("chunked"))
        let stream = try #require(next())
        for number in 0..<100 {
            #expect(stream.send(Array("data: \(number)\n\n".utf8)))
            #expect(connection.read(until: "data: \(number)\n\n") != nil)
        }
        stream.close()
        #expect(connection.read(until: "0\r\n\r\n") != nil)
        #expect(!stream.send([1]))
        // The connection can be used again.
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(connection.read(until: "\r\n\r\n") != nil)
    }

    @Test func `is read whole by our own client, in pieces`() throws {
        let (server, next) = try StreamTests.make()
        let sender = try WorkerThread(name: "send") {
            guard let stream = next() else { return }
            for number in 0..<1000 { while !stream.send(Array("\(number)\n".utf8)) {} }
            stream.close()
        }
        var text: [UInt8] = []
        let response = try HTTPClient().perform(HTTPClientRequest(.get, server.url("/"))) { piece in
            text.append(contentsOf: piece)
            return true
        }
        sender.join()
        #expect(response.body.isEmpty)
        #expect(String(decoding: text, as: UTF8.self) == (0..<1000).map { "\($0)\n" }.joined())
    }

    @Test func `tells that its client has gone`() throws {
        let (server, next) = try StreamTests.make()
        var connection: RawConnection? = RawConnection(port: server.port)
        connection?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let stream = try #require(next())
        #expect(stream.send([1]))
        #expect(connection?.read(until: "\u{1}") != nil)
        connection = nil
        #expect(eventually { !stream.send(Array(": heartbeat\n\n".utf8)) })
        #expect(eventually { server.isIdle })
    }

    @Test func `ends when its client is too far behind`() throws {
        let (server, next) = try StreamTests.make { $0.streamBytesMax = 64 * 1024 }
        let connection = RawConnection(port: server.port, receiveBufferBytes: 4096)
        connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let stream = try #require(next())
        let piece = [UInt8](repeating: 1, count: 8 * 1024)
        #expect(eventually { !stream.send(piece) })
        // The connection goes too, unless the system had room for the rest after all.
        #expect(eventually { server.server.statistics.requests == 0 })
        withExtendedLifetime(connection) {}
    }

    @Test func `may be closed and fed by many threads at once`() throws {
        let (server, next) = try StreamTests.make()
        for _ in 0..<20 {
            let connection = RawConnection(port: server.port)
            connection.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let stream = try #require(next())
            let senders = try (0..<3).map { _ in
                try WorkerThread(name: "send") { while stream.send([0x78]) {} }
            }
            #expect(connection.read(until: "xxx") != nil)
            stream.close()
            for sender in senders { sender.join() }
            #expect(connection.readToEnd()?.hasSuffix("0\r\n\r\n") == true)
        }
        #expect(eventually { server.server.statistics.requests == 0 })
    }
}
