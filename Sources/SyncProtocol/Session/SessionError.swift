/// Why a session ends early.
public enum SessionError: Error, Hashable, Sendable {
    /// The peer is of another bank, or of another state of its topology.
    case otherTopology
    /// The peer is not a neighbour of this node.
    case notANeighbour
    /// The peer is not the node that was expected at this address.
    case otherNode
    /// A message came without the hello that must come first.
    case noHello
    /// The peer broke the rules of the protocol.
    case protocolViolation
    /// Too many acts of the peer were refused: nothing is exchanged with it until a person decides.
    case quarantined

    public var code: String {
        switch self {
        case .otherTopology: "peer-other-topology"
        case .notANeighbour: "peer-not-a-neighbour"
        case .otherNode: "peer-other-node"
        case .noHello: "peer-no-hello"
        case .protocolViolation: "peer-protocol-violation"
        case .quarantined: "peer-quarantined"
        }
    }
}
