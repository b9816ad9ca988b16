/// Who lived after whom: the births that this replica knows, and the numbers declared lost.
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

    private var lives: [Incarnation: Life] = [:]
    private var lost: Set<Dot> = []

    public init() {}

    /// Takes note of a birth. A predecessor that is not known yet makes the line shorter until its own birth comes;
    /// births are relayed oldest first, so that does not happen on an undamaged line.
    public mutating func insert(_ incarnation: Incarnation, _ birth: Birth) {
        let depth = birth.predecessor.flatMap { lives[$0.incarnation]?.depth }.map { $0 + 1 } ?? 0
        lives[incarnation] = Life(node: birth.node, tier: birth.tier, predecessor: birth.predecessor, depth: depth)
        lost.formUnion(birth.lost)
    }

    public mutating func declareLost(_ dots: [Dot]) { lost.formUnion(dots) }

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

    /// The life and those before it, youngest first.
    public func line(of incarnation: Incarnation) -> [Incarnation] {
        var line: [Incarnation] = [incarnation]
        var current = lives[incarnation]
        while let predecessor = current?.predecessor, line.count < Limits.lineageDepthMax {
            line.append(predecessor.incarnation)
            current = lives[predecessor.incarnation]
        }
        return line
    }
}
