import SyncProtocol

/// A stretch of a neighbour log: entries of one kind with consecutive dots.
struct LogRun: Equatable {
    /// Long runs are cut, so that a cursor inside one is checked with few hashes.
    static let entriesMax: UInt64 = 4096

    /// The number of the first entry, from 1.
    var first: UInt64
    var count: UInt64
    var isBodies: Bool
    var dot: Dot
    /// 0, or the era in which these entries came from the neighbour itself.
    var era: Int64
    var chain: ChainHash

    var last: UInt64 { first + count - 1 }

    func entry(at offset: UInt64) -> LogEntry {
        let dot = Dot(dot.incarnation, dot.sequence + offset)
        return isBodies ? .bodies(dot) : .action(dot)
    }

    /// True where the entry continues the run.
    func continues(with entry: LogEntry, era: Int64) -> Bool {
        guard count < LogRun.entriesMax, era == self.era, entry.dot.incarnation == dot.incarnation,
            entry.dot.sequence == dot.sequence + count
        else { return false }
        if case .bodies = entry { return isBodies }
        return !isBodies
    }
}

/// What the writer keeps in memory of one neighbour; the tables hold the same.
struct NeighbourState {
    var key: Int64
    var node: NodeID
    var log: UInt64
    /// Entries of the log kept for it.
    var length: UInt64 = 0
    var chain = ChainHash.start
    /// The run that new entries may continue.
    var lastRun: LogRun?
    var shared = Fingerprint.empty
    /// The neighbour's cursor on that log, as it last told.
    var receipt: Cursor?
    /// This node's cursor on the neighbour's log.
    var cursor: Cursor?
    var era: Int64 = 1
    var headOfficeHolds: UInt64?
    /// As a child's: tokens to show to this parent.
    var tokens = TokenPair(confirmed: 0, fresh: 0)
    /// As a child's: the tokens of hellos that wait for this parent's verdict, oldest first. Two sessions may be open at once.
    var minted: [UInt64] = []
    static let mintedMax = 8
    /// As a parent's: the tokens of this child's hellos.
    var judge = TokenJudge()
    /// As a parent's: the lives that this child's hellos named, oldest first.
    var lives: [Incarnation] = []
    var isSuspended = false
    /// The day (since 1970 UTC) of the newest refused act, and how many there were on it.
    var refusedDay: Int64 = 0
    var refusedCount = 0
    /// Too many of its acts were refused in one day: its line carries nothing until a person decides.
    var isQuarantined = false
    /// Milliseconds since 1970 of the last message.
    var contact: Int64?
    var birthsLogged: Set<Incarnation> = []
    /// Runs that are new or longer than in the table.
    var changedRuns: [LogRun] = []
    /// The shared set grew, perhaps without a new entry.
    var isSharedChanged = false
    /// Anything but the log changed.
    var isRowChanged = false

    /// Something is to be written.
    var isChanged: Bool { isRowChanged || isSharedChanged || !changedRuns.isEmpty }

    /// The newest entry that did not come from the neighbour itself: up to here it has something to learn.
    var news: UInt64 = 0
    /// As a parent's: a life that spoke after a younger one had, and the token it showed.
    var suspect: (life: Incarnation, token: UInt64)?
    /// Both were drained and shared the same, and nothing new has come since.
    var hasAgreed = false
    /// Entries that may have been put into a batch by this process.
    var served: UInt64 = 0

    var tail: Cursor { Cursor(log: log, sequence: length, chain: chain) }

    /// As a child's: a token that no hello has shown yet.
    mutating func mint(_ token: UInt64) {
        tokens.fresh = token
        minted = minted.suffix(NeighbourState.mintedMax - 1) + [token]
        isRowChanged = true
    }

    /// As a child's: true where the token waited for a verdict. Older ones wait no longer.
    mutating func redeem(_ token: UInt64) -> Bool {
        guard let index = minted.firstIndex(of: token) else { return false }
        minted.removeFirst(index + 1)
        return true
    }

    mutating func append(_ entry: LogEntry, era: Int64, _ hash: HashFunction) {
        chain = chain.appending(entry, hash)
        length += 1
        if era == 0 { news = length }
        if var run = lastRun, run.continues(with: entry, era: era) {
            run.count += 1
            run.chain = chain
            lastRun = run
            if changedRuns.last?.first == run.first {
                changedRuns[changedRuns.count - 1] = run
            } else {
                changedRuns.append(run)
            }
            return
        }
        var isBodies = false
        if case .bodies = entry { isBodies = true }
        let run = LogRun(first: length, count: 1, isBodies: isBodies, dot: entry.dot, era: era, chain: chain)
        lastRun = run
        changedRuns.append(run)
    }
}
