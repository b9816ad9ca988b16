import Glibc
import HTTPTransport
import Platform
import Testing

@Suite("A server that cannot start")
struct StartTests {
    static func error(_ address: String, _ port: UInt16 = 0) -> HTTPError? {
        var configuration = HTTPServerConfiguration()
        configuration.address = address
        configuration.port = port
        do throws(HTTPError) {
            _ = try HTTPServer(configuration, bodyLimit: { _, _ in 0 }, handler: TestServer.echo)
            return nil
        } catch {
            #expect(!error.code.isEmpty && !error.sentence.isEmpty && !error.hint.isEmpty)
            return error
        }
    }

    @Test func `names the port that is in use`() throws {
        let server = try TestServer(handler: TestServer.echo)
        #expect(StartTests.error("127.0.0.1", server.port) == .portInUse(address: "127.0.0.1", port: server.port))
        #expect(try HTTPClient().perform(HTTPClientRequest(.get, server.url("/"))).status == 200)
    }

    @Test(arguments: ["0.0.0.0", "10.0.0.1", "::", "128.0.0.1", "2001:db8::1", "::ffff:127.0.0.1"])
    func `refuses plain HTTP beyond this machine`(address: String) {
        #expect(StartTests.error(address) == .plainHTTPBeyondLoopback(address: address))
    }

    @Test(arguments: ["", "localhost", "127.0.0", "127.0.0.1:80", "[::1]", "投诉"])
    func `refuses what is no address`(address: String) {
        #expect(StartTests.error(address) == .badAddress(address: address))
    }

    @Test(arguments: ["127.0.0.1", "127.1.2.3"])
    func `every loopback address will do`(address: String) {
        #expect(StartTests.error(address) == nil)
    }

    @Test func `goes on when the process had no descriptors left for a while`() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer(handler: TestServer.echo)
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            guard setrlimit(__rlimit_resource_t(7), &limit) == 0 else { exit(3) }
            var connections: [RawConnection] = []
            // Both ends are ours: when this side finds no descriptor, the server has none for those that wait.
            while true {
                let probe = open("/dev/null", O_RDONLY)
                if probe < 0 { break }
                close(probe)
                connections.append(RawConnection(port: server.port))
            }
            connections.removeAll()
            let connection = RawConnection(port: server.port)
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            guard connection.readResponse()?.status == 200 else { exit(4) }
        }
    }
}
