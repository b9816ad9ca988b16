import HTTPTransport
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// A person's client of one node, as a story uses it. Belongs to one thread at a time.
final class LiveClient {
    let listen: ListenAddresses
    private let client = HTTPClient()
    private static let limits = JSONLimits(
        textBytesMax: 64 << 20, depthMax: 32, valuesMax: 4_000_000, stringBytesMax: 1 << 20, numberBytesMax: 64)

    init(_ listen: ListenAddresses) { self.listen = listen }

    /// Where people reach the node: a name for it in keys of requests.
    var url: String { listen.people.url }

    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var json: JSONElement

        /// The stable code of a refusal.
        var code: String? { json["code"]?.string }

        /// Why it was refused: the code, and field and rule of each single mistake.
        var refusal: String {
            let items = (json["errors"]?.array ?? []).map { "\($0["field"]?.string ?? "") \($0["rule"]?.string ?? "")" }
            return "\(status) \(code ?? "") \(items.joined(separator: ", "))"
        }
    }

    // MARK: Requests

    func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:], body: [UInt8] = []
    ) throws -> Answer {
        let response = try client.perform(request(method, path, headers, body: body))
        let json =
            response.body.isEmpty ? JSONElement(.null) : try JSONReader.parse(response.body, limits: LiveClient.limits)
        return Answer(status: response.status, headers: response.headers, json: json)
    }

    private func request(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, body: [UInt8]
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(method, listen.url(for: path), headers: headers, body: body)
        if path.hasPrefix("/control/") {
            for (name, value) in ControlGate.sent(by: "operator") where headers[name] == nil {
                request.headers[name] = value
            }
        }
        request.responseBytesMax = 64 << 20
        return request
    }

    /// Posts a frame to the node's door for other nodes, as a neighbour does.
    func post(frame: [UInt8], timeoutMilliseconds: Int = 20_000) throws -> (status: Int, body: [UInt8]) {
        var posted = request(
            .post, "/sync/v1/exchange", ["Content-Type": ExchangeService.mediaType], body: frame)
        posted.timeoutMilliseconds = timeoutMilliseconds
        let response = try client.perform(posted)
        return (response.status, response.body)
    }

    private func sendJSON(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ text: String) throws -> Answer
    {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return try send(method, path, headers, body: Array(text.utf8))
    }

    private func get(_ path: String) throws -> JSONElement {
        let answer = try send(.get, path)
        try #require(answer.status == 200, "\(path): \(answer.status) \(answer.code ?? "")")
        return answer.json
    }

    /// The body of an answer as it came.
    func text(_ path: String) throws -> String {
        String(decoding: try client.perform(request(.get, path, [:], body: [])).body, as: UTF8.self)
    }

    /// Waits until the node takes work; fails at once where its process has ended.
    func waitUntilReady(_ process: LiveProcess, _ name: @autoclosure () -> String) throws {
        let isReady = try eventually(seconds: 60) {
            try #require(process.isRunning, "it ended with \(process.wait()): \(name())")
            do { return try send(.get, "/readyz").status == 200 } catch is HTTPClientError { return false }
        }
        try #require(isReady, "it did not become ready: \(name())")
    }

    // MARK: Tickets

    /// Registers one complaint under an idempotency key: 201, or 200 where the key was used before.
    func register(_ key: String, words: String = "the machine kept the cash") throws -> Answer {
        try sendJSON(
            .post, "/api/v1/tickets", ["Idempotency-Key": key],
            """
            {"fields":{"kind":"complaint","intake_channel":"hotline","intake_form":"telephone",\
            "symptom":"machine_retained_cash","business_class":"card","nature":"transaction_error","demand":"explanation",\
            "what":"\(words), \(key)","who_involved":"the customer","when_happened":"this morning",\
            "where_happened":"branch hall","complainant_name":"Customer \(key)","complainant_phone":"199-0000-0000"}}
            """)
    }

    /// Registers and gives the number; anything but an acknowledgement is a failure of the story.
    func registered(_ key: String, words: String = "the machine kept the cash") throws -> String {
        let answer = try register(key, words: words)
        try #require(answer.status == 201 || answer.status == 200, "\(answer.refusal)")
        return try #require(answer.json["number"]?.string)
    }

    func act(_ name: String, on number: String, _ body: String = "{}") throws -> Answer {
        try sendJSON(.post, "/api/v1/tickets/\(number)/\(name)", [:], body)
    }

    func amendPhone(of number: String, _ phone: String) throws -> Answer {
        let tag = try #require(try send(.get, "/api/v1/tickets/\(number)").headers["ETag"])
        return try sendJSON(
            .patch, "/api/v1/tickets/\(number)", ["If-Match": tag], "{\"fields\":{\"complainant_phone\":\"\(phone)\"}}")
    }

    func ticket(_ number: String) throws -> Answer { try send(.get, "/api/v1/tickets/\(number)") }

    /// The numbers of all tickets that the node holds, one entry a ticket.
    func numbers() throws -> [String] {
        var all: [String] = []
        var cursor: String?
        repeat {
            let page = try get(
                "/api/v1/tickets?limit=500&sort=received_at"
                    + (cursor.map { "&cursor=\(PercentText.encode($0))" } ?? ""))
            for row in page["tickets"]?.array ?? [] { all.append(try #require(row["number"]?.string)) }
            cursor = page["next"]?.string
        } while cursor != nil
        return all
    }

    // MARK: How it stands

    struct Neighbour: CustomStringConvertible {
        struct Shared: Equatable {
            var count: Int64
            var fingerprint: String
        }

        var waiting: Int64
        var shared: Shared
        var phase: String?
        var lastError: String?
        var isSuspended: Bool

        var description: String {
            "waiting \(waiting), shares \(shared.count), line \(phase ?? "-") \(lastError ?? "")"
        }
    }

    func status() throws -> JSONElement { try get("/api/v1/status") }

    func neighbour(_ node: NodeID) throws -> Neighbour {
        let all = try status()["neighbours"]?.array ?? []
        let entry = try #require(all.first { $0["node"]?.string == node.text })
        return Neighbour(
            waiting: try #require(entry["waiting"]?.integer),
            shared: .init(
                count: try #require(entry["shared"]?["count"]?.integer),
                fingerprint: try #require(entry["shared"]?["fingerprint"]?.string)),
            phase: entry["line"]?["phase"]?.string, lastError: entry["line"]?["last_error"]?.string,
            isSuspended: entry["is_suspended"]?.bool ?? false)
    }

    /// The codes of all incidents.
    func incidents() throws -> Set<String> { Set(try allIncidents().compactMap { $0["code"]?.string }) }

    func incident(_ code: String) throws -> JSONElement? { try allIncidents().first { $0["code"]?.string == code } }

    private func allIncidents() throws -> [JSONElement] { try get("/api/v1/incidents")["incidents"]?.array ?? [] }

    /// How many tickets hold these words.
    func found(_ words: String) throws -> Int {
        try sendJSON(.post, "/api/v1/tickets/search", [:], "{\"words\":\"\(words)\"}").json["tickets"]?.array?.count
            ?? 0
    }

    func verify() throws -> JSONElement {
        let answer = try sendJSON(.post, "/control/verify", [:], "")
        try #require(answer.status == 200, "\(answer.status) \(answer.json.value)")
        return answer.json
    }

    /// Asks the node to try its line now.
    func syncNow() throws { try #require(try sendJSON(.post, "/control/sync", [:], "").status == 202) }
}
