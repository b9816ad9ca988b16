/// The legs of a ticket that have a custodian each. 0 is the lead leg, whose custodian writes the ticket's state.
public typealias Leg = UInt8

/// One change that an action makes. The operation itself says how it merges, so that a node can merge a field that it
/// does not know.
public enum Operation: Hashable, Sendable {
    /// Opens the document. `home` becomes involved and is the first custodian of the lead leg.
    case create(home: NodeID)
    /// Lets a branch or province into the audience.
    case involve(NodeID)
    /// Raises what head office may hold. Never lowers it.
    case widen(Disclosure)
    /// Opens the document to every node: a reference item (policy pack, calendar, posts). Counts only in the act that
    /// creates the document, and only from head office: no ticket can become public later.
    case publish

    /// Sets a regulated field; counts only under a custody version on the winning line.
    case assign(FieldID, Value)
    /// Sets a free single-value field; concurrent writes are kept side by side (multi-value register).
    case write(FieldID, Value)
    /// Adds to a set that only grows.
    case add(FieldID, Value)

    /// The custodian offers the leg to another node.
    case offer(leg: Leg, to: NodeID)
    /// The offered node takes the leg over.
    case accept(leg: Leg, offer: Dot)
    /// The custodian takes an offer back: at once when it was never served to anyone, else as a request.
    case recall(leg: Leg, offer: Dot, immediate: Bool)
    /// The offered node gives the offer back.
    case decline(leg: Leg, offer: Dot)
    /// A higher tier takes the leg, with a second signatory's post.
    case seize(leg: Leg, approver: String)
    /// A ruling between disputed acts: the winner, and the ones it overrules.
    case rule(winner: Dot, overruled: [Dot])
    /// Takes the effect from an unlawful act; the act itself is kept (rule R10).
    case void(Dot, rule: String)

    /// A node's own record: this incarnation begins.
    case birth(Birth)
    /// A node's own record, in its births: what lets the node know its own lives again after a disaster. 16 bytes that
    /// only the node itself can make.
    case mark([UInt8])
    /// A node's own record: these numbers of its past are gone for good.
    case lost([DotRange])
    /// A node's own record: two copies of the node live; custody under its name rests until a person adopts one.
    case suspend
    /// A node's own record: the line that goes on.
    case adopt(Incarnation)
    /// A node's own record, by a node above it: these acts of the node were kept out.
    case withheld([WithheldAct])
    /// A node's own record, by a node above it: of two records under one dot the one with this hash stands.
    case settle(Dot, Digest)
    /// The action's stamp was beyond the skew bound; this one is to be shown instead (rule R12).
    case correctClock(Dot, HybridTime)

    /// A kind from a newer version, kept and relayed unread.
    case unknown(tag: UInt64, bytes: [UInt8])
}

/// The first record of an incarnation, relayed ahead of any frame that names it.
public struct Birth: Hashable, Sendable {
    /// The node that lives.
    public var node: NodeID
    public var tier: Tier
    /// The last act of the life before, as the disk shows it; nil for the first life.
    public var predecessor: Dot?
    /// Acts that were acknowledged by the life before and are not on the disk any more (witness file, rule R4).
    public var lost: [DotRange]

    public init(node: NodeID, tier: Tier, predecessor: Dot?, lost: [DotRange]) {
        self.node = node
        self.tier = tier
        self.predecessor = predecessor
        self.lost = lost
    }
}
