import SyncProtocol

/// Sixteen bytes that are equal where two nodes believe in the same bank: the same name, and the same tree of ids, roles,
/// parents and org codes (the first part of ticket numbers, so two units must never have the same).
///
/// Names of nodes, addresses and folders may differ from machine to machine and do not count; nor does the order of the
/// file. Two banks with trees of the same shape, such as two that began with the example, do not exchange a ticket.
struct TopologyDigest: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 16

    /// Exactly 16 bytes.
    let bytes: [UInt8]

    init(_ digest: Digest) { bytes = Array(digest.bytes.prefix(TopologyDigest.byteCount)) }

    /// 32 hexadecimal digits.
    var description: String { Hex.encode(bytes) }
}

extension Topology {
    /// The digest of what all nodes must agree on.
    func digest(_ hash: HashFunction) -> TopologyDigest {
        TopologyDigest(canonicalBytes.withUnsafeBytes { hash($0) })
    }

    /// The bank's names as JSON, then one line a node, by id: `id role parent org`, with `-` for no parent. No field of
    /// a node can hold a blank or a line break.
    var canonicalBytes: [UInt8] {
        var bankNames = JSONWriter()
        bankNames.array { writer in
            writer.value(bank.zh)
            writer.value(bank.en)
        }
        var text = "syncnode-topology 2\n\(bankNames.text)\n"
        for node in nodes.sorted(by: { $0.id < $1.id }) {
            text += "\(node.id) \(node.tier.roleName) \(node.parent?.text ?? "-") \(node.orgCode)\n"
        }
        return Array(text.utf8)
    }
}
