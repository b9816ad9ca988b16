import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// One head office, one province and one branch, each a real process on a loopback port of its own, with lines that
/// can be cut. A story starts the nodes that it needs.
final class LiveBank {
    static let headOffice: NodeID = "head-office"
    static let province: NodeID = "province-01"
    static let branch: NodeID = "branch-0101"

    let folder: LiveFolder
    let topology: Topology
    private(set) var processes: [NodeID: LiveProcess] = [:]
    private(set) var lines: [NodeID: LineProxy] = [:]

    /// - Parameters:
    ///   - capturesLines: what each node sends to its parent is kept in a file.
    ///   - extra: further branches of the province.
    ///   - layout: makes the topology in a folder.
    init(
        capturesLines: Bool = false, extra: [NodeID] = [], _ layout: ((String) throws -> Topology)? = nil
    ) throws {
        folder = try LiveFolder()
        topology = try layout?(folder.path) ?? LiveBank.topology(in: folder.path, extra: extra)
        for node in topology.nodes {
            if let parent = node.parent, let port = topology.node(parent)?.listen.nodes.port {
                lines[node.id] = try LineProxy(to: port, capturePath: capturesLines ? capturePath(node.id) : nil)
            }
            try write(node.id, to: topologyPath(node.id))
        }
    }

    deinit {
        for process in processes.values { process.kill() }
        for line in lines.values { line.close() }
    }

    static func topology(in folder: String, extra: [NodeID] = []) throws -> Topology {
        func node(_ id: NodeID, _ tier: Tier, _ parent: NodeID?, _ org: String) throws -> TopologyNode {
            TopologyNode(
                id: id, tier: tier, parent: parent, name: Wording("节点\(org)", "Node \(org)"), orgCode: org,
                listen: try LivePort.addresses(), dataFolder: "\(folder)/\(id)")
        }
        var nodes = [
            try node(headOffice, .headOffice, nil, "000000"), try node(province, .province, headOffice, "010000"),
            try node(branch, .branch, province, "010101"),
        ]
        for (index, id) in extra.enumerated() { nodes.append(try node(id, .branch, province, "01020\(index)")) }
        return try Topology(bank: Wording("测试银行", "Test Bank"), nodes: nodes)
    }

    // MARK: Files

    func topologyPath(_ node: NodeID) -> String { "\(folder.path)/\(node).json" }
    func capturePath(_ node: NodeID) -> String { "\(folder.path)/\(node).line" }
    func logPath(_ node: NodeID) -> String { "\(folder.path)/\(node).log" }
    func dataPath(_ node: NodeID) -> String { "\(folder.path)/\(node)" }
    func log(_ node: NodeID) -> String { String(decoding: WholeFile.read(logPath(node)) ?? [], as: UTF8.self) }

    /// The topology as `node` has it: the parent is reached over the line. `listen` and `data` move the node itself.
    func write(
        _ node: NodeID, to path: String, listen: ListenAddresses? = nil, data: String? = nil, line: LineProxy? = nil
    )
        throws
    {
        let parent = topology.node(node)?.parent
        let nodes = topology.nodes.map { other in
            if other.id == node {
                return other.moved(
                    to: listen ?? other.listen, dataFolder: data ?? other.dataFolder)
            }
            guard other.id == parent, let line = line ?? lines[node] else { return other }
            return other.moved(to: other.listen.reached(overNodesPort: line.port), dataFolder: other.dataFolder)
        }
        try SmallFile.write(Topology(bank: topology.bank, nodes: nodes).encoded, to: path)
    }

    // MARK: Processes

    func listen(_ id: NodeID) -> ListenAddresses {
        guard let node = topology.node(id) else { preconditionFailure("the bank has no node \(id)") }
        return node.listen
    }

    func client(_ node: NodeID) -> LiveClient { LiveClient(listen(node)) }

    /// Starts the node and does not wait for it.
    @discardableResult
    func spawn(
        _ node: NodeID, environment: [String] = [], disk: LiveDisk? = nil, arguments: [String] = []
    ) throws -> LiveProcess {
        let process = try LiveProcess(
            ["run", "--init", "--topology", topologyPath(node), "--node", node.text] + arguments,
            environment: environment,
            disk: disk, log: logPath(node))
        processes[node] = process
        return process
    }

    /// Starts nodes and waits until each takes work.
    func start(
        _ nodes: NodeID..., environment: [String] = [], disk: LiveDisk? = nil, arguments: [String] = []
    ) throws {
        for node in nodes { try spawn(node, environment: environment, disk: disk, arguments: arguments) }
        for node in nodes {
            let process = try #require(processes[node])
            try client(node).waitUntilReady(process, "\(node): \(log(node))")
        }
    }

    /// SIGKILL.
    func kill(_ node: NodeID) { processes[node]?.kill() }

    /// SIGTERM; the exit status.
    func stop(_ node: NodeID) -> Int32 {
        processes[node]?.terminate()
        return processes[node]?.wait() ?? -1
    }

    // MARK: Agreement

    /// Waits until both ends of the line above `node` have drained and hold the same.
    func waitUntilAgreed(_ node: NodeID, with other: NodeID? = nil, _ seed: LiveSeed? = nil) throws {
        let parent = try #require(other ?? topology.node(node)?.parent)
        let (here, above) = (client(node), client(parent))
        var last = ""
        let isAgreed = try eventually(seconds: 90) {
            let ends = (try here.neighbour(parent), try above.neighbour(node))
            last = "\(ends.0) / \(ends.1)"
            return ends.0.waiting == 0 && ends.1.waiting == 0 && ends.0.shared == ends.1.shared
        }
        try #require(isAgreed, "\(node) and \(parent) do not agree: \(last) \(seed?.description ?? "")")
    }

    func requireSound(_ nodes: NodeID..., seed: LiveSeed? = nil) throws {
        for node in nodes {
            let report = try client(node).verify()
            #expect(report["is_sound"]?.bool == true, "\(node): \(report.value) \(seed?.description ?? "")")
        }
    }
}

/// Asks until the answer is yes. What other processes do cannot be waited for in any other way.
func eventually(seconds: Int64, _ condition: () throws -> Bool) throws -> Bool {
    let deadline = SystemClock.monotonicMilliseconds() + seconds * 1000
    while true {
        if try condition() { return true }
        guard SystemClock.monotonicMilliseconds() < deadline else { return false }
        pass(milliseconds: 15)
    }
}

/// Lets time pass for the other processes.
func pass(milliseconds: Int) { _ = poll(nil, 0, Int32(milliseconds)) }

/// Ports below the range that the system hands to outgoing connections: a client could otherwise be given the port of
/// a node that is down for a moment.
enum LivePort {
    private static let given = Locked<Set<UInt16>>([])

    static func free() throws -> UInt16 {
        for _ in 0..<200 {
            let port = UInt16(20_000 + SystemRandom.word() % 12_000)
            guard given.withLock({ $0.insert(port).inserted }), isFree(port) else { continue }
            return port
        }
        throw LineProxyError(systemError: EADDRINUSE)
    }

    /// Three of them.
    static func addresses() throws -> ListenAddresses {
        try ListenAddresses { _ in ListenAddress(loopbackPort: try free()) }
    }

    private static func isFree(_ port: UInt16) -> Bool {
        do {
            close(try LineProxy.listen(on: port).0)
            return true
        } catch {
            return false
        }
    }
}

/// A folder of this story's own, removed with all that is in it.
final class LiveFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/syncnode-live-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        try #require(isMade)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do { try FolderTree.remove(path) } catch { Issue.record("the folder of a story cannot be removed: \(error)") }
    }

    /// Copies the files of a node's folder; what is at `target` before goes.
    static func copy(_ source: String, to target: String) throws {
        if access(target, F_OK) == 0 { try FolderTree.remove(target) }
        try DataFolder.create(target)
        for name in [
            "tickets.sqlite", "tickets.sqlite-wal", "witness", "search.sqlite", "search.sqlite-wal", "person.key",
        ] {
            guard let bytes = WholeFile.read("\(source)/\(name)") else { continue }
            try SmallFile.write(bytes, to: "\(target)/\(name)")
        }
    }
}

/// Random numbers from a seed that is printed (SplitMix64, Steele, Lea and Flood 2014). `SYNCNODE_LIVE_SEED` replays one.
struct LiveSeed: RandomNumberGenerator, CustomStringConvertible {
    let seed: UInt64
    private var state: UInt64

    init(_ story: String) {
        let given = getenv("SYNCNODE_LIVE_SEED").flatMap { UInt64(String(cString: $0)) }
        seed = given ?? SystemRandom.word()
        state = seed
        print("\(story): \(self)")
    }

    var description: String { "SYNCNODE_LIVE_SEED=\(seed)" }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
