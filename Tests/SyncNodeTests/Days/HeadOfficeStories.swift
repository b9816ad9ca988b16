import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("Head office: provinces, balance, supervision, rehearsal") struct HeadOfficeStories {
    private func province(_ node: String, _ json: JSONElement) throws -> JSONElement {
        try #require(json["provinces"]?.array?.first { $0["node"]?.string == node })
    }

    private func closeDay(_ bank: ThreeTiers, _ node: RunningNode) throws -> Bool {
        try node.runtime.store.closeDay(org: node.runtime.node.orgCode, zone: .china)
    }

    @Test func `one page follows every province by figures alone, and the age of the oldest row`() throws {
        let bank = try ThreeTiers()
        let old = bank.now - 40 * ThreeTiers.hour
        _ = try bank.branch.register(["received_at": "\(old)"])
        _ = try bank.second.register(["kind": "escalated", "received_at": "\(bank.now)"])
        _ = try bank.branch.register(["kind": "internal_appeal", "received_at": "\(bank.now)"])
        try bank.connect()
        let answer = try bank.head.get("/api/v1/consolidated")
        let row = try province("p1", try answer.json)
        #expect(row["received"]?.integer == 3)
        #expect(row["received_today"]?.integer == 2)
        #expect(row["open"]?.integer == 3)
        #expect(row["overdue"]?.integer == 1)
        #expect(row["escalated"]?.integer == 1)
        #expect(row["appeals"]?.integer == 1)
        #expect(row["oldest_at"]?.integer == old)
        #expect(!answer.text.contains("测试客户") && !answer.text.contains("重复扣费"))
        #expect(bank.head.run("consolidated").output.contains("平衡 BALANCE"))
    }

    @Test func `a complaint that reached the province and not head office shows as a difference with branch and day`()
        throws
    {
        let bank = try ThreeTiers()
        for _ in 0..<3 { _ = try bank.branch.register() }
        try bank.connect()
        // Before the end of a day nothing is equal, because nothing is compared.
        #expect(bank.head.run("consolidated").output.contains("尚未核对 not yet compared"))
        #expect(
            try province("p1", bank.head.get("/api/v1/consolidated").json)["balance"]?["compared"]?.integer == 0)
        // Two more, which the province has and keeps back.
        bank.pass(7 * ThreeTiers.hour)
        let hidden = bank.now
        for _ in 0..<2 { _ = try bank.branch.register() }
        bank.pass(ThreeTiers.day)
        #expect(try closeDay(bank, bank.branch))
        #expect(try !closeDay(bank, bank.branch), "once a day")
        try bank.exchange(bank.branch, bank.province)
        let tally = try #require(
            try bank.province.runtime.store.holdings().last { $0.sealed.record.kind == DayTally.act })
        let items = try bank.province.runtime.store.items([tally.sealed.record.dot], for: "head")
        try bank.head.runtime.store.commit(loose: Batch(loose: items), from: "p1")

        var row = try province("p1", try bank.head.get("/api/v1/consolidated").json)
        #expect(row["balance"]?["different"]?.integer == 1)
        #expect(row["balance"]?["missing"]?.integer == 2)
        let difference = try #require(row["balance"]?["differences"]?.array?.first)
        #expect(difference["node"]?.string == "b1")
        #expect(difference["day"]?.string == "2026-11-16")
        #expect(difference["since"]?.integer == hidden)
        #expect(bank.head.run("consolidated").output.contains("request-missing --from b1"))
        let day = try bank.province.get("/api/v1/reports/day").json
        #expect(day["balance"]?.array?.first { $0["node"]?.string == "b1" }?["equal"]?.bool == true)

        try bank.connect()
        row = try province("p1", try bank.head.get("/api/v1/consolidated").json)
        #expect(row["balance"]?["different"]?.integer == 0)
        #expect(row["balance"]?["equal"]?.integer == 1)
    }

    @Test func `asking for what is missing says which line does not answer, and refuses nodes that are not below`()
        throws
    {
        let bank = try ThreeTiers()
        let down = bank.head.run("request-missing", "--from", "b1", "--json")
        #expect(down.code == .failed)
        #expect(try down.json["via"]?.string == "p1")
        #expect(try down.json["error"]?.string != nil)
        #expect(bank.head.run("request-missing", "--from", "nowhere").code == .failed)
        #expect(bank.head.run("request-missing").code == .usage)
    }

    @Test func `a day that was told under a wrong clock does not silence the days after it`() throws {
        let bank = try ThreeTiers()
        _ = try bank.branch.register()
        let years = 9 * 365 * ThreeTiers.day
        bank.pass(years)
        #expect(try closeDay(bank, bank.branch))
        bank.pass(-years)
        bank.pass(ThreeTiers.day)
        #expect(try closeDay(bank, bank.branch))
    }

    @Test func `a node that never registered anything tells nothing at the end of a day`() throws {
        let bank = try ThreeTiers()
        bank.pass(ThreeTiers.day)
        #expect(try !closeDay(bank, bank.second))
    }

    @Test func `DL-11 DL-12 one order supervises three tickets, goes to their province, and is noted on each`() throws {
        let bank = try ThreeTiers()
        let numbers = try (0..<3).map { _ in try bank.submitted() }
        try bank.connect()
        let words =
            ["supervise"] + numbers + [numbers[0]] + ["--answer-by", "15:00", "--reason", "no_act", "--key", "s1"]
        let first = RunningNode.run(words + ["--url", bank.head.url, "--json"])
        #expect(first.code == .success, "\(first.error)")
        let order = try #require(try first.json["number"]?.string)
        #expect(try first.json["to"]?.string == "p1")
        #expect(try first.json["answer_by"]?.integer == bank.now + 6 * ThreeTiers.hour)
        let again = RunningNode.run(words + ["--url", bank.head.url, "--json"])
        #expect(try again.json["number"]?.string == order, "nothing is done twice: \(again.error)")
        try bank.connect()
        let view = try bank.view(order, at: bank.province)
        #expect(view.text(TicketField.kind) == "supervision")
        #expect(view.links("child_of").count == 3)
        #expect(view.pendingOffer?.to == "p1")
        for number in numbers {
            let supervised = try bank.view(number, at: bank.province)
            #expect(supervised.supervisions.count == 1)
            #expect(supervised.supervisions.first?.reason == "no_act")
        }
        try bank.act(bank.province, order, "take")
    }

    @Test func `RO-15 an order about a complaint is kept from the person complained about, like the complaint`() throws
    {
        let bank = try ThreeTiers()
        let number = try bank.submitted(["target_person": "test.branch_officer"])
        try bank.connect()
        let body = #"{"tickets":["\#(number)"],"answer_by":"15:00","to":"b1"}"#
        let answer = try bank.province.post(
            "/api/v1/supervisions", body, ["X-Role": "dispatcher", "X-Post": "test.desk"])
        let order = try #require(try answer.json["number"]?.string, "\(answer.text)")
        try bank.connect()
        let target: HTTPHeaders = ["X-Role": "branch_officer", "X-Post": "test.branch_officer"]
        #expect(try bank.branch.get("/api/v1/tickets/\(order)", target).status == 404)
        #expect(try bank.branch.post("/api/v1/tickets/\(order)/take", "{}", target).status == 404)
        let other: HTTPHeaders = ["X-Role": "branch_head", "X-Post": "test.head"]
        #expect(try bank.branch.get("/api/v1/tickets/\(order)", other).status == 200)
    }

    @Test func `DL-11 DL-13 an order is given whole or not at all, and who supervises hands it down too`() throws {
        let bank = try ThreeTiers()
        let numbers = try (0..<3).map { _ in try bank.submitted() }
        let ended = try bank.branch.register()
        try bank.act(
            bank.branch, ended, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"])
        try bank.branch.act(
            ended, "close", Sample.body(Sample.close), ["X-Role": "branch_head", "X-Post": "test.head"])
        try bank.connect()
        func order(_ tickets: [String], at node: RunningNode, as role: String, to unit: String) throws -> Answer {
            let list = tickets.map { "\"\($0)\"" }.joined(separator: ",")
            return try node.post(
                "/api/v1/supervisions", #"{"tickets":[\#(list)],"answer_by":"15:00","to":"\#(unit)"}"#,
                ["X-Role": role, "X-Post": "test.\(role)"])
        }
        func orders() throws -> Int { try bank.province.runtime.store.status().figures.all }
        let before = try orders()
        // One that has ended stops the order for all of them, and is named.
        let mixed = try order([numbers[0], ended], at: bank.province, as: "dispatcher", to: "b1")
        #expect(mixed.status == 409 && mixed.text.contains("\(ended) cannot be supervised"), "\(mixed.text)")
        // Who may register an order and not supervise leaves none behind.
        let liaison = try order([numbers[0]], at: bank.province, as: "liaison", to: "b1")
        #expect(liaison.status == 403, "\(liaison.text)")
        #expect(try orders() == before)
        #expect(try bank.view(numbers[0], at: bank.province).supervisions.isEmpty)

        for (node, role, unit) in [(bank.province, "prov_supervisor", "b1"), (bank.head, "ho_supervisor", "p1")] {
            let given = try order(numbers, at: node, as: role, to: unit)
            try #require(given.status == 201, "\(given.text)")
            let number = try #require(try given.json["number"]?.string)
            #expect(try bank.view(number, at: node).pendingOffer?.to.text == unit)
        }
        #expect(try bank.view(numbers[2], at: bank.province).supervisions.count == 1)
    }

    @Test func `an order without tickets, with a time that is over, or for two provinces is refused with the field`()
        throws
    {
        let bank = try ThreeTiers()
        let number = try bank.submitted()
        try bank.connect()
        func order(_ body: String) throws -> Answer { try bank.head.post("/api/v1/supervisions", body) }
        #expect(try order(#"{"tickets":[],"answer_by":"15:00"}"#).errors == ["tickets mandatory"])
        #expect(try order(#"{"tickets":["\#(number)"],"answer_by":"08:00"}"#).errors == ["answer_by not_an_instant"])
        #expect(try order(#"{"tickets":["\#(number)"],"answer_by":"soon"}"#).status == 422)
        #expect(try order(#"{"tickets":["\#(number)"],"answer_by":"15:00","reason":"none"}"#).status == 422)
        // Of several it is told which one is not here.
        let unknown = try order(#"{"tickets":["\#(number)","010101-20240301-1234-A"],"answer_by":"15:00"}"#)
        #expect(try unknown.status == 404 && unknown.errors == ["/tickets/1 unknown-ticket"])
        #expect(unknown.text.contains("010101-20240301-1234-A") && !unknown.text.contains(number))
        // A unit that is none, or that is not right below, is refused before anything is registered.
        let before = try bank.head.runtime.store.status().figures.all
        #expect(
            try order(#"{"tickets":["\#(number)"],"answer_by":"15:00","to":"P 1"}"#).text.contains("not-a-node"))
        #expect(
            try order(#"{"tickets":["\#(number)"],"answer_by":"15:00","to":"b1"}"#).code == "supervision.not-below")
        #expect(try bank.head.runtime.store.status().figures.all == before)
        let branch = try bank.branch.post("/api/v1/supervisions", #"{"tickets":["\#(number)"],"answer_by":"15:00"}"#)
        #expect(branch.status == 403)
        let own = try bank.head.register()
        #expect(
            try order(#"{"tickets":["\#(number)","\#(own)"],"answer_by":"15:00"}"#).code == "supervision.several-units")
    }

    @Test func `a draft pack is tried on the past: how many would have broken it, by province, and nothing is written`()
        throws
    {
        let bank = try ThreeTiers()
        for late in [false, false, true] {
            let number = try bank.branch.register(["received_at": "\(bank.now)"])
            if late { bank.pass(2 * ThreeTiers.hour) }
            try bank.act(bank.branch, number, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"])
        }
        _ = try bank.second.register(["received_at": "\(bank.now)"])
        bank.pass(3 * ThreeTiers.hour)
        try bank.connect()
        let folder = try TemporaryFolder()
        let draft = try folder.write(
            "draft.json",
            """
            {"format":1,"pack":"draft","version":"1","name":{"zh":"草案","en":"draft"},"zone":"+08:00",
             "effective_from":"2027-01-01","policies":[{"id":"quick","name":{"zh":"一小时","en":"an hour"},
             "start":["applies"],"from":"received_at","stop":["T02","T18"],"limit":{"hours":1},"warn":"none",
             "sureness":"P","source":"draft"}]}
            """)
        let before = try bank.head.runtime.store.currentSequence()
        let outcome = bank.head.run(
            "reference", "rehearse", draft, "--since", "2026-11-01", "--until", "2026-11-30", "--json")
        #expect(outcome.code == .success, "\(outcome.error)")
        let json = try outcome.json
        #expect(json["tickets"]?.integer == 4)
        #expect(json["broken"]?.integer == 2)
        #expect(json["broken_already"]?.integer == 0)
        #expect(json["provinces"]?.array?.first?["province"]?.string == "p1")
        #expect(json["policies"]?.array?.first?["policy"]?.string == "quick")
        #expect(try bank.head.runtime.store.currentSequence() == before)
        #expect(try bank.head.runtime.store.references().allSatisfy { $0.name != "draft" })
        // The quarter that is over has no tickets.
        #expect(try bank.head.run("reference", "rehearse", draft, "--json").json["tickets"]?.integer == 0)
        #expect(bank.head.run("reference", "rehearse", draft).output.contains("试算 REHEARSAL draft@1"))
        let bad = try bank.head.post("/api/v1/reports/rehearsal", #"{"content":"{}"}"#)
        #expect(bad.status == 422)
        let turned = bank.head.run(
            "reference", "rehearse", draft, "--since", "2026-11-30", "--until", "2026-11-01")
        #expect(turned.code == .failed)
        let long = bank.head.run("reference", "rehearse", draft, "--since", "1970-01-01", "--until", "2026-11-30")
        #expect(long.code == .failed && long.error.contains("[since: out-of-range]") && long.error.contains("400"))
    }

    /// What really ran and what a replay of the same pack says are the same.
    @Test func `a rehearsal of the pack in force finds exactly the limits that were broken`() throws {
        let bank = try ThreeTiers()
        let slow = try bank.submitted(["received_at": "\(bank.now)"])
        _ = try bank.branch.register(["received_at": "\(bank.now)", "scope": "national"])
        try bank.connect()
        try bank.act(bank.province, slow, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        try bank.connect()
        try bank.act(bank.second, slow, "take")
        bank.pass(30 * ThreeTiers.hour)
        try bank.connect()
        let path = Repository.path("reference/packs/bank-service.json")
        let draft = try PackReader.load(path)
        let book = try bank.head.runtime.store.rules().rehearsing(draft)
        let now = bank.now
        let lineage = try bank.head.runtime.store.lineage()
        let pairs = try bank.head.runtime.store.foldHistories(
            receivedFrom: now - 2 * ThreeTiers.day, before: now, into: [([String], [String])]()
        ) { pairs, ticket, records in
            var replay = ClockReplay(book) { bank.head.runtime.topology.tier(of: $0) }
            for record in records { replay.take(record, by: lineage.node(of: record.dot.incarnation)) }
            let real = TicketClocks(of: ticket).all.map(\.clock).filter { $0.key.pack == "bank-service" }
                .filter { [.breached, .stoppedLate].contains($0.phase(at: now)) }.map(\.key.policy)
            pairs.append((replay.broken(at: now), Set(real).sorted()))
        }
        #expect(pairs.count == 2)
        for (replayed, real) in pairs { #expect(replayed == real) }
        #expect(pairs.contains { !$0.0.isEmpty })
    }
}
