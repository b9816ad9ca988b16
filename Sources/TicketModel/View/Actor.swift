import SyncProtocol

/// Where an act happens: the node, as far as the rules need to know it.
public struct Place: Hashable, Sendable {
    public let node: NodeID
    public let tier: Tier
    /// The unit's code in the topology; part of ticket numbers.
    public let org: String
    /// The node above; nil at head office.
    public let parent: NodeID?
    /// The nodes below: the ones that work can be dispatched to.
    public let children: [NodeID]

    public init(node: NodeID, tier: Tier, org: String, parent: NodeID?, children: [NodeID] = []) {
        self.node = node
        self.tier = tier
        self.org = org
        self.parent = parent
        self.children = children
    }
}

/// Who acts: a post with a role at a place. People are posts here, never names.
public struct Actor: Hashable, Sendable {
    /// The post's code, see `Post`.
    public let post: String
    /// The role's code (`Enumeration.role`).
    public let role: String
    public let place: Place
    /// The keyed token of the person who sits on the post, for recusal; nil where the node does not know it.
    public let personToken: String?
    /// The empty post for which this one stands in; nil where it acts for itself.
    public let onBehalfOf: String?

    public var node: NodeID { place.node }
    public var tier: Tier { place.tier }

    public init(post: String, role: String, place: Place, personToken: String? = nil, onBehalfOf: String? = nil) {
        self.post = post
        self.role = role
        self.place = place
        self.personToken = personToken
        self.onBehalfOf = onBehalfOf
    }
}
