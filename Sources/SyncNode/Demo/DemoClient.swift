import HTTPTransport
import Platform

/// A person's client of one node, as the demonstration uses it.
final class DemoClient {
    private let client = HTTPClient()
    private let listen: ListenAddresses
    /// Who reads.
    private let post: String?

    /// - Parameter post: as in `reference/people.json`; nil reads nothing that is about many tickets.
    init(_ listen: ListenAddresses, post: String? = nil) { (self.listen, self.post) = (listen, post) }

    func isReady() -> Bool {
        do { return try client.perform(HTTPClientRequest(.get, listen.url(for: "/readyz"))).status == 200 } catch {
            return false
        }
    }

    /// The answer's JSON.
    /// - Throws: `HTTPClientError`, `PeerRefusal`, `JSONError`.
    func get(_ path: String) throws -> JSONElement {
        var headers = HTTPHeaders()
        headers["X-Post"] = post
        let response = try client.perform(HTTPClientRequest(.get, listen.url(for: path), headers: headers))
        guard response.status == 200 else {
            throw PeerRefusal(status: response.status, peerCode: ProblemCode.read(response.body))
        }
        return try JSONReader.parse(response.body)
    }

    /// The entity tag of a ticket, to be sent back with a change.
    func tag(_ path: String) throws -> String {
        let response = try client.perform(HTTPClientRequest(.get, listen.url(for: path)))
        guard response.status == 200, let tag = response.headers["ETag"] else {
            throw PeerRefusal(status: response.status, peerCode: ProblemCode.read(response.body))
        }
        return tag
    }

    /// Sends an act of a post; without one the node takes its own post of that role.
    /// - Returns: the answer and its entity tag.
    @discardableResult
    func send(
        _ method: HTTPMethod, _ path: String, post: String? = nil, role: String, headers: [(String, String)] = [],
        _ body: (inout JSONWriter) -> Void
    ) throws -> (json: JSONElement, tag: String?) {
        var writer = JSONWriter()
        body(&writer)
        var fields: HTTPHeaders = ["Content-Type": "application/json", "X-Role": role]
        fields["X-Post"] = post
        if path.hasPrefix("/control/") { fields[ControlGate.header.name] = ControlGate.header.value }
        for (name, value) in headers { fields.add(name, value) }
        let response = try client.perform(
            HTTPClientRequest(method, listen.url(for: path), headers: fields, body: writer.bytes))
        guard (200..<300).contains(response.status) else {
            throw PeerRefusal(
                status: response.status, peerCode: ProblemCode.read(response.body),
                peerRule: ProblemCode.read(response.body, "rule"))
        }
        return (try JSONReader.parse(response.body), response.headers["ETag"])
    }

    /// Every ticket of the node: number and home organisation, page by page.
    func tickets() throws -> [(number: String, home: String, custodian: String?)] {
        var all: [(String, String, String?)] = []
        var cursor: String?
        repeat {
            let path =
                "/api/v1/tickets?limit=500&sort=received_at"
                + (cursor.map { "&cursor=\(PercentText.encode($0))" } ?? "")
            let page = try get(path)
            for row in page["tickets"]?.array ?? [] {
                guard let number = row["number"]?.string else { continue }
                all.append((number, row["fields"]?["home_org"]?.string ?? "", row["custodian"]?.string))
            }
            cursor = page["next"]?.string
        } while cursor != nil
        return all
    }
}
