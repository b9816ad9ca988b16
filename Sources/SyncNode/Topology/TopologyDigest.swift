import SyncProtocol

/// Sixteen bytes that are equal where two nodes believe in the same tree: the same ids, roles and parents.
///
/// Names, addresses and folders may differ from machine to machine and do not count; nor does the order of the file.
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

    /// One line a node, by id: `id role parent`, with `-` for no parent. No field can hold a blank or a line break.
    var canonicalBytes: [UInt8] {
        var text = "syncnode-topology 1\n"
        for node in nodes.sorted(by: { $0.id < $1.id }) {
            text += "\(node.id) \(node.tier.roleName) \(node.parent?.text ?? "-")\n"
        }
        return Array(text.utf8)
    }
}
