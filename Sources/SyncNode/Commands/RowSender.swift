import HTTPTransport
import Platform
import SyncProtocol

/// Sends registrations to a node over several connections, so that the node can commit many at once. Answers come back
/// in the order of the rows.
final class RowSender: Sendable {
    enum Answer: Sendable {
        /// Registered; its number.
        case accepted(String)
        /// The node said why not: the problem's code.
        case refused(String)
        /// No answer: the node is gone, or the line.
        case unreachable(HTTPClientError)
    }

    private struct Row: Sendable {
        var index: Int
        var body: [UInt8]
        var key: String
    }

    private struct State {
        var waiting: [Row] = []
        var answers: [Int: Answer] = [:]
        var isClosed = false
    }

    private static let attempts = 3
    private let url: String
    private let headers: [(String, String)]
    private let state = Locked(State())
    private let threads: Locked<[WorkerThread]> = Locked([])

    /// - Throws: `WorkerThreadError`.
    init(url: String, post: String?, role: String?, connections: Int) throws {
        self.url = url + "/api/v1/tickets"
        headers = [("X-Post", post), ("X-Role", role)].compactMap { name, value in value.map { (name, $0) } }
        for number in 1...connections {
            let thread = try WorkerThread(name: "import-\(number)", body: { [self] in work() })
            threads.withLock { $0.append(thread) }
        }
    }

    func send(_ fields: [String: String], index: Int, key: String) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("fields", object: { writer in
                for (name, value) in fields.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
            })
        }
        state.change { [bytes = writer.bytes] in $0.waiting.append(Row(index: index, body: bytes, key: key)) }
    }

    /// Blocks until the row of that index is answered.
    func answer(to index: Int) -> Answer {
        state.wait(for: { $0.answers.removeValue(forKey: index) }) ?? .unreachable(.aborted)
    }

    func close() {
        state.change { $0.isClosed = true }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func work() {
        let client = HTTPClient()
        while let row = state.wait(for: { RowSender.next(&$0) })?.row {
            let answer = send(row, client)
            state.change { $0.answers[row.index] = answer }
        }
    }

    private struct Step { var row: Row? }

    private static func next(_ state: inout State) -> Step? {
        if state.isClosed { return Step(row: nil) }
        return state.waiting.isEmpty ? nil : Step(row: state.waiting.removeFirst())
    }

    private func send(_ row: Row, _ client: HTTPClient) -> Answer {
        var fields: HTTPHeaders = ["Content-Type": "application/json", "Idempotency-Key": row.key]
        for (name, value) in headers { fields.add(name, value) }
        let request = HTTPClientRequest(.post, url, headers: fields, body: row.body)
        var failure: HTTPClientError?
        for _ in 0..<RowSender.attempts {
            do {
                let response = try client.perform(request)
                // Busy, or out of space for a moment: the key makes asking again harmless.
                if response.status == 503 { continue }
                guard (200..<300).contains(response.status) else {
                    return .refused(ProblemCode.read(response.body) ?? "status-\(response.status)")
                }
                return .accepted(try JSONReader.parse(response.body)["number"]?.string ?? "")
            } catch let error as HTTPClientError {
                failure = error
                if case .aborted = error { break }
            } catch {
                return .refused("answer-unreadable")
            }
        }
        return failure.map { .unreachable($0) } ?? .refused("busy")
    }
}
