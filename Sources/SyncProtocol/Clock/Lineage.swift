/// Who lived after whom: the births that this replica knows, the numbers declared lost, and the trees that acts are
/// judged by.
///
/// A younger life Y born after act m of life X knows all that X did up to m: in a vector, Y stands for (X, 1…m).
public struct Lineage: Sendable {
    /// What a birth says.
    public struct Life: Hashable, Sendable {
        public var node: NodeID
        public var tier: Tier
        public var predecessor: Dot?
        /// How many lives came before on this line; the first is 0.
        public var depth: Int

        public init(node: NodeID, tier: Tier, predecessor: Dot?, depth: Int) {
            self.node = node
            self.tier = tier
            self.predecessor = predecessor
            self.depth = depth
        }
    }

    private let trees: Trees
    private var lives: [Incarnation: Life] = [:]
    /// Lives that somebody was born after, and whose own birth is not here.
    private var missing: Set<Incarnation> = []
    private var lost = DotSet()
    private var withheld: [Dot: [DocumentID]] = [:]

    /// What of authority is asked here: everything, but in a simulation that leaves something out.
    public let protections: Protections

    /// - Parameter tree: the first revision.
    public init(_ tree: Hierarchy, _ protections: Protections = .all) {
        trees = Trees(tree)
        self.protections = protections
    }

    /// The tree that acts of this revision are judged by; nil where it is not known here.
    public func tree(of revision: UInt32) -> Hierarchy? { trees.tree(of: revision) }

    /// Takes note of a birth. A predecessor that is not known yet makes the line shorter until its own birth comes: births
    /// are relayed oldest first, but a disk that was put back may hear of them in another order.
    ///
    /// A life that is known stays what it is, and what a birth says of other nodes' lives counts for nothing.
    public mutating func insert(_ incarnation: Incarnation, _ birth: Birth) {
        guard lives[incarnation] == nil else { return }
        let before = birth.predecessor.map(\.incarnation)
        let depth = before.flatMap { lives[$0]?.depth }.map { $0 + 1 } ?? 0
        lives[incarnation] = Life(node: birth.node, tier: birth.tier, predecessor: birth.predecessor, depth: depth)
        if let before, lives[before] == nil { missing.insert(before) }
        if missing.remove(incarnation) != nil { countDepths() }
        declareLost(birth.lost.filter { $0.incarnation != incarnation && lives[$0.incarnation]?.node == birth.node })
    }

    /// Lines became longer at their beginning.
    private mutating func countDepths() {
        for incarnation in Array(lives.keys) {
            let depth = line(of: incarnation).dropFirst().count { lives[$0] != nil }
            lives[incarnation]?.depth = depth
        }
    }

    /// Acts that nobody has any more. Whoever says so has the authority (`Speaker`).
    public mutating func declareLost(_ ranges: [DotRange]) { for range in ranges { lost.insert(range) } }

    /// What of the stretch was not declared lost.
    public func notLost(in range: DotRange) -> [DotRange] { lost.gaps(in: range) }

    /// Acts that a node above their author kept out.
    public mutating func withhold(_ acts: [WithheldAct]) {
        for act in acts where !(withheld[act.dot]?.contains(act.document) ?? false) {
            withheld[act.dot, default: []].append(act.document)
        }
    }

    public var hasWithheld: Bool { !withheld.isEmpty }

    /// True for an act that was kept out: it has no effect, and nobody waits for it.
    public func isWithheld(_ dot: Dot) -> Bool { !withheld.isEmpty && withheld[dot] != nil }

    /// True where nobody need wait for this act in this document: it was declared lost, or kept out of it. Whoever holds the
    /// document hears of that; an act that was kept out of another document is no part of any past here.
    public func isSettledWithout(_ dot: Dot, in document: DocumentID) -> Bool {
        lost.contains(dot) || withheld[dot]?.contains(document) ?? false
    }

    public func life(of incarnation: Incarnation) -> Life? { lives[incarnation] }

    public func knows(_ incarnation: Incarnation) -> Bool { lives[incarnation] != nil }

    public func isLost(_ dot: Dot) -> Bool { lost.contains(dot) }

    /// The node that acted under this incarnation.
    public func node(of incarnation: Incarnation) -> NodeID? { lives[incarnation]?.node }

    /// How many acts of `ancestor` a life inherited at birth; 0 where they are not of one line.
    public func inherited(by descendant: Incarnation, from ancestor: Incarnation) -> UInt64 {
        guard let target = lives[ancestor] else { return inheritedUnknown(by: descendant, from: ancestor) }
        guard var life = lives[descendant], life.node == target.node, life.depth > target.depth else { return 0 }
        while let predecessor = life.predecessor, life.depth > target.depth {
            if predecessor.incarnation == ancestor { return predecessor.sequence }
            // A line that turns back on itself is no line.
            guard let next = lives[predecessor.incarnation], next.depth < life.depth else { return 0 }
            life = next
        }
        return 0
    }

    /// A predecessor whose own birth is not here can still be named by its successor.
    private func inheritedUnknown(by descendant: Incarnation, from ancestor: Incarnation) -> UInt64 {
        var current = lives[descendant]
        var steps = 0
        while let predecessor = current?.predecessor, steps < Limits.lineageDepthMax {
            if predecessor.incarnation == ancestor { return predecessor.sequence }
            current = lives[predecessor.incarnation]
            steps += 1
        }
        return 0
    }

    /// The life and those before it, youngest first. A line that turns back on itself ends there.
    public func line(of incarnation: Incarnation) -> [Incarnation] {
        var line: [Incarnation] = [incarnation]
        var seen: Set<Incarnation> = [incarnation]
        var current = lives[incarnation]
        while let predecessor = current?.predecessor, line.count < Limits.lineageDepthMax,
            seen.insert(predecessor.incarnation).inserted
        {
            line.append(predecessor.incarnation)
            current = lives[predecessor.incarnation]
        }
        return line
    }
}
