import Platform
import SyncProtocol
import TicketStore

/// Keeps the full-text index at the store's heels, on a thread of its own: no act waits for it.
final class SearchService: Sendable {
    private static let actionsPerStep = 2_000
    private let store: ReplicaStore
    private let index: SearchIndex
    private let isStopping = Locked(false)
    private let thread: Locked<WorkerThread?> = Locked(nil)
    /// Why the index does not follow; nil while it does.
    let failure: Locked<String?> = Locked(nil)

    /// - Parameter path: nil keeps the index in memory.
    init(_ store: ReplicaStore, path: String?) throws {
        self.store = store
        index = try SearchIndex(path: path)
    }

    /// - Throws: `WorkerThreadError`.
    func start() throws {
        let worker = try WorkerThread(name: "search-index", body: { [self] in follow() })
        thread.withLock { $0 = worker }
    }

    /// Keys of the documents that hold all words of the query, newest first.
    func search(_ query: String, limit: Int) throws -> [Int64] { try index.search(query, limit: limit) }

    /// Number of the newest action in the index.
    func position() throws -> UInt64 { try index.position() }

    func stop() {
        isStopping.withLock { $0 = true }
        store.changes.raise()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
        index.close()
    }

    private func follow() {
        while true {
            // Read before asking whether to stop: a stop that comes in between has rung by then, and is heard below.
            let seen = store.changes.count
            guard !isStopping.withLock({ $0 }) else { return }
            do {
                var steps = 0
                while !isStopping.withLock({ $0 }), try step() { steps += 1 }
                if steps > 1 { try rest() }
                failure.withLock { $0 = nil }
            } catch {
                failure.withLock { $0 = ExchangeFailure.code(of: error) }
            }
            _ = store.changes.wait(after: seen)
        }
    }

    /// After much at once, as at a start: the pages that it went through are given back (≤ 40 MiB for an idle branch).
    private func rest() throws {
        index.releaseMemory()
        try store.releaseMemory()
    }

    /// Indexes one stretch; false where nothing is left.
    private func step() throws -> Bool {
        let position = try index.position()
        let after = Int64(clamping: position)
        guard let changed = try store.changedTexts(after: after, actionsMax: SearchService.actionsPerStep) else {
            return false
        }
        try index.update(to: UInt64(clamping: changed.upTo)) { batch in
            for entry in changed.texts { try batch.update(entry.key, entry.text) }
        }
        try store.indexed(late: changed.late)
        return true
    }
}
