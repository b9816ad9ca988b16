import HTTPTransport
import SyncProtocol

extension FlagSpec {
    /// Which running node is meant, where `--url` may say it instead.
    static let anyNode = FlagSpec("node", .text(placeholder: "id"), help: FlagSpec.node.help)
    static let url = FlagSpec(
        "url", .text(placeholder: "URL"), help: Wording("节点地址,代替拓扑", "the node's address, instead of the topology"))
}

extension Invocation {
    /// The topology file that was named, or the usual one.
    var topologyPath: String { get throws { arguments.text("topology") ?? "topology.json" } }

    /// The node that was named.
    func node(of topology: Topology) throws -> TopologyNode {
        guard let text = arguments.text("node") else {
            throw UsageError(
                code: "cli.no-node", "--node is missing",
                hint: "name one of: \(topology.nodes.prefix(20).map(\.id.text).joined(separator: ", "))")
        }
        guard let id = NodeID(text), let node = topology.node(id) else {
            let suggestion = topology.suggestion(for: text).map { "did you mean \($0)?" }
            throw UsageError(
                code: "cli.unknown-node", "the topology has no node of that name",
                hint: suggestion ?? "`syncnode topology check FILE` lists the nodes")
        }
        return node
    }

    /// Where the node is reached: `--url`, or the address in the topology, where the node of that file must answer.
    func nodeAddress() throws -> NodeAddress {
        guard let url = arguments.text("url") else {
            let topology = try Topology.load(topologyPath)
            return NodeAddress(try node(of: topology), topology)
        }
        if let other = ["topology", "node"].first(where: { arguments.text($0) != nil }) {
            throw UsageError(
                code: "usage.contradictory-flags", "--url and --\(other) both say which node is meant",
                hint: "give --url alone, or --topology and --node")
        }
        // Plain HTTP carries customers' words: not beyond this machine before TLS is here.
        guard ["http://127.", "http://localhost:", "http://[::1]"].contains(where: url.hasPrefix) else {
            throw UsageError(
                code: "cli.url-not-loopback", "--url names another machine, or is no http URL",
                hint: "run the command on the node's own machine: http://127.0.0.1:PORT")
        }
        return NodeAddress(url: url)
    }
}

/// Where a node is reached, and who must answer there.
struct NodeAddress: Hashable, Sendable {
    let url: String
    /// nil where only the address was named: whoever answers is meant.
    var expected: NodeIdentity?

    init(url: String, expected: NodeIdentity? = nil) {
        self.url = url
        self.expected = expected
    }

    init(_ node: TopologyNode, _ topology: Topology) {
        self.init(url: node.listen.url, expected: NodeIdentity(topology, node.id))
    }
}
