import SyncProtocol
import TicketModel

/// What goes out: stretches of logs and single actions, each through the egress gate.
extension ReplicaStore {
    public func readLog(
        for neighbour: NodeID, after cursor: Cursor, _ proof: EchoProof
    ) throws -> (Batch, hasMore: Bool)? {
        let state = try state(of: neighbour) { $0 }
        guard cursor.log == state.log, cursor.sequence < state.length else { return nil }
        try markServed(neighbour)
        let lineage = try peek(\.lineage)
        let (answer, heldBack) = try read { [context] connection in
            var reader = LogReader(connection, context, state, lineage, proof)
            return (try reader.batch(after: cursor), reader.heldBack)
        }
        try note(heldBack, for: neighbour)
        return try splitsRecall(answer?.0) ? nil : answer
    }

    /// Entries that may not be sent: each is told once in a process.
    private func note(_ heldBack: [Dot], for neighbour: NodeID) throws {
        let new = try peek { memory in heldBack.filter { !memory.heldBack.contains($0) } }
        guard !new.isEmpty else { return }
        try write { transaction in
            for dot in new where transaction.memory.heldBack.insert(dot).inserted {
                try transaction.incident(.entryHeldBack, node: neighbour, subject: dot.description)
            }
        }
    }

    /// From now on every offer in the log counts as seen: taking one back becomes a request.
    private func markServed(_ neighbour: NodeID) throws {
        memory.withLock { memory in
            guard let index = memory?.neighbour(neighbour), let length = memory?.neighbours[index].length else {
                return
            }
            memory?.neighbours[index].served = length
        }
    }

    /// True where an offer in the batch was taken back, unseen, while the batch was being read.
    private func splitsRecall(_ batch: Batch?) throws -> Bool {
        guard let batch else { return false }
        let recalled = try peek(\.recalledOffers)
        guard !recalled.isEmpty else { return false }
        var open: Set<Dot> = []
        for case .action(let sealed, _) in batch.items {
            for operation in sealed.record.operations {
                if case .offer = operation, recalled.contains(sealed.record.dot) { open.insert(sealed.record.dot) }
                if case .recall(_, let offer, _) = operation { open.remove(offer) }
            }
        }
        return !open.isEmpty
    }

    public func items(_ dots: [Dot], for neighbour: NodeID) throws -> [BatchItem] {
        let state = try state(of: neighbour) { $0 }
        let lineage = try peek(\.lineage)
        let offers = try offersOfThisLife(among: dots)
        // From now on they count as seen; one that was taken back before travels with what took it back.
        memory.withLock { memory in memory?.servedOffers.formUnion(offers) }
        let dots = dots + (try recalls(of: offers).filter { !dots.contains($0) })
        return try read { [context] connection in
            var reader = LogReader(connection, context, state, lineage, .broken)
            return try reader.items(dots)
        }
    }
}

extension ReplicaStore {
    /// Offers of earlier lives count as seen anyway.
    private func offersOfThisLife(among dots: [Dot]) throws -> [Dot] {
        let current = try peek(\.current)
        let own = dots.filter { $0.incarnation == current }
        guard !own.isEmpty else { return [] }
        return try read { connection in
            try own.filter { dot in
                guard let found = try ActionRows.find(dot, connection),
                    let action = try ActionRows.load(found.key, connection)
                else { return false }
                return action.sealed.record.operations.contains { if case .offer = $0 { true } else { false } }
            }
        }
    }

    /// The acts that took offers back before anybody had seen them.
    private func recalls(of offers: [Dot]) throws -> [Dot] {
        guard !offers.isEmpty else { return [] }
        return try read { connection in
            let statement = try connection.cached(
                "SELECT incarnation, sequence FROM recalls WHERE offer_incarnation = ? AND offer_sequence = ?")
            return try offers.compactMap { offer in
                try statement.first(
                    offer.incarnation.rawValue, offer.sequence,
                    body: { Dot(Incarnation(rawValue: $0.uint64(0)), $0.uint64(1)) })
            }
        }
    }
}

/// Builds batches for one neighbour inside one read snapshot.
struct LogReader {
    /// What the columns of a batch leave out of nearly every core record: hashes, and what the record before it told.
    private static let recordBytesSaved = 96

    private let connection: Connection
    private let context: StoreContext
    private let neighbour: NeighbourState
    private let proof: EchoProof
    private let lineage: Lineage
    private var levels: [Int64: Disclosure] = [:]
    /// Acts that the egress gate did not let out.
    private(set) var heldBack: [Dot] = []
    private var bytes = 0
    private var room = BatchRoom()

    init(
        _ connection: Connection, _ context: StoreContext, _ neighbour: NeighbourState, _ lineage: Lineage,
        _ proof: EchoProof
    ) {
        self.lineage = lineage
        self.connection = connection
        self.context = context
        self.neighbour = neighbour
        self.proof = proof
    }

    /// The next stretch, bounded by entries and bytes; nil where the proof has to be asked for first.
    mutating func batch(after cursor: Cursor) throws -> (Batch, hasMore: Bool)? {
        var items: [BatchItem] = []
        var entries: UInt64 = 0
        var chain = cursor.chain
        var mustReach: UInt64 = 0
        let last = neighbour.length
        try LogRows.runs(neighbour.key, from: cursor.sequence + 1, connection) { run in
            var offset = max(cursor.sequence + 1, run.first) - run.first
            let isEcho = run.era == neighbour.era && run.era > 0
            if isEcho, proof == .unknown { return false }
            if isEcho, proof == .proven {
                let count = min(run.count - offset, room.echoesLeft, last - (run.first + offset) + 1)
                let item = BatchItem.echo(first: run.entry(at: offset).dot, count: count)
                guard count > 0, room.take(item) else { return false }
                items.append(item)
                for step in 0..<count { chain = chain.appending(run.entry(at: offset + step), context.hash) }
                entries += count
                return offset + count == run.count
            }
            while offset < run.count {
                let sequence = run.first + offset
                guard sequence <= last else { return false }
                let isFull = entries >= UInt64(Limits.batchEntriesMax) || bytes >= Limits.batchBytesTarget
                if isFull, sequence > mustReach { return false }
                let entry = run.entry(at: offset)
                let item = try item(for: entry)
                guard room.take(item) else { return false }
                mustReach = max(mustReach, try recallPosition(of: item))
                items.append(item)
                chain = chain.appending(entry, context.hash)
                entries += 1
                offset += 1
            }
            return true
        }
        guard entries > 0 else { return nil }
        let end = Cursor(log: cursor.log, sequence: cursor.sequence + entries, chain: chain)
        return (Batch(start: cursor, end: end, items: items), end.sequence < last)
    }

    private mutating func item(for entry: LogEntry) throws -> BatchItem {
        guard let action = try ActionRows.load(entry.dot, connection) else {
            guard try ActionRows.isDiscarded(entry.dot, connection) else { throw StoreError.damagedAction }
            return LogReader.emptyPlace(entry)
        }
        // What the reader may not hold stops nothing behind it.
        guard let carried = try gate(action) else {
            guard context.protections.contains(.emptyPlace) else { throw StoreError.damagedAction }
            heldBack.append(entry.dot)
            return LogReader.emptyPlace(entry)
        }
        bytes += max(0, action.sealed.bytes.count - LogReader.recordBytesSaved)
        bytes += carried.reduce(0) { $0 + $1.envelope.count }
        switch entry {
        case .action: return .action(action.sealed, bodies: carried)
        case .bodies: return .bodies(entry.dot, carried)
        }
    }

    /// An empty place in the log: whoever reads it gets the action from elsewhere, if at all.
    private static func emptyPlace(_ entry: LogEntry) -> BatchItem {
        if case .bodies = entry { return .bodies(entry.dot, []) }
        return .echo(first: entry.dot, count: 1)
    }

    /// The egress gate (rule R11): the same function that the receiver asks. Also checks the bytes before they leave.
    ///
    /// - Returns: the bodies that may go along; nil where the act itself may not leave.
    private mutating func gate(_ action: StoredAction) throws -> [CarriedBody]? {
        guard action.sealed.bytes.withUnsafeBytes({ context.hash($0) }) == action.sealed.hash else {
            throw StoreError.damagedAction
        }
        guard action.sealed.record.document.isTicket else { return [] }
        let level = try level(action.document)
        guard level > .nothing, mayRise(action.sealed.record) else { return nil }
        return action.envelopes.filter { level.includes($0.part) }
    }

    /// Towards head office no core record leaves that holds what none may hold.
    private func mayRise(_ record: CoreRecord) -> Bool {
        guard context.hierarchy.tier(of: neighbour.node) == .headOffice else { return true }
        let tier = lineage.life(of: record.dot.incarnation)?.tier ?? .branch
        return context.lint.problem(in: record, by: tier) == nil
    }

    private mutating func level(_ document: Int64) throws -> Disclosure {
        if let known = levels[document] { return known }
        guard let audience = try DocumentRows.audience(key: document, connection) else {
            throw StoreError.damagedAction
        }
        let level = audience.disclosure(to: neighbour.node, in: context.hierarchy)
        levels[document] = level
        return level
    }

    /// An offer that was taken back before anybody saw it must not travel without its recall.
    private func recallPosition(of item: BatchItem) throws -> UInt64 {
        guard case .action(let sealed, _) = item,
            sealed.record.operations.contains(where: { if case .offer = $0 { true } else { false } })
        else { return 0 }
        let dot = sealed.record.dot
        let statement = try connection.cached(
            "SELECT incarnation, sequence FROM recalls WHERE offer_incarnation = ? AND offer_sequence = ?")
        guard
            let recall = try statement.first(
                dot.incarnation.rawValue, dot.sequence, body: { ($0.uint64(0), $0.uint64(1)) })
        else { return 0 }
        return try position(of: Dot(Incarnation(rawValue: recall.0), recall.1))
    }

    private func position(of dot: Dot) throws -> UInt64 {
        let statement = try connection.cached(
            """
            SELECT first + (? - sequence) FROM logs WHERE neighbour = ? AND kind = 1 AND incarnation = ? AND sequence <= ?
                AND sequence + count > ? ORDER BY first LIMIT 1
            """)
        return try statement.first(dot.sequence, neighbour.key, dot.incarnation.rawValue, dot.sequence, dot.sequence) {
            $0.uint64(0)
        } ?? 0
    }

    /// Actions outside the log, in the order in which they were applied here, births first.
    mutating func items(_ dots: [Dot]) throws -> [BatchItem] {
        var keys: [Int64] = []
        for dot in dots { if let found = try ActionRows.find(dot, connection) { keys.append(found.key) } }
        var births = NamedBirths(lineage, connection)
        var items: [BatchItem] = []
        for key in keys.sorted() {
            guard bytes < Limits.batchBytesTarget, items.count + births.items.count < Limits.batchEntriesMax / 2 else {
                break
            }
            guard let action = try ActionRows.load(key, connection) else { throw StoreError.damagedAction }
            let record = action.sealed.record
            guard try mayAsk(for: action) else { continue }
            try births.name(record)
            guard let carried = try gate(action) else { continue }
            bytes += action.sealed.bytes.count + carried.reduce(0) { $0 + $1.envelope.count }
            items.append(.action(action.sealed, bodies: carried))
        }
        let waiting = try parkedItems(dots, &births)
        return births.items + items + waiting
    }

    /// Only what both share is sent on request: of node records those that the neighbour keeps too.
    private mutating func mayAsk(for action: StoredAction) throws -> Bool {
        let record = action.sealed.record
        if record.document.isTicket { return try level(action.document) > .nothing }
        return try record.dot.sequence == 1 || NodeRecords.concerns(record, neighbour.node, context, connection)
    }

    /// Actions that wait here may be all that tells their author what it lost.
    private mutating func parkedItems(_ dots: [Dot], _ births: inout NamedBirths) throws -> [BatchItem] {
        guard try connection.cached("SELECT 1 FROM parked LIMIT 1").exists() else { return [] }
        var items: [BatchItem] = []
        for dot in dots where bytes < Limits.batchBytesTarget {
            guard let parked = try ActionRows.parked(dot, connection),
                let loaded = try DocumentRows.load(parked.sealed.record.document, connection)
            else { continue }
            let level = loaded.state.audience.disclosure(to: neighbour.node, in: context.hierarchy)
            guard level > .nothing else { continue }
            let carried = parked.bodies.filter { level.includes($0.part) }
            try births.name(parked.sealed.record)
            bytes += parked.sealed.bytes.count + carried.reduce(0) { $0 + $1.envelope.count }
            let item = BatchItem.action(parked.sealed, bodies: carried)
            guard room.take(item) else { break }
            items.append(item)
        }
        return items
    }
}

/// The births that a stretch of loose actions names, each once, older lives first.
private struct NamedBirths {
    private(set) var items: [BatchItem] = []
    private var named: Set<Incarnation> = []
    private let lineage: Lineage
    private let connection: Connection

    init(_ lineage: Lineage, _ connection: Connection) {
        self.lineage = lineage
        self.connection = connection
    }

    mutating func name(_ record: CoreRecord) throws {
        for entry in record.dependencies.entries + [record.dot] {
            for life in lineage.line(of: entry.incarnation).reversed() where named.insert(life).inserted {
                guard let birth = try ActionRows.find(Dot(life, 1), connection),
                    let stored = try ActionRows.load(birth.key, connection)
                else { continue }
                items.append(.action(stored.sealed, bodies: []))
            }
        }
    }
}
