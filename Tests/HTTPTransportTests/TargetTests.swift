import Testing

@testable import HTTPTransport

@Suite("A request target")
struct TargetTests {
    @Test(arguments: [
        ("/", []),
        ("/a/b", ["a", "b"]),
        ("/a/", ["a", ""]),
        ("//a", ["", "a"]),
        ("/api/v1/tickets/B1%2F7", ["api", "v1", "tickets", "B1/7"]),
        ("/a%3Fb%26c", ["a?b&c"]),
        ("/a+b", ["a+b"]),
        ("/%E6%8A%95%E8%AF%89", ["投诉"]),
        ("/投诉", ["投诉"]),
        ("/...", ["..."]),
    ])
    func `is split first and decoded afterwards`(raw: String, segments: [String]) throws {
        let target = try HTTPTarget(raw: Array(raw.utf8))
        #expect(target.segments == segments)
        #expect(target.rawPath == raw)
        #expect(target.query.isEmpty)
    }

    @Test func `keeps the items of its query in order`() throws {
        let target = try HTTPTarget(raw: Array("/t?q=a+b%2Bc&q=%E8%B4%B7&&x&y=&z=1=2?".utf8))
        #expect(
            target.query == [
                HTTPQueryItem(name: "q", value: "a b+c"), HTTPQueryItem(name: "q", value: "贷"),
                HTTPQueryItem(name: "x", value: ""), HTTPQueryItem(name: "y", value: ""),
                HTTPQueryItem(name: "z", value: "1=2?"),
            ])
        #expect(target.queryValue("q") == "a b+c")
        #expect(target.queryValue("absent") == nil)
    }

    @Test(arguments: [
        "", "a", "*", "http://a/", "/a b", "/a\u{1}", "/a#b", "/%", "/%4", "/%zz", "/%0a", "/%00", "/%7f", "/a/./b",
        "/..",
        "/%2e%2e", "/%c3", "/%ed%a0%80", "/?a=%", "/?%=a", "/?a=%00",
    ])
    func `is refused when it is not clean`(raw: String) {
        #expect(throws: HTTPRefusal.badTarget) { try HTTPTarget(raw: Array(raw.utf8)) }
        #expect(HTTPTarget(raw) == nil)
    }

    @Test func `is refused with bytes that are no UTF-8`() {
        #expect(throws: HTTPRefusal.badTarget) { try HTTPTarget(raw: Array("/".utf8) + [0xff]) }
    }

    @Test func `is refused with too many items`() throws {
        let most = "/?" + Array(repeating: "a=1", count: HTTPTarget.queryItemsMax).joined(separator: "&")
        #expect(try HTTPTarget(raw: Array(most.utf8)).query.count == HTTPTarget.queryItemsMax)
        #expect(throws: HTTPRefusal.badTarget) { try HTTPTarget(raw: Array((most + "&a=1").utf8)) }
    }

    @Test func `is handed to the handler as the client meant it`() throws {
        let server = try TestServer { request, responder in
            let query = request.target.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
            let text = request.target.segments.joined(separator: "|") + "?" + query
            responder.respond(HTTPResponse(status: 200, type: "text/plain", body: Array(text.utf8)))
        }
        let client = HTTPClient()
        let response = try client.perform(HTTPClientRequest(.get, server.url("/a%2Fb/%E6%8A%95?x=1%262+3&x=%2B")))
        #expect(String(decoding: response.body, as: UTF8.self) == "a/b|投?x=1&2 3;x=+")
    }
}
