import HTTPTransport
import Testing

@testable import SyncNode

/// Which listener serves what, and what the others say.
@Suite("API: three listeners") struct ListenerTests {
    private static let places: [(path: String, method: HTTPMethod, listener: NodeListener)] = [
        ("/api/v1/status", .get, .people), ("/api/v1/openapi.json", .get, .people),
        ("/sync/v1/exchange", .post, .nodes), ("/healthz", .get, .operation), ("/readyz", .get, .operation),
        ("/metrics", .get, .operation), ("/control/sync", .post, .operation),
    ]

    @Test func `an address is served at its own listener only, and the others name that one`() throws {
        let node = try RunningNode()
        for place in ListenerTests.places {
            for listener in NodeListener.allCases {
                let answer = try HTTPClient().perform(
                    HTTPClientRequest(
                        place.method, node.listen[listener].url + place.path,
                        headers: ControlGate.sent(by: "operator")))
                guard listener != place.listener else {
                    #expect(answer.status != 421 && answer.status != 404, "\(place.path) at \(listener)")
                    continue
                }
                let text = String(decoding: answer.body, as: UTF8.self)
                #expect(answer.status == 421, "\(place.path) at \(listener)")
                #expect(text.contains("\"request.other-listener\""))
                #expect(text.contains(node.listen[place.listener].url), "the hint names the right one")
            }
        }
    }

    @Test func `an address that nobody serves is unknown at every listener`() throws {
        let node = try RunningNode()
        for listener in NodeListener.allCases {
            let url = node.listen[listener].url + "/nothing"
            #expect(try HTTPClient().perform(HTTPClientRequest(.get, url)).status == 404)
        }
        let frames = node.listen.nodes.url + "/sync/v2/exchange"
        #expect(try HTTPClient().perform(HTTPClientRequest(.post, frames)).status == 404)
    }

    @Test func `a command finds the right listener, whichever of them --url names`() throws {
        let node = try RunningNode("head")
        for listener in NodeListener.allCases {
            let url = node.listen[listener].url
            #expect(RunningNode.run(["verify", "--url", url]).code == .success)
            #expect(RunningNode.run(["status", "--url", url]).code == .success)
        }
    }
}
