import HTTPTransport
import Platform
import Testing

@Suite("A request and its answer")
struct RoundTripTests {
    @Test func `a body comes back as it was, at any size`() throws {
        let server = try TestServer(bodyBytesMax: 8 << 20, handler: TestServer.echo)
        let client = HTTPClient()
        for count in [0, 1, 1000, 65_535, 65_536, 1 << 20, (1 << 20) + 1, 8 << 20] {
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let response = try client.perform(HTTPClientRequest(.post, server.url("/echo"), body: body))
            #expect(response.status == 200)
            #expect(response.body == body)
            #expect(response.wasConnectionReused == (count != 0))
        }
    }

    @Test func `an empty exchange costs few bytes`() throws {
        let server = try TestServer { _, responder in responder.respond(HTTPResponse(status: 204)) }
        let client = HTTPClient()
        let response = try client.perform(HTTPClientRequest(.post, server.url("/sync/v1/session")))
        #expect(response.status == 204)
        #expect(response.bytesSent + response.bytesReceived < 150)
    }
}
