import Platform
import SyncProtocol

@testable import TicketStore

/// One store with one table `t(id, a)`, whose hooks number the commits as a node would number its actions.
struct StoreFixture {
    let folder = TemporaryFolder()
    let disk = FaultDisk()
    let log = Locked<[String]>([])
    /// Acts in the order of their numbers.
    let sequence = Locked(UInt64(0))

    var path: String { folder["store.db"] }

    static let incarnation = Incarnation(rawValue: 1 << 20)

    static func record(_ sequence: UInt64) -> WitnessRecord {
        WitnessRecord(incarnation: incarnation, sequence: sequence, hash: .zero)
    }

    func connection(_ change: (inout ConnectionOptions) -> Void = { _ in }) throws -> sending Connection {
        var options = disk.options
        change(&options)
        let connection = try Connection(path: path, mode: .readWriteCreate, options: options)
        try connection.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, a)")
        return connection
    }

    var hooks: CommitHooks {
        CommitHooks(
            beforeCommit: { [log] _ in log.withLock { $0.append("before commit") } },
            afterCommit: { [log] connection in
                log.withLock { $0.append("after commit") }
                let count = try connection.cached("SELECT count(*) FROM t").integer() ?? 0
                return StoreFixture.record(UInt64(count))
            },
            afterRollback: { [log] undone in log.withLock { $0.append("undone \(undone)") } })
    }

    func store(
        witness: (any Witness)? = nil, options: WriterOptions = WriterOptions(),
        _ change: (inout ConnectionOptions) -> Void = { _ in }
    ) throws -> ThreadedExecutor {
        try ThreadedExecutor(
            path: path, writer: try connection(change), witness: witness, hooks: hooks, options: options, readers: 2)
    }

    var events: [String] { log.withLock { $0 } }
}

extension StoreExecutor {
    func insert(_ value: Int) throws {
        try perform { try $0.cached("INSERT INTO t(a) VALUES(?)").run(value) }
    }

    func values() throws -> [Int] { try read { try $0.cached("SELECT a FROM t ORDER BY id").all { $0.int(0) } } }
}

/// Holds the writer inside a job until told to go on, so that a test decides what shares a group.
final class Gate: Sendable {
    private let entered = Signal()
    private let opened = Signal()

    /// Hands the writer a job that waits, and returns when the writer is in it.
    init(_ store: GroupCommitWriter) {
        store.submit { [self] _ in
            entered.raise()
            opened.wait(after: 0)
        } completion: { _ in
        }
        entered.wait(after: 0)
    }

    func open() { opened.raise() }
}

/// Collects answers, in their order.
final class Answers<Value: Sendable>: Sendable {
    private let list = Locked<[(String, Result<Value, any Error>)]>([])

    func completion(_ name: String) -> @Sendable (Result<Value, any Error>) -> Void {
        { [list] result in list.change { $0.append((name, result)) } }
    }

    /// Waits until so many have come.
    func wait(for count: Int) -> [(String, Result<Value, any Error>)] {
        list.wait { $0.count >= count ? $0 : nil } ?? []
    }
}

/// The stable code of what a body throws; nil where it throws nothing.
func code<Value>(of body: () throws -> Value) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? any ExplainedError)?.code ?? "\(error)"
    }
}

extension Result {
    /// The stable code of the failure; nil for success.
    var code: String? { TicketStoreTests.code { try get() } }
}

/// A witness that does as it is told.
final class ScriptedWitness: Witness {
    private let state = Locked(
        (
            failures: [any Error](), records: [WitnessRecord](),
            before: { @Sendable () -> Void in } as @Sendable () -> Void
        ))

    /// The next writes fail with these, in order.
    func failNext(_ errors: any Error...) { state.withLock { $0.failures += errors } }

    /// Runs inside each write, before it takes effect.
    func before(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.before = body } }

    var sequences: [UInt64] { state.withLock { $0.records.map(\.sequence) } }

    func write(_ record: WitnessRecord) throws {
        state.withLock { $0.before }()
        try state.withLock { state in
            if !state.failures.isEmpty { throw state.failures.removeFirst() }
            state.records.append(record)
        }
    }
}
