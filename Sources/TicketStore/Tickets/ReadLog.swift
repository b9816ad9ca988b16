import Platform
import SyncProtocol
import TicketModel

/// One reading of a ticket's words that was granted (AU-05): who, when, by which operation, and for what.
public struct TicketRead: Hashable, Sendable {
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    public let post: String
    /// The operation of the interface, such as `getTicket`.
    public let operation: String
    /// A code that the reader gave; nil where none was given.
    public let purpose: String?

    public init(at: Int64, post: String, operation: String, purpose: String?) {
        self.at = at
        self.post = post
        self.operation = operation
        self.purpose = purpose
    }
}

/// Readings on their way into the table, so that who reads never waits for the disk: what comes together is one small
/// transaction. It stays on this node. What a crash catches between reading and writing, a few milliseconds, is lost.
final class ReadLog: Sendable {
    /// The same reading again within these minutes is no news.
    static let pauseMilliseconds: Int64 = 10 * 60_000
    /// Readings that wait for a disk that takes none; nobody reads beyond.
    static let waitingMax = 10_000
    private static let recentMax = 4096

    struct Item: Hashable, Sendable {
        let document: DocumentID
        let post: String
        let operation: String
        let purpose: String?
    }

    private struct State {
        var waiting: [(item: Item, at: Int64)] = []
        var recent: [Item: Int64] = [:]
        var isWriting = false
    }

    private let state = Locked(State())

    static let schema = """
        -- Who read a ticket's words at this node (AU-05).
        CREATE TABLE reads(
            document INTEGER NOT NULL, at INTEGER NOT NULL, post TEXT NOT NULL, operation TEXT NOT NULL,
            purpose TEXT NOT NULL, PRIMARY KEY(document, at, post, operation, purpose)) WITHOUT ROWID;
        """

    /// Takes a reading.
    ///
    /// - Returns: true where the caller has to see that it is written.
    /// - Throws: `StoreError.readLogFull`.
    func add(_ item: Item, at instant: Int64) throws(StoreError) -> Bool {
        let outcome: (isFull: Bool, mustWrite: Bool) = state.withLock { state in
            if let last = state.recent[item], abs(instant - last) < ReadLog.pauseMilliseconds { return (false, false) }
            guard state.waiting.count < ReadLog.waitingMax else { return (true, false) }
            if state.recent.count >= ReadLog.recentMax { state.recent.removeAll() }
            state.recent[item] = instant
            state.waiting.append((item, instant))
            defer { state.isWriting = true }
            return (false, !state.isWriting)
        }
        guard !outcome.isFull else { throw .readLogFull }
        return outcome.mustWrite
    }

    /// What waits, without taking it away: it stays until it is written.
    private var waiting: [(item: Item, at: Int64)] { state.withLock { $0.waiting } }

    /// Writes what waits.
    /// - Returns: how many.
    func write(_ connection: Connection) throws -> Int {
        let waiting = waiting
        for (item, at) in waiting {
            try connection.cached(
                """
                INSERT OR IGNORE INTO reads
                    SELECT key, ?, ?, ?, ? FROM documents WHERE space = ? AND number = ?
                """
            ).run(at, item.post, item.operation, item.purpose ?? "", item.document.space, item.document.number)
        }
        return waiting.count
    }

    /// Takes away what was written; after a failure it goes on waiting for the next reading.
    ///
    /// - Returns: true where more has come meanwhile.
    func finish(_ result: Result<Int, any Error>) -> Bool {
        state.withLock { state in
            guard case .success(let count) = result else {
                state.isWriting = false
                return false
            }
            state.waiting.removeFirst(min(count, state.waiting.count))
            state.isWriting = !state.waiting.isEmpty
            return state.isWriting
        }
    }
}

extension ReplicaStore {
    /// Keeps on this node that somebody was shown a ticket's words. Returns at once.
    ///
    /// - Throws: `StoreError.readLogFull` where so many wait for the disk that nobody may read more.
    public func noteReading(of id: DocumentID, by post: String, operation: String, purpose: String?) throws {
        let item = ReadLog.Item(document: id, post: post, operation: operation, purpose: purpose)
        if try reads.add(item, at: wallMilliseconds()) { writeReads() }
    }

    private func writeReads() {
        executor.submit({ [reads] connection in try reads.write(connection) }) { [weak self, reads, context] result in
            if case .failure(let error) = result { context.observer.failed(error) }
            if reads.finish(result) { self?.writeReads() }
        }
    }

    /// Who was shown a ticket's words at this node, the newest first.
    public func readings(of id: DocumentID, max: Int) throws -> [TicketRead] {
        precondition(max > 0)
        // What waits comes first: the answer is whole.
        _ = try executor.perform { [reads] connection in try reads.write(connection) }
        return try read { connection in
            try connection.cached(
                text: """
                    SELECT r.at, r.post, r.operation, r.purpose FROM reads r JOIN documents d ON d.key = r.document
                    WHERE d.space = ? AND d.number = ? ORDER BY r.at DESC, r.post, r.operation LIMIT \(max)
                    """
            ).all(id.space, id.number) { row in
                let purpose = row.string(3) ?? ""
                return TicketRead(
                    at: row.int64(0), post: row.string(1) ?? "", operation: row.string(2) ?? "",
                    purpose: purpose.isEmpty ? nil : purpose)
            }
        }
    }
}
