import HTTPTransport
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// One walk over every route: what a route does not take is refused by name, and nothing answers 2xx without effect. The
/// requests are made from the table of routes and the catalogue of acts, so that a new one is walked by itself.
@Suite("Nothing is taken in silence: routes") struct RouteWalkStories {
    @Test func `no route passes over a parameter, a header or a body that it does not take`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let sequence = try node.runtime.store.currentSequence()
        var walked = 0
        for route in APIRoute.all {
            for wrong in RouteWalk.mistakes(of: route, ticket: number) {
                let answer = try node.send(wrong)
                #expect((400..<500).contains(answer.status), "\(wrong): \(answer.status) \(answer.text)")
                #expect(answer.text.contains(wrong.names), "\(wrong) is not named: \(answer.text)")
                try RouteWalk.checkWords(of: answer, "\(wrong)")
                walked += 1
            }
        }
        #expect(walked > 10 * APIRoute.all.count, "\(walked)")
        #expect(try node.runtime.store.currentSequence() == sequence, "a request that was refused left something")
    }

    @Test func `no route takes fields that do not exist`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let sequence = try node.runtime.store.currentSequence()
        for route in APIRoute.all where RouteWalk.takesFields(route) {
            for path in RouteWalk.paths(of: route, ticket: number) {
                let answer = try node.send(
                    route.method, path, Sample.registration(["no_such_field": "x"]), ["If-Match": "*"].taken(by: route))
                let isPreview = route.operation.hasPrefix("preview")
                let isRefused = try answer.status >= 400 || (isPreview && answer.json["allowed"]?.bool == false)
                #expect(isRefused, "\(route.method.rawValue) \(path): \(answer.status) \(answer.text)")
            }
        }
        #expect(try node.runtime.store.currentSequence() == sequence)
    }

    /// Reads that are posted, because words do not stand in addresses.
    private static let readsThatArePosted = [
        "previewRegistration", "previewAct", "searchTickets", "findSimilarTickets", "rehearsePack",
    ]

    @Test func `whatever is done is in the store, or was there before and is said to be`() throws {
        let node = try RunningNode("p1")
        var done: Set<String> = []
        for route in APIRoute.all where route.method != .get && !Self.readsThatArePosted.contains(route.operation) {
            let number = try node.register()
            for path in RouteWalk.paths(of: route, ticket: number) {
                for body in ["", "{}", Sample.registration(), #"{"fields": {}}"#, #"{"text": "备注"}"#] {
                    let before = try node.runtime.store.currentSequence()
                    let answer = try node.send(route.method, path, body, ["If-Match": "*"].taken(by: route))
                    guard answer.status < 300 else {
                        try RouteWalk.checkWords(of: answer, "\(path) \(body)")
                        continue
                    }
                    done.insert(route.operation)
                    let isEffective = try node.runtime.store.currentSequence() > before
                    // What is sent again stands in the outbox, which no other node holds.
                    let isSent = try answer.json["waiting"]?.integer.map { $0 > 0 } ?? false
                    let isRepeated = try answer.json["repeated"]?.bool == true
                    #expect(isEffective || isSent || isRepeated, "\(path) \(body): \(answer.text)")
                }
            }
        }
        #expect(done.isSuperset(of: ["registerTicket", "noteTicket", "performAct"]), "\(done)")
    }
}

extension [String: String] {
    /// The headers that the route declares.
    fileprivate func taken(by route: APIRoute) -> HTTPHeaders {
        HTTPHeaders(filter { name, _ in route.parameters.contains { $0.place == .header && $0.name == name } })
    }
}

extension RunningNode {
    fileprivate func send(_ wrong: WrongRequest) throws -> Answer {
        var headers = HTTPHeaders()
        for (name, value) in wrong.headers { headers.add(name, value) }
        return try send(wrong.method, wrong.path, wrong.body, headers)
    }
}

/// A request with one thing too many, and what the refusal must name.
struct WrongRequest: CustomStringConvertible {
    var method: HTTPMethod
    var path: String
    var body: String?
    var headers: [(String, String)] = []
    var names: String

    var description: String { "\(method.rawValue) \(path) \(body ?? "") \(headers)" }
}

/// Makes requests from what routes say of themselves.
enum RouteWalk {
    /// The addresses of a route with names filled in; of acts and reports all of them.
    static func paths(of route: APIRoute, ticket: String) -> [String] {
        let choices: [String: [String]] = [
            "{ref}": [ticket], "{act}": ActCatalogue.all.map(\.act.name), "{name}": ReportName.allCases.map(\.rawValue),
            "{notice}": ["all"], "{form}": ["FO-01"], "{text}": ["none"],
        ]
        var paths = [""]
        for piece in route.pieces.map(String.init) {
            let names = choices[piece] ?? [piece.hasPrefix("{") ? "none" : piece]
            paths = paths.flatMap { path in names.map { "\(path)/\($0)" } }
        }
        return paths
    }

    static func mistakes(of route: APIRoute, ticket: String) -> [WrongRequest] {
        let path = paths(of: route, ticket: ticket)[0]
        let method = route.method
        func wrong(_ more: String, _ names: String) -> WrongRequest {
            WrongRequest(method: method, path: path + more, names: names)
        }
        var found = [wrong("?no_such_parameter=1", "no_such_parameter")]
        for parameter in route.parameters where parameter.place == .query && !route.readsOwnQuery {
            found += [
                wrong("?\(parameter.name)=1&\(parameter.name)=2", parameter.name),
                wrong("?\(parameter.name)=", parameter.name), wrong("?\(parameter.name)=%20", parameter.name),
            ]
        }
        let everywhere = APIRoute.readerHeaders.map(\.name)
        for header in Set(APIRoute.all.flatMap(\.parameters).filter { $0.place == .header }.map(\.name)) {
            let isTaken = route.parameters.contains { $0.place == .header && $0.name == header }
            let twice = [(header, "\"a\""), (header, "\"a\"")]
            found.append(WrongRequest(method: method, path: path, headers: twice, names: header))
            guard !isTaken, !everywhere.contains(header) else { continue }
            found.append(WrongRequest(method: method, path: path, headers: [(header, "\"a\"")], names: header))
        }
        guard route.body != nil else {
            return found + [WrongRequest(method: method, path: path, body: "{}", names: "request.unexpected-body")]
        }
        // An amendment is first asked for the version that was read.
        let headers = method == .patch ? [("If-Match", "*")] : []
        return found
            + [
                (#"{"no_such_member": 1}"#, "no_such_member"), (#"{"a": 1, "a": 2}"#, "json.duplicate-name"),
                ("[]", "wrong-type"), ("{} {}", "json.trailing-content"),
            ].map { WrongRequest(method: method, path: path, body: $0.0, headers: headers, names: $0.1) }
    }

    /// True where the body has ticket fields in it.
    static func takesFields(_ route: APIRoute) -> Bool {
        let schemas = APISchema.named.filter { $0.name == route.body?.schema }.map(\.schema)
        guard case .object(let members, _, _)? = schemas.first else { return false }
        return members.contains { $0.name == "fields" }
    }

    /// A stable code, and a next step in both languages, of the whole and of each item.
    static func checkWords(of answer: Answer, _ what: String) throws {
        let json = try answer.json
        let hints = [json["hint"]] + (json["errors"]?.array ?? []).map { $0["hint"] }
        #expect(try answer.code?.contains(".") == true, "\(what): \(answer.text)")
        for hint in hints {
            let text = hint?.string ?? ""
            #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(what): \(answer.text)")
            #expect(text.utf8.contains { (0x61...0x7A).contains($0) }, "\(what): \(answer.text)")
        }
    }
}
