import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// A real `syncnode run` of the same build, beside this program.
final class NodeUnderTest {
    let pid: pid_t
    /// Where people reach it.
    let url: String
    /// Where neighbours reach it.
    let nodesURL: String
    /// From the start of the process to its first answer.
    let startSeconds: Double

    /// Starts the node of a topology file that `TopologyFile` wrote.
    /// The program beside this one.
    static let program: String = {
        let folder = CommandLine.arguments[0].split(separator: "/").dropLast().joined(separator: "/")
        return (CommandLine.arguments[0].hasPrefix("/") ? "/" : "") + folder + "/syncnode"
    }()

    init(_ node: NodeID, topology: String, port: UInt16) throws {
        let words = [
            NodeUnderTest.program, "run", "--init", "--topology", topology, "--node", node.text, "--log-level", "error",
        ]
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var pid: pid_t = 0
        let began = SystemClock.monotonicNanoseconds()
        guard posix_spawn(&pid, words[0], &actions, nil, pointers, environ) == 0 else {
            throw BenchError(what: "\(words[0]) cannot be started; build the product syncnode first")
        }
        self.pid = pid
        url = "http://127.0.0.1:\(port)"
        nodesURL = "http://127.0.0.2:\(port)"
        let ready = HTTPClientRequest(.get, "http://127.0.0.3:\(port)/readyz")
        let client = HTTPClient()
        while true {
            do {
                if try client.perform(ready).status == 200 { break }
            } catch {
                guard SystemClock.monotonicNanoseconds() - began < 60_000_000_000 else { throw error }
            }
            _ = poll(nil, 0, 2)
        }
        startSeconds = Double(SystemClock.monotonicNanoseconds() - began) / 1e9
    }

    /// Resident memory in MiB.
    var residentMebibytes: Double {
        guard let file = fopen("/proc/\(pid)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        guard fgets(&buffer, 256, file) != nil else { return 0 }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return pages * 4096 / 1_048_576
    }

    func stop() {
        kill(pid, SIGTERM)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
}

/// A topology of one head office, one province and some branches, as a file.
struct TopologyFile {
    let path: String
    let folder: String
    /// What nodes of this topology show each other.
    let digest: Digest

    /// Head office and branches listen on ports that nobody dials; the province on `provincePort`, branch 1 on
    /// `branchPort`: each at three addresses of this machine.
    init(branches: Int, folder: String, provincePort: UInt16, branchPort: UInt16) throws {
        self.folder = folder
        path = folder + "/topology.json"
        var rows: [(id: String, role: String, parent: String?, port: Int)] = [
            ("ho", "head_office", nil, 65_535), ("p1", "province", "ho", Int(provincePort)),
        ]
        for number in 1...branches {
            rows.append(("b\(number)", "branch", "p1", number == 1 ? Int(branchPort) : 1 + number))
        }
        let nodes = rows.enumerated().map { index, row in
            let parent = row.parent.map { "\"parent\": \"\($0)\", " } ?? ""
            return """
                {"id": "\(row.id)", "role": "\(row.role)", \(parent)"name": {"zh": "\(row.id)", "en": "\(row.id)"}, \
                "orgCode": "\(100_000 + index)", "dataFolder": "\(row.id)", \
                "listen": {"people": "127.0.0.1:\(row.port)", "nodes": "127.0.0.2:\(row.port)", \
                "operation": "127.0.0.3:\(row.port)"}}
                """
        }
        let text = """
            {"version": 1, "bank": {"zh": "测试", "en": "Bench"}, "nodes": [\(nodes.joined(separator: ",\n"))]}
            """
        guard let file = fopen(path, "w") else { throw BenchError(what: "cannot write \(path)") }
        fputs(text, file)
        fclose(file)
        digest = try TopologyFile.digest(of: path)
    }

    /// As the program itself says it.
    private static func digest(of path: String) throws -> Digest {
        guard let pipe = popen("'\(NodeUnderTest.program)' topology check '\(path)' --json", "r") else {
            throw BenchError(what: "cannot run the program")
        }
        defer { pclose(pipe) }
        // To the end, so that the program never writes to nobody.
        var found: Digest?
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), pipe) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = text.split(separator: "\"").map(String.init)
            guard let name = words.firstIndex(of: "digest"), words.count > name + 2 else { continue }
            let digits = Array(words[name + 2])
            let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            guard bytes.count == 16 else { continue }
            found = Digest(bytes + [UInt8](repeating: 0, count: 16))
        }
        guard let found else { throw BenchError(what: "the program names no digest") }
        return found
    }
}

/// A port that is free now.
func freePort() throws -> UInt16 {
    let server = try HTTPServer(
        HTTPServerConfiguration(), bodyLimit: { _, _ in 0 },
        handler: { _, responder in _ = responder.respond(HTTPResponse(status: 404)) })
    defer { server.stop(graceMilliseconds: 0) }
    return server.port
}
