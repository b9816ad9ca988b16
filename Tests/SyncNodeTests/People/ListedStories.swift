import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// No list tells of a ticket that the post which asks may not open.
@Suite("What lists leave out") struct ListedStories {
    /// What the names in a path stand for in these stories.
    private static func path(_ route: APIRoute, _ number: String) -> [String] {
        let forms = route.path.contains("{form}") ? ["FO-01"] : [""]
        let reports = route.path.contains("{name}") ? ReportName.allCases.map(\.rawValue) : [""]
        return forms.flatMap { form in
            reports.map { report in
                route.path.replacing("{ref}", with: number).replacing("{form}", with: form)
                    .replacing("{name}", with: report).replacing("{text}", with: "kb-card-retained")
            }
        }
    }

    /// What makes an answer list as much as it can.
    private static let queries = [
        "/api/v1/reports/indicators": "?rows=KP-02", "/api/v1/tickets": "?merged=true",
        "/api/v1/notices": "?state=waiting,unverified",
    ]

    /// A stream has no end to wait for, and tells of no ticket; of tickets by their name there are stories of their own.
    private static let routes = APIRoute.all.filter { $0.method == .get && $0.path != "/api/v1/events" }

    private func closeUnresolvable(_ bank: PeopleBank, _ number: String) throws {
        for (act, fields, post) in [
            ("dispatch", Sample.dispatch.merging(["unit": "province-01/card"]) { $1 }, "010000.dispatcher"),
            ("take", [:], "010000.card_handler"),
            ("declare_unresolvable", ["reason": "customer_unreachable", "account": "多次联系未果"], "010000.card_head"),
        ] as [(String, [String: String], String)] {
            let answer = try bank.province.post(
                "/api/v1/tickets/\(number)/acts/\(act)", Sample.body(fields), ["X-Post": post])
            try #require(answer.status == 200, "\(act): \(answer.text)")
        }
    }

    @Test func `AU-03 no route of all lists a ticket about the post that asks, or one that is sealed from it`() throws {
        let bank = try PeopleBank.registered()
        // Eight alike make an alert; about one the dispatcher is complained about.
        let target = ["target_person": "010000.dispatcher", "kind": "escalated"]
        let others = try (0..<7).map { _ in try bank.branch.register() }
        let about = try bank.branch.register(target)
        let stuck = try bank.branch.register(["target_person": "010000.approver"])
        try bank.branch.act(stuck, "submit")
        try bank.connect()
        try closeUnresolvable(bank, stuck)
        for demand in [("refund", bank.branch), ("correction", bank.province)] {
            let answer = try demand.1.send(
                .patch, "/api/v1/tickets/\(about)", Sample.body(["demand_words": demand.0]),
                ["If-Match": "*", "X-Post": demand.1 === bank.branch ? "010101.clerk" : "010000.clerk"])
            try #require(answer.status == 200, "\(answer.text)")
        }
        try bank.connect()
        for (hidden, post) in [(about, "010000.dispatcher"), (stuck, "010000.approver")] {
            let document = try #require(try bank.branch.ticket(hidden).json["document"]?.string)
            var listing = 0
            for route in Self.routes {
                for path in Self.path(route, hidden) {
                    let full = path + (Self.queries[path] ?? "")
                    let said = try bank.province.get(full, ["X-Post": post])
                    // Refused by its name is no list; a check without a code is refused before anything is read.
                    if route.path.contains("{ref}") {
                        #expect(said.status == 404 || route.operation == "checkForm", "\(full)")
                        #expect(!said.text.contains(document), "\(full)")
                        continue
                    }
                    #expect(!said.text.contains(hidden) && !said.text.contains(document), "\(full) names it")
                    let open = try bank.province.get(full, ["X-Post": "010000.auditor"])
                    if open.text.contains(hidden) || open.text.contains(document) { listing += 1 }
                }
            }
            #expect(listing >= 3, "the routes that list show too little to prove anything")
        }
        // The commands of the desk say who asks.
        for words in [["board"], ["ticket", "list"], ["report", "unresolvable"], ["alerts"], ["consolidated"]] {
            let outcome = RunningNode.run(words + ["--post", "010000.dispatcher", "--url", bank.province.url])
            #expect(outcome.code == .success && !outcome.output.contains(about), "\(words)")
        }
        #expect(bank.province.run("board", "--post", "010000.dispatcher").output.contains(others[0]))
        #expect(bank.province.run("report", "unresolvable").output.contains(stuck))
        #expect(!bank.province.run("report", "unresolvable", "--post", "010000.approver").output.contains(stuck))
    }

    @Test func `a case that is sealed from a branch is in no list of the branch`() throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["flags": "misconduct"])
        try bank.connect()
        let sealed = bank.province.run("ticket", "seal", number, "--post", "010000.dispatcher")
        try #require(sealed.code == .success, "\(sealed.error)")
        let case1 = try #require(sealed.output.split(separator: " ").first.map(String.init))
        try bank.connect()
        for route in Self.routes where !route.path.contains("{ref}") {
            for path in Self.path(route, number) {
                let said = try bank.branch.get(path + (Self.queries[path] ?? ""), ["X-Post": "010101.branch_officer"])
                #expect(!said.text.contains(case1), "\(path)")
            }
        }
    }

    @Test func `who registers is told of no similar ticket about himself`() throws {
        let bank = try PeopleBank.registered()
        let customer = ["complainant_phone": "13900000009"]
        let about = try bank.branch.register(customer.merging(["target_person": "010101.branch_head"]) { $1 })
        func similar(_ post: String) throws -> Answer {
            try bank.branch.post("/api/v1/tickets", Sample.registration(customer), ["X-Post": post])
        }
        #expect(try similar("010101.branch_officer").text.contains(about))
        let own = try similar("010101.branch_head")
        #expect(own.status == 201 && !own.text.contains(about))
    }
}
