/// The protections against a lying neighbour, by name. Every node has all of them; the simulator switches one off at a time
/// to see that its oracle notices.
public struct Protections: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// An act that was kept out satisfies what depends on it.
    public static let withheldSatisfies = Protections(rawValue: 1 << 0)
    /// An entry that may not leave is an empty place and stops no line.
    public static let emptyPlace = Protections(rawValue: 1 << 1)
    /// What waits has no body that the document does not entitle this node to.
    public static let parkedBodies = Protections(rawValue: 1 << 2)
    /// A child speaks for nodes of its own subtree only.
    public static let provenance = Protections(rawValue: 1 << 3)
    /// Core records hold codes and numbers only.
    public static let lint = Protections(rawValue: 1 << 4)
    /// Who takes no part in a document says nothing in it.
    public static let membership = Protections(rawValue: 1 << 5)
    /// Nobody knows an act of this node's that this node never wrote.
    public static let unwritten = Protections(rawValue: 1 << 6)
    /// What waits of one node has bounds.
    public static let parkingBudget = Protections(rawValue: 1 << 7)
    /// Only the node above judges this one.
    public static let verdictFromParent = Protections(rawValue: 1 << 8)
    /// Only whoever is above, holds, or brings its own parent lets in.
    public static let involve = Protections(rawValue: 1 << 9)
    /// Only whoever is above or holds widens, and says why.
    public static let widen = Protections(rawValue: 1 << 10)
    /// Only the holder offers.
    public static let offer = Protections(rawValue: 1 << 11)
    /// Only who is above the holder seizes.
    public static let seize = Protections(rawValue: 1 << 12)
    /// Only who is above the author or the holder voids, and never a void.
    public static let void = Protections(rawValue: 1 << 13)
    /// Only the node, or who is above it, writes in a node's record.
    public static let nodeRecords = Protections(rawValue: 1 << 14)

    public static let all = Protections(rawValue: (1 << 15) - 1)
}
