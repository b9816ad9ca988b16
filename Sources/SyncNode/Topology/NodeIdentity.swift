import Platform
import SyncProtocol

/// Which node of which bank: what a topology file says of it, and what a running node says of itself.
struct NodeIdentity: Hashable, Sendable {
    let node: String
    let bank: Wording
    /// `TopologyDigest` in hexadecimal digits.
    let topologyDigest: String

    init(node: String, bank: Wording, topologyDigest: String) {
        self.node = node
        self.bank = bank
        self.topologyDigest = topologyDigest
    }

    init(_ topology: Topology, _ node: NodeID) {
        self.init(
            node: node.text, bank: topology.bank, topologyDigest: topology.digest(SHA256.function).description)
    }

    /// What a node answered; nil where the answer is none of a node.
    init?(_ json: JSONElement) {
        guard let node = json["node"]?.string, let digest = json["topology_digest"]?.string,
            let zh = json["bank"]?["zh"]?.string, let en = json["bank"]?["en"]?.string
        else { return nil }
        self.init(node: node, bank: Wording(zh, en), topologyDigest: digest)
    }

    /// Refuses whoever else answers, the gravest difference first.
    ///
    /// - Parameter found: who answers at the address of this one.
    /// - Throws: `CommandError` that names what was expected and what was found.
    func check(_ found: NodeIdentity) throws(CommandError) {
        let hint = "check --topology and --node; another node may have taken this address"
        guard found.bank == bank else {
            throw CommandError(
                code: "client.other-bank",
                "a node of another bank answers at this address: \(found.shown(found.bank.both)), not \(bank.both)",
                hint: hint)
        }
        guard found.node == node else {
            throw CommandError(
                code: "client.other-node",
                "another node answers at this address: \(found.shown(found.node)), not \(node)",
                hint: hint)
        }
        guard found.topologyDigest == topologyDigest else {
            throw CommandError(
                code: "client.other-topology",
                "the node runs by another topology: digest \(found.shown(found.topologyDigest)), not \(topologyDigest)",
                hint:
                    "compare the files: `syncnode topology check FILE` prints the digest; use the one that the node runs by"
            )
        }
    }

    private func shown(_ text: String) -> String { DisplayText.safe(text) }
}

extension JSONWriter {
    /// As `GET /api/v1/node` answers.
    mutating func value(_ identity: NodeIdentity) {
        object { writer in
            writer.member("node", identity.node)
            writer.member("bank", identity.bank)
            writer.member("topology_digest", identity.topologyDigest)
        }
    }
}
