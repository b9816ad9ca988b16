import HTTPTransport
import Platform
import TicketModel
import TicketStore

/// Sends what waits in the outbox, on a thread of its own: asks `NoticeOutbox` what to do and does it.
final class NoticeSender: Sendable {
    /// How long it waits at most: an act may bring a notice meanwhile, and no commit wakes this thread.
    private static let waitMillisecondsMax: Int64 = 1_000
    private static let batch = 50

    private let store: ReplicaStore
    /// nil where nothing leaves this node: notices wait, and the status says so.
    let settings: NoticeSettings?
    private let bank: Bilingual
    private let log: OperationsLog
    private let outbox = Locked(NoticeOutbox())
    private let abort = HTTPAbort()
    private let isStopping = Locked(false)
    private let bell = Signal()
    private let thread: Locked<WorkerThread?> = Locked(nil)
    /// Milliseconds that a gateway may take to answer.
    private let timeout: Int

    init(
        _ store: ReplicaStore, _ settings: NoticeSettings?, bank: Bilingual, log: OperationsLog = .silent,
        timeout: Int = WebhookCarrier.timeoutMilliseconds
    ) {
        self.store = store
        self.settings = settings
        self.bank = bank
        self.log = log
        self.timeout = timeout
    }

    /// - Throws: `WorkerThreadError`.
    func start() throws {
        let worker = try WorkerThread(name: "notices", body: { [self] in keep() })
        thread.withLock { $0 = worker }
    }

    /// Ends the request that is under way; its notice is sent again after the next start, under the same id.
    func stop() {
        isStopping.withLock { $0 = true }
        abort.raise()
        bell.raise()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    /// A person asked for another try: look now, even where the gateway had closed.
    func resume() {
        outbox.withLock { $0.resume() }
        bell.raise()
    }

    /// How the sender stands, for the status.
    var state: NoticeSenderState {
        let outbox = outbox.withLock { $0 }
        guard settings != nil else { return NoticeSenderState(name: "off", error: nil, restsUntil: nil) }
        let isResting = outbox.restsUntil > store.wallMilliseconds()
        let name = outbox.isClosed ? "closed" : isResting ? "resting" : "working"
        return NoticeSenderState(
            name: name, error: outbox.lastError, restsUntil: isResting && !outbox.isClosed ? outbox.restsUntil : nil)
    }

    private func keep() {
        while true {
            // Read before asking whether to stop: a stop that comes in between has rung by then, and is heard below.
            let seen = bell.count
            guard !isStopping.withLock({ $0 }) else { return }
            let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: Int(wait()))
            _ = bell.wait(after: seen, untilNanoseconds: deadline)
        }
    }

    /// - Returns: milliseconds until the next look.
    private func wait() -> Int64 {
        do {
            while try round() > 0, !isStopping.withLock({ $0 }) {}
        } catch {
            let code = ExchangeFailure.code(of: error)
            outbox.withLock { $0.failedToLook(code, at: store.wallMilliseconds(), random: SystemRandom.word()) }
        }
        return NoticeSender.waitMillisecondsMax
    }

    /// Sends what is due now.
    ///
    /// - Returns: how many notices were looked at; more may be due.
    @discardableResult
    func round() throws -> Int {
        try store.tidyNotices()
        guard let carrier else { return 0 }
        let now = store.wallMilliseconds()
        let due = try store.dueNotices(max: NoticeSender.batch)
        var settled = 0
        for action in outbox.withLock({ $0.look(at: now, due) }) where !isStopping.withLock({ $0 }) {
            settled += try carryOut(action, carrier)
        }
        return settled
    }

    private func carryOut(_ action: NoticeOutbox.Action, _ carrier: any NoticeCarrier) throws -> Int {
        switch action {
        case .rest: return 0
        case .settle(let notice):
            try store.settle(notice, channel: NoticeEvent.channel)
            return 1
        case .send(let notice):
            // An earlier notice of this round may have met a gateway that rests.
            guard outbox.withLock({ $0.restsUntil }) <= store.wallMilliseconds() else { return 0 }
            let answer = send(notice, carrier)
            // A request that this node ended itself is no failure of the gateway.
            guard !isStopping.withLock({ $0 }) else { return 0 }
            let actions = outbox.withLock {
                $0.answered(notice, answer, at: store.wallMilliseconds(), random: SystemRandom.word())
            }
            report(answer, notice)
            return try actions.reduce(0) { try $0 + carryOut($1, carrier) }
        }
    }

    private func send(_ notice: Notice, _ carrier: any NoticeCarrier) -> NoticeOutbox.Answer {
        let ticket: TicketView
        do {
            ticket = try store.ticket(.document(notice.document)).view
        } catch {
            return .unreadable(ExchangeFailure.code(of: error))
        }
        let phone = notice.kind.isForCustomer ? ticket.verifiedPhone : nil
        guard phone != nil || !notice.kind.isForCustomer else { return .unverified }
        let event = NoticeEvent(
            notice, ticket, phone: phone, people: store.people, node: store.context.node, bank: bank)
        return carrier.carry(event, at: store.wallMilliseconds(), abort: abort)
    }

    private var carrier: (any NoticeCarrier)? {
        switch settings {
        case .file(let folder): FileCarrier(folder: folder)
        case .webhook(let url, let secretFile, let caFile):
            WebhookCarrier(url: url, secretFile: secretFile, caFile: caFile, timeout: timeout)
        case nil: nil
        }
    }

    private func report(_ answer: NoticeOutbox.Answer, _ notice: Notice) {
        switch answer {
        case .delivered, .unverified: return
        case .refused(let code), .closed(let code), .unreadable(let code), .failed(let code, _):
            log.say(
                LogEvent(.warning, "notice-not-sent", "A notice could not be handed to its gateway.").with("code", code)
                    .with("notice", notice.id))
        }
    }
}

/// How the sender of notices stands.
struct NoticeSenderState: Sendable {
    /// `off`, `working`, `resting` or `closed`.
    let name: String
    /// Stable code of the last failure; nil while things go well.
    let error: String?
    let restsUntil: Int64?
}
