/// The tree of the bank as replication needs it: who is above whom.
public struct Hierarchy: Sendable {
    public struct Member: Sendable {
        public var tier: Tier
        public var parent: NodeID?

        public init(tier: Tier, parent: NodeID?) {
            self.tier = tier
            self.parent = parent
        }
    }

    private let members: [NodeID: Member]
    private let childLists: [NodeID: [NodeID]]
    /// Nodes by the document of their own record.
    private let owners: [DocumentID: NodeID]
    /// The one node without a parent.
    public let headOffice: NodeID

    /// - Precondition: exactly one member is head office, each other one has a parent among the members one tier up.
    public init(_ members: [NodeID: Member]) {
        let top = members.filter { $0.value.tier == .headOffice }
        guard top.count == 1, let head = top.first?.key else { preconditionFailure("a bank has one head office") }
        var children: [NodeID: [NodeID]] = [:]
        for (node, member) in members.sorted(by: { $0.key < $1.key }) where node != head {
            guard let parent = member.parent, let above = members[parent],
                above.tier.rawValue == member.tier.rawValue + 1
            else { preconditionFailure("\(node) has no parent one tier up") }
            children[parent, default: []].append(node)
        }
        self.members = members
        headOffice = head
        childLists = children
        owners = Dictionary(
            members.keys.sorted().map { (DocumentID(recordOf: $0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func contains(_ node: NodeID) -> Bool { members[node] != nil }
    public func tier(of node: NodeID) -> Tier? { members[node]?.tier }
    public func parent(of node: NodeID) -> NodeID? { members[node]?.parent }
    public func children(of node: NodeID) -> [NodeID] { childLists[node] ?? [] }

    /// Parent first, then children in order of name.
    public func neighbours(of node: NodeID) -> [NodeID] {
        (parent(of: node).map { [$0] } ?? []) + children(of: node)
    }

    /// Every node, in order of name.
    public var nodes: [NodeID] { members.keys.sorted() }

    /// The node whose own record this is; nil for any other document.
    public func owner(ofRecord document: DocumentID) -> NodeID? { owners[document] }

    /// True where `upper` is an ancestor of `lower`.
    public func isAbove(_ upper: NodeID, _ lower: NodeID) -> Bool {
        var next = parent(of: lower)
        while let node = next {
            if node == upper { return true }
            next = parent(of: node)
        }
        return false
    }

    /// True for the node itself and for those below it.
    public func isWithin(_ node: NodeID, subtreeOf top: NodeID) -> Bool { node == top || isAbove(top, node) }

    /// True where the way from `own` to `node` begins with the neighbour.
    public func leads(from own: NodeID, by neighbour: NodeID, to node: NodeID) -> Bool {
        parent(of: neighbour) == own ? isWithin(node, subtreeOf: neighbour) : !isWithin(node, subtreeOf: own)
    }
}
