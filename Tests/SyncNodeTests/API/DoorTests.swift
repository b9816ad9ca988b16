import HTTPTransport
import Testing

@testable import SyncNode

/// What a page of another web site could make a browser send, at every address of every listener.
@Suite("API: doors") struct DoorTests {
    /// An address and a method that are served there.
    struct Door: CustomStringConvertible {
        let method: HTTPMethod
        let path: String
        var description: String { "\(method.rawValue) \(path)" }
    }

    /// Every route of the table, every operation, and the exchange; names in braces stand for something.
    private static let doors: [Door] = {
        let routes = APIRoute.all.map { route in
            let pieces = route.pieces.map { piece in
                switch piece {
                case "{ref}": "000000-20240301-1234-A"
                case "{act}": "note"
                case let name where name.first == "{": "x"
                default: String(piece)
                }
            }
            return Door(method: route.method, path: "/" + pieces.joined(separator: "/"))
        }
        let operations = ControlOperation.allCases.map { Door(method: .post, path: "/control/\($0.rawValue)") }
        let exchange = "/" + ExchangeService.segments.joined(separator: "/")
        return routes + operations + [Door(method: .post, path: exchange)]
    }()

    /// What the program that belongs there sends.
    private static func ownHeaders(_ door: Door) -> HTTPHeaders {
        if door.path.hasPrefix("/control") { return ControlGate.sent(by: "operator") }
        if door.path.hasPrefix("/sync") { return ["Content-Type": ExchangeService.mediaType] }
        // The stream of events would go on; it begins behind no such event.
        if door.path == "/api/v1/events" { return ["Last-Event-ID": "none"] }
        return door.method == .get ? [:] : ["Content-Type": "application/json"]
    }

    private func knock(
        _ door: Door, at node: RunningNode, listener: NodeListener? = nil, _ headers: [String: String] = [:],
        body: String = ""
    ) throws -> Answer {
        var all = DoorTests.ownHeaders(door)
        for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
        let base = node.listen[listener ?? NodeListener(path: door.path)].url
        var request = HTTPClientRequest(door.method, base + door.path, headers: all, body: Array(body.utf8))
        request.timeoutMilliseconds = 10_000
        let response = try HTTPClient().perform(request)
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// Addresses that nobody serves.
    private static let nowhere = [
        "/", "/nothing", "/api", "/api/v2/status", "/sync/v2/exchange", "/control", "/control/x",
    ]

    @Test func `no address of any listener is without its guard, whatever the method, served or not`() throws {
        let node = try RunningNode("head")
        for path in Set(DoorTests.doors.map(\.path)).union(DoorTests.nowhere) {
            for method in HTTPMethod.allCases {
                for listener in NodeListener.allCases {
                    let door = Door(method: method, path: path)
                    let answer = try knock(door, at: node, listener: listener, ["Host": "evil.example"])
                    #expect(answer.status == 403, "\(door) at \(listener): \(answer.status)")
                    if method != .head { #expect(try answer.code == "request.cross-site", "\(door) at \(listener)") }
                }
            }
        }
    }

    @Test func `every address is served at its own listener alone, and no answer of any is a page or kept`() throws {
        let node = try RunningNode("head")
        let nowhere = DoorTests.nowhere.map { Door(method: .post, path: $0) }
        for door in DoorTests.doors + nowhere {
            for listener in NodeListener.allCases {
                let answer = try knock(door, at: node, listener: listener)
                let own = NodeListener(firstSegment: door.path.split(separator: "/").first.map(String.init))
                #expect((answer.status == 421) == (own != nil && own != listener), "\(door) at \(listener)")
                #expect(answer.headers["X-Content-Type-Options"] == "nosniff", "\(door) at \(listener)")
                let policy = answer.headers["Content-Security-Policy"]
                #expect(policy?.hasPrefix("default-src 'none'") == true, "\(door) at \(listener)")
                #expect(answer.headers.all("Cache-Control") == ["no-store"], "\(door) at \(listener)")
            }
        }
    }

    @Test func `web.rebind: a foreign host or origin is refused at every address of every listener`() throws {
        let node = try RunningNode("head")
        let foreign: [[String: String]] = [
            ["Host": "evil.example:7100"], ["Host": "127.0.0.1.evil.example"], ["Host": "evil.example@127.0.0.1:7100"],
            ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": "http://127.0.0.1:1"],
            ["Referer": "http://evil.example/"], ["Referer": "http://127.0.0.1.evil.example/"],
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
            ["Host": "evil.example:7100", "Origin": "http://evil.example:7100", "Sec-Fetch-Site": "same-origin"],
        ]
        for door in DoorTests.doors {
            for headers in foreign {
                let answer = try knock(door, at: node, headers)
                #expect(answer.status == 403, "\(door) \(headers)")
                #expect(try answer.code == "request.cross-site", "\(door) \(headers)")
            }
        }
    }

    @Test func `no browser at all may speak as a neighbour or as an operator`() throws {
        let node = try RunningNode("head")
        let own = DoorTests.doors.filter { !$0.path.hasPrefix("/api") && $0.method == .post }
        #expect(own.count == ControlOperation.allCases.count + 1)
        for door in own {
            let base = node.listen[NodeListener(path: door.path)].url
            for headers in [
                ["Origin": base], ["Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Mode": "navigate"], ["Cookie": "a=b"],
                ["Referer": base + "/"], ["sec-ch-ua": "x"],
            ] {
                #expect(try knock(door, at: node, headers).code == "request.cross-site", "\(door) \(headers)")
            }
        }
    }

    @Test func `web.simplePost: nothing that changes takes what a page may send without asking first`() throws {
        let node = try RunningNode("head")
        let before = try node.runtime.store.currentSequence()
        let changing = DoorTests.doors.filter { $0.method != .get }
        #expect(changing.count > 30)
        for door in changing {
            for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
                for body in ["", #"{"text":"x"}"#] {
                    let answer = try knock(door, at: node, ["Content-Type": type], body: body)
                    #expect([403, 415].contains(answer.status), "\(door) \(type) \(body): \(answer.status)")
                }
            }
            let untyped = try knock(door, at: node, ["Content-Type": ""], body: "{}")
            #expect([403, 415].contains(untyped.status), "\(door) without a type: \(untyped.status)")
        }
        #expect(try node.runtime.store.currentSequence() == before)
    }

    @Test func `an operation needs the header of programs and a post`() throws {
        let node = try RunningNode("head")
        for door in DoorTests.doors where door.path.hasPrefix("/control") {
            #expect(try knock(door, at: node, ["X-SyncNode": ""]).code == "control.header-missing")
            #expect(try knock(door, at: node, ["X-SyncNode": "2"]).code == "control.header-missing")
            #expect(try knock(door, at: node, ["X-Post": ""]).code == "control.post-missing")
            #expect(try knock(door, at: node, ["X-Post": "王五"]).code == "request.bad-header")
        }
        #expect(try knock(Door(method: .post, path: "/control/verify"), at: node, [:]).status == 200)
    }

    @Test func `once posts are published, only one whose role may asks for an operation`() throws {
        let bank = try PeopleBank.registered()
        func code(_ node: RunningNode, _ operation: String, _ post: String) throws -> String? {
            let answer = try knock(Door(method: .post, path: "/control/\(operation)"), at: node, ["X-Post": post])
            return answer.status < 300 ? nil : try answer.code
        }
        #expect(try code(bank.head, "verify", "000000.sysadmin") == nil)
        #expect(try code(bank.head, "verify", "000000.ho_dispatcher") == "control.role")
        #expect(try code(bank.head, "verify", "operator") == "control.role")
        // A unit has no administrator of its own: the one above it is.
        #expect(try code(bank.branch, "verify", "010000.sysadmin") == nil)
        #expect(try code(bank.branch, "verify", "000000.sysadmin") == nil)
        #expect(try code(bank.branch, "verify", "020000.sysadmin") == "control.role")
        #expect(try code(bank.branch, "verify", "010101.branch_head") == "control.role")
        // The administrator of a province says nothing at head office, and publishes nothing anywhere.
        #expect(try code(bank.head, "verify", "010000.sysadmin") == "control.role")
        for post in ["000000.sysadmin", "010000.dispatcher", "operator"] {
            #expect(try code(bank.head, "publish", post) == "control.role")
        }
        #expect(try code(bank.head, "publish", "000000.ho_dispatcher") != "control.role")
        let told = RunningNode.run(["verify", "--url", bank.head.url])
        #expect(told.code == .failed)
        #expect(told.error.contains("[control.role]") && told.error.contains("000000.sysadmin"))
        #expect(RunningNode.run(["verify", "--post", "000000.sysadmin", "--url", bank.head.url]).code == .success)
    }
}
