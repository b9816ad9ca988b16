import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// The bank of the demonstration: every node of a topology as a process of its own on free loopback ports, and between
/// each node and its parent a line that can be cut.
final class DemoBank {
    let topology: Topology
    let folder: String
    private(set) var processes: [NodeID: ChildProcess] = [:]
    private(set) var lines: [NodeID: LineProxy] = [:]

    /// Lays out folders, ports and topology files; starts nothing.
    ///
    /// - Throws: `ConfigurationError`, `LineProxyError`, `DataFolderError`.
    init(_ example: Topology, folder: String) throws {
        self.folder = folder
        try DataFolder.create(folder)
        // Held until the lines have their own ports too.
        let reserved = try LineProxy.reserve(example.nodes.count * NodeListener.allCases.count)
        defer { reserved.release() }
        var ports = reserved.ports.makeIterator()
        let moved = example.nodes.map { node in
            let listen = ListenAddresses { _ in
                guard let port = ports.next() else { preconditionFailure("as many ports were reserved") }
                return ListenAddress(loopbackPort: port)
            }
            return node.moved(to: listen, dataFolder: folder + "/" + node.id.text)
        }
        topology = try Topology(bank: example.bank, nodes: moved)
        for node in topology.nodes {
            if let parent = node.parent, let target = topology.node(parent)?.listen.nodes.port {
                lines[node.id] = try LineProxy(to: target, capturePath: capturePath(node.id))
            }
            try writeTopology(for: node)
        }
        try save(topology.nodes, to: folder + "/topology.json")
    }

    /// Where the bytes that a node sends to its parent are kept.
    func capturePath(_ node: NodeID) -> String { "\(folder)/\(node).line" }

    /// The node's own file: as the bank's, but its parent is reached over the line. Ids, roles and parents are the
    /// same, and so is the digest that peers compare.
    private func writeTopology(for node: TopologyNode) throws {
        let nodes = topology.nodes.map { other -> TopologyNode in
            guard other.id == node.parent, let line = lines[node.id] else { return other }
            return other.moved(to: other.listen.reached(overNodesPort: line.port), dataFolder: other.dataFolder)
        }
        try save(nodes, to: topologyPath(node.id))
    }

    private func save(_ nodes: [TopologyNode], to path: String) throws {
        try SmallFile.write(Topology(bank: topology.bank, nodes: nodes).encoded, to: path)
    }

    private func topologyPath(_ node: NodeID) -> String { "\(folder)/\(node).json" }

    func start(_ node: NodeID) throws {
        processes[node] = try ChildProcess(
            ["run", "--init", "--topology", topologyPath(node), "--node", node.text], log: "\(folder)/\(node).log")
    }

    /// Waits until the node answers; false where it ended or did not answer in time.
    func waitUntilReady(_ node: NodeID, milliseconds: Int) -> Bool {
        let deadline = SystemClock.monotonicMilliseconds() + Int64(milliseconds)
        let client = self.client(of: node)
        while SystemClock.monotonicMilliseconds() < deadline {
            if processes[node]?.isRunning != true { return false }
            if client.isReady() { return true }
            _ = poll(nil, 0, 20)
        }
        return false
    }

    /// Where people reach the node.
    func url(_ node: NodeID) -> String { listen(node).people.url }

    func client(of node: NodeID) -> DemoClient { DemoClient(listen(node)) }

    /// Who looks through all tickets of a node: the post of `reference/people.json` that works on them there.
    func reader(at node: TopologyNode) -> DemoClient {
        let role: Role =
            switch node.tier {
            case .branch: .branchOfficer
            case .province: .dispatcher
            case .headOffice: .hoDispatcher
            }
        return DemoClient(node.listen, post: "\(node.orgCode).\(role.rawValue)")
    }

    private func listen(_ id: NodeID) -> ListenAddresses {
        guard let node = topology.node(id) else { preconditionFailure("the bank has no node \(id)") }
        return node.listen
    }

    /// SIGKILL: what a power cut leaves is what is on the disk.
    func kill(_ node: NodeID) {
        processes[node]?.killNow()
        processes[node]?.wait()
    }

    /// Ends every node gracefully and closes the lines. True where all ended with status 0.
    func stop() -> Bool {
        for process in processes.values { process.terminate() }
        let codes = processes.values.map { $0.wait() }
        for line in lines.values { line.close() }
        return codes.allSatisfy { $0 == 0 }
    }
}
