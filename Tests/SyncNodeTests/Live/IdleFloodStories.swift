import Glibc
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// Connections that say nothing, held open at one listener of a node.
private final class IdleConnections {
    private let sockets: [Int32]

    init(_ count: Int, to port: UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        sockets = (0..<count).map { _ in
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return socket
        }
    }

    deinit { for socket in sockets where socket >= 0 { close(socket) } }
}

extension Live {
    /// Somebody on the machine opens connections and keeps them.
    @Suite struct IdleFloodStories {
        private let bank: LiveBank

        init() throws { bank = try LiveBank() }

        /// Milliseconds until the node says that it is well.
        private func healthy() throws -> Int64 {
            let client = bank.client(LiveBank.branch)
            let began = SystemClock.monotonicMilliseconds()
            let answer = try client.send(.get, "/healthz")
            #expect(answer.status == 200)
            return SystemClock.monotonicMilliseconds() - began
        }

        @Test func `2,200 idle connections at one listener keep the others from nobody`() throws {
            try #require(OpenFiles.allow(6_000) >= 6_000, "this machine gives a test too few files")
            try bank.start(LiveBank.branch)
            let listen = bank.listen(LiveBank.branch)
            for listener in [NodeListener.people, .nodes] {
                let idle = IdleConnections(2_200, to: listen[listener].port)
                for _ in 0..<5 {
                    let milliseconds = try healthy()
                    #expect(milliseconds < 1_000, "\(listener): \(milliseconds) ms")
                }
                withExtendedLifetime(idle) {}
            }
            try bank.requireSound(LiveBank.branch)
        }

        @Test func `where the system gives few files, idle connections leave those that the store and monitors need`()
            throws
        {
            let path = bank.topologyPath(LiveBank.branch)
            let words = ["run", "--init", "--topology", path, "--node", LiveBank.branch.text]
            let node = try LiveProcess(
                words: ["/usr/bin/prlimit", "--nofile=600:600"] + LiveProgram.command() + words,
                log: bank.logPath(LiveBank.branch))
            let client = bank.client(LiveBank.branch)
            try client.waitUntilReady(node, bank.log(LiveBank.branch))
            let idle = IdleConnections(700, to: bank.listen(LiveBank.branch).people.port)
            #expect(try healthy() < 1_000)
            // Reads the whole database, and writes a new file.
            try bank.requireSound(LiveBank.branch)
            #expect(try client.send(.post, "/control/backup?to=\(bank.folder.path)/copy.sqlite").status == 200)
            withExtendedLifetime(idle) {}
        }
    }
}
