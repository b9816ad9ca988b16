import SyncProtocol

/// A second person's agreement, put on record by his own post. It serves one act, in the state of the ticket in which it
/// was given; acts and state are replicated facts, so no clock decides whether it counts.
public struct Countersignature: Hashable, Sendable {
    /// `node.milliseconds`: names it everywhere.
    public let key: String
    public let matter: CountersignMatter
    public let post: String
    public let node: NodeID
    /// The role in which the post agreed.
    public let role: String
    /// The state of the ticket when it was given.
    public let state: String
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    /// The largest amount that was agreed to, in fen; nil where the matter has none.
    public let amountMax: Int64?
    /// For a change of the person complained about: the token of who is named instead; nil for nobody.
    public let instead: String?
    /// The post that acted on it; nil while nobody has.
    public let usedBy: String?
}

extension TicketView {
    /// Every countersignature, the oldest first.
    public var countersignatures: [Countersignature] {
        let uses = entries(TicketField.countersignatureUses, EntryShapes.countersignatureUse)
        let found = entries(TicketField.countersignatures, EntryShapes.countersignature)
            .compactMap { entry -> Countersignature? in
                guard let key = entry["key"], let matter = entry["matter"].flatMap(CountersignMatter.init(rawValue:)),
                    let post = entry["post"], let node = entry["node"].flatMap({ NodeID($0) }),
                    let role = entry["role"], let state = entry["state"], let at = entry.integer("at")
                else { return nil }
                return Countersignature(
                    key: key, matter: matter, post: post, node: node, role: role, state: state, at: at,
                    amountMax: entry.integer("amount"), instead: entry["instead"],
                    usedBy: uses.first { $0["key"] == key }?["post"])
            }
        return found.sorted { ($0.at, $0.key) < ($1.at, $1.key) }
    }
}
