import Platform
import SyncProtocol
import TicketStore

/// A bank in one process: real stores, real sessions, real frames, over lines that do what the test says.
public final class SimulatedBank {
    public let hierarchy: Hierarchy
    /// In order of creation, second copies last.
    public private(set) var nodes: [SimulatedNode] = []
    let codec: WireCodec
    let flaw: Flaw?

    /// One head office, with the branches of each province.
    public static let usual: [(province: NodeID, branches: [NodeID])] = [("p1", ["b1", "b2"]), ("p2", ["b3", "b4"])]

    public init(
        seed: UInt64, _ provinces: [(province: NodeID, branches: [NodeID])] = SimulatedBank.usual, flaw: Flaw? = nil,
        protections: Protections = .all
    ) throws {
        var members: [NodeID: Hierarchy.Member] = ["ho": .init(tier: .headOffice, parent: nil)]
        for (province, branches) in provinces {
            members[province] = .init(tier: .province, parent: "ho")
            for branch in branches { members[branch] = .init(tier: .branch, parent: province) }
        }
        let hierarchy = Hierarchy(members)
        let protections = protections.subtracting(flaw?.switchedOff ?? [])
        self.hierarchy = hierarchy
        self.flaw = flaw
        codec = WireCodec.production()
        var random = SeededRandom(seed: seed)
        for id in ["ho"] + provinces.map(\.province) + provinces.flatMap(\.branches) {
            let world = SimulatedWorld(seed: random.next())
            let repeats = flaw == .livesReused
            let node = try SimulatedNode(key: id.text, id: id, world: world, codec: codec) { world in
                StoreContext(
                    node: id, hierarchy: hierarchy, topologyDigest: .zero, hash: SHA256.function,
                    world: repeats ? SimulatedBank.repeating(world, id) : world, protections: protections)
            }
            nodes.append(node)
        }
    }

    /// A random source that begins with the same numbers at every start (`Flaw.livesReused`).
    private static func repeating(_ world: World, _ id: NodeID) -> World {
        let fixed = Locked(SeededRandom(seed: DocumentID(recordOf: id).number))
        return World(wallMilliseconds: world.wallMilliseconds, random: { fixed.withLock { $0.next() } })
    }

    /// - Precondition: there is a node of this name.
    public func node(_ key: String) -> SimulatedNode {
        guard let node = nodes.first(where: { $0.key == key }) else { preconditionFailure("no node \(key)") }
        return node
    }

    public subscript(_ key: String) -> ReplicaStore { node(key).store }

    public func add(_ node: SimulatedNode) { nodes.append(node) }
    public func remove(_ key: String) { nodes.removeAll { $0.key == key } }

    /// The child's machine is gone and its second copy takes the place.
    public func replace(_ key: String, by copy: String) throws {
        try node(key).restart(node(copy).disk())
        remove(copy)
    }

    /// Children with their live parents.
    public var pairs: [(child: SimulatedNode, parent: SimulatedNode)] {
        nodes.compactMap { child in
            guard let above = hierarchy.parent(of: child.id), let parent = nodes.first(where: { $0.id == above }) else {
                return nil
            }
            return (child, parent)
        }
    }

    public func line(_ from: SimulatedNode, _ to: SimulatedNode) -> SimulatedLine {
        SimulatedLine(from: from, to: to, codec: codec, flaw: flaw)
    }

    /// Time passes at every node.
    public func advance(milliseconds: Int64) { for node in nodes { node.world.advance(milliseconds: milliseconds) } }

    /// One whole session over a good line.
    ///
    /// - Returns: the number of round trips.
    @discardableResult
    public func exchange(_ from: String, _ to: String, roundsMax: Int = 400) throws -> Int {
        let line = line(node(from), node(to))
        var rounds = 0
        while try line.step() {
            rounds += 1
            guard rounds < roundsMax else {
                throw SimulationError.sessionDoesNotEnd(from: from, to: to, said: line.said)
            }
        }
        return rounds
    }

    /// Whole sessions over all lines until nothing moves any more.
    ///
    /// - Returns: the number of passes.
    @discardableResult
    public func settle(passesMax: Int = 40) throws -> Int {
        for pass in 1...passesMax {
            let before = try positions()
            for (child, parent) in pairs { try exchange(child.key, parent.key) }
            if try positions() == before { return pass }
        }
        throw SimulationError.doesNotSettle
    }

    /// Where every node stands towards its neighbours, and how much it holds.
    func positions() throws -> [Position] {
        try nodes.flatMap { node in
            let status = try node.store.status()
            return status.neighbours.map { state in
                Position(
                    node: node.key, length: state.logLength, read: state.read, waiting: state.waiting,
                    shared: state.sharedFingerprint, parked: status.parkedActions)
            }
        }
    }

    struct Position: Equatable {
        var node: String
        var length: UInt64
        var read: UInt64
        var waiting: UInt64
        var shared: Fingerprint
        var parked: Int
    }
}

/// Why a simulation cannot go on.
public enum SimulationError: Error, CustomStringConvertible {
    case sessionDoesNotEnd(from: String, to: String, said: [String])
    case doesNotSettle

    public var description: String {
        switch self {
        case .sessionDoesNotEnd(let from, let to, let said):
            "the session from \(from) to \(to) does not end:\n      \(said.joined(separator: "\n      "))"
        case .doesNotSettle: "the bank does not settle"
        }
    }
}
