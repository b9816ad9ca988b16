import Glibc
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// Deadlines and a dispatcher's board over very many open tickets in one store. Every ticket is registered by the real
/// act, many at once so that they share commits, with three clocks each; `TICKETS=100000` for a quick look.
enum W7 {
    private static let tickets = Environment.number("TICKETS") ?? 1_000_000
    private static let minute: Int64 = 60_000
    private static let hour = 60 * minute

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let clock = Locked(SystemClock.wallMilliseconds())
        let store = try store(folder, clock)
        let documents = try fill(store, clock)
        var figures = try idleTicks(store)
        figures += try busyTicks(store, clock)
        figures += try boards(store, documents, folder)
        store.close()
        return figures
    }

    // MARK: The store

    private static let actor = BenchBank.actor("p1", .province, parent: "ho")

    private static func store(_ folder: String, _ clock: Locked<Int64>) throws -> ReplicaStore {
        let paths = StorePaths(folder: folder + "/p1")
        mkdir(paths.folder, 0o700)
        let rules = try RuleBook(published: [pack()], calendars: [])
        let context = StoreContext(
            node: "p1", hierarchy: BenchBank.hierarchy(branches: 1), topologyDigest: .zero, hash: SHA256.function,
            world: World(wallMilliseconds: { clock.withLock { $0 } }, random: SystemRandom.word),
            readPublished: { _ in Published(rules: rules) })
        try ReplicaStore.create(paths, context)
        return try ReplicaStore.open(paths, context)
    }

    /// A day for the answer, three for the acceptance, fifteen as the outer bound.
    static func pack() throws -> PolicyPack {
        let limits: [(String, ClockLimit)] = [
            ("total", .elapsed(minutes: 24 * 60)), ("acceptance", .naturalDays(3, endsOnWorkingDay: false)),
            ("bound", .naturalDays(15, endsOnWorkingDay: false)),
        ]
        guard let begin = CivilTime.Date(year: 2020, month: 1, day: 1) else { throw BenchError(what: "no such date") }
        return try PolicyPack(
            id: "bench", version: "1", name: Bilingual("测量", "bench"), zone: .china, calendarID: nil,
            effectiveFrom: begin,
            policies: limits.map { id, limit in
                Policy(
                    id: id, name: Bilingual(id, id), starts: [.applies], startsFrom: TicketField.receivedAt,
                    stops: [.transition("T18")], limit: limit, warned: ["handler"], ladder: ["dispatcher"],
                    sureness: .proposed, source: "-")
            })
    }

    /// Receipts lie in the last twenty hours, so that nothing is due yet and the ends are spread.
    private static func fill(_ store: ReplicaStore, _ clock: Locked<Int64>) throws -> [DocumentID] {
        let now = clock.withLock { $0 }
        let severities = ["ordinary", "ordinary", "ordinary", "ordinary", "important", "important", "urgent", "major"]
        let progress = Progress("W7 registering", of: tickets)
        let filling = Locked(Filling())
        for number in 0..<tickets {
            let spread = (Int64(number) * 7_919) % (20 * 3_600)
            var fields = BenchBank.registration(number, bytes: 60).fields
            fields["received_at"] = String(now - spread * 1000)
            fields["severity"] = severities[number % severities.count]
            filling.wait { $0.underway < underwayMax ? () : nil }
            filling.withLock { $0.underway += 1 }
            let request = TicketRequest(command: .register(Registration(fields: fields)), ticket: nil, actor: actor)
            store.execute(request) { result in filling.change { $0.end(result, keeps: number % 100 == 0) } }
            progress.step(number)
        }
        filling.wait { $0.underway == 0 ? () : nil }
        progress.finish()
        if let failure = filling.withLock({ $0.failure }) { throw failure }
        return filling.withLock { $0.documents }
    }

    /// Enough for the writer to find a full group whenever one ends.
    private static let underwayMax = 1_024

    private struct Filling {
        /// Handed over and not answered.
        var underway = 0
        /// Every hundredth one.
        var documents: [DocumentID] = []
        var failure: (any Error)?

        mutating func end(_ result: Result<TicketReceipt, any Error>, keeps: Bool) {
            underway -= 1
            switch result {
            case .success(let receipt): if keeps { documents.append(receipt.document) }
            case .failure(let error): failure = failure ?? error
            }
        }
    }

    // MARK: Ticks

    private static func idleTicks(_ store: ReplicaStore) throws -> [Figure] {
        var times: [Double] = []
        for _ in 0..<2_000 { times.append(try seconds { try check(store.keepClocks() == 0) }.0 * 1000) }
        let p99 = percentile(times, 99)
        return [
            Figure(
                name: "W7 tick with nothing due, \(tickets) open tickets",
                value: "p50 \(String.number(percentile(times, 50), 3)) ms, p99 \(String.number(p99, 3)) ms",
                ratio: Figure.share(p99, of: 1), goal: "< 1 ms")
        ]
    }

    private static func check(_ holds: Bool) throws {
        guard holds else { throw BenchError(what: "something was due too early") }
    }

    /// Time passes until some tickets are due, then until ten times as many: what a tick costs follows the tickets that are
    /// due and not those that are there.
    private static func busyTicks(_ store: ReplicaStore, _ clock: Locked<Int64>) throws -> [Figure] {
        // The warnings of the day's limit are spread over twenty hours; the earliest is due 36 minutes from the start on.
        var figures: [Figure] = []
        guard let first = try store.nextClockWork() else { throw BenchError(what: "no clock runs") }
        clock.withLock { $0 = first - 1 }
        for share in [2_000, 200] {
            clock.withLock { $0 += 20 * hour / Int64(share) }
            var told = 0
            let (time, _) = try seconds {
                while true {
                    let count = try store.keepClocks()
                    guard count > 0 else { break }
                    told += count
                }
            }
            figures.append(
                Figure(
                    name: "W7 ticks with \(told) tickets due", value: "\(String.number(time, 2)) s",
                    ratio: "\(String.number(time * 1e6 / Double(max(told, 1)), 0)) µs each, durable",
                    goal: "the same for each"))
        }
        return figures
    }

    // MARK: Boards

    private static let pages = 1_500

    /// Pages of the board while two clients change the severity of tickets, which moves them on it.
    private static func boards(_ store: ReplicaStore, _ documents: [DocumentID], _ folder: String) throws -> [Figure] {
        var query = WorklistQuery()
        query.filters = [.init("is_open", .equals(.integer(1)))]
        query.order = [("priority", false), ("due_order", false)]
        query.rows = 50
        let isDone = Locked(false)
        let changes = Locked(0)
        let failure: Locked<String?> = Locked(nil)
        let writers = try (0..<2).map { writer in
            try WorkerThread(name: "writer-\(writer)") {
                var turn = writer
                while !isDone.withLock({ $0 }) {
                    let fields = ["severity": ["ordinary", "important", "urgent"][turn % 3]]
                    do {
                        _ = try store.execute(
                            TicketRequest(
                                command: .amend(fields: fields, reason: nil),
                                ticket: .document(documents[(turn * 31) % documents.count]), actor: actor))
                        changes.withLock { $0 += 1 }
                    } catch is Refusal {
                        // The ticket has that severity already: the next one.
                    } catch {
                        failure.withLock { $0 = "\(error)" }
                        return
                    }
                    turn += 2
                }
            }
        }
        var times: [Double] = []
        var parts = [[Double]](repeating: [], count: boardParts.count)
        for _ in 0..<pages {
            var whole = 0.0
            for (index, part) in boardParts.enumerated() {
                let time = try seconds { try part.read(store, query) }.0 * 1000
                parts[index].append(time)
                whole += time
            }
            times.append(whole)
        }
        isDone.withLock { $0 = true }
        for writer in writers { writer.join() }
        if let failure = failure.withLock({ $0 }) { throw BenchError(what: failure) }
        let total = times.reduce(0, +) / 1000
        let raw = try rawBoard(folder)
        let (p50, p99) = (percentile(times, 50), percentile(times, 99))
        return [
            Figure(
                name: "W7 board of 50 by (priority, earliest due), \(tickets) tickets",
                value: "p50 \(String.number(p50)) ms, p99 \(String.number(p99)) ms",
                ratio: "\(String.number(p50 / raw)) × raw (\(String.number(raw, 3)) ms), \(Figure.share(p99, of: 20))",
                goal: "p99 ≤ 20 ms"),
            Figure(
                name: "W7 … its parts, p50 and p99 in ms",
                value: zip(boardParts, parts).map { part, times in
                    "\(part.name) \(String.number(percentile(times, 50))) \(String.number(percentile(times, 99)))"
                }.joined(separator: ", "), ratio: nil, goal: "-"),
            Figure(
                name: "W7 … while these changes flowed in", value: "\(Int(Double(changes.withLock { $0 }) / total))/s",
                ratio: nil, goal: "-"),
        ]
    }

    /// All that a board shows.
    private static let boardParts: [(name: String, read: @Sendable (ReplicaStore, WorklistQuery) throws -> Void)] = [
        ("page", { store, query in try check(store.worklist(query).rows.count == 50) }),
        ("columns", { store, _ in try check(store.boardColumns().reduce(0) { $0 + $1.count } == tickets) }),
        ("neighbours", { store, _ in _ = try store.status() }),
        ("what waits for the parent", { store, _ in try check(store.uplink() != nil) }),
    ]

    /// The same page out of a plain table with as many rows, an index for it, and nobody writing; the median in milliseconds.
    private static func rawBoard(_ folder: String) throws -> Double {
        let raw = try RawSQLite(folder + "/raw.sqlite")
        try raw.fillBoard(tickets)
        var times: [Double] = []
        for _ in 0..<pages { times.append(try seconds { try check(raw.board() == 50) }.0 * 1000) }
        raw.close()
        return percentile(times, 50)
    }

    private static func percentile(_ values: [Double], _ percent: Int) -> Double {
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }
}

/// How far a long preparation is, how fast, and how long it will take, where somebody watches.
private struct Progress {
    private let name: String
    private let count: Int
    private let began = SystemClock.monotonicNanoseconds()
    private let isShown = isatty(STDERR_FILENO) == 1

    init(_ name: String, of count: Int) {
        self.name = name
        self.count = count
    }

    func step(_ done: Int) {
        guard isShown, done > 0, done % 5_000 == 0 else { return }
        let rate = Double(done) / (Double(SystemClock.monotonicNanoseconds() - began) / 1e9)
        write("\r\(name): \(done) of \(count), \(Int(rate))/s, \(Int(Double(count - done) / rate)) s left  ")
    }

    func finish() { if isShown { write("\r\(String(repeating: " ", count: 60))\r") } }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
