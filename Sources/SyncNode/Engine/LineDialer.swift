import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// Keeps the line to the parent: exchanges until drained, waits in a long poll, sends what is new at once, and backs
/// off when the line is down.
final class LineDialer: Sendable {
    private let runtime: NodeRuntime
    private let peer: NodeID
    private let url: String
    private let abort = Locked(HTTPAbort())
    private let isStopping = Locked(false)
    /// Rings to try at once: an operator's `sync`, a line that was restored.
    private let bell = Signal()
    private let live: Locked<Exchanger?> = Locked(nil)
    private let threads: Locked<[WorkerThread]> = Locked([])
    private let told = Locked(LineNews())

    init(_ runtime: NodeRuntime, to peer: NodeID, url: String) {
        self.runtime = runtime
        self.peer = peer
        self.url = url
    }

    /// - Throws: `WorkerThreadError`.
    func start() throws {
        let main = try WorkerThread(name: "line-\(peer)", body: { [self] in keepLine() })
        let pusher = try WorkerThread(name: "push-\(peer)", body: { [self] in push() })
        threads.withLock { $0 = [main, pusher] }
    }

    /// Tries now instead of at the next attempt's time.
    func syncNow() { bell.raise() }

    func stop() {
        isStopping.withLock { $0 = true }
        abort.withLock { $0.raise() }
        bell.raise()
        runtime.store.changes.raise()
        let running = threads.withLock { $0 }
        for thread in running { thread.join() }
    }

    private var mustStop: Bool { isStopping.withLock { $0 } }

    // MARK: The line

    private func keepLine() {
        let client = HTTPClient()
        var backoff = Backoff()
        while !mustStop {
            let seen = bell.count
            do {
                try stayConnected(client, &backoff)
            } catch {
                live.withLock { $0 = nil }
                guard !mustStop else { return }
                pause(after: error, &backoff, seen)
            }
        }
    }

    private func stayConnected(_ client: HTTPClient, _ backoff: inout Backoff) throws {
        runtime.updateLine(peer) {
            $0.phase = .syncing
            $0.nextAttempt = nil
        }
        runtime.isPastUnsettled.withLock { $0 = true }
        let exchanger = Exchanger(runtime, to: peer, url: url)
        let token = abort.withLock { $0 }
        while !mustStop {
            try exchanger.run(client, abort: token)
            backoff.succeeded()
            live.withLock { $0 = exchanger }
            let now = runtime.store.wallMilliseconds()
            runtime.updateLine(peer) { line in
                line.phase = .connected
                line.succeeded(at: now)
                line.attemptsFailed = 0
            }
            if told.withLock({ $0.isUp() }) { runtime.log.say(.lineUp(peer)) }
            try runtime.settlePast()
            // The pusher may have missed what came before the exchanger was live.
            runtime.store.changes.raise()
            try exchanger.poll(client, abort: token)
        }
    }

    private func pause(after error: any Error, _ backoff: inout Backoff, _ seen: UInt64) {
        let delay = backoff.failed(random: SystemRandom.word())
        let now = runtime.store.wallMilliseconds()
        let next = now + delay
        runtime.updateLine(peer) { line in
            line.phase = .waiting
            line.failed(error, at: now)
            line.nextAttempt = next
            line.attemptsFailed += 1
        }
        let code = ExchangeFailure.code(of: error)
        let isNews = told.withLock { $0.isDown(code: code, now: SystemClock.monotonicMilliseconds()) }
        if isNews { runtime.log.say(.lineDown(peer, code: code, failures: backoff.failures, nextAttempt: next)) }
        _ = bell.wait(after: seen, untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: Int(delay)))
    }

    // MARK: What is new

    /// Sends new actions on a second connection while the first waits in its long poll.
    private func push() {
        let client = HTTPClient()
        var seen: UInt64 = 0
        while !mustStop {
            guard let count = runtime.store.changes.wait(after: seen) else { continue }
            seen = count
            guard !mustStop, let exchanger = live.withLock({ $0 }), runtime.store.neighboursBehind().contains(peer)
            else { continue }
            do {
                try exchanger.run(client, abort: abort.withLock { $0 })
            } catch {
                // The main thread notices a broken line by itself; end its poll so that it does so now.
                live.withLock { $0 = nil }
                abort.withLock { token in
                    token.raise()
                    token = HTTPAbort()
                }
            }
        }
    }
}

/// What was last told of a line: a change is news, and so is a line that stays down for long.
struct LineNews {
    /// A line that is still down is told again after this time.
    static let reminderMilliseconds: Int64 = 30 * 60_000

    private enum Told: Equatable {
        case nothing
        case up
        case down(code: String, at: Int64)
    }

    private var told = Told.nothing

    mutating func isUp() -> Bool {
        defer { told = .up }
        return told != .up
    }

    mutating func isDown(code: String, now: Int64) -> Bool {
        if case .down(code, let at) = told, now - at < LineNews.reminderMilliseconds { return false }
        told = .down(code: code, at: now)
        return true
    }
}
