import HTTPTransport
import Testing

@testable import SyncNode

/// What a page of another site, opened on the machine of a node, can send.
@Suite("web.rebind, web.simplePost: no page of another site speaks to a node") struct WebAttacks {
    private static let foreign: [(String, String)] = [
        ("Host", "evil.example:23101"), ("Origin", "http://evil.example:23101"), ("Sec-Fetch-Site", "cross-site"),
    ]

    private static func headers(_ fields: [(String, String)]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers[name] = value }
        return headers
    }

    @Test func `a frame that only a browser can have sent is refused before it is read`() throws {
        let node = try RunningNode()
        for (name, value) in WebAttacks.foreign + [("Cookie", "a=b"), ("Sec-Fetch-Mode", "cors"), ("Origin", node.url)]
        {
            let answer = try node.send(
                .post, "/sync/v1/exchange", bytes: [1, 2, 3],
                WebAttacks.headers([("Content-Type", ExchangeService.mediaType), (name, value)]))
            #expect(answer.status == 403, "\(name) \(value)")
        }
    }

    @Test func `an operator's order without the header of our commands is refused, whatever its form`() throws {
        let node = try RunningNode()
        for operation in ["sync", "verify", "repair", "backup?to=/tmp/x.sqlite", "adopt-self", "restored", "publish"] {
            for form in ["text/plain", "application/x-www-form-urlencoded", "application/json"] {
                let answer = try node.send(
                    .post, "/control/\(operation)", bytes: [], ["Content-Type": form, "X-SyncNode": ""])
                #expect(answer.status == 403, "\(operation) \(form)")
            }
            for (name, value) in WebAttacks.foreign {
                let answer = try node.send(
                    .post, "/control/\(operation)", bytes: [], WebAttacks.headers([(name, value)]))
                #expect(answer.status == 403, "\(operation) \(name)")
            }
        }
        #expect(try !node.runtime.store.isPastOpen())
    }
}
