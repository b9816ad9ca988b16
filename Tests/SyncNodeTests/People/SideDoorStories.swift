import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Of a ticket that it may not open a post learns nothing: by no route, by no name of it, and by no difference to what is
/// not there at all.
@Suite("api.sideDoors") struct SideDoorStories {
    /// A ticket that is here and one that is not, each by number and by document.
    private struct Pair {
        let hidden: [String]
        let absent: [String]

        init(_ number: String, at node: RunningNode) throws {
            let stranger = try PeopleBank()
            let other = try stranger.branch.register()
            hidden = [number, try Pair.document(number, node)]
            absent = [other, try Pair.document(other, stranger.branch)]
        }

        private static func document(_ number: String, _ node: RunningNode) throws -> String {
            try node.runtime.store.ticket(TicketReference(number)).document.description
        }
    }

    /// All that was answered but the time of day, whatever the ticket is called and whichever number a new one would get.
    private func said(_ answer: Answer, _ name: String) -> String {
        let headers = answer.headers.filter { $0.name.lowercased() != "date" }.map { "\($0.name): \($0.value)" }
        let whole = (["\(answer.status)"] + headers.sorted() + [answer.text]).joined(separator: "\n")
        let number = /[0-9]{6}-[0-9]{8}-[0-9A-Z]{4}-[0-9A-Z]/
        return whole.replacing(name, with: "NAME").replacing(number, with: "NUMBER")
    }

    private typealias Door = (name: String, open: (String) throws -> Answer)

    /// Every door answers alike for both; returns the answers for the hidden one.
    @discardableResult
    private func expectAlike(_ pair: Pair, _ doors: [Door], _ place: SourceLocation = #_sourceLocation) throws
        -> [Answer]
    {
        var answers: [Answer] = []
        for door in doors {
            for (hidden, absent) in zip(pair.hidden, pair.absent) {
                let (one, two) = (try door.open(hidden), try door.open(absent))
                #expect(said(one, hidden) == said(two, absent), "\(door.name)", sourceLocation: place)
                answers.append(one)
            }
        }
        return answers
    }

    // MARK: Other tickets that a command names

    @Test func `AU-03 a registration, a change and a preview name a ticket about the writer in vain`() throws {
        let bank = try PeopleBank.registered()
        let post = "010101.branch_head"
        let mine = try bank.branch.register()
        let pair = try Pair(try bank.branch.register(["target_person": post]), at: bank.branch)
        func register(_ field: String, _ link: String) -> Door {
            (
                "register \(field) \(link)",
                {
                    try bank.branch.post(
                        "/api/v1/tickets", Sample.registration([field: link.replacing("X", with: $0)]), ["X-Post": post]
                    )
                }
            )
        }
        func amend(_ field: String, _ link: String) -> Door {
            (
                "amend \(field) \(link)",
                {
                    try bank.branch.send(
                        .patch, "/api/v1/tickets/\(mine)", Sample.body([field: link.replacing("X", with: $0)]),
                        ["If-Match": "*", "X-Post": post])
                }
            )
        }
        let links = ["same_event@X", "different_matter@X", " different_matter@X ", "same_event@X,different_matter@X"]
        let doors =
            links.flatMap { [register("links", $0), amend("links", $0)] } + [
                register("parent_id", "child_of@X"), amend("parent_id", "child_of@X"),
                (
                    "resolve",
                    {
                        try bank.branch.post(
                            "/api/v1/tickets/\(mine)/resolve",
                            #"{"field":"links","value":"different_matter@\#($0)","new":true}"#,
                            ["If-Match": "*", "X-Post": post])
                    }
                ),
            ]
        for answer in try expectAlike(pair, doors) { #expect((400..<500).contains(answer.status), "\(answer.text)") }
        #expect(try bank.branch.runtime.store.ticket(TicketReference(mine)).view.value(TicketField.links) == nil)
        try expectAlike(
            pair,
            ["preview", "similar"].map { name in
                (
                    name,
                    {
                        try bank.branch.post(
                            "/api/v1/tickets/\(name)", Sample.registration(["links": "different_matter@\($0)"]),
                            ["X-Post": post])
                    }
                )
            })
        // Who may open both links them, by document too.
        for name in pair.hidden {
            let linked = try bank.branch.send(
                .patch, "/api/v1/tickets/\(mine)", Sample.body(["links": "same_event@\(name)"]),
                ["If-Match": "*", "X-Post": "010101.branch_officer"])
            #expect(try linked.status == 200 || linked.code == "refused.nothing_to_change", "\(linked.text)")
        }
    }

    @Test func `AU-03 nothing is merged into, and no order given of, a ticket about the one who does it`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.branch.act(number, "submit")
        let pair = try Pair(try bank.branch.register(["target_person": "010000.dispatcher"]), at: bank.branch)
        let ordered = try Pair(try bank.branch.register(["target_person": "000000.ho_dispatcher"]), at: bank.branch)
        try bank.connect()
        let merges = ["merge", "merge/preview"].map { act -> Door in
            (
                act,
                {
                    try bank.province.post(
                        "/api/v1/tickets/\(number)/acts/\(act)", Sample.body(["into": $0, "reason": "same_event"]),
                        ["X-Post": "010000.dispatcher"])
                }
            )
        }
        let merged = try expectAlike(pair, [merges[0]])
        #expect(merged.allSatisfy { $0.status == 422 })
        try expectAlike(pair, [merges[1]])
        let orders = try expectAlike(
            ordered,
            [
                (
                    "supervise",
                    {
                        try bank.head.post(
                            "/api/v1/supervisions", #"{"tickets":["\#($0)"],"answer_by":"23:59"}"#,
                            ["X-Post": "000000.ho_dispatcher"])
                    }
                )
            ])
        #expect(orders.allSatisfy { $0.status == 404 })
    }

    @Test func `AU-03 a ticket that leads to one about the reader does not name it, nor does its history`() throws {
        let bank = try PeopleBank.registered()
        let (post, dispatcher) = ("010101.branch_head", "010000.dispatcher")
        let hidden = try bank.branch.register(["target_person": post])
        bank.pass(60_000)
        let numbers = try ["linked", "merged"].map { _ in try bank.branch.register() }
        let document = try bank.branch.runtime.store.ticket(TicketReference(hidden)).document.description
        let linked = try bank.branch.send(
            .patch, "/api/v1/tickets/\(numbers[0])", Sample.body(["links": "same_event@\(hidden)"]),
            ["If-Match": "*", "X-Post": "010101.branch_officer"])
        #expect(linked.status == 200, "\(linked.text)")
        for number in numbers + [hidden] {
            try bank.branch.act(number, "submit", "", ["X-Post": "010101.branch_officer"])
        }
        try bank.connect()
        for number in numbers + [hidden] { try bank.province.act(number, "take", "", ["X-Post": dispatcher]) }
        let merged = try bank.province.post(
            "/api/v1/tickets/\(numbers[1])/acts/merge", Sample.body(["into": hidden, "reason": "same_event"]),
            ["X-Post": dispatcher])
        #expect(merged.status == 200, "\(merged.text)")
        try bank.connect()
        for number in numbers {
            for path in ["", "/history", "/similar", "/clocks", "/readers"] {
                let answer = try bank.branch.get("/api/v1/tickets/\(number)\(path)", ["X-Post": post])
                #expect(answer.status == 200)
                #expect(!answer.text.contains(hidden) && !answer.text.contains(document), "\(path) \(answer.text)")
            }
            let whole = try bank.branch.get("/api/v1/tickets/\(number)", ["X-Post": "010101.branch_officer"])
            #expect(whole.text.contains(document), "\(whole.text)")
        }
    }

    // MARK: Tickets that an address names

    private static let bodies = [
        "note": #"{"text":"x"}"#, "widen": #"{"to":"full","reason":"head_office_request"}"#,
        "resolve": #"{"field":"demand","value":"refund"}"#, "return": #"{"missing":["what"]}"#,
        "dispatch": #"{"to":"branch-0102","fields":{}}"#,
        "own_alert": #"{"fields":{"alert":"three_in_a_branch","owner":"010101.branch_officer"}}"#,
    ]

    /// Every route at which a ticket is named, with every act and every form.
    private func doors(_ node: RunningNode, _ post: String) -> [Door] {
        APIRoute.all.filter { $0.path.contains("{ref}") }.flatMap { route in
            RouteWalk.paths(of: route, ticket: "{ref}").flatMap { door(node, post, route, $0) }
        }
    }

    private func door(_ node: RunningNode, _ post: String, _ route: APIRoute, _ path: String) -> [Door] {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        let body =
            switch route.method {
            case .get: nil as String?
            case .patch: Sample.body(["course": "x"])
            default: SideDoorStories.bodies[last] ?? (route.body == nil ? nil : "{}")
            }
        let takesMatch = route.parameters.contains { $0.place == .header && $0.name == "If-Match" }
        return (takesMatch ? ["*", "\"1-1\""] : [""]).map { match in
            (
                "\(route.method.rawValue) \(path) \(match)",
                {
                    var headers: HTTPHeaders = ["X-Post": post]
                    if !match.isEmpty { headers["If-Match"] = match }
                    return try node.send(route.method, path.replacing("{ref}", with: $0), body, headers)
                }
            )
        }
    }

    @Test func `RO-15 to the person complained about the ticket does not exist, at any address`() throws {
        let bank = try PeopleBank.registered()
        let post = "010101.branch_head"
        let number = try bank.branch.register(["target_person": post])
        let answers = try expectAlike(try Pair(number, at: bank.branch), doors(bank.branch, post))
        let others = try answers.filter { try $0.code != "ticket.not-found" }
        // Whatever else is said is said of the request itself.
        #expect(try others.allSatisfy { try $0.code?.hasPrefix("request.") == true }, "\(others.map(\.text))")
        #expect(answers.count - others.count > 200, "\(answers.count) \(others.count)")
        // The officer sees that somebody tried.
        let seen = try bank.branch.get("/api/v1/tickets/\(number)", ["X-Post": "010101.branch_officer"])
        #expect(seen.text.contains("010101.branch_head@branch-0101@"))
    }

    @Test(arguments: ["010000.sysadmin", "010000.loan_handler", "010000.nobody"])
    func `RO-16 who may not read is answered alike for what is here and what is not`(_ post: String) throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        try bank.branch.act(number, "submit")
        try bank.connect()
        let reading = doors(bank.province, post).filter { $0.name.hasPrefix("GET") }
        let answers = try expectAlike(try Pair(number, at: bank.province), reading)
        #expect(answers.contains { $0.status == 403 })
        #expect(answers.allSatisfy { (400..<500).contains($0.status) })
    }
}

/// Whoever names nobody is shown no list where posts are registered, and nothing else answers who tries names out.
@Suite("api.oracle") struct OracleStories {
    private static let lists = [
        "/api/v1/tickets", "/api/v1/tickets?merged=true", "/api/v1/conflicts", "/api/v1/notices", "/api/v1/incidents",
        "/api/v1/consolidated", "/api/v1/board", "/api/v1/texts/kb-card-retained/tickets",
    ]

    @Test func `without a named post nothing is listed, counted, found or exported`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": "010101.branch_head"])
        try bank.branch.waitForIndex()
        let reports = ReportName.allCases.map { "/api/v1/reports/\($0.rawValue)" }
        var answers = try (Self.lists + reports).map { try bank.branch.get($0, ["X-Post": "none"]) }
        answers.append(try bank.branch.post("/api/v1/tickets/search", #"{"words":"重复扣费"}"#, ["X-Post": "none"]))
        answers.append(try bank.branch.post("/api/v1/tickets/similar", Sample.registration(), ["X-Post": "none"]))
        for answer in answers {
            #expect(answer.status == 403, "\(answer.text)")
            #expect(try answer.code == "actor.post-required")
        }
        for words in [["ticket", "list"], ["ticket", "search", "重复扣费"], ["export"], ["board"], ["notices", "list"]] {
            let outcome = RunningNode.run(words + ["--post", "none", "--url", bank.branch.url])
            #expect(outcome.code == .failed && outcome.error.contains("[actor.post-required]"), "\(words)")
            #expect(!outcome.output.contains(number))
        }
        // Who registers without a name still can, and is told of what the post that acts may see.
        #expect(try bank.branch.post("/api/v1/tickets", Sample.registration()).status == 201)
    }

    @Test func `where no posts are registered nobody need be named`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        #expect(try node.get("/api/v1/tickets").text.contains(number))
        #expect(node.run("export").output.contains(number))
    }

    @Test func `no address makes tokens`() { #expect(!APIRoute.all.contains { $0.path.contains("token") }) }
}
