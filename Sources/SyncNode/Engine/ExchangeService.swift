import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// The answering side of sessions: `POST /sync/v1/exchange`, one frame each way.
///
/// A long poll is kept without a thread: its answer is made when the neighbour's log grows, or when its time is up.
final class ExchangeService: Sendable {
    static let mediaType = "application/vnd.syncnode.frame"
    /// How long a long poll is kept.
    static let pollMillisecondsMax: Int64 = 25_000
    private static let sessionsPerPeerMax = 1
    /// How long the poll of a session that a newer one of the same peer replaced is still kept. Two live copies of a node
    /// so greet in turns and are found within seconds …
    private static let replacedPollMilliseconds: Int64 = 500
    /// … and no longer need to be found once they are known.
    private static let suspendedPollMilliseconds: Int64 = 10_000

    private struct Waiter {
        var session: UInt64
        var peer: NodeID
        var responder: HTTPResponder
        var deadline: Int64
    }

    private struct State {
        var sessions: [UInt64: Locked<Session>] = [:]
        /// Sessions by peer, oldest first.
        var order: [NodeID: [UInt64]] = [:]
        var waiters: [Waiter] = []
        var isStopping = false
    }

    private let runtime: NodeRuntime
    private let pool: WorkerPool
    private let state = Locked(State())
    private let waker: Locked<WorkerThread?> = Locked(nil)

    /// - Throws: `WorkerThreadError`.
    init(_ runtime: NodeRuntime) throws {
        self.runtime = runtime
        pool = try WorkerPool(name: "exchange", threads: 8, jobsMax: 2048)
        let thread = try WorkerThread(name: "poll-waker", body: { [self] in wakeWaiters() })
        waker.withLock { $0 = thread }
    }

    /// Number of long polls that wait.
    var waiting: Int { state.withLock { $0.waiters.count } }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard request.method == .post else {
            return ExchangeFailure.refuseMethod("sync.method", "Frames are posted.", responder)
        }
        guard request.headers["Content-Type"] == ExchangeService.mediaType else {
            _ = responder.respond(
                .explained(
                    status: 415, code: "sync.media-type", sentence: "The body is not a frame.",
                    hint: "Send \(ExchangeService.mediaType)."))
            return
        }
        let taken = pool.submit { [self] in answer(request.body, responder) }
        if !taken { _ = responder.respond(ExchangeService.busy("sync.overloaded", "Too many exchanges wait.")) }
    }

    private static func busy(_ code: String, _ sentence: String) -> HTTPResponse {
        var response = HTTPResponse.explained(
            status: 503, code: code, sentence: sentence, hint: "Try again in a moment.")
        response.headers.add("Retry-After", "1")
        return response
    }

    private func answer(_ body: [UInt8], _ responder: HTTPResponder) {
        var claimed: NodeID?
        do {
            let message = try Frame.decode(body, runtime.codec)
            claimed = message.hello?.node
            guard let session = session(for: message) else {
                var reply = Message(session: message.session)
                reply.needsHello = true
                return respond(reply, responder)
            }
            let outcome = try session.withLock { session -> (NodeID?, Message?) in
                try session.receive(message, runtime.store)
                if message.wait, let peer = session.peer, try nothingToSay(to: peer) { return (peer, nil) }
                return (session.peer, try session.nextMessage(runtime.store))
            }
            if let peer = outcome.0 {
                try register(message.session, session, peer)
                try runtime.store.noteContact(with: peer)
            }
            // Head office dials nobody: what is left of its past is settled here.
            if runtime.node.parent == nil, message.fingerprint != nil { try runtime.settlePast() }
            if let reply = outcome.1 {
                respond(reply, responder)
            } else if let peer = outcome.0 {
                wait(
                    Waiter(
                        session: message.session, peer: peer, responder: responder,
                        deadline: SystemClock.monotonicMilliseconds() + ExchangeService.pollMillisecondsMax))
            }
        } catch {
            refuse(error, claimed, responder)
        }
    }

    private func refuse(_ error: any Error, _ claimed: NodeID?, _ responder: HTTPResponder) {
        // What is wrong with the store, the store's observer tells.
        if error is SessionError || error is WireError {
            runtime.log.say(.sessionRefused(claimed, code: ExchangeFailure.code(of: error)))
        }
        _ = responder.respond(ExchangeFailure.response(to: error))
    }

    private func respond(_ message: Message, _ responder: HTTPResponder) {
        _ = responder.respond(
            HTTPResponse(status: 200, body: Frame.encode(message, runtime.codec)))
    }

    private func nothingToSay(to peer: NodeID) throws -> Bool {
        let shared = try runtime.store.shared(with: peer)
        return shared.receipt == shared.tail
    }

    // MARK: Sessions

    /// The session that the message belongs to; a hello opens one, anything else needs one.
    private func session(for message: Message) -> Locked<Session>? {
        state.withLock { state in
            // Kept only once the peer has been let in: who is refused leaves nothing here.
            message.hello == nil ? state.sessions[message.session] : Locked(Session(answering: message.session))
        }
    }

    /// Keeps the newest session of a peer: an older one that speaks again is asked for a hello, and its tokens are judged
    /// anew; one that waits in a long poll is asked soon. Two copies of a node that are both alive so meet the judge in
    /// turns, also on lines that never break.
    private func register(_ id: UInt64, _ session: Locked<Session>, _ peer: NodeID) throws {
        let isNew = state.withLock { state in
            state.sessions[id] = session
            return state.order[peer]?.last != id
        }
        guard isNew else { return }
        let isKnown = try runtime.store.isSuspended(peer)
        let due =
            SystemClock.monotonicMilliseconds()
            + (isKnown ? ExchangeService.suspendedPollMilliseconds : ExchangeService.replacedPollMilliseconds)
        state.withLock { state in
            var order = state.order[peer, default: []]
            order.removeAll { $0 == id }
            order.append(id)
            while order.count > ExchangeService.sessionsPerPeerMax { state.sessions[order.removeFirst()] = nil }
            state.order[peer] = order
            for index in state.waiters.indices where state.sessions[state.waiters[index].session] == nil {
                state.waiters[index].deadline = min(state.waiters[index].deadline, due)
            }
        }
    }

    // MARK: Long polls

    private func wait(_ waiter: Waiter) {
        let isStopping = state.withLock { state in
            if !state.isStopping {
                var waiter = waiter
                // A newer session came between the answer and this line.
                if state.sessions[waiter.session] == nil { waiter.deadline = SystemClock.monotonicMilliseconds() }
                state.waiters.append(waiter)
            }
            return state.isStopping
        }
        if isStopping { return finish(waiter) }
        // Something may have come between the look and the entry into the table.
        runtime.store.changes.raise()
    }

    private func wakeWaiters() {
        var seen = runtime.store.changes.count
        while !state.withLock({ $0.isStopping }) {
            let now = SystemClock.monotonicMilliseconds()
            let nextDeadline = state.withLock { $0.waiters.map(\.deadline).min() ?? now + 1_000 }
            let until = min(nextDeadline, now + 1_000)
            if let count = runtime.store.changes.wait(
                after: seen, untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: Int(max(1, until - now)))
            ) {
                seen = count
            }
            for waiter in dueWaiters() {
                if !pool.submit({ [self] in finish(waiter) }) { finish(waiter) }
            }
        }
    }

    /// Takes out the waiters whose log grew or whose time is up.
    private func dueWaiters() -> [Waiter] {
        let now = SystemClock.monotonicMilliseconds()
        let behind = runtime.store.neighboursBehind()
        return state.withLock { state in
            let due = state.waiters.filter { $0.deadline <= now || behind.contains($0.peer) }
            if !due.isEmpty { state.waiters.removeAll { $0.deadline <= now || behind.contains($0.peer) } }
            return due
        }
    }

    private func finish(_ waiter: Waiter) {
        guard let session = state.withLock({ $0.sessions[waiter.session] }) else {
            var reply = Message(session: waiter.session)
            reply.needsHello = true
            return respond(reply, waiter.responder)
        }
        do {
            let reply = try session.withLock { try $0.nextMessage(runtime.store) }
            respond(reply ?? Message(session: waiter.session), waiter.responder)
        } catch {
            refuse(error, waiter.peer, waiter.responder)
        }
    }

    /// Answers every long poll; call before the server stops.
    func releaseWaiters() {
        let waiters = state.withLock { state in
            state.isStopping = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            _ = waiter.responder.respond(ExchangeService.busy("sync.stopping", "The node is stopping."))
        }
        runtime.store.changes.raise()
    }

    func close() {
        releaseWaiters()
        waker.withLock { thread in
            thread?.join()
            thread = nil
        }
        pool.close()
    }
}
