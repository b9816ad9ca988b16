import Platform
import SyncProtocol
import TicketStore

/// What of a node survives a kill: its database and its witness file.
public struct SimulatedDisk: Sendable {
    public var image: [UInt8]
    public var witness: WitnessRecord?

    public init(image: [UInt8], witness: WitnessRecord?) {
        self.image = image
        self.witness = witness
    }
}

/// One node of the simulated bank: the real store over a database in memory, and the answering side of its sessions.
public final class SimulatedNode {
    /// The name in traces; a second live copy of a node has a name of its own.
    public let key: String
    public let id: NodeID
    public let world: SimulatedWorld
    public private(set) var store: ReplicaStore
    /// Counts process starts, so that lines know that a process is gone.
    public private(set) var starts = 0
    private let makeContext: @Sendable (World) -> StoreContext
    private var witness: MemoryWitness
    private var sessions: [UInt64: Session] = [:]
    private let codec: WireCodec

    init(
        key: String, id: NodeID, world: SimulatedWorld, codec: WireCodec, disk: SimulatedDisk? = nil,
        _ makeContext: @escaping @Sendable (World) -> StoreContext
    ) throws {
        self.key = key
        self.id = id
        self.world = world
        self.codec = codec
        self.makeContext = makeContext
        witness = MemoryWitness(disk?.witness)
        store = try ReplicaStore.inMemory(
            image: disk?.image ?? [], witness: witness, lastWitnessed: disk?.witness, makeContext(world.world))
    }

    public func disk() throws -> SimulatedDisk { SimulatedDisk(image: try store.image(), witness: witness.record) }

    /// A kill and a start over `disk`; without one, over what the node has.
    public func restart(_ disk: SimulatedDisk? = nil) throws {
        let disk = try disk ?? self.disk()
        store.close()
        starts += 1
        sessions = [:]
        witness = MemoryWitness(disk.witness)
        store = try ReplicaStore.inMemory(
            image: disk.image, witness: witness, lastWitnessed: disk.witness, makeContext(world.world))
    }

    /// A second live copy of this node, as a copied virtual disk makes it.
    public func copy(key: String, seed: UInt64) throws -> SimulatedNode {
        try SimulatedNode(
            key: key, id: id, world: SimulatedWorld(seed: seed, milliseconds: world.now), codec: codec, disk: disk(),
            makeContext)
    }

    /// A new machine under the node's name, with nothing on its disk.
    public func replaceMachine() throws { try restart(SimulatedDisk(image: [], witness: nil)) }

    /// The answering side: one frame in, one frame out. A session that this process does not know begins anew.
    func answer(_ frame: [UInt8], through flaw: Flaw? = nil, itemsMax: Int? = nil) throws -> [UInt8] {
        let message = try Frame.decode(frame, codec)
        let replica = FlawedReplica(store, flaw, itemsMax: itemsMax)
        var session = sessions[message.session] ?? Session(answering: message.session)
        if session.peer != nil || message.hello != nil { try session.receive(message, replica) }
        let answer = try session.nextMessage(replica)
        sessions[message.session] = session
        return Frame.encode(answer ?? Message(session: message.session), codec)
    }

    func forgetSession(_ id: UInt64) { sessions[id] = nil }
}
