import SyncProtocol

/// What a check of the whole store found.
public struct VerifyReport: Sendable {
    public enum Code: String, Sendable {
        /// SQLite's own check found damage.
        case database
        /// A record does not have its hash, or cannot be read.
        case recordDamaged = "record-damaged"
        /// A body does not have the hash that its record names.
        case bodyDamaged = "body-damaged"
        /// A record does not follow the one before it in its incarnation's chain.
        case chainBroken = "chain-broken"
        /// A document's row is not what its actions fold to.
        case foldDiffers = "fold-differs"
        /// The kept number of tickets of a state is not the number that is there.
        case countDiffers = "count-differs"
        /// A neighbour log's chain hash is not what its entries lead to.
        case logDamaged = "log-damaged"
        /// The witness names an act that is not here.
        case acknowledgedLost = "acknowledged-lost"
    }

    public struct Finding: Sendable {
        public let code: Code
        /// A dot, a document id, a neighbour's name; never customer data.
        public let subject: String
    }

    public let actions: Int
    public let documents: Int
    /// Empty where the store is sound. At most 1,000.
    public let findings: [Finding]
    /// Actions whose record or body is damaged here: a neighbour's copy repairs them.
    public let damaged: [Dot]
}

extension ReplicaStore {
    private static let findingsMax = 1_000

    /// Checks hashes, chains, folds and logs in one snapshot. Reads only.
    public func verify() throws -> VerifyReport {
        let lineage = try peek(\.lineage)
        let lost = try peek(\.lostAtStart)
        let neighbours = try peek(\.neighbours)
        return try read { [context] connection in
            var check = StoreCheck(connection, context, lineage)
            try check.database()
            try check.actions()
            try check.documents()
            try check.ticketCounts()
            for neighbour in neighbours { try check.log(neighbour) }
            for range in lost {
                for sequence in range.sequences.suffix(ReplicaStore.findingsMax) {
                    let dot = Dot(range.incarnation, sequence)
                    if try ActionRows.find(dot, connection) == nil { check.found(.acknowledgedLost, dot.description) }
                }
            }
            return VerifyReport(
                actions: check.actionCount, documents: check.documentCount,
                findings: Array(check.findings.prefix(ReplicaStore.findingsMax)), damaged: check.damaged)
        }
    }

    /// Puts a backup into an empty folder. The node that starts there begins a new life, and gets what it lost since from
    /// its neighbours.
    ///
    /// - Throws: `StoreError.alreadyInitialised`, `.foreignFile`; errors of the file system and of SQLite.
    public static func restore(from backup: String, _ paths: StorePaths, _ context: StoreContext) throws {
        guard !paths.hasDatabase else { throw StoreError.alreadyInitialised }
        try StoreFiles.check(backup)
        let source = try Connection(path: backup, mode: .readOnly)
        defer { source.close() }
        try checkOwner(source, context)
        // A witness that outlived its database names at the first start what the backup lacks.
        if try !StoreFiles.witnessesWork(paths) { try StoreFiles.makeWitness(paths) }
        try writeBackup(to: paths.database) { try source.vacuum(into: $0) }
        // It is an older copy, and knows it: its past comes back from whoever has it.
        let restored = try Connection(path: paths.database, mode: .readWrite)
        defer { restored.close() }
        try Meta.set("past_open", 1, restored)
    }

    /// A copy of the running node's database at `path`, which must not exist.
    public func backup(to path: String) throws { try executor.backup(to: path) }
}

/// One pass over a store.
private struct StoreCheck {
    let connection: Connection
    let context: StoreContext
    let lineage: Lineage
    var findings: [VerifyReport.Finding] = []
    var damaged: [Dot] = []
    var actionCount = 0
    var documentCount = 0

    init(_ connection: Connection, _ context: StoreContext, _ lineage: Lineage) {
        self.connection = connection
        self.context = context
        self.lineage = lineage
    }

    mutating func found(_ code: VerifyReport.Code, _ subject: String) {
        findings.append(VerifyReport.Finding(code: code, subject: subject))
    }

    mutating func database() throws {
        let lines = try connection.prepare("PRAGMA integrity_check(100)").all { $0.string(0) ?? "" }
        for line in lines where line != "ok" { found(.database, "integrity check") }
    }

    /// Records in the order of their chains; a gap is no fault here, a wrong link is.
    mutating func actions() throws {
        var last: (dot: Dot, hash: Digest)?
        let statement = try connection.prepare(
            "SELECT key, incarnation, sequence, hash, record FROM actions ORDER BY incarnation, sequence")
        defer { statement.reset() }
        while try statement.step() {
            let row = statement.row
            actionCount += 1
            let dot = Dot(Incarnation(rawValue: row.uint64(1)), row.uint64(2))
            let bytes = row.bytes(4) ?? []
            guard let hash = row.digestOrNil(3), bytes.withUnsafeBytes({ context.hash($0) }) == hash,
                let record = record(bytes), record.dot == dot
            else {
                found(.recordDamaged, dot.description)
                damaged.append(dot)
                last = nil
                continue
            }
            if let last, last.dot == Dot(dot.incarnation, dot.sequence - 1), record.previous != last.hash {
                found(.chainBroken, dot.description)
            }
            last = (dot, hash)
            try bodies(row.int64(0), record)
        }
    }

    private func record(_ bytes: [UInt8]) -> CoreRecord? {
        do { return try CoreRecord(decoding: bytes) } catch { return nil }
    }

    private mutating func bodies(_ key: Int64, _ record: CoreRecord) throws {
        for body in try ActionRows.bodies(key, connection) {
            let hash = body.envelope.withUnsafeBytes { context.hash($0) }
            guard record.body(body.part)?.hash != hash else { continue }
            found(.bodyDamaged, record.dot.description)
            damaged.append(record.dot)
        }
    }

    mutating func ticketCounts() throws {
        let differing = try connection.prepare(
            """
            SELECT state FROM (
                SELECT is_open, state, custodian, count FROM ticket_counts
                UNION ALL
                SELECT is_open, coalesce(state, ''), coalesce(custodian, ''), -count(*) FROM documents
                WHERE ticket_no IS NOT NULL AND is_staged = 0 GROUP BY 1, 2, 3)
            GROUP BY is_open, state, custodian HAVING sum(count) <> 0
            """
        ).all { $0.string(0) ?? "" }
        for state in differing { found(.countDiffers, state) }
    }

    /// Each row is what its actions fold to.
    mutating func documents() throws {
        for key in try connection.prepare("SELECT key FROM documents ORDER BY key").all(body: { $0.int64(0) }) {
            documentCount += 1
            do {
                guard let document = try DocumentRows.load(key: key, connection), document.id.isTicket else { continue }
                let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
                let folded = DocumentState(folding: held, lineage)
                if folded.encodedCore() != document.state.encodedCore() { found(.foldDiffers, document.id.description) }
                guard let (casework, personal) = try DocumentRows.bodyFields(key, connection) else { continue }
                if casework != folded.encodedFields(of: .casework) || personal != folded.encodedFields(of: .personal) {
                    found(.foldDiffers, document.id.description)
                }
            } catch is WireError {
                found(.recordDamaged, "document \(key)")
            } catch StoreError.damagedAction {
                found(.recordDamaged, "document \(key)")
            }
        }
    }

    mutating func log(_ neighbour: NeighbourState) throws {
        var chain = ChainHash.start
        var length: UInt64 = 0
        var isSound = true
        try LogRows.runs(neighbour.key, from: 1, connection) { run in
            guard run.first == length + 1 else {
                isSound = false
                return false
            }
            for offset in 0..<run.count { chain = chain.appending(run.entry(at: offset), context.hash) }
            length = run.last
            isSound = chain == run.chain
            return isSound
        }
        if !isSound { found(.logDamaged, neighbour.node.text) }
    }
}
