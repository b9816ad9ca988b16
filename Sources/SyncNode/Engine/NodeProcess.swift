import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// One node from opening its folder to closing it: lock, store, search index, listeners, line to the parent.
final class NodeProcess: Sendable {
    /// How long requests in flight may take once the node is told to stop.
    static let graceMilliseconds = 5_000

    let runtime: NodeRuntime
    private let lock: StoreLock
    private let server: NodeServer
    private let watch: OperationsWatch

    /// Creates the node's folder with an empty store, or with what a backup holds.
    ///
    /// - Parameter personKey: a file with the key for tokens of persons, to share it with other nodes; nil makes one.
    /// - Throws: `OpenPermissionsError`, `StoreError.alreadyInitialised`, `PersonKeyError`, errors of the file system.
    static func initialise(
        _ topology: Topology, _ node: TopologyNode, from backup: String? = nil, personKey: String? = nil
    ) throws {
        let paths = try paths(topology, node)
        try DataFolder.create(paths.folder)
        try FolderRights.check(paths.folder)
        let lock = try StoreLock(path: paths.lock)
        try withExtendedLifetime(lock) {
            let tokens = try PersonKeyFile.create(in: paths.folder, copying: personKey)
            if let backup {
                try ReplicaStore.restore(from: backup, paths, context(topology, node, tokens: tokens))
            } else {
                try ReplicaStore.create(paths, context(topology, node, tokens: tokens))
            }
        }
    }

    /// Starts the node; when this returns it listens.
    ///
    /// - Throws: errors that name what is in the way (`OpenPermissionsError`, `StoreLockError`, `StoreError`, `DatabaseError`, `HTTPError`, …).
    init(_ topology: Topology, _ node: TopologyNode, log: OperationsLog = .silent) throws {
        let paths = try NodeProcess.paths(topology, node)
        guard paths.hasDatabase else { throw StoreError.notInitialised }
        try FolderRights.check(paths.folder)
        lock = try StoreLock(path: paths.lock)
        let store = try NodeProcess.open(paths, topology, node, StoreHealth(log).observer)
        let search = try SearchService(store, path: paths.search)
        let runtime = NodeRuntime(topology: topology, node: node, store: store, search: search, log: log)
        self.runtime = runtime
        watch = OperationsWatch(runtime)
        server = try NodeServer(runtime, at: node.listen)
        try search.start()
        try watch.start()
        try runtime.clocks.start()
        try runtime.notices.start()
        runtime.log.say(.started(at: server.addresses))
        if let parent = node.parent, let address = topology.node(parent)?.listen.nodes.url {
            let dialer = LineDialer(runtime, to: parent, url: address)
            runtime.dialer.withLock { $0 = dialer }
            try dialer.start()
        }
    }

    /// What is wrong with the database is told before what is wrong with the key.
    private static func open(
        _ paths: StorePaths, _ topology: Topology, _ node: TopologyNode, _ observer: StoreObserver
    ) throws -> ReplicaStore {
        let key = Result { try PersonKeyFile.read(in: paths.folder) }
        var tokens = PersonTokens.none
        if case .success(let made) = key { tokens = made }
        let store = try ReplicaStore.open(paths, context(topology, node, observer, tokens: tokens))
        do {
            _ = try key.get()
        } catch {
            store.close()
            throw error
        }
        return store
    }

    var addresses: ListenAddresses { server.addresses }

    /// Ends gracefully: what is in flight finishes or is refused; nothing acknowledged is lost.
    func stop() {
        let began = SystemClock.monotonicMilliseconds()
        runtime.log.say(.stopping)
        runtime.isStopping.withLock { $0 = true }
        let dialer = runtime.dialer.withLock { $0 }
        dialer?.stop()
        server.stop(graceMilliseconds: NodeProcess.graceMilliseconds)
        runtime.search.stop()
        watch.stop()
        runtime.clocks.stop()
        runtime.notices.stop()
        runtime.store.close()
        runtime.log.say(.stopped(milliseconds: SystemClock.monotonicMilliseconds() - began))
    }

    static func paths(_ topology: Topology, _ node: TopologyNode) throws -> StorePaths {
        StorePaths(folder: topology.dataFolder(of: node.id) ?? node.dataFolder)
    }

    static func context(
        _ topology: Topology, _ node: TopologyNode, _ observer: StoreObserver = StoreObserver(),
        tokens: PersonTokens = .none
    ) -> StoreContext {
        StoreContext(
            node: node.id, bank: topology.bank.both, hierarchy: topology.hierarchy,
            topologyDigest: Digest(topology.digest(SHA256.function).bytes + [UInt8](repeating: 0, count: 16)),
            hash: SHA256.function,
            world: World(wallMilliseconds: SystemClock.wallMilliseconds, random: SystemRandom.word),
            observer: observer, readPublished: { [units = topology.units] in Published($0, units: units) },
            lint: CoreLint(orgs: Set(topology.units.map(\.org))), tokens: tokens)
    }
}

extension Topology {
    /// What replication needs of it.
    var hierarchy: Hierarchy {
        Hierarchy(
            Dictionary(
                uniqueKeysWithValues: nodes.map { ($0.id, Hierarchy.Member(tier: $0.tier, parent: $0.parent)) }))
    }

    /// What the rules know of the bank without any register.
    var units: [People.Unit] {
        nodes.map { People.Unit($0.id, $0.tier, parent: $0.parent, org: $0.orgCode) }
    }
}

/// The folder of a node: made with its parents, readable by nobody else.
enum DataFolder {
    static func create(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "/" : ""
        for piece in path.split(separator: "/") {
            partial += (partial.isEmpty || partial.hasSuffix("/") ? "" : "/") + piece
            guard mkdir(partial, 0o700) != 0 else { continue }
            guard errno == EEXIST else { throw DataFolderError(path: partial, systemError: errno) }
            var status = stat()
            guard stat(partial, &status) == 0 else { throw DataFolderError(path: partial, systemError: errno) }
            guard status.st_mode & S_IFMT == S_IFDIR else { throw DataFolderError(path: partial, systemError: ENOTDIR) }
        }
    }
}

/// A data folder that cannot be made.
struct DataFolderError: ExplainedError {
    let path: String
    let systemError: Int32

    var code: String { "node.data-folder" }
    var sentence: String { "The folder \(path) cannot be made (\(String(cString: strerror(systemError))))." }
    var hint: String { "Check the data folder in the topology file, and the rights of its parent." }
}
