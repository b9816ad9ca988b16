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
}

/// Who may hold what of one document: a fold of its `create`, `involve` and `widen` operations. It only ever grows.
public struct Audience: Hashable, Sendable {
    /// Branches, provinces or head office that take part, sorted.
    public private(set) var involved: [NodeID]
    /// What head office may hold beyond the core record.
    public private(set) var headOffice: Disclosure
    /// True for a reference item: every node holds all of it.
    public private(set) var isPublic: Bool

    public static let nobody = Audience(involved: [], headOffice: .core)

    public init(involved: [NodeID], headOffice: Disclosure, isPublic: Bool = false) {
        self.involved = involved.sorted()
        self.headOffice = max(.core, headOffice)
        self.isPublic = isPublic
    }

    public mutating func involve(_ node: NodeID) {
        guard !involved.contains(node) else { return }
        involved.append(node)
        involved.sort()
    }

    public mutating func widen(_ level: Disclosure) { headOffice = max(headOffice, level) }

    public mutating func publish() { isPublic = true }

    /// The audience function: one pure answer that the egress gate, the ingress gate and the log routing all ask
    /// (rule R11). A branch or province holds all of what it takes part in; a province also what its branches take
    /// part in; head office the core of everything, and more only where a document was widened. A published document is
    /// everybody's.
    public func disclosure(to node: NodeID, in hierarchy: Hierarchy) -> Disclosure {
        guard let tier = hierarchy.tier(of: node), !involved.isEmpty else { return .nothing }
        if isPublic || involved.contains(node) { return .full }
        switch tier {
        case .headOffice: return headOffice
        case .province: return involved.contains { hierarchy.parent(of: $0) == node } ? .full : .nothing
        case .branch: return .nothing
        }
    }

    /// The nodes, in no order and some perhaps twice, outside of which `disclosure` is nothing: to find who may hold a
    /// document without asking for every node of the bank.
    public func candidates(in hierarchy: Hierarchy) -> [NodeID] {
        if isPublic { return hierarchy.nodes }
        return involved + involved.compactMap { hierarchy.parent(of: $0) } + [hierarchy.headOffice]
    }
}
