/// The name of a node in the topology, for example `branch-0101`.
///
/// Lower-case ASCII letters, digits and hyphens, 1…32 bytes, starting with a letter or digit. It is a name, not a
/// proof: what a node may do follows from the topology (and, later, its key).
public struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name itself.
    public let text: String

    /// The name, or nil where it breaks the rules above.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Limits.nodeIDBytesMax).contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return nil }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                continue
            default: return nil
            }
        }
        self.text = text
    }

    public var description: String { text }

    public static func < (left: NodeID, right: NodeID) -> Bool { left.text < right.text }
}

extension NodeID: ExpressibleByStringLiteral {
    /// For names written in source code; a bad one stops the program.
    public init(stringLiteral text: String) {
        guard let id = NodeID(text) else { preconditionFailure("not a node id: \(text)") }
        self = id
    }
}
