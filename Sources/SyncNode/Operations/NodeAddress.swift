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
        guard NodeURL.isLoopback(url) else {
            throw UsageError(
                code: "cli.url-not-loopback", "--url names another machine, or is no http URL",
                hint: "run the command on the node's own machine: http://127.0.0.1:PORT")
        }
        return NodeAddress(url: url)
    }
}

/// Where a node is reached, and who must answer there.
struct NodeAddress: Hashable, Sendable {
    /// For people; where only one address was named, that one.
    let url: String
    /// For operators.
    let operationURL: String
    /// nil where only the address was named: whoever answers is meant.
    var expected: NodeIdentity?

    init(url: String, expected: NodeIdentity? = nil) {
        self.url = url
        operationURL = url
        self.expected = expected
    }

    init(_ node: TopologyNode, _ topology: Topology) {
        url = node.listen.people.url
        operationURL = node.listen.operation.url
        expected = NodeIdentity(topology, node.id)
    }
}

/// Addresses that commands may dial.
enum NodeURL {
    /// Plain HTTP carries customers' words: not beyond this machine before TLS is here.
    static func isLoopback(_ url: String) -> Bool {
        guard url.hasPrefix("http://") else { return false }
        return BrowserGuard.isLoopback(String(url.dropFirst("http://".count).prefix { !"/?#".contains($0) }))
    }
}

extension HTTPClient {
    /// Sends a request to the node at `base`. Where the path is served at another of its listeners, the node says at
    /// which, and is asked there: so `--url` may name any of them.
    /// - Throws: as `perform`.
    func perform(
        _ request: HTTPClientRequest, at base: String, onChunk: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(HTTPClientError) -> HTTPClientResponse {
        let answer = try perform(request.sent(to: base), onChunk: onChunk)
        guard answer.status == 421, let right = answer.headers["Location"], NodeURL.isLoopback(right) else {
            return answer
        }
        return try perform(request.sent(to: right), onChunk: onChunk)
    }
}

extension HTTPClientRequest {
    /// The same request, whose URL was a path only, at a node.
    fileprivate func sent(to base: String) -> HTTPClientRequest {
        var request = self
        request.url = base + url
        return request
    }
}
