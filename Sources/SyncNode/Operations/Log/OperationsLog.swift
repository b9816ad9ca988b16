import Platform

/// What happens at a node, for its operator: one line an event, on standard error.
///
/// Saying something never blocks: a thread of the log's own writes. Where the reader of standard error is too slow, events
/// are dropped and their number is told.
final class OperationsLog: Sendable {
    static let waitingMax = 1_000

    /// Where lines go, and where time comes from.
    struct Outlet: Sendable {
        var write: @Sendable ([UInt8]) -> Void
        var wallMilliseconds: @Sendable () -> Int64
        var monotonicMilliseconds: @Sendable () -> Int64
    }

    private struct State {
        var waiting: [(event: LogEvent, at: Int64)] = []
        var dropped = 0
        var limiter = LogLimiter()
        var isClosed = false
    }

    private let node: String
    private let format: LogLine.Format
    private let level: LogEvent.Level
    private let outlet: Outlet?
    private let state = Locked(State())
    private let thread: Locked<WorkerThread?> = Locked(nil)

    /// - Throws: `WorkerThreadError`.
    init(node: String, format: LogLine.Format, level: LogEvent.Level, _ outlet: Outlet) throws {
        (self.node, self.format, self.level, self.outlet) = (node, format, level, outlet)
        let writer = try WorkerThread(name: "log", body: { [self] in writeAll() })
        thread.withLock { $0 = writer }
    }

    private init() { (node, format, level, outlet) = ("", .text, .error, nil) }

    /// Says nothing: for tests of other things.
    static var silent: OperationsLog { OperationsLog() }

    func say(_ event: LogEvent) {
        guard let outlet, event.level >= level else { return }
        let (wall, now) = (outlet.wallMilliseconds(), outlet.monotonicMilliseconds())
        state.change { state in
            guard !state.isClosed, state.limiter.admits(event, now: now) else { return }
            OperationsLog.append(event, wall, &state)
        }
    }

    /// Writes what waits and ends. Later events are not written.
    func close() {
        guard let outlet else { return }
        let (wall, now) = (outlet.wallMilliseconds(), outlet.monotonicMilliseconds())
        state.change { state in
            guard !state.isClosed else { return }
            for event in state.limiter.allSummaries(now: now) { OperationsLog.append(event, wall, &state) }
            state.isClosed = true
        }
        let writer = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        writer?.join()
    }

    private static func append(_ event: LogEvent, _ wall: Int64, _ state: inout State) {
        guard state.waiting.count < waitingMax else {
            state.dropped += 1
            return
        }
        state.waiting.append((event, wall))
    }

    // MARK: The thread

    private struct Step {
        var lines: [(event: LogEvent, at: Int64)]
        var isLast: Bool
    }

    private func writeAll() {
        guard let outlet else { return }
        while true {
            let end = state.withLock { $0.limiter.nextEnd }
            let deadline = end.map { end in
                SystemClock.deadlineNanoseconds(
                    inMilliseconds: Int(clamping: max(1, end - outlet.monotonicMilliseconds())))
            }
            let step = state.wait(untilNanoseconds: deadline) { state in
                state.waiting.isEmpty && !state.isClosed ? nil : OperationsLog.take(&state, outlet)
            }
            guard let step else {
                tellHidden(outlet)
                continue
            }
            for (event, at) in step.lines { outlet.write(LogLine.bytes(event, at: at, node: node, format)) }
            if step.isLast { return }
        }
    }

    private static func take(_ state: inout State, _ outlet: Outlet) -> Step {
        var lines = state.waiting
        if state.dropped > 0 {
            let event = LogEvent(.warning, "log-overflow", "Events were dropped: standard error is read too slowly.")
            lines.append((event.with("dropped", state.dropped), outlet.wallMilliseconds()))
        }
        (state.waiting, state.dropped) = ([], 0)
        return Step(lines: lines, isLast: state.isClosed)
    }

    private func tellHidden(_ outlet: Outlet) {
        let (wall, now) = (outlet.wallMilliseconds(), outlet.monotonicMilliseconds())
        state.withLock { state in
            for event in state.limiter.summaries(now: now) { OperationsLog.append(event, wall, &state) }
        }
    }
}
