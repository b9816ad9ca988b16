import SyncProtocol
import TicketModel

/// Where a node takes time and randomness from: the machine in production, a seed in the simulator.
public struct World: Sendable {
    /// Milliseconds since 1970; may jump.
    public var wallMilliseconds: @Sendable () -> Int64
    /// 64 random bits.
    public var random: @Sendable () -> UInt64

    public init(wallMilliseconds: @escaping @Sendable () -> Int64, random: @escaping @Sendable () -> UInt64) {
        self.wallMilliseconds = wallMilliseconds
        self.random = random
    }
}

/// What does not change while a store is open.
public struct StoreContext: Sendable {
    public let node: NodeID
    /// The name of the bank, so that another bank's store of an equal node is not taken for this one; empty asks for none.
    public let bank: String
    public let hierarchy: Hierarchy
    /// Of the topology that all nodes of the bank share.
    public let topologyDigest: Digest
    public let hash: HashFunction
    public let world: World
    public let observer: StoreObserver
    /// What published items hold: rules, and posts with the tree of the bank. Asked when the store opens and when an item
    /// arrives.
    public let readPublished: @Sendable ([ReferenceItem]) -> Published
    /// Everything, but in a simulation that leaves something out.
    public let protections: Protections
    /// Tells core records that hold what none may hold.
    public let lint: CoreLint
    /// Makes tokens of persons, with this node's key.
    public let tokens: PersonTokens

    public init(
        node: NodeID, bank: String = "", hierarchy: Hierarchy, topologyDigest: Digest, hash: @escaping HashFunction,
        world: World,
        observer: StoreObserver = StoreObserver(),
        readPublished: @escaping @Sendable ([ReferenceItem]) -> Published = { _ in Published() },
        lint: CoreLint = CoreLint(orgs: []), protections: Protections = .all, tokens: PersonTokens = .none
    ) {
        precondition(hierarchy.contains(node))
        self.node = node
        self.bank = bank
        self.hierarchy = hierarchy
        self.topologyDigest = topologyDigest
        self.hash = hash
        self.world = world
        self.observer = observer
        self.readPublished = readPublished
        self.lint = lint
        self.protections = protections
        self.tokens = tokens
    }

    var tier: Tier {
        guard let tier = hierarchy.tier(of: node) else { preconditionFailure("a node outside its hierarchy") }
        return tier
    }
}
