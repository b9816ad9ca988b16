import HTTPTransport
import Platform
import TicketModel

/// Speaks the HTTP interface of one running node. Belongs to one thread at a time.
final class NodeClient {
    /// Without a slash at the end.
    let base: String
    /// Who must answer at the address; nil once it has, and where nobody said.
    private var unproven: NodeIdentity?
    private let headers: HTTPHeaders
    private let client = HTTPClient()

    private static let limits = JSONLimits(
        textBytesMax: responseBytesMax, depthMax: 32, valuesMax: 1_000_000, stringBytesMax: 1024 * 1024,
        numberBytesMax: 64)
    private static let responseBytesMax = 64 * 1024 * 1024

    /// - Parameters:
    ///   - post: who acts; nil lets the node choose.
    ///   - role: in which role; nil lets the node choose.
    ///   - onBehalfOf: the empty post that the post stands in for.
    ///   - purpose: a code that is kept with what is read.
    init(
        _ address: NodeAddress, post: String? = nil, role: String? = nil, onBehalfOf: String? = nil,
        purpose: String? = nil
    ) {
        let url = address.url
        unproven = address.expected
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
        var headers: HTTPHeaders = ["Accept": "application/json"]
        headers["X-Post"] = post
        headers["X-Role"] = role
        headers["X-On-Behalf-Of"] = onBehalfOf
        headers["X-Purpose"] = purpose
        self.headers = headers
    }

    /// The node and the post that the flags of a command name.
    ///
    /// - Parameter purpose: why tickets are read.
    convenience init(_ invocation: Invocation, actor: Bool = false, purpose: String? = nil) throws {
        func text(_ flag: String) -> String? { actor ? invocation.arguments.text(flag) : nil }
        self.init(
            try invocation.nodeAddress(), post: text("post"), role: text("role"), onBehalfOf: text("on-behalf-of"),
            purpose: purpose)
    }

    /// Makes sure that the node is the one that was named, before anything is shown or sent; asks it once.
    /// - Throws: `NodeUnreachable`; `CommandError` where another answers.
    func prove() throws {
        guard let expected = unproven else { return }
        let response: HTTPClientResponse
        do {
            response = try send(.get, "/api/v1/node")
        } catch {
            throw NodeUnreachable(cause: error)
        }
        guard response.status == 200, let found = NodeIdentity(try NodeAnswer(response).json) else {
            throw CommandError(
                code: "client.bad-answer", "what answers at the address does not say which node it is",
                hint: "check that the address is a node's, and of the same version")
        }
        try expected.check(found)
        unproven = nil
    }

    /// Sends one request and waits for the answer, whatever its status. Call `prove` before.
    /// - Throws: `HTTPClientError`.
    func send(
        _ method: HTTPMethod, _ path: String, body: [UInt8] = [], extra: HTTPHeaders = [:]
    ) throws(HTTPClientError) -> HTTPClientResponse {
        var headers = headers
        for (name, value) in extra { headers[name] = value }
        if !body.isEmpty { headers["Content-Type"] = "application/json" }
        var request = HTTPClientRequest(method, path, headers: headers, body: body)
        request.responseBytesMax = NodeClient.responseBytesMax
        return try client.perform(request, at: base)
    }

    /// The answer to a request that is granted.
    /// - Throws: `NodeUnreachable`, `NodeRefusal`, `CommandError` where another node answers.
    func ask(
        _ method: HTTPMethod, _ path: String, body: [UInt8] = [], extra: HTTPHeaders = [:]
    ) throws -> HTTPClientResponse {
        try prove()
        let response: HTTPClientResponse
        do {
            response = try send(method, path, body: body, extra: extra)
        } catch {
            throw NodeUnreachable(cause: error)
        }
        guard (200..<300).contains(response.status) else { throw NodeRefusal(response) }
        return response
    }

    /// The JSON at a path.
    func get(_ path: String) throws -> NodeAnswer { try NodeAnswer(try ask(.get, path)) }

    /// Listens to server-sent events until `onChunk` says false or the connection ends.
    /// - Throws: `NodeUnreachable`, `NodeRefusal`.
    func listen(_ path: String, extra: HTTPHeaders, onChunk: @escaping (UnsafeRawBufferPointer) -> Bool) throws {
        try prove()
        var headers: HTTPHeaders = ["Accept": "text/event-stream"]
        for (name, value) in extra { headers[name] = value }
        var request = HTTPClientRequest(.get, path, headers: headers)
        request.timeoutMilliseconds = 24 * 3_600_000
        request.responseBytesMax = .max
        let response: HTTPClientResponse
        do {
            response = try client.perform(request, at: base, onChunk: onChunk)
        } catch {
            throw NodeUnreachable(cause: error)
        }
        guard response.status == 200 else { throw NodeRefusal(response) }
    }

    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONElement {
        try JSONReader.parse(bytes, limits: limits)
    }
}

/// An answer, as the node wrote it and as values.
struct NodeAnswer {
    let bytes: [UInt8]
    let headers: HTTPHeaders
    let json: JSONElement

    init(_ response: HTTPClientResponse) throws {
        bytes = response.body
        headers = response.headers
        do {
            json = try NodeClient.parse(response.body)
        } catch {
            throw CommandError(
                code: "client.bad-answer", "the node's answer is not the JSON that was expected",
                hint: "check that the address is a node's, and of the same version")
        }
    }

    /// The node's own JSON, for `--json`.
    func print(on console: Console) { console.print { $0.value(json.value) } }
}

/// The node refused, and said why.
struct NodeRefusal: ExplainedError, ReportableError {
    let status: Int
    let code: String
    let sentence: String
    let hint: String
    /// The transition or guard that refused; nil where no rule of the business did.
    let rule: String?
    /// The codes of the roles that may do it.
    let whoMay: [String]
    /// Field and rule of each single mistake.
    let items: [Item]

    struct Item: Hashable, Sendable {
        let field: String
        let rule: String
        let source: String?
        let detail: String
        let hint: String
    }

    init(_ response: HTTPClientResponse) {
        var json: JSONElement?
        do { json = try NodeClient.parse(response.body) } catch { json = nil }
        func text(_ name: String, of element: JSONElement?, _ otherwise: String) -> String {
            DisplayText.safe(element?[name]?.string ?? otherwise)
        }
        status = response.status
        code = text("code", of: json, "client.status-\(response.status)")
        sentence = text("detail", of: json, "the node answered with status \(response.status)")
        hint = text("hint", of: json, "check that the address is a node's")
        rule = json?["rule"]?.string.map(DisplayText.safe)
        whoMay = (json?["who_may"]?.array ?? []).compactMap(\.string)
        items = (json?["errors"]?.array ?? []).map { item in
            Item(
                field: text("field", of: item, "?"), rule: text("rule", of: item, "?"),
                source: item["source"]?.string.map(DisplayText.safe), detail: text("detail", of: item, ""),
                hint: text("hint", of: item, ""))
        }
    }

    var reports: [ErrorReport] {
        let isSaidBelow = items.contains { $0.hint == hint }
        let first = ErrorReport(code: code, sentence, hint: ([isSaidBelow ? "" : hint] + grounds).joinedLines)
        return [first]
            + items.map { item in
                let rule = [item.rule, item.source].compactMap { $0 }.joined(separator: " ")
                return ErrorReport(code: "\(item.field): \(rule)", item.detail, hint: item.hint)
            }
    }

    /// Which rule refused, and who may do it where the hint does not say so already.
    private var grounds: [String] {
        let labels = whoMay.map { (code: $0, label: Enumeration.role.label(of: $0).chinese) }
        let names = labels.map { "\($0.label) \($0.code)" }.joined(separator: "、")
        let isSaid = labels.allSatisfy { hint.contains($0.label) }
        return [
            rule.map { "规则 rule \($0)" } ?? "", isSaid ? "" : DisplayText.safe("可办 who may: \(names)"),
        ]
    }

    /// Out of a resource for now, or simply refused.
    var exitCode: ExitCode { [503, 507].contains(status) ? .tryAgain : .failed }
}

extension [String] {
    /// The lines that say something, one after the other.
    fileprivate var joinedLines: String { filter { !$0.isEmpty }.joined(separator: "; ") }
}
