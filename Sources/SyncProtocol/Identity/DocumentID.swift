/// The name of a document: a ticket, a reference item or a node's own record.
///
/// A ticket is named by the dot of the action that created it: unique without any coordination, and as short on the
/// wire as one number (rule R14). A node's own record lives in name space 0, named by a hash of the node's name.
public struct DocumentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let space: UInt64
    public let number: UInt64

    public init(space: UInt64, number: UInt64) {
        self.space = space
        self.number = number
    }

    /// The ticket that this dot creates.
    public init(createdBy dot: Dot) {
        precondition(dot.incarnation.rawValue >= Incarnation.reservedCount && dot.sequence > 0)
        space = dot.incarnation.rawValue
        number = dot.sequence
    }

    /// A node's own record (births, losses, suspensions). FNV-1a names it; the topology check refuses two nodes that
    /// would share a name.
    public init(recordOf node: NodeID) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in node.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        space = 0
        number = hash
    }

    /// True for a node's own record.
    public var isNodeRecord: Bool { space == 0 }

    /// True for a document that a dot created.
    public var isTicket: Bool { space >= Incarnation.reservedCount }

    /// False for a ticket that no dot can have created.
    var isWellFormed: Bool { !isTicket || (1...Limits.sequenceMax).contains(number) }

    /// 32 hexadecimal digits.
    public var description: String { Hex.encode(space) + Hex.encode(number) }

    /// The inverse of `description`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 32, let space = Hex.decode(bytes[0..<16]), let number = Hex.decode(bytes[16..<32]) else {
            return nil
        }
        self.init(space: space, number: number)
    }

    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.space == right.space ? left.number < right.number : left.space < right.space
    }
}
