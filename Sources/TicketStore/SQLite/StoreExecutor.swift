import Platform

/// Where the work on a database runs: the same calls on threads (a node) or on the caller's own thread (a simulated node).
public protocol StoreExecutor: AnyObject, Sendable {
    /// Hands over a job and returns; `completion` is told once the job is durable, or why not. It must not block.
    func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void)

    /// Runs a job and returns once it is durable. Not for use inside a job or a read.
    func perform<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) throws -> Value

    /// Runs a query in one snapshot of what is committed. Not for use inside a job or a read.
    func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value

    /// Writes a whole, consistent, compact copy to a new file and makes it durable; work goes on meanwhile.
    func backup(to path: String) throws

    /// Why nothing more is accepted; nil while it works.
    var halted: (any Error)? { get }

    /// Answers what was accepted and closes the file.
    func close()
}

/// A node's executor: a writer with group commit and a pool of readers.
public final class ThreadedExecutor: StoreExecutor {
    public let writer: GroupCommitWriter
    public let readers: ReadPool

    /// Takes over the write connection of `path`; the schema must be there already.
    public init(
        path: String, writer connection: sending Connection, witness: (any Witness)?,
        hooks: CommitHooks = CommitHooks(),
        options: WriterOptions = WriterOptions(), readers: Int = 4,
        readerOptions: ConnectionOptions = ConnectionOptions()
    ) throws {
        self.readers = try ReadPool(path: path, connections: readers, options: readerOptions)
        writer = try GroupCommitWriter(connection, witness: witness, hooks: hooks, options: options)
    }

    public func submit<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) { writer.submit(body, completion: completion) }

    public func perform<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) throws -> Value {
        try writer.perform(body)
    }

    public func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        try readers.read(body)
    }

    public func backup(to path: String) throws {
        try writeBackup(to: path) { path in try readers.use { try $0.vacuum(into: path) } }
    }

    public var halted: (any Error)? { writer.halted }

    /// Readers first: the writer's last checkpoint must not meet them.
    public func close() {
        readers.close()
        writer.close()
    }
}
