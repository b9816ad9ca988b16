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

    /// Where the node is reached: `--url`, or the address in the topology.
    func nodeURL() throws -> String {
        if let url = arguments.text("url") {
            // Plain HTTP carries customers' words: not beyond this machine before TLS is here.
            guard ["http://127.", "http://localhost:", "http://[::1]"].contains(where: url.hasPrefix) else {
                throw UsageError(
                    code: "cli.url-not-loopback", "--url names another machine, or is no http URL",
                    hint: "run the command on the node's own machine: http://127.0.0.1:PORT")
            }
            return url
        }
        return try node(of: Topology.load(topologyPath)).listen.url
    }
}
