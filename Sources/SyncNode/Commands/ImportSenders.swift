import HTTPTransport
import Platform

/// Sends rows of an import to the node over several connections at once, so that many of them share one commit.
///
/// A node that is busy or gone for a while is waited for; rows are sent again under their keys, which is harmless.
final class ImportSenders: Sendable {
    struct Settings: Sendable {
        var url: String
        var post: String?
        var role: String?
        /// Connections, and rows under way.
        var connections = 16
        /// How long a node that is busy or does not answer is waited for.
        var patienceMilliseconds: Int64 = 30_000

        init(url: String) { self.url = url }
    }

    /// What became of one row.
    enum Outcome: Sendable {
        /// Registered under this number.
        case accepted(String)
        /// The node's rules refuse this row; others may pass.
        case refused(RejectReason)
        /// The import cannot go on.
        case failed(any Error)
    }

    private struct Work: Sendable {
        var number: Int
        var body: [UInt8]
        var key: String
    }

    private struct State {
        var waiting: [Work] = []
        var outcomes: [Int: Outcome] = [:]
        var isClosed = false
    }

    private let settings: Settings
    private let state = Locked(State())
    private let threads = Locked<[WorkerThread]>([])

    /// - Throws: `WorkerThreadError`.
    init(_ settings: Settings) throws {
        self.settings = settings
        do {
            for number in 1...max(1, settings.connections) {
                let thread = try WorkerThread(name: "import-\(number)") { [self] in work() }
                threads.withLock { $0.append(thread) }
            }
        } catch {
            close()
            throw error
        }
    }

    func send(_ fields: [String: String], number: Int, key: String) {
        let body = ClientBody.fields(fields.mapValues { .string($0) })
        state.change { $0.waiting.append(Work(number: number, body: body, key: key)) }
    }

    /// Waits until the row's fate is known.
    func outcome(of number: Int) -> Outcome {
        let found = state.wait { $0.outcomes.removeValue(forKey: number) }
        return found ?? .failed(NodeUnreachable(cause: .aborted))
    }

    /// Drops what was not sent and ends the threads.
    func close() {
        state.change { state in
            state.isClosed = true
            state.waiting = []
        }
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
    }

    private func work() {
        let client = NodeClient(url: settings.url, post: settings.post, role: settings.role)
        while let work = take() {
            let outcome = deliver(work, client)
            state.change { $0.outcomes[work.number] = outcome }
        }
    }

    private func take() -> Work? {
        state.wait { state -> Work?? in
            if state.isClosed { return .some(nil) }
            return state.waiting.isEmpty ? nil : .some(state.waiting.removeFirst())
        } ?? nil
    }

    /// Sends until there is an answer that says something about the row, or patience ends.
    private func deliver(_ work: Work, _ client: NodeClient) -> Outcome {
        let end = SystemClock.monotonicMilliseconds() + settings.patienceMilliseconds
        var pause = 50
        while true {
            let failure: any Error
            do {
                let response = try client.send(
                    .post, "/api/v1/tickets", body: work.body, extra: ["Idempotency-Key": work.key])
                if (200..<300).contains(response.status) { return accepted(response) }
                let refusal = NodeRefusal(response)
                if let reason = ImportSenders.fault(of: refusal) { return .refused(reason) }
                guard response.status == 503 || response.status == 507 else { return .failed(refusal) }
                failure = refusal
            } catch {
                failure = NodeUnreachable(cause: error)
            }
            guard SystemClock.monotonicMilliseconds() < end, pauses(milliseconds: pause) else {
                return .failed(failure)
            }
            pause = min(pause * 2, 2_000)
        }
    }

    private func accepted(_ response: HTTPClientResponse) -> Outcome {
        do {
            return .accepted(try NodeAnswer(response).json["number"]?.string ?? "")
        } catch {
            return .failed(error)
        }
    }

    /// False where the import ends meanwhile.
    private func pauses(milliseconds: Int) -> Bool {
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: milliseconds)
        return state.wait(untilNanoseconds: deadline) { $0.isClosed ? true : nil } == nil
    }

    /// What is wrong with this one row; nil where every row would fare like it.
    private static func fault(of refusal: NodeRefusal) -> RejectReason? {
        guard [413, 422].contains(refusal.status), refusal.code != "request.key-used-differently" else { return nil }
        let items = refusal.items.prefix(20).map { "\($0.field): \($0.rule)" }
        return RejectReason(refusal.code, items.isEmpty ? "the node refused the row" : items.joined(separator: "; "))
    }
}
