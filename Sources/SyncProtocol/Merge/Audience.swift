/// Who may hold what of one document: a fold of those of its `create`, `involve` and `widen` operations whose authors
/// had the authority. It only ever grows.
public struct Audience: Hashable, Sendable {
    /// Branches, provinces or head office that take part, sorted.
    public private(set) var involved: [NodeID]
    /// For each of them, in the same order, the acts that let it in without knowing of one another, sorted: whoever
    /// speaks is a member only if one of these is in the past of what he says.
    public private(set) var admissions: [[Dot]]
    /// What head office may hold beyond the core record.
    public private(set) var headOffice: Disclosure
    /// True for a reference item: every node holds all of it.
    public private(set) var isPublic: Bool

    public static let nobody = Audience(involved: [], headOffice: .core)

    /// - Parameter admissions: in the order of `involved`; none where nobody will ask who was a member when.
    public init(
        involved: [NodeID], admissions: [[Dot]]? = nil, headOffice: Disclosure, isPublic: Bool = false
    ) {
        precondition(admissions.map { $0.count == involved.count } ?? true)
        self.involved = involved.sorted()
        self.admissions = admissions ?? involved.map { _ in [] }
        self.headOffice = max(.core, headOffice)
        self.isPublic = isPublic
    }

    /// Lets a node in by an act that was entitled to (`Authority`). An admission that the act knew of already stands for
    /// it.
    mutating func admit(_ node: NodeID, by act: Dot, knowing past: VersionVector, _ lineage: borrowing Lineage) {
        let index = involve(node)
        for known in admissions[index] where known == act || past.covers(known, lineage) { return }
        admissions[index].append(act)
        admissions[index].sort()
    }

    /// Lets a node in, by no act yet: for telling what one would do.
    ///
    /// - Returns: its place in the lists.
    @discardableResult
    public mutating func involve(_ node: NodeID) -> Int {
        let index = involved.firstIndex { $0 >= node } ?? involved.endIndex
        if index == involved.endIndex || involved[index] != node {
            involved.insert(node, at: index)
            admissions.insert([], at: index)
        }
        return index
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
