import HTTPTransport
import Platform
import TicketModel

/// Sends rows of an import to the node over several connections at once, so that many of them share one commit.
///
/// A node that is busy or gone for a while is waited for; rows are sent again under their keys, which is harmless.
final class ImportSenders: Sendable {
    struct Settings: Sendable {
        var destination: ImportDestination
        var post: String?
        var role: String?
        var onBehalfOf: String?
        /// Connections, and rows under way.
        var connections = 16
        /// How long a node that is busy or does not answer is waited for.
        var patienceMilliseconds: Int64 = 30_000

        init(_ destination: ImportDestination) { self.destination = destination }

        /// Every row to one node.
        init(url: String) { self.init(.node(.init(address: NodeAddress(url: url)), unit: nil)) }
    }

    /// What became of one row.
    enum Outcome: Sendable {
        /// A ticket of this number; `isNew` is false where the node held it already.
        case held(String, isNew: Bool)
        /// The node's rules refuse this row; others may pass.
        case refused(RejectReason)
        /// The import cannot go on.
        case failed(any Error)
    }

    private struct Work: Sendable {
        var number: Int
        var place: ImportDestination.Place
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

    /// - Parameter fields: of the row; the mark of what is brought in is added, so that nobody is told of it one by one.
    func send(_ fields: [String: String], to place: ImportDestination.Place, number: Int, key: String) {
        var fields = fields
        let flag = Registration.flagsName
        fields[flag] = CodeSet.joined(CodeSet.members(fields[flag] ?? "") + [NoticeRules.importedFlag])
        let body = ClientBody.fields(fields.mapValues { .string($0) })
        state.change { $0.waiting.append(Work(number: number, place: place, body: body, key: key)) }
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
        var clients: [ImportDestination.Place: NodeClient] = [:]
        while let work = take() {
            let client =
                clients[work.place]
                ?? NodeClient(
                    work.place.address, post: settings.post, role: settings.role, onBehalfOf: settings.onBehalfOf)
            clients[work.place] = client
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
                let response = try client.ask(
                    .post, "/api/v1/tickets", body: work.body, extra: ["Idempotency-Key": work.key])
                return accepted(response)
            } catch let refusal as NodeRefusal {
                if let reason = ImportSenders.fault(of: refusal) { return .refused(reason) }
                guard refusal.exitCode == .tryAgain else { return .failed(refusal) }
                failure = refusal
            } catch let unreachable as NodeUnreachable {
                failure = unreachable
            } catch {
                return .failed(error)
            }
            guard SystemClock.monotonicMilliseconds() < end, pauses(milliseconds: pause) else {
                return .failed(ImportSenders.named(failure, work.place))
            }
            pause = min(pause * 2, 2_000)
        }
    }

    /// Says which of several nodes it was.
    private static func named(_ failure: any Error, _ place: ImportDestination.Place) -> any Error {
        guard !place.name.isEmpty, let unreachable = failure as? NodeUnreachable else { return failure }
        return CommandError(
            code: unreachable.code, "\(place.name): \(unreachable.sentence)",
            hint: "start it with `syncnode run`; the same command then goes on", exitCode: .unavailable)
    }

    /// The organisation code of the node at an address; a node that is away is waited for like everywhere here.
    static func unit(of place: ImportDestination.Place, _ settings: Settings) throws -> String {
        let client = NodeClient(place.address)
        let end = SystemClock.monotonicMilliseconds() + settings.patienceMilliseconds
        let never = Locked(())
        while true {
            do {
                if let unit = try client.get("/api/v1/status").json["node"]?["org"]?.string { return unit }
                throw CommandError(
                    code: "client.bad-answer", "the node does not say which unit it is",
                    hint: "check that the address is a node's, and of the same version")
            } catch let error as any ReportableError {
                guard [.unavailable, .tryAgain].contains(error.exitCode), SystemClock.monotonicMilliseconds() < end
                else { throw error }
            }
            let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: 100)
            _ = never.wait(untilNanoseconds: deadline) { _ in nil as Bool? }
        }
    }

    private func accepted(_ response: HTTPClientResponse) -> Outcome {
        do {
            let receipt = try NodeAnswer(response).json
            guard let number = receipt["number"]?.string, let isRepeated = receipt["repeated"]?.bool else {
                return .failed(ImportSenders.noReceipt)
            }
            return .held(number, isNew: !isRepeated)
        } catch {
            return .failed(error)
        }
    }

    private static let noReceipt = CommandError(
        code: "client.bad-answer", "the node's answer is no receipt of a ticket",
        hint: "check that the address is a node's, and of the same version")

    /// False where the import ends meanwhile.
    private func pauses(milliseconds: Int) -> Bool {
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: milliseconds)
        return state.wait(untilNanoseconds: deadline) { $0.isClosed ? true : nil } == nil
    }

    /// What is wrong with this one row; nil where every row would fare like it.
    private static func fault(of refusal: NodeRefusal) -> RejectReason? {
        guard [413, 422].contains(refusal.status) else { return nil }
        guard refusal.code != "request.key-used-differently" else {
            return RejectReason(
                "registered-otherwise",
                "the row was registered before with other content: by another mapping, or by another post")
        }
        let items = refusal.items.prefix(20).map { "\($0.field): \($0.rule)" }
        return RejectReason(
            refusal.code, items.isEmpty ? "节点拒绝了该行 the node refused the row" : items.joined(separator: "; "))
    }
}
