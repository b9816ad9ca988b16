import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// A running node: its place in the topology, its store and its lines. Commands, HTTP API and pages all work on this.
final class NodeRuntime: Sendable {
    let topology: Topology
    let node: TopologyNode
    let store: ReplicaStore
    let search: SearchService
    let clocks: ClockKeeper
    /// Lets notices leave.
    let notices: NoticeSender
    let codec: WireCodec
    /// What happens here, for the operator.
    let log: OperationsLog
    /// Lines that this node dials itself, by neighbour.
    let lines: Locked<[NodeID: LinkStatus]>
    /// True from the moment on which the node ends: nothing new is begun.
    let isStopping = Locked(false)
    /// The past has to be looked at when all neighbours agree.
    let isPastUnsettled = Locked(true)
    /// Dials the parent; nil at head office.
    let dialer: Locked<LineDialer?> = Locked(nil)

    init(
        topology: Topology, node: TopologyNode, store: ReplicaStore, search: SearchService,
        log: OperationsLog = .silent
    ) {
        self.topology = topology
        self.node = node
        self.store = store
        self.search = search
        clocks = ClockKeeper(store, org: node.orgCode)
        notices = NoticeSender(
            store, node.notices?.resolved(from: topology.baseFolder),
            bank: Bilingual(topology.bank.zh, topology.bank.en), log: log)
        self.log = log
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
    func actor(post: String, role: String, onBehalfOf: String? = nil) -> Actor {
        Actor(post: post, role: role, place: place, onBehalfOf: onBehalfOf)
    }

    func updateLine(_ peer: NodeID, _ change: (inout LinkStatus) -> Void) {
        lines.withLock { change(&$0[peer, default: LinkStatus(peer: peer)]) }
    }

    func noteTraffic(_ peer: NodeID, sent: Int, received: Int) {
        updateLine(peer) { line in
            line.bytesSent += Int64(sent)
            line.bytesReceived += Int64(received)
            line.exchanges += 1
        }
    }

    /// Once all neighbours agree: declares what nobody has any more, and drops documents that never became whole. Looks
    /// once after the start, and again after each time that a line was down.
    func settlePast() throws {
        guard try store.hasAgreedWithAll() else { return }
        let isDue = isPastUnsettled.withLock { isDue in
            defer { isDue = false }
            return isDue
        }
        guard isDue else { return }
        _ = try store.declareLosses()
        _ = try store.discardOrphans()
    }

    /// Tries the line to the parent now.
    func syncNow() { dialer.withLock { $0 }?.syncNow() }

    /// Asks every neighbour in turn for the actions whose own copies are damaged, until none is.
    ///
    /// - Returns: the state afterwards.
    func repair() throws -> VerifyReport {
        var report = try store.verify()
        for peer in topology.neighbours(of: node.id) where !report.damaged.isEmpty {
            guard let address = topology.node(peer)?.listen.nodes.url else { continue }
            let exchanger = Exchanger(self, to: peer, url: address)
            exchanger.requestRepair(of: report.damaged)
            do {
                try exchanger.run(HTTPClient(), abort: HTTPAbort())
            } catch {
                // Another neighbour may be reached; the report says what is left.
                updateLine(peer) { $0.failed(error, at: store.wallMilliseconds()) }
                continue
            }
            report = try store.verify()
        }
        return report
    }

    /// Dials one child and exchanges until both are drained ("pull now").
    ///
    /// - Throws: as `Exchanger.run`.
    func pull(_ child: NodeID, abort: HTTPAbort = HTTPAbort(), progress: () -> Void = {}) throws {
        guard let address = topology.node(child)?.listen.nodes.url else { throw SessionError.notANeighbour }
        updateLine(child) { $0.phase = .syncing }
        do {
            try Exchanger(self, to: child, url: address).run(HTTPClient(), abort: abort, progress: progress)
            let now = store.wallMilliseconds()
            updateLine(child) { line in
                line.phase = .idle
                line.succeeded(at: now)
            }
        } catch {
            updateLine(child) { line in
                line.phase = .idle
                line.failed(error, at: store.wallMilliseconds())
            }
            throw error
        }
    }
}
