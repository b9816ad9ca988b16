import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// A running node: its place in the topology, its store and its lines. Commands, HTTP API and pages all work on this.
final class NodeRuntime: Sendable {
    let topology: Topology
    let node: TopologyNode
    let store: ReplicaStore
    let codec: WireCodec
    /// Lines that this node dials itself, by neighbour.
    let lines: Locked<[NodeID: LinkStatus]>
    /// True from the moment on which the node ends: nothing new is begun.
    let isStopping = Locked(false)

    init(topology: Topology, node: TopologyNode, store: ReplicaStore) {
        self.topology = topology
        self.node = node
        self.store = store
        codec = .production()
        lines = Locked([:])
    }

    /// Where acts of this node happen, as the rules see it.
    var place: Place {
        Place(
            node: node.id, tier: node.tier, org: node.orgCode, parent: node.parent,
            children: topology.children(of: node.id))
    }

    /// A post at this node. Sign-in comes with the security issue; the checks of who may do what are below every interface.
    func actor(post: String, role: String) -> Actor { Actor(post: post, role: role, place: place) }
}
