/// The revisions of the bank's tree. Each act is judged for ever by the one that it was made under, never by the tree of
/// today: else history would change with every move of a branch, and differ between nodes.
///
/// A bank has one revision so far, and every act is of it.
public struct Trees: Sendable {
    /// The revision of acts that name none.
    public static let first: UInt32 = 1

    private let revisions: [UInt32: Hierarchy]

    public init(_ tree: Hierarchy) { revisions = [Trees.first: tree] }

    /// The tree that an act of this revision is judged by; nil where it is not known here.
    public func tree(of revision: UInt32) -> Hierarchy? { revisions[revision] }
}

extension CoreRecord {
    /// The revision of the tree under which the act was made.
    public var revision: UInt32 { Trees.first }
}
