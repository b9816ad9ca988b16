import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// The answering side of sessions: `POST /sync/v1/exchange`, one frame each way.
///
/// A long poll is kept without a thread: its answer is made when the neighbour's log grows, or when its time is up.
final class ExchangeService: Sendable {
    /// The address.
    static let segments = ["sync", "v1", "exchange"]
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
        /// Whose they are.
        var peers: [UInt64: NodeID] = [:]
        /// Sessions by peer, oldest first.
        var order: [NodeID: [UInt64]] = [:]
        /// Of neighbours only.
        var budgets: [NodeID: PeerBudget] = [:]
        var waiters: [Waiter] = []
        var isStopping = false
    }

    private let runtime: NodeRuntime
    private let lanes: PeerLanes
    private let memory = DecodeMemory()
    private let state = Locked(State())
    private let waker: Locked<WorkerThread?> = Locked(nil)

    /// - Throws: `WorkerThreadError`.
    init(_ runtime: NodeRuntime) throws {
        self.runtime = runtime
        lanes = try PeerLanes(name: "exchange", threads: 8)
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
        do {
            try admit(request.body, responder)
        } catch {
            refuse(error, nil, responder)
        }
    }

    // MARK: Before anything costly

    /// Who speaks, then what is left of its budget, then its turn; only then is a frame read. Who has no session is read as far
    /// as its hello, and no further than a hello reaches (PROTOCOL.md, "Order of checks").
    private func admit(_ frame: [UInt8], _ responder: HTTPResponder) throws {
        let session = try Frame.session(of: frame)
        if let peer = state.withLock({ $0.peers[session] }) {
            try spend(peer) { budget, now throws(PeerBudgetExceeded) in
                try budget.send(frameBytes: frame.count, now: now)
            }
            return queue(peer, responder) { [self] in answer(frame, Limits.frameBytesMax, peer, responder) }
        }
        guard let hello = try hello(in: frame) else { return askForHello(session, responder) }
        do {
            try Session.check(hello, runtime.store)
        } catch {
            return refuse(error, hello.node, responder)
        }
        try spend(hello.node) { budget, now throws(PeerBudgetExceeded) in try budget.greet(now: now) }
        queue(hello.node, responder) { [self] in answer(frame, Limits.greetingBytesMax, hello.node, responder) }
    }

    /// The hello of a frame from nobody who is known here; nil for a frame that has none, or is larger than one that has.
    private func hello(in frame: [UInt8]) throws(WireError) -> Hello? {
        guard frame.count <= Limits.greetingBytesMax else { return nil }
        do {
            return try Frame.open(frame, runtime.codec, payloadBytesMax: Limits.greetingBytesMax).head.hello
        } catch .compression, .tooLarge {
            return nil
        }
    }

    private func askForHello(_ session: UInt64, _ responder: HTTPResponder) {
        var reply = Message(session: session)
        reply.needsHello = true
        respond(reply, responder)
    }

    private func spend(
        _ peer: NodeID, _ pay: (inout PeerBudget, Int64) throws(PeerBudgetExceeded) -> Void
    ) throws(PeerBudgetExceeded) {
        let now = SystemClock.monotonicMilliseconds()
        try state.withLock { state throws(PeerBudgetExceeded) in
            try pay(&state.budgets[peer, default: PeerBudget(now: now)], now)
        }
    }

    private func queue(_ peer: NodeID, _ responder: HTTPResponder, _ job: @escaping PeerLanes.Job) {
        if !lanes.submit(peer, job) { refuse(PeerBudgetExceeded(retryAfterSeconds: 1), peer, responder) }
    }

    private static func tooMuch(_ error: PeerBudgetExceeded) -> HTTPResponse {
        var response = HTTPResponse.explained(
            status: 429, code: "sync.too-much", sentence: "The neighbour asks for more than its share.",
            hint: "Send the same frame again after the seconds in Retry-After.")
        response.headers["Retry-After"] = String(error.retryAfterSeconds)
        return response
    }

    private static func busy(_ code: String, _ sentence: String) -> HTTPResponse {
        var response = HTTPResponse.explained(
            status: 503, code: code, sentence: sentence, hint: "Try again in a moment.")
        response.headers.add("Retry-After", "1")
        return response
    }

    private func answer(_ frame: [UInt8], _ payloadBytesMax: Int, _ peer: NodeID, _ responder: HTTPResponder) {
        do {
            try memory.reserve(frameBytes: frame.count) {
                let open = try Frame.open(frame, runtime.codec, payloadBytesMax: payloadBytesMax)
                try answer(open.message(), peer, responder)
            }
        } catch {
            refuse(error, peer, responder)
        }
    }

    private func answer(_ message: Message, _ sender: NodeID, _ responder: HTTPResponder) throws {
        guard let session = session(for: message) else { return askForHello(message.session, responder) }
        let outcome = try session.withLock { session -> (NodeID?, Message?) in
            let cost = ExchangeService.cost(of: message, session)
            if cost > 0 {
                try spend(sender) { budget, now throws(PeerBudgetExceeded) in
                    try budget.ask(reading: cost, now: now)
                }
            }
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
    }

    /// The actions that have to be read for an answer, beside the log.
    private static func cost(of message: Message, _ session: borrowing Session) -> Int {
        var cost = 0
        // A place that is not on the log makes this side compare; it is named in each message until that is done.
        if message.tail != nil, !session.isReconciling { cost += PeerBudget.readingCost }
        guard let question = message.question?.question else { return cost }
        if session.needsReading(for: question) { cost += PeerBudget.readingCost }
        if case .fetch(let dots) = question { cost += dots.count }
        return cost
    }

    private func refuse(_ error: any Error, _ claimed: NodeID?, _ responder: HTTPResponder) {
        if let error = error as? PeerBudgetExceeded {
            _ = responder.respond(ExchangeService.tooMuch(error))
            return
        }
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
            state.peers[id] = peer
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
            while order.count > ExchangeService.sessionsPerPeerMax {
                let old = order.removeFirst()
                (state.sessions[old], state.peers[old]) = (nil, nil)
            }
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
                if !lanes.submit(waiter.peer, { [self] in finish(waiter) }) { finish(waiter) }
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
            return askForHello(waiter.session, waiter.responder)
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
        lanes.close()
    }
}
