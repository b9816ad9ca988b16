import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("API: every way to be wrong gets a problem that says so") struct ProblemTests {
    @Test func `addresses and methods that do not exist`() throws {
        let node = try RunningNode()
        #expect(try node.get("/api/v1/nothing").code == "request.unknown-path")
        #expect(try node.get("/").status == 404)
        #expect(try node.get("/api/v1/tickets/").status == 404)
        let method = try node.send(.delete, "/api/v1/tickets")
        #expect(method.status == 405)
        #expect(method.headers["Allow"] == "GET, HEAD, POST")
        #expect(try node.send(.put, "/api/v1/tickets/x/note").headers["Allow"] == "POST")
        #expect(try node.ticket("000003-20240101-0000-0").code == "ticket.not-found")
        #expect(try node.ticket("%E5%B7%A5%E5%8D%95").status == 404)
        #expect(try node.get("/api/v1/tickets/\(String(repeating: "a", count: 500))").status == 404)
        #expect(try node.post("/api/v1/tickets/nothing/take").status == 404)
        let head = try HTTPClient().perform(HTTPClientRequest(.head, node.url + "/api/v1/status"))
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
    }

    @Test
    func `a query parameter that an address does not take is refused by every one, with its name and what it takes`()
        throws
    {
        let node = try RunningNode()
        for route in APIRoute.all where route.method == .get {
            let path = route.pieces.map { $0.first == "{" ? "x" : String($0) }.joined(separator: "/")
            let answer = try node.get("/\(path)?unheard_of=1")
            #expect(answer.status == 400, "\(route.path)")
            #expect(try answer.errors == ["unheard_of unknown-parameter"], "\(route.path)")
        }
        #expect(try node.post("/api/v1/tickets/x/take?dry_run=1").errors == ["dry_run unknown-parameter"])
        #expect(try node.get("/api/v1/people?nod=b1").text.contains("Did you mean node?"))
        // A list is said once, behind the words of both languages.
        #expect(try node.get("/api/v1/people?x=1").text.contains("可用 It takes: node\""))
        let operation = try HTTPClient().perform(
            HTTPClientRequest(
                .post, node.listen.url(for: "/control/verify?deep=1"), headers: ControlGate.sent(by: "operator")))
        #expect(operation.status == 400)
        #expect(try node.get("/api/v1/status?verbose=1").text.contains("This address takes none."))
    }

    @Test func `bodies of another type, or too large`() throws {
        let node = try RunningNode()
        let path = "/api/v1/tickets"
        #expect(try node.send(.post, path, Sample.registration(), ["Content-Type": "text/plain"]).status == 415)
        #expect(try node.send(.post, path, Sample.registration(), ["Content-Type": "none"]).status == 415)
        let form = try node.send(.post, path, "a=b", ["Content-Type": "application/x-www-form-urlencoded"])
        #expect(try form.code == "request.wrong-content-type")
        let charset = try node.send(
            .post, path, Sample.registration(), ["Content-Type": "application/json; charset=utf-8"])
        #expect(charset.status == 201)
        let large = [UInt8](repeating: 0x20, count: APIRoute.registrationBytesMax + 1)
        #expect(try node.send(.post, path, bytes: large).status == 413)
        let stray = [UInt8](repeating: 0x20, count: APIRoute.strayBodyBytesMax + 1)
        #expect(try node.send(.post, "/api/v1/nothing", bytes: stray).status == 413)
    }

    @Test func `text that is no JSON is refused with line and column`() throws {
        let node = try RunningNode()
        let answer = try node.post("/api/v1/tickets", "{\n  \"fields\": oops\n}")
        #expect(answer.status == 400)
        #expect(try answer.code == "json.unexpected")
        #expect(try answer.json["errors"]?[0]?["line"]?.integer == 2)
        #expect(try answer.json["errors"]?[0]?["column"]?.integer == 13)
    }

    @Test func `headers that are not valid`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let note = "/api/v1/tickets/\(number)/note"
        let body = #"{"text":"x"}"#
        #expect(try node.post(note, body, ["X-Post": "张三"]).code == "request.bad-header")
        #expect(try node.post(note, body, ["X-Role": "king"]).code == "request.bad-header")
        #expect(try node.post(note, body, ["If-Match": "bare"]).code == "request.bad-header")
        #expect(try node.get("/api/v1/events", ["Last-Event-ID": "-1"]).code == "request.bad-header")
        var twice: HTTPHeaders = ["X-Role": "clerk"]
        twice.add("X-Role", "auditor")
        #expect(try node.post(note, body, twice).status == 400)
    }

    @Test func `a page of another web site cannot act here`() throws {
        let node = try RunningNode()
        let path = "/api/v1/tickets"
        let foreign = try node.post(path, Sample.registration(), ["Origin": "http://evil.example"])
        #expect(try foreign.code == "request.cross-site")
        #expect(try node.get("/api/v1/status", ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(try node.get("/api/v1/status", ["Host": "evil.example:80"]).status == 403)
        #expect(try node.get("/api/v1/status", ["Origin": node.url]).status == 200)
        #expect(BrowserGuard.isLoopback("[::1]:7100"))
        #expect(BrowserGuard.isLoopback("LOCALHOST"))
        for authority in [
            "", "[::1", "[::1]evil.example", "[::1].evil.example:80", "127.0.0.1.evil.example", "127.evil.0.1",
            "localhost:x@evil.example", "127.0.0.1:80@evil.example", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+80",
        ] {
            #expect(!BrowserGuard.isLoopback(authority), "\(authority)")
        }
    }

    @Test func `no command is led to another machine by a name or an address that only begins like this one's`() throws
    {
        for url in [
            "http://127.evil.example:7100", "http://localhost:x@evil.example", "http://[::1]@evil.example/",
            "http://127.0.0.1@evil.example", "https://127.0.0.1:7100", "http://evil.example#127.0.0.1",
            "http://localhost.evil.example:80",
        ] {
            #expect(!NodeURL.isLoopback(url), "\(url)")
            #expect(RunningNode.run(["status", "--url", url]).error.contains("cli.url-not-loopback"), "\(url)")
        }
        for url in ["http://127.0.0.1:7100", "http://localhost:7100/", "http://[::1]:7100", "http://127.0.0.1"] {
            #expect(NodeURL.isLoopback(url), "\(url)")
        }
    }

    @Test func `every broken rule of a registration is named at once, without what was written`() throws {
        let node = try RunningNode()
        let secret = "绝密暗记"
        let answer = try node.post(
            "/api/v1/tickets",
            Sample.body(["severity": secret, "received_at": secret, "amount_involved": secret, secret: secret]))
        #expect(answer.status == 422)
        #expect(try answer.code == "refused.invalid_fields")
        #expect(!answer.text.contains(secret))
        let errors = try answer.errors
        for expected in [
            "severity not_in_list", "received_at not_an_instant", "amount_involved not_an_amount", "what mandatory",
            "? unknown_field",
        ] { #expect(errors.contains(expected), "\(expected) is not among \(errors)") }
    }

    @Test(arguments: [
        ("[]", "request.invalid-body", " wrong-type"),
        ("\"text\"", "request.invalid-body", " wrong-type"),
        ("17", "request.invalid-body", " wrong-type"),
        ("null", "request.invalid-body", " wrong-type"),
        ("{}", "request.invalid-body", " missing-key"),
        (#"{"fields":null}"#, "request.invalid-body", " missing-key"),
        (#"{"fields":[]}"#, "request.invalid-body", "/fields wrong-type"),
        (#"{"fields":{"what":{}}}"#, "request.invalid-body", "/fields/what wrong-type"),
        (#"{"fields":{"what":1.5}}"#, "request.invalid-body", "/fields/what wrong-type"),
        (#"{"fields":{"flags":[1]}}"#, "request.invalid-body", "/fields/flags/0 wrong-type"),
        (#"{"fields":{"flags":["a,b"]}}"#, "request.invalid-body", "/fields/flags/0 bad-code"),
        (#"{"fields":{},"felds":1}"#, "request.invalid-body", "/felds unknown-key"),
        (#"{"fields":{},"秘密":1}"#, "request.invalid-body", "? unknown-key"),
        (#"{"fields":{},"target_person_token":5}"#, "request.invalid-body", "/target_person_token unknown-key"),
    ])
    func `JSON of another shape is refused at its place`(body: String, code: String, error: String) throws {
        let node = try RunningNode()
        let answer = try node.post("/api/v1/tickets", body)
        #expect(answer.status == 422)
        #expect(try answer.code == code)
        #expect(try answer.errors.contains(error))
    }

    @Test func `a body that is cut short anywhere is refused, and the node goes on`() throws {
        let node = try RunningNode()
        let whole = Array(Sample.registration().utf8)
        let client = HTTPClient()
        for count in 1..<whole.count {
            let request = HTTPClientRequest(
                .post, node.url + "/api/v1/tickets", headers: ["Content-Type": "application/json"],
                body: Array(whole[..<count]))
            let response = try client.perform(request)
            #expect(response.status == 400, "cut after \(count) bytes")
            #expect(response.headers["Content-Type"] == "application/problem+json")
        }
        #expect(try node.get("/readyz").status == 200)
        #expect(try node.get("/api/v1/status").json["tickets"]?.integer == 0)
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 10_000),
        #"{"fields":{"waiting_minutes":99999999999999999999999}}"#, #"{"fields":{"what":"\ud800"}}"#,
        #"{"fields":{"what":1e999}}"#, #"{"fields":{"what":"a","what":"b"}}"#, "{\"fields\":{\"what\":\"\u{0}\"}}",
        #"{"fields":{"what":"\u0000"}}"#, #"{"fields":{"waiting_minutes":-1}}"#, "{\"fields\":{}} {}", "\u{FEFF}",
        "// comment\n{}", "{'fields':{}}", "NaN", "{\"fields\":{\"received_at\":9223372036854775807}}",
    ])
    func `hostile bodies are refused, and the node goes on`(body: String) throws {
        let node = try RunningNode()
        let number = try node.register()
        for path in ["", "/\(number)/note", "/\(number)/dispatch", "/\(number)/close", "/\(number)/submit"] {
            let answer = try node.post("/api/v1/tickets\(path)", body)
            #expect((400..<500).contains(answer.status), "\(path) answered \(answer.status)")
        }
        #expect(try node.send(.patch, "/api/v1/tickets/\(number)", body, ["If-Match": "*"]).status >= 400)
        #expect(try node.get("/readyz").status == 200)
        #expect(try node.get("/api/v1/tickets/\(number)/history").json["acts"]?.array?.count == 1)
    }

    @Test func `bytes that are no UTF-8 are refused`() throws {
        let node = try RunningNode()
        let body = Array(#"{"fields":{"what":""#.utf8) + [0xFF, 0xFE] + Array(#""}}"#.utf8)
        #expect(try node.send(.post, "/api/v1/tickets", bytes: body).code == "json.bad-utf8")
    }

    @Test func `thousands of fields cost one short answer`() throws {
        let node = try RunningNode()
        let many = (0..<15_000).map { "\"f\($0)\":1" }.joined(separator: ",")
        let answer = try node.post("/api/v1/tickets", "{\"fields\":{\(many)}}")
        #expect(answer.status == 422)
        #expect(answer.body.count < 2_000)
        let some = (0..<290).map { "\"f\($0)\":1" }.joined(separator: ",")
        let listed = try node.post("/api/v1/tickets", "{\"fields\":{\(some)}}")
        #expect(try listed.errors.count == APIProblem.itemsMax)
        #expect(try #require(try listed.json["omitted_errors"]?.integer) >= 190)
    }

    @Test func `a full disk, a read-only one and a busy writer have statuses of their own`() {
        func status(_ error: any Error) -> Int { APIProblem.of(error).status }
        #expect(status(DatabaseError(.full, message: "")) == 507)
        #expect(status(DatabaseError(.readOnly, message: "")) == 503)
        #expect(status(DatabaseError(.busy, message: "")) == 503)
        #expect(status(DatabaseError(.corrupt, message: "")) == 500)
        #expect(status(WriterError.overloaded(jobsWaiting: 1)) == 503)
        #expect(status(WriterError.notAcknowledged(cause: DatabaseError(.full, message: ""))) == 507)
        #expect(status(WriterError.notAcknowledged(cause: WriterError.closed)) == 503)
        #expect(status(WriterError.halted(cause: WriterError.closed)) == 503)
        #expect(status(StoreError.damagedAction) == 500)
        #expect(APIProblem.of(WriterError.closed).headers["Retry-After"] == "1")
    }

    @Test func `an error that nobody foresaw says nothing of itself`() {
        struct Odd: Error, CustomStringConvertible { let description = "客户的话" }
        let problem = APIProblem.of(Odd())
        #expect(problem.status == 500)
        #expect(!String(decoding: problem.response.body, as: UTF8.self).contains("客户的话"))
    }

    @Test func `a node that is stopping is not ready, and refuses what comes too late`() throws {
        let node = try RunningNode()
        node.runtime.isStopping.withLock { $0 = true }
        #expect(try node.get("/readyz").code == "node.stopping")
        #expect(try node.get("/healthz").status == 200)
        node.runtime.store.close()
        #expect(try node.post("/api/v1/tickets", Sample.registration()).status == 503)
        #expect(try node.get("/api/v1/tickets").status == 503)
    }
}
