import Platform
import SyncProtocol

extension ReplicaStore {
    /// Creates an empty store. The folder must exist.
    ///
    /// - Throws: `StoreError.alreadyInitialised`; errors of the file system and of SQLite.
    public static func create(_ paths: StorePaths, _ context: StoreContext) throws {
        guard !paths.hasDatabase else { throw StoreError.alreadyInitialised }
        guard try !StoreFiles.witnessesWork(paths) else { throw StoreError.databaseMissing(path: paths.database) }
        let unfinished = try StoreFiles.unfinished(paths)
        let connection = try Connection(path: unfinished, mode: .readWriteCreate)
        try prepare(connection, context)
        connection.close()
        try StoreFiles.makeWitness(paths)
        // A crash before this leaves no database: the next attempt begins anew.
        try StoreFiles.finish(unfinished, paths)
    }

    /// Opens a store for writing. The caller holds the folder's lock.
    ///
    /// - Throws: `StoreError`, `WitnessError`, `DatabaseError`.
    public static func open(_ paths: StorePaths, _ context: StoreContext) throws -> ReplicaStore {
        guard paths.hasDatabase else {
            throw try StoreFiles.witnessesWork(paths)
                ? StoreError.databaseMissing(path: paths.database) : StoreError.notInitialised
        }
        try StoreFiles.check(paths.database)
        var options = ConnectionOptions()
        // Room for what one batch touches: a transaction that outgrows the cache writes its pages more than once.
        options.cacheKibibytes = 48 * 1024
        options.lookasideKibibytes = 256
        let connection = try Connection(path: paths.database, mode: .readWrite, options: options)
        // Only then is it certain that the folder is ours; nothing is written before.
        try checkOwner(connection, context)
        let witness = try StoreFiles.openWitness(paths)
        try prepare(connection, context)
        var loaded = try StoreMemory.load(connection, context)
        try checkWitness(witness.record, &loaded, connection, context)
        try noteAtStart(loaded, connection, context) { try $0.noteUnread() }
        let memory = Locked<StoreMemory?>(loaded)
        let files = try StoreFiles.Identity(paths)
        var hooks = hooks(memory, context.observer)
        hooks.beforeCommit = { _ in try files.check() }
        let executor = try ThreadedExecutor(path: paths.database, writer: connection, witness: witness, hooks: hooks)
        return ReplicaStore(context: context, executor: executor, memory: memory, files: files)
    }

    /// A store in memory, without threads or files: for the simulator.
    public static func inMemory(_ context: StoreContext) throws -> ReplicaStore {
        let connection = try Connection(path: "", mode: .memory)
        return try inline(connection, witness: nil, context)
    }

    /// A store that runs every call on the caller's thread.
    public static func inline(
        _ connection: sending Connection, witness: (any Witness)?, lastWitnessed: WitnessRecord? = nil,
        _ context: StoreContext
    ) throws -> ReplicaStore {
        try prepare(connection, context)
        var loaded = try StoreMemory.load(connection, context)
        try checkWitness(lastWitnessed, &loaded, connection, context)
        try noteAtStart(loaded, connection, context) { try $0.noteUnread() }
        let memory = Locked<StoreMemory?>(loaded)
        let executor = InlineExecutor(connection, witness: witness, hooks: hooks(memory, context.observer))
        return ReplicaStore(context: context, executor: executor, memory: memory)
    }

    private static func hooks(_ memory: Locked<StoreMemory?>, _ observer: StoreObserver) -> CommitHooks {
        CommitHooks(
            afterCommit: { _ in
                memory.withLock { memory in
                    memory?.becameDurable()
                    for note in memory?.noted ?? [] { observer.noted(note) }
                    memory?.noted = []
                    guard let due = memory?.unwitnessed else { return nil }
                    memory?.unwitnessed = nil
                    return WitnessRecord(incarnation: due.dot.incarnation, sequence: due.dot.sequence, hash: due.hash)
                }
            },
            afterRollback: { undone in
                // A failed job left the memory as it was; a failed group has written it already.
                if case .group = undone { memory.withLock { $0 = nil } }
            })
    }

    private static func prepare(_ connection: Connection, _ context: StoreContext) throws {
        try StoreSchema.migrate(connection)
        try connection.transaction {
            try checkOwner(connection, context)
            try Meta.set("node", context.node.text, connection)
            if !context.bank.isEmpty { try Meta.set("bank", context.bank, connection) }
            for node in context.hierarchy.neighbours(of: context.node) {
                try NeighbourRows.insert(node, log: context.world.random(), connection)
            }
            try LifeSecret.makeIfNeeded(context.world, connection)
        }
        try refoldIfNeeded(context, connection)
        try connection.transaction {
            try SimilarRows.rebuildIfNeeded(context, connection)
        }
    }

    /// - Throws: `StoreError.otherNode`, `.otherBank`.
    static func checkOwner(_ connection: Connection, _ context: StoreContext) throws {
        if let owner = try Meta.text("node", connection), owner != context.node.text {
            throw StoreError.otherNode(expected: context.node, found: owner)
        }
        if let bank = try Meta.text("bank", connection), !context.bank.isEmpty, bank != context.bank {
            throw StoreError.otherBank(expected: context.bank, found: bank)
        }
    }

    /// Rule R4: the witness names the last act that was acknowledged. What the database lacks of it is lost here, and is
    /// named in the next birth; the neighbours may still have it.
    private static func checkWitness(
        _ record: WitnessRecord?, _ memory: inout StoreMemory, _ connection: Connection, _ context: StoreContext
    ) throws {
        guard let record, record.sequence > 0 else { return }
        let newest = memory.highest[record.incarnation] ?? 0
        guard newest < record.sequence else { return }
        memory.lostAtStart = [DotRange(record.incarnation, (newest + 1)...record.sequence)]
        memory.isPastOpen = true
        try noteAtStart(memory, connection, context) {
            try Meta.set("past_open", 1, $0.connection)
            try $0.incident(.acknowledgedTailLost, node: context.node, subject: "\(record.sequence - newest) acts")
        }
    }

    /// Records what a person should know before the store does anything.
    private static func noteAtStart(
        _ memory: StoreMemory, _ connection: Connection, _ context: StoreContext,
        _ body: (Transaction) throws -> Void
    ) throws {
        let transaction = Transaction(connection, context, memory)
        try connection.transaction { try body(transaction) }
        for note in transaction.memory.noted { context.observer.noted(note) }
    }
}
