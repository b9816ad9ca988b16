import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketStore
import Testing

@testable import SyncNode

extension Live {
    /// A running node meets what it should never meet, and stays up.
    @Suite struct BadDayStories {
        // MARK: Peers

        @Test func `a peer of another topology is refused by name, and nothing crosses the line`() throws {
            let bank = try LiveBank()
            // The branch believes in a sister that its province has never heard of.
            let other = try LiveBank.topology(in: bank.folder.path, extra: ["branch-0199"])
            let nodes = other.nodes.map { node in
                let known = bank.topology.node(node.id)
                return node.moved(to: known?.listen ?? node.listen, dataFolder: node.dataFolder)
            }
            let path = bank.topologyPath(LiveBank.branch)
            try SmallFile.write(Topology(bank: other.bank, nodes: nodes).encoded, to: path)
            try expectStranger(bank, at: LiveBank.province, "sync.peer-other-topology")
        }

        @Test func `a node that is no neighbour is refused by name, and nothing crosses the line`() throws {
            let bank = try LiveBank()
            // The address of the parent leads to head office, which has no branches of its own.
            let port = try #require(bank.topology.node(LiveBank.headOffice)?.listen.nodes.port)
            let line = try LineProxy(to: port, capturePath: nil)
            defer { line.close() }
            try bank.write(LiveBank.branch, to: bank.topologyPath(LiveBank.branch), line: line)
            try expectStranger(bank, at: LiveBank.headOffice, "sync.peer-not-a-neighbour")
        }

        private func expectStranger(_ bank: LiveBank, at door: NodeID, _ code: String) throws {
            try bank.start(door, LiveBank.branch)
            let branch = bank.client(LiveBank.branch)
            _ = try branch.registered("stays-here")
            var line: LiveClient.Neighbour?
            let isNamed = try eventually(seconds: 30) {
                line = try branch.neighbour(LiveBank.province)
                return line?.lastError == code
            }
            #expect(isNamed, "\(line?.description ?? "")")
            #expect(try bank.client(door).numbers() == [])
            #expect(try branch.numbers().count == 1)
        }

        // MARK: Frames

        @Test func `garbage, truncated, damaged and oversized frames are refused by name, and the node stays up`()
            throws
        {
            let bank = try LiveBank()
            try bank.start(LiveBank.province)
            let province = bank.client(LiveBank.province)
            let kept = try province.registered("kept")
            var random = LiveSeed("frames")
            var message = Message(session: 7)
            message.hello = Hello(
                node: LiveBank.branch, topology: .zero, incarnation: nil, clock: 1_700_000_000_000,
                tokens: TokenPair(confirmed: 1, fresh: 2))
            let frame = Frame.encode(message, .production())
            var bad: [[UInt8]] = [[], [0], Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xFF, count: 4096)]
            bad += (0..<frame.count).map { Array(frame[..<$0]) }
            for _ in 0..<100 {
                var damaged = frame
                damaged[Int(random.next() % UInt64(frame.count))] ^= 1 << UInt8(random.next() % 8)
                bad.append(damaged)
                bad.append((0..<Int(random.next() % 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            }
            for body in bad { try expectRefusal(try post(body, to: province), 400..<500, "\(random)") }
            try expectRefusal(try post(frame, to: province), 403..<404, "\(random)")
            let huge = [UInt8](repeating: 0x55, count: Limits.frameBytesMax + 1)
            try expectRefusal(try post(huge, to: province), 413..<414, "\(random)")
            try expectRefusal(
                try province.send(.post, "/sync/v1/exchange", ["Content-Type": "text/plain"], body: frame), 415..<416,
                "")
            try expectRefusal(try province.send(.get, "/sync/v1/exchange"), 405..<406, "")
            #expect(try province.numbers() == [kept])
            #expect(try province.incidents() == [])
            try bank.requireSound(LiveBank.province)
        }

        private func post(_ frame: [UInt8], to client: LiveClient) throws -> LiveClient.Answer {
            try client.send(.post, "/sync/v1/exchange", ["Content-Type": ExchangeService.mediaType], body: frame)
        }

        private func expectRefusal(_ answer: LiveClient.Answer, _ statuses: Range<Int>, _ seed: String) throws {
            #expect(statuses.contains(answer.status) && answer.code?.isEmpty == false, "\(answer.refusal) \(seed)")
        }

        @Test func `clients that never finish their requests keep nobody waiting`() throws {
            let bank = try LiveBank()
            try bank.start(LiveBank.branch)
            let port = try #require(bank.topology.node(LiveBank.branch)?.listen.people.port)
            let slow = (1...40).compactMap { _ in HalfRequest(to: port) }
            defer { for one in slow { one.close() } }
            try #require(slow.count == 40)
            let client = bank.client(LiveBank.branch)
            let began = SystemClock.monotonicMilliseconds()
            for number in 1...5 { _ = try client.registered("quick-\(number)") }
            #expect(SystemClock.monotonicMilliseconds() - began < 5_000)
            #expect(try client.numbers().count == 5)
        }

        // MARK: Disk

        @Test(.enabled(if: LiveDisk.isPermitted, "this machine gives a test no mounts of its own"))
        func `a full disk refuses by name, and the node goes on by itself when there is space again`() throws {
            let bank = try LiveBank()
            let disk = LiveDisk.small(bank.dataPath(LiveBank.branch), megabytes: 4)
            try DataFolder.create(disk.folder)
            try bank.start(LiveBank.branch, disk: disk)
            let process = try #require(bank.processes[LiveBank.branch])
            let client = bank.client(LiveBank.branch)
            let oracle = LiveOracle()
            #expect(oracle.register("before", at: client))
            let ballast = disk.path(seenBy: process) + "/ballast"
            try Ballast.fill(ballast)
            var refusal: LiveClient.Answer?
            for number in 1...3_000 where refusal == nil {
                let answer = try client.register("full-\(number)")
                if answer.status == 201, let ticket = answer.json["number"]?.string {
                    oracle.acknowledge("full-\(number)", ticket, isNew: true)
                } else {
                    refusal = answer
                }
            }
            #expect(refusal?.status == 507 && refusal?.code == "store.disk-full", "\(refusal?.refusal ?? "never full")")
            #expect(process.isRunning)
            #expect(Set(try client.numbers()) == oracle.numbers, "a full disk is no reason to read less")

            Ballast.remove(ballast)
            #expect(oracle.register("space-again", at: client), "\(oracle.mistakes)")
            let isFound = try eventually(seconds: 30) { try client.found("space-again") == 1 }
            #expect(isFound, "the search index did not go on")
            #expect(Set(try client.numbers()) == oracle.numbers)
            #expect(process.isRunning)
            try bank.requireSound(LiveBank.branch)
        }

        @Test(arguments: ["tickets.sqlite", "witness"])
        func `a data file that somebody removes under the node stops all promises until it is back`(name: String) throws
        {
            let bank = try LiveBank()
            try bank.start(LiveBank.branch)
            let client = bank.client(LiveBank.branch)
            let number = try client.registered("before")
            let path = bank.dataPath(LiveBank.branch) + "/" + name
            try #require(rename(path, path + ".away") == 0)
            // Another file of that name, such as a backup that was put in place too early, is no better.
            for isReplaced in [false, true] {
                if isReplaced { try SmallFile.write([0], to: path) }
                let refusal = try client.register("gone-\(isReplaced)")
                #expect(refusal.status == 503 && refusal.code == "store.files-replaced", "\(refusal.refusal)")
                #expect(try client.send(.get, "/readyz").status == 503)
                #expect(try client.numbers() == [number], "what is held is still read")
            }
            try #require(rename(path + ".away", path) == 0)
            _ = try client.registered("after")
            let log = bank.log(LiveBank.branch)
            #expect(log.contains("store-trouble"))
            #expect(log.contains("code=store.files-replaced"))
            try bank.requireSound(LiveBank.branch)
            #expect(bank.stop(LiveBank.branch) == 0)
        }

        // MARK: Clock

        @Test(.enabled(if: FakeClock.library != nil, "libfaketime is not installed"))
        func `a clock that jumps for years either way loses nothing and is named`() throws {
            let bank = try LiveBank()
            try bank.start(LiveBank.province)
            let oracle = LiveOracle()
            for (index, offset) in ["+4000d", "-4000d", "+0d"].enumerated() {
                try bank.start(LiveBank.branch, environment: FakeClock.environment(offset))
                for number in 1...4 {
                    #expect(
                        oracle.register("\(index)-\(number)", at: bank.client(LiveBank.branch)), "\(oracle.mistakes)")
                }
                try bank.waitUntilAgreed(LiveBank.branch)
                #expect(bank.stop(LiveBank.branch) == 0)
            }
            #expect(oracle.mistakes.isEmpty)
            #expect(Set(try bank.client(LiveBank.province).numbers()) == oracle.numbers)
            #expect(try bank.client(LiveBank.province).incidents().contains("clock-beyond-bound"))
            try bank.requireSound(LiveBank.province)
        }

        // MARK: Ending

        @Test func `a node told to end answers or refuses what is under way, and keeps all that it granted`() throws {
            let bank = try LiveBank()
            let oracle = LiveOracle()
            var random = LiveSeed("SIGTERM")
            for round in 1...10 {
                try bank.start(LiveBank.branch)
                #expect(Set(try bank.client(LiveBank.branch).numbers()).isSuperset(of: oracle.numbers), "\(random)")
                let clients = try oracle.record(
                    at: bank.listen(LiveBank.branch), clients: 4, ticketsMax: 40, name: "round-\(round)")
                pass(milliseconds: Int.random(in: 1...150, using: &random))
                #expect(bank.stop(LiveBank.branch) == 0, "round \(round); \(random)")
                for client in clients { client.join() }
            }
            try bank.start(LiveBank.branch)
            let client = bank.client(LiveBank.branch)
            #expect(oracle.numbers.isSubset(of: try client.numbers()), "\(random)")
            oracle.repeatRequests(at: client, prefix: "round-", known: 10, &random)
            #expect(oracle.mistakes.isEmpty && oracle.unanswered.isEmpty, "\(oracle.mistakes); \(random)")
            #expect(Set(try client.numbers()) == oracle.numbers, "\(random)")
            try bank.requireSound(LiveBank.branch, seed: random)
        }
    }
}

/// A connection that sent half a request and then nothing.
private struct HalfRequest {
    private let descriptor: Int32

    init?(to port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let half = Array(
            "POST /api/v1/tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"fie"
                .utf8)
        guard connected == 0, Glibc.send(descriptor, half, half.count, Int32(MSG_NOSIGNAL)) == half.count else {
            Glibc.close(descriptor)
            return nil
        }
    }

    func close() { Glibc.close(descriptor) }
}

/// Debian's libfaketime, where it is installed.
private enum FakeClock {
    static let library: String? = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
        .map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }.first { access($0, R_OK) == 0 }

    static func environment(_ offset: String) -> [String] {
        ["LD_PRELOAD=\(library ?? "")", "FAKETIME=\(offset)", "FAKETIME_DONT_FAKE_MONOTONIC=1"]
    }
}
