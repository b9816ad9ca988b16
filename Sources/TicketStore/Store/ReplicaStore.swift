import Platform
import SyncProtocol
import TicketModel

/// A node's replicated documents: the action log, the neighbour logs and the folded state, in one SQLite file.
///
/// One writer, any number of readers. What a call returns is durable; what it throws did not happen.
public final class ReplicaStore: Sendable {
    public let context: StoreContext
    let executor: any StoreExecutor
    let memory: Locked<StoreMemory?>
    /// Beside the writer's memory, so that a request need not wait for a transaction to know who sits where.
    private let posts: Locked<People>
    /// Rings after every commit that made a log grow or a document change.
    public let changes = Signal()

    /// Who read what, on its way into the table.
    let reads = ReadLog()

    /// nil for a store in memory.
    private let files: StoreFiles.Identity?

    init(
        context: StoreContext, executor: any StoreExecutor, memory: Locked<StoreMemory?>,
        files: StoreFiles.Identity? = nil
    ) {
        self.files = files
        self.context = context
        self.executor = executor
        self.memory = memory
        posts = Locked(memory.withLock { $0?.people } ?? .unknown)
    }

    /// The posts that are known here, and the tree of the bank: what every command is judged by.
    public var people: People { posts.withLock { $0 } }

    /// Runs `body` as one durable transaction.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) throws -> Value {
        let result: Value
        do {
            result = try executor.perform(job(body))
        } catch {
            context.observer.failed(error)
            throw error
        }
        context.observer.saved()
        changes.raise()
        return result
    }

    /// The same without waiting; concurrent calls share one commit.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        executor.submit(job(body)) { [changes, observer = context.observer] result in
            switch result {
            case .success: observer.saved()
            case .failure(let error): observer.failed(error)
            }
            changes.raise()
            completion(result)
        }
    }

    /// Works on a copy of the memory; only success puts it in place.
    private func job<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) -> @Sendable (Connection) throws -> Value {
        { [context, memory, posts] connection in
            try memory.withLock { memory in
                let current = try memory ?? ReplicaStore.reload(connection, context)
                let transaction = Transaction(connection, context, current)
                let value = try body(transaction)
                try transaction.answerArrivals()
                try transaction.flush()
                memory = transaction.memory
                posts.withLock { $0 = transaction.memory.people }
                return value
            }
        }
    }

    /// After a group was undone the memory is read anew; the process goes on under a new life, to be safe.
    private static func reload(_ connection: Connection, _ context: StoreContext) throws -> StoreMemory {
        try StoreMemory.load(connection, context)
    }

    /// Gives back what the last reader keeps of the file in memory.
    public func releaseMemory() throws { try read { $0.releaseMemory() } }

    /// Reads one snapshot.
    func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        do {
            return try executor.read(body)
        } catch {
            context.observer.failed(error)
            throw error
        }
    }

    /// Looks at the writer's memory: what was committed or is being committed.
    func peek<Value: Sendable>(_ body: (StoreMemory) throws -> Value) throws -> Value {
        if let value = try memory.withLock({ memory in try memory.map(body) }) { return value }
        // The memory went with a group that was undone: the next transaction reads it anew.
        return try write { transaction in transaction.now } == 0 ? peek(body) : peek(body)
    }

    /// Why nothing more is accepted; nil while the store works.
    public var halted: (any Error)? { executor.halted }

    /// The data folder; nil for a store in memory.
    public var folder: String? { files?.folder }

    /// Looks whether the files of the folder are still those that were opened.
    ///
    /// - Throws: `StoreError.filesReplaced`.
    public func checkFiles() throws { try files?.check() }

    public func close() { executor.close() }

    // MARK: Authoring

    /// Writes one act and returns its name.
    public func author(_ draft: Draft) throws -> Dot {
        try write { try $0.author(draft).record.dot }
    }
}
