import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// What comes up for supervision by itself, how units stand by their limits, who owns an alert.
@Suite("Supervision and assessment") struct SupervisionStories {
    private func row(_ number: String, _ node: RunningNode) throws -> JSONElement? {
        try node.get("/api/v1/reports/supervision").json["tickets"]?.array?.first { $0["number"]?.string == number }
    }

    private func calls(_ number: String, _ node: RunningNode) throws -> [String] {
        try row(number, node)?["calls"]?.array?.compactMap(\.string) ?? []
    }

    @Test func `DL-13 DL-26 key, difficult and overdue tickets come up at head office by themselves, until ordered`()
        throws
    {
        let bank = try ThreeTiers()
        let plain = try bank.submitted(["received_at": "\(bank.now)"])
        let major = try bank.submitted(["received_at": "\(bank.now)", "severity": "major"])
        let press = try bank.submitted(["received_at": "\(bank.now)", "flags": "media"])
        let bounced = try bank.submitted(["received_at": "\(bank.now)"])
        try bank.connect()
        for _ in 0..<2 {
            try bank.act(bank.province, bounced, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
            try bank.connect()
            if try bank.view(bounced, at: bank.province).integer(TicketField.bounceCount) ?? 0 == 0 {
                try bank.second.act(bounced, "decline", #"{"reason":"not_our_business"}"#)
                try bank.connect()
            }
        }
        #expect(try calls(plain, bank.head).isEmpty)
        #expect(try calls(major, bank.head) == ["key"] && calls(press, bank.head) == ["key"])
        #expect(try calls(bounced, bank.head) == ["difficult"])
        bank.pass(25 * ThreeTiers.hour)
        #expect(try calls(plain, bank.head) == ["irregular"])
        #expect(try calls(bounced, bank.head) == ["irregular", "difficult"])
        let told = bank.head.run("report", "supervision")
        #expect(told.output.contains(plain) && told.output.contains("疑难"))
        #expect(told.error.contains("syncnode supervise"), "what to type next")

        let order = RunningNode.run(
            ["supervise", plain, "--answer-by", "2026-11-17 18:00", "--reason", "overdue", "--url", bank.head.url])
        try #require(order.code == .success, "\(order.error)")
        #expect(try row(plain, bank.head)?["answer_by"]?.integer != nil)
        let last = try bank.head.get("/api/v1/reports/supervision").json["tickets"]?.array?.last
        #expect(last?["number"]?.string == plain, "what is ordered already comes last")
        #expect(try bank.head.get("/api/v1/reports/supervision?limit=0").status == 400)
    }

    @Test
    func `the orders that nobody has answered stand in the report, with who answers, until when, and what is late`()
        throws
    {
        let bank = try ThreeTiers()
        let number = try bank.submitted(["received_at": "\(bank.now)"])
        try bank.connect()
        func orders() throws -> [JSONElement] {
            try bank.head.get("/api/v1/reports/supervision").json["orders"]?.array ?? []
        }
        #expect(try orders().isEmpty)
        let given = RunningNode.run(
            ["supervise", number, "--answer-by", "11:00", "--reason", "no_act", "--json", "--url", bank.head.url])
        let order = try #require(try given.json["number"]?.string, "\(given.error)")
        // The order is a ticket of its own, and a note on the one that it is about.
        #expect(Set(try orders().map { $0["number"]?.string }) == [order, number])
        #expect(try orders().allSatisfy { $0["is_overdue"]?.bool == false })
        #expect(try orders().allSatisfy { $0["answer_by"]?.integer == bank.now + 2 * ThreeTiers.hour })
        let note = try #require(try orders().first { $0["number"]?.string == number })
        #expect(note["custodian"]?.string == "b1" && note["reason"]?.string == "no_act")
        bank.pass(3 * ThreeTiers.hour)
        #expect(try orders().allSatisfy { $0["is_overdue"]?.bool == true })
        let printed = bank.head.run("report", "supervision").output
        #expect(printed.contains("OPEN ORDERS") && printed.contains("超期 overdue") && printed.contains(order))
        try bank.connect()
        try bank.act(
            bank.branch, number, "answer_supervision",
            ["order": try #require(note["order"]?.string), "answer": "in_hand"], role: "branch_officer")
        try bank.connect()
        #expect(try orders().map { $0["number"]?.string } == [order])
    }

    @Test func `DL-12 NO-01 a supervision order leaves as a text message to the unit that has the ticket`() throws {
        let bank = try ThreeTiers()
        let number = try bank.submitted(["received_at": "\(bank.now)"])
        try bank.connect()
        try bank.act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        try bank.connect()
        try bank.act(bank.second, number, "take", role: "branch_officer")
        try bank.connect()
        try bank.act(
            bank.head, number, "supervise", ["reason": "no_act", "until": "2026-11-17 12:00"], role: "ho_supervisor")
        try bank.connect()
        let notices = try bank.province.runtime.store.notices([.waiting], max: 100)
        let notice = try #require(notices.first { $0.kind == .supervision })
        let event = NoticeEvent(
            notice, try bank.view(number, at: bank.province), phone: nil, node: "p1", bank: Bilingual("行", "B"))
        let json = try NodeClient.parse(event.bytes)
        #expect(json["channel"]?.string == "sms" && json["subject"]?.string == number)
        #expect(json["data"]?["to"]?["unit"]?.string == "b2")
        #expect(json["data"]?["text"]?["zh"]?.string?.contains("督办") == true)
    }

    /// From the counter to the end at the province, handled by a unit for so many hours.
    private func closed(_ unit: String, _ node: RunningNode, hours: Int64, _ bank: ThreeTiers, scope: String) throws {
        let number = try bank.submitted(["received_at": "\(bank.now)"])
        try bank.connect()
        try bank.act(
            bank.province, number, "dispatch", Sample.dispatch.merging(["unit": unit, "scope": scope]) { $1 })
        try bank.connect()
        try bank.act(node, number, "take", role: "branch_officer")
        bank.pass(hours * ThreeTiers.hour)
        while try node.runtime.store.keepClocks() > 0 {}
        try bank.act(node, number, "feed_back", Sample.feedback, role: "branch_officer")
        try bank.connect()
        try bank.act(bank.province, number, "reply", Sample.reply, role: "dispatcher")
        try bank.act(bank.province, number, "follow_up_ok", ["satisfaction": "satisfied"], role: "follow_up_agent")
        try bank.act(
            bank.province, number, "cancel_case", ["outcome": "solved", "responsibility": "bank"], role: "dept_head")
    }

    @Test func `DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness`()
        throws
    {
        let bank = try ThreeTiers()
        try closed("b1", bank.branch, hours: 10, bank, scope: "provincial")
        try closed("b2", bank.second, hours: 50, bank, scope: "provincial")
        try closed("b2", bank.second, hours: 20, bank, scope: "national")
        let json = try bank.province.get("/api/v1/reports/indicators?by=lead_unit").json
        func figure(_ id: String) throws -> JSONElement {
            try #require(json["indicators"]?.array?.first { $0["id"]?.string == id })
        }
        func cell(_ id: String, _ unit: String, stage: String? = nil) throws -> JSONElement? {
            try figure(id)["cells"]?.array?.first {
                $0["code"]?.string == unit && (stage == nil || $0["stage"]?.string == stage)
            }
        }
        let provincial = try figure("DL-02")
        #expect(provincial["value"]?.integer == 30 * 60 && provincial["target"]?["at_most"]?.integer == 24 * 60)
        #expect(provincial["meets"]?.bool == false)
        #expect(try figure("DL-03")["value"]?.integer == 20 * 60 && figure("DL-03")["meets"]?.bool == true)
        // By unit: one in time; the other late once and warned for it.
        #expect(try cell("KP-02", "b1")?["value"]?.integer == 1000 && cell("KP-02", "b2")?["value"]?.integer == 500)
        #expect(try cell("KP-05", "b2", stage: "handle")?["value"]?.integer == 500)
        #expect(try cell("DL-11a", "b1")?["value"]?.integer == 0)
        #expect((try cell("DL-11a", "b2")?["value"]?.integer ?? 0) >= 500)
        // Head office watches timeliness and satisfaction of every unit, from core records (XP-04).
        try bank.connect()
        let above = try bank.head.get("/api/v1/reports/indicators?by=lead_unit").json["indicators"]?.array ?? []
        for id in ["KP-02", "KP-04b"] {
            let cells = above.first { $0["id"]?.string == id }?["cells"]?.array ?? []
            #expect(Set(cells.compactMap { $0["code"]?.string }) == ["b1", "b2"], "\(id)")
        }
    }

    @Test func `DL-11 how supervision was answered is a figure`() throws {
        let bank = try ThreeTiers()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        try bank.connect()
        for until in ["2026-11-16 12:00", "2026-11-16 13:00"] {
            try bank.act(bank.province, number, "supervise", ["reason": "no_act", "until": until], role: "dispatcher")
            bank.pass(1)
        }
        try bank.connect()
        let keys = try bank.view(number, at: bank.branch).supervisions.sorted { $0.answerBy < $1.answerBy }.map(\.key)
        bank.pass(3 * ThreeTiers.hour + ThreeTiers.hour / 2)
        for key in keys {
            try bank.act(
                bank.branch, number, "answer_supervision", ["order": key, "answer": "in_hand"], role: "branch_officer")
        }
        try bank.act(
            bank.branch, number, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"],
            role: "clerk")
        try bank.act(bank.branch, number, "follow_up_ok", ["satisfaction": "satisfied"], role: "follow_up_agent")
        try bank.act(
            bank.branch, number, "cancel_case", ["outcome": "solved", "responsibility": "bank"], role: "branch_head")
        let json = try bank.branch.get("/api/v1/reports/indicators").json
        let figure = try #require(json["indicators"]?.array?.first { $0["id"]?.string == "DL-11b" })
        #expect(figure["numerator"]?.integer == 1 && figure["denominator"]?.integer == 2)
    }

    @Test func `KP-16 service-nature complaints: at most one a month and fewer than four a year`() throws {
        let bank = try ThreeTiers()
        for _ in 0..<2 {
            _ = try bank.province.register([
                "received_at": "\(bank.now)", "symptom": "complaint_mishandled", "validity": "valid",
            ])
        }
        for (period, most, isMet) in [("month", 1, false), ("year", 3, true), ("quarter", nil, nil)]
            as [(String, Int64?, Bool?)]
        {
            let json = try bank.province.get("/api/v1/reports/indicators?period=\(period)").json
            let figure = try #require(json["indicators"]?.array?.first { $0["id"]?.string == "KP-16" })
            #expect(figure["value"]?.integer == 2 && figure["target"]?["at_most"]?.integer == most, "\(period)")
            #expect(figure["meets"]?.bool == isMet)
        }
    }

    @Test func `AL-08 an alert has an owner once a post is named, at every tier`() throws {
        let bank = try ThreeTiers(
            publishing: ["reference/rules.json", "reference/alerts.json", "reference/people.json"])
        for org in ["000003", "000004", "000001"] {
            _ = try bank.branch.register(["event_org": org, "received_at": "\(bank.now)"])
        }
        try bank.connect()
        func alert(_ node: RunningNode) throws -> JSONElement {
            try #require(try node.get("/api/v1/reports/alerts").json["alerts"]?.array?.first)
        }
        #expect(try alert(bank.province)["owner"]?.isNull == true)
        let rule = try #require(try alert(bank.province)["rule"]?.string)
        let number = try #require(try alert(bank.province)["tickets"]?.array?.first?.string)
        for owner in ["010000.card_head", "010000.loan_head"] {
            try bank.act(
                bank.province, number, "own_alert", ["alert": rule, "owner": owner], role: "prov_supervisor")
            bank.pass(1)
        }
        try bank.connect()
        for node in [bank.province, bank.head] { #expect(try alert(node)["owner"]?.string == "010000.loan_head") }
        #expect(bank.head.run("alerts").output.contains("010000.loan_head"))
    }

    @Test func `AL-08 an owner is named only for an alert that is there`() throws {
        let bank = try ThreeTiers(publishing: [
            "reference/people.json", "reference/rules.json", "reference/alerts.json",
        ])
        for org in ["000003", "000004", "000001"] {
            _ = try bank.branch.register(["event_org": org, "received_at": "\(bank.now)"])
        }
        let alone = try bank.branch.register(["symptom": "card_swallowed", "received_at": "\(bank.now)"])
        try bank.connect()
        let alert = try #require(try bank.province.get("/api/v1/reports/alerts").json["alerts"]?.array?.first)
        let rule = try #require(alert["rule"]?.string)
        let number = try #require(alert["tickets"]?.array?.first?.string)
        let sequence = try bank.province.runtime.store.currentSequence()
        // A rule that does not exist, one that counts other tickets, one of whose alerts there is none, another ticket.
        for (ticket, named, hint) in [
            (number, "mis_selling", rule), (number, "yellow.rmb_savings.mis_selling", rule), (number, "petition", rule),
            (number, "three_provinces", rule), (alone, rule, "no alert"),
        ] {
            for path in ["acts/own_alert", "acts/own_alert/preview"] {
                let answer = try bank.province.post(
                    "/api/v1/tickets/\(ticket)/\(path)", Sample.body(["alert": named, "owner": "010000.card_head"]),
                    ["X-Role": "prov_supervisor"])
                let isRefused = try answer.status == 422 || answer.json["allowed"]?.bool == false
                #expect(isRefused, "\(named) \(path): \(answer.text)")
                #expect(answer.text.contains("alert") && answer.text.contains(hint), "\(answer.text)")
            }
        }
        #expect(try bank.province.runtime.store.currentSequence() == sequence)
        #expect(try bank.province.get("/api/v1/reports/alerts").json["alerts"]?[0]?["owner"]?.isNull == true)
    }

    @Test func `T28 a merged ticket counts once in the consolidated view`() throws {
        let bank = try ThreeTiers()
        let first = try bank.province.register(["received_at": "\(bank.now)"])
        let second = try bank.province.register(["received_at": "\(bank.now + 1_000)"])
        let before = try bank.province.get("/api/v1/consolidated").json
        #expect(before["tickets"]?.integer == 2 && before["merged_tickets"]?.integer == 0)
        let survivor = try #require(try bank.view(first, at: bank.province).document)
        try bank.act(
            bank.province, second, "merge", ["into": survivor.description, "reason": "same_event"], role: "dispatcher")
        let after = try bank.province.get("/api/v1/consolidated").json
        #expect(after["tickets"]?.integer == 1 && after["merged_tickets"]?.integer == 1)
        #expect(after["provinces"]?.array?.first { $0["node"]?.string == "p1" }?["received"]?.integer == 1)
        let arrived = after["completeness"]?.array?.first { $0["node"]?.string == "p1" }
        #expect(arrived?["tickets"]?.integer == 2, "what arrived is all of it")
    }
}
