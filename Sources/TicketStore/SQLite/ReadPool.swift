import Platform

/// Read-only connections, shared by any number of threads: each `read` sees one snapshot of everything committed before it.
public final class ReadPool: Sendable {
    private let slots: [Locked<Connection>]
    private let free: Locked<FreeSlots>

    private struct FreeSlots {
        var indices: [Int]
        var waiters = 0
        var isClosed = false
    }

    /// Opens the connections. The writer must have opened the file before: it recovers the WAL after a crash.
    /// Throws `DatabaseError`.
    public init(path: String, connections: Int, options: ConnectionOptions = ConnectionOptions()) throws {
        precondition(connections > 0)
        slots = try (0..<connections).map { _ in Locked(try Connection(path: path, mode: .readOnly, options: options)) }
        free = Locked(FreeSlots(indices: Array((0..<connections).reversed())))
    }

    /// Runs `body` in one read transaction, after waiting for a free connection. Not for use inside a `read`: with all
    /// connections taken by such callers none would end.
    public func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        try use { try $0.snapshot(body) }
    }

    /// Lends a connection without a transaction.
    func use<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        let slot = try take()
        defer { give(slot) }
        return try slots[slot].withLock { try body($0) }
    }

    /// Waits for the readers that are running and closes all connections; later reads throw `closed`.
    public func close() {
        free.change { $0.isClosed = true }
        _ = free.wait { [count = slots.count] free in free.indices.count == count ? true : nil }
        for slot in slots { slot.withLock { if !$0.isClosed { $0.close() } } }
    }

    private func take() throws -> Int {
        // The usual case pays for no wake-up of others.
        if let index = free.withLock({ $0.isClosed ? nil : $0.indices.popLast() }) { return index }
        free.withLock { $0.waiters += 1 }
        let index = free.wait { free -> Int?? in
            guard !free.isClosed else { return .some(nil) }
            return free.indices.popLast().map { .some($0) }
        }
        free.withLock { $0.waiters -= 1 }
        guard let index = index ?? nil else { throw WriterError.closed }
        return index
    }

    private func give(_ slot: Int) {
        let mustWake = free.withLock { free in
            free.indices.append(slot)
            return free.waiters > 0 || free.isClosed
        }
        if mustWake { free.change { _ in } }
    }
}

extension Connection {
    /// Runs `body` in one deferred transaction and ends it, whatever statements `body` left in the middle.
    func snapshot<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
        try begin(.deferred)
        do {
            let value = try body(self)
            resetBusyStatements()
            try rollback()
            return value
        } catch {
            resetBusyStatements()
            try rollback()
            throw error
        }
    }
}
