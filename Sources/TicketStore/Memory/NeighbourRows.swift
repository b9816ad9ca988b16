import SyncProtocol

/// Neighbours and their logs in the tables.
enum NeighbourRows {
    /// The neighbours in the given order; all must have their row.
    static func load(_ connection: Connection, _ nodes: [NodeID]) throws -> [NeighbourState] {
        try nodes.compactMap { node in
            let statement = try connection.cached(
                """
                SELECT key, log, receipt_sequence, receipt_high, receipt_low, cursor_log, cursor_sequence, cursor_high,
                    cursor_low, era, head_office_holds, token_confirmed, token_fresh, lives, is_suspended,
                    contact, refused_day, refused_count, is_quarantined, tokens_accepted, tokens_shown, token_stale
                FROM neighbours WHERE node = ?
                """)
            guard var state = try statement.first(node.text, body: { state(node, $0) }) else { return nil }
            try loadTail(&state, connection)
            try connection.cached("SELECT incarnation FROM births_logged WHERE neighbour = ?").forEach(state.key) {
                state.birthsLogged.insert(Incarnation(rawValue: $0.uint64(0)))
            }
            return state
        }
    }

    private static func state(_ node: NodeID, _ row: Row) -> NeighbourState {
        var state = NeighbourState(key: row.int64(0), node: node, log: row.uint64(1))
        if !row.isNull(2) {
            state.receipt = Cursor(
                log: state.log, sequence: row.uint64(2), chain: ChainHash(high: row.uint64(3), low: row.uint64(4)))
        }
        if !row.isNull(5) {
            state.cursor = Cursor(
                log: row.uint64(5), sequence: row.uint64(6), chain: ChainHash(high: row.uint64(7), low: row.uint64(8)))
        }
        state.era = row.int64(9)
        state.headOfficeHolds = row.uint64OrNil(10)
        state.tokens = TokenPair(confirmed: row.uint64(11), fresh: row.uint64(12))
        state.lives = numbers(row.bytes(13) ?? []).map(Incarnation.init(rawValue:))
        state.isSuspended = row.bool(14)
        state.contact = row.int64OrNil(15)
        state.refusedDay = row.int64(16)
        state.refusedCount = row.int(17)
        state.isQuarantined = row.bool(18)
        state.judge = TokenJudge(
            accepted: numbers(row.bytes(19) ?? []), shown: numbers(row.bytes(20) ?? []), stale: row.uint64OrNil(21))
        return state
    }

    private static func numbers(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: 0, to: bytes.count - 7, by: 8).map { bytes[$0..<$0 + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }

    private static func bytes(_ numbers: some Sequence<UInt64>) -> [UInt8] {
        numbers.flatMap { number in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
        }
    }

    private static func loadTail(_ state: inout NeighbourState, _ connection: Connection) throws {
        let statement = try connection.cached(
            """
            SELECT first, count, kind, incarnation, sequence, era, chain_high, chain_low, shared_count, shared_high,
                shared_low FROM logs WHERE neighbour = ? ORDER BY first DESC LIMIT 1
            """)
        _ = try statement.first(state.key) { row in
            let run = LogRows.run(row)
            state.lastRun = run
            state.length = run.last
            state.news = run.last
            state.chain = run.chain
            state.shared = Fingerprint(count: row.uint64(8), high: row.uint64(9), low: row.uint64(10))
        }
    }

    static func insert(_ node: NodeID, log: UInt64, _ connection: Connection) throws {
        try connection.cached("INSERT OR IGNORE INTO neighbours(node, log) VALUES(?, ?)").run(node.text, log)
    }

    /// Writes everything but the log.
    static func save(_ state: NeighbourState, _ connection: Connection) throws {
        let statement = try connection.cached(
            """
            UPDATE neighbours SET receipt_sequence = ?, receipt_high = ?, receipt_low = ?, cursor_log = ?,
                cursor_sequence = ?, cursor_high = ?, cursor_low = ?, era = ?, head_office_holds = ?, token_confirmed = ?,
                token_fresh = ?, lives = ?, is_suspended = ?, contact = ?, refused_day = ?, refused_count = ?,
                is_quarantined = ?, tokens_accepted = ?, tokens_shown = ?, token_stale = ? WHERE key = ?
            """)
        try statement.run(
            state.receipt?.sequence, state.receipt?.chain.high, state.receipt?.chain.low, state.cursor?.log,
            state.cursor?.sequence, state.cursor?.chain.high, state.cursor?.chain.low, state.era, state.headOfficeHolds,
            state.tokens.confirmed, state.tokens.fresh,
            bytes(state.lives.suffix(64).map(\.rawValue)), state.isSuspended, state.contact, state.refusedDay,
            state.refusedCount, state.isQuarantined, bytes(state.judge.accepted), bytes(state.judge.shown),
            state.judge.stale, state.key)
    }
}

/// Runs of the neighbour logs.
enum LogRows {
    /// From `first, count, kind, incarnation, sequence, era, chain_high, chain_low`.
    static func run(_ row: Row) -> LogRun {
        LogRun(
            first: row.uint64(0), count: row.uint64(1), isBodies: row.int64(2) == 2,
            dot: Dot(Incarnation(rawValue: row.uint64(3)), row.uint64(4)), era: row.int64(5),
            chain: ChainHash(high: row.uint64(6), low: row.uint64(7)))
    }

    /// Writes the runs that changed; the last carries the shared fingerprint.
    static func flush(_ state: inout NeighbourState, _ connection: Connection) throws {
        if state.changedRuns.isEmpty, state.isSharedChanged, let last = state.lastRun { state.changedRuns = [last] }
        state.isSharedChanged = false
        guard !state.changedRuns.isEmpty else { return }
        let statement = try connection.cached("INSERT OR REPLACE INTO logs VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for run in state.changedRuns {
            try statement.run(
                state.key, run.first, run.count, run.isBodies ? 2 : 1, run.dot.incarnation.rawValue, run.dot.sequence,
                run.era, run.chain.high, run.chain.low, state.shared.count, state.shared.high, state.shared.low)
        }
        state.changedRuns.removeAll(keepingCapacity: true)
    }

    /// The runs from the one that holds entry `first` on.
    static func runs(_ neighbour: Int64, from first: UInt64, _ connection: Connection, _ body: (LogRun) throws -> Bool)
        throws
    {
        let statement = try connection.cached(
            """
            SELECT first, count, kind, incarnation, sequence, era, chain_high, chain_low FROM logs
            WHERE neighbour = ? AND first >= coalesce((SELECT max(first) FROM logs WHERE neighbour = ? AND first <= ?), 0)
            ORDER BY first
            """)
        try statement.bind(neighbour, neighbour, first)
        defer { statement.reset() }
        while try statement.step() {
            let run = run(statement.row)
            if run.last < first { continue }
            if try !body(run) { return }
        }
    }

    /// The chain hash after entry `sequence`; nil where the log is shorter.
    static func chain(_ neighbour: Int64, at sequence: UInt64, _ connection: Connection, _ hash: HashFunction) throws
        -> ChainHash?
    {
        if sequence == 0 { return .start }
        let before = try connection.cached(
            "SELECT chain_high, chain_low FROM logs WHERE neighbour = ? AND first < ? ORDER BY first DESC LIMIT 1")
        var found: ChainHash?
        try runs(neighbour, from: sequence, connection) { run in
            guard run.first <= sequence else { return false }
            if run.last == sequence {
                found = run.chain
                return false
            }
            var chain =
                try before.first(neighbour, run.first) { ChainHash(high: $0.uint64(0), low: $0.uint64(1)) } ?? .start
            for offset in 0...(sequence - run.first) { chain = chain.appending(run.entry(at: offset), hash) }
            found = chain
            return false
        }
        return found
    }
}
