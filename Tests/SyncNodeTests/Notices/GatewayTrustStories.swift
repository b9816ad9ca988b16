import Glibc
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// The handshake with a gateway over TLS: a number goes to nobody who cannot show who he is.
@Suite("Notices over TLS", .enabled(if: access(TLSGateway.program, X_OK) == 0)) struct GatewayTrustStories {
    private struct Desk {
        let node: RunningNode
        let number: String
        let clock: Locked<Int64>

        init(_ gateway: TLSGateway, trusting caFile: String?) throws {
            clock = Locked(ThreeTiers.morning)
            let secret = try Gateway.secretFile(in: gateway.folder.path)
            node = try RunningNode.sending(
                .webhook(url: gateway.url, secretFile: secret, caFile: caFile), clock: clock)
            number = try node.register(["complainant_phone": RunningNode.phone])
            try node.verifyContact(number)
        }

        /// One round, and what became of the notice.
        func outcome() throws -> (state: String?, error: String?) {
            _ = try node.runtime.notices.round()
            let row = try node.outbox().first
            return (row?["state"]?.string, row?["error"]?.string)
        }
    }

    @Test func `a gateway that shows a certificate of the bank's own authority is sent to`() throws {
        let gateway = try TLSGateway(subject: "IP:127.0.0.1")
        let desk = try Desk(gateway, trusting: gateway.authority)
        let outcome = try desk.outcome()
        #expect(outcome.state == "sent", "\(outcome) \(gateway.log)")
        let request = try #require(gateway.requests.first)
        #expect(request.contains("webhook-signature: v1,") && request.contains(RunningNode.phone))
    }

    @Test func `a certificate of nobody that is trusted, or of another host, gets no word and no number`() throws {
        let stranger = try TLSGateway(subject: "IP:127.0.0.1")
        let other = try TLSGateway(subject: "DNS:gateway.example")
        for (gateway, trusted) in [(stranger, nil), (stranger, other.authority), (other, other.authority)] {
            let desk = try Desk(gateway, trusting: trusted)
            let outcome = try desk.outcome()
            #expect(outcome.state == "waiting" && outcome.error == "http-client.bad-certificate", "\(outcome)")
            #expect(gateway.requests.isEmpty)
            #expect(try desk.node.get("/api/v1/notices").json["sender"]?["state"]?.string == "resting")
        }
    }

    @Test func `a file of trusted certificates that is missing is said, and mended without a restart`() throws {
        let gateway = try TLSGateway(subject: "IP:127.0.0.1")
        let path = gateway.folder.file("later.pem")
        let desk = try Desk(gateway, trusting: path)
        #expect(try desk.outcome().error == "http-client.bad-trust-file")
        try SmallFile.write(try #require(WholeFile.read(gateway.authority)), to: path)
        desk.clock.withLock { $0 += 60_000 }
        #expect(try desk.outcome().state == "sent")
    }

    @Test func `the topology file names the trusted certificates beside the address`() throws {
        let settings = NoticeSettings.webhook(url: "https://g.example/n", secretFile: "s", caFile: "ca.pem")
        let topology = try RunningNode.topology().sending(settings, from: "p1")
        let folder = try TemporaryFolder()
        let path = try folder.write("t.json", topology.encoded)
        let read = try Topology.load(path)
        #expect(read.node("p1")?.notices == settings)
        #expect(
            settings.resolved(from: "/etc/x")
                == .webhook(url: "https://g.example/n", secretFile: "/etc/x/s", caFile: "/etc/x/ca.pem"))
    }
}

@Suite struct NoticeAddressTests {
    @Test func `AU-11 no number of a customer leaves in the clear, whatever the address looks like`() {
        for url in ["https://gateway.example/n", "http://127.0.0.1:8080/n", "http://[::1]/n"] {
            #expect(NoticeSettings.isSafe(url: url), "\(url)")
        }
        for url in [
            "http://gateway.example/n", "http://127.0.0.1.evil.example/", "http://127.0.0.1:80@evil.example/",
            "https://", "ftp://127.0.0.1/",
        ] {
            #expect(!NoticeSettings.isSafe(url: url), "\(url)")
        }
    }
}

/// A gateway behind `openssl s_server`, with an authority of its own.
final class TLSGateway {
    static let program = "/usr/bin/openssl"

    let folder: TemporaryFolder
    let url: String
    private let pid: pid_t
    private let input: Int32
    private let seen: Locked<[String]>
    private let thread: WorkerThread

    /// The certificate of the authority, which a client has to trust.
    var authority: String { folder.file("ca.pem") }
    var requests: [String] { seen.withLock { $0 } }
    var log: String { String(decoding: WholeFile.read(folder.file("log")) ?? [], as: UTF8.self) }

    /// - Parameter subject: who the certificate is for, `IP:127.0.0.1`.
    init(subject: String) throws {
        folder = try TemporaryFolder()
        let port = try LivePort.free()
        url = "https://127.0.0.1:\(port)/events"
        try TLSGateway.certify(subject, in: folder)
        let (toServer, fromServer) = (try TLSGateway.ends(), try TLSGateway.ends())
        let words = [
            "s_server", "-accept", "127.0.0.1:\(port)", "-cert", folder.file("server.pem"), "-key",
            folder.file("server.key"), "-quiet",
        ]
        pid = try TLSGateway.spawn(words, input: toServer[0], output: fromServer[1], log: folder.file("log"))
        close(toServer[0])
        close(fromServer[1])
        let (seen, input) = (Locked<[String]>([]), toServer[1])
        self.seen = seen
        self.input = input
        thread = try WorkerThread(name: "tls-gateway") { [output = fromServer[0]] in
            TLSGateway.answer(from: output, to: input, seen)
        }
        let isListening = try eventually(seconds: 20) { TLSGateway.accepts(port) }
        try #require(isListening, "\(log)")
    }

    deinit {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        _ = waitpid(pid, &status, 0)
        thread.join()
        close(input)
    }

    /// Reads requests and answers each with 202.
    private static func answer(from output: Int32, to input: Int32, _ seen: Locked<[String]>) {
        defer { close(output) }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(output, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            received += chunk.prefix(count)
            let text = String(decoding: received, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n"), let length = contentLength(text),
                text[end.upperBound...].utf8.count >= length
            else { continue }
            seen.withLock { $0.append(text) }
            received = []
            let answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            _ = Console.writeAll(Array(answer.utf8), to: input)
        }
    }

    /// A pipe that no other process inherits.
    private static func ends() throws -> [Int32] {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { try #require(fcntl(end, F_SETFD, FD_CLOEXEC) == 0) }
        return ends
    }

    private static func contentLength(_ head: String) -> Int? {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return line.flatMap { $0.split(separator: ":").last }.flatMap { Int($0.filter(\.isNumber)) }
    }

    /// An authority, and a certificate of it for the server.
    private static func certify(_ subject: String, in folder: TemporaryFolder) throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        try run(
            ["req", "-x509"] + key + ["-keyout", folder.file("ca.key"), "-out", folder.file("ca.pem")]
                + ["-days", "2", "-subj", "/CN=test authority"], folder)
        try run(
            ["req"] + key + ["-keyout", folder.file("server.key"), "-out", folder.file("server.csr")]
                + ["-subj", "/CN=gateway", "-addext", "subjectAltName=\(subject)"], folder)
        try run(
            [
                "x509", "-req", "-in", folder.file("server.csr"), "-CA", folder.file("ca.pem"), "-CAkey",
                folder.file("ca.key"), "-CAcreateserial", "-out", folder.file("server.pem"), "-days", "2",
                "-copy_extensions", "copy",
            ], folder)
    }

    private static func run(_ words: [String], _ folder: TemporaryFolder) throws {
        let process = try LiveProcess(words: [program] + words, log: folder.file("log"))
        let status = process.wait()
        let said = String(decoding: WholeFile.read(folder.file("log")) ?? [], as: UTF8.self)
        try #require(status == 0, "\(words): \(said)")
    }

    private static func spawn(_ words: [String], input: Int32, output: Int32, log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
        defer { for pointer in arguments { free(pointer) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, program, &actions, nil, &arguments, environ)
        guard status == 0 else { throw ChildProcessError(systemError: status) }
        return pid
    }

    private static func accepts(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
