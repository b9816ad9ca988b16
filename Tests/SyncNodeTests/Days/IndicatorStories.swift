import Testing
import TicketModel

@testable import SyncNode

@Suite("Indicators and alerts on running nodes") struct IndicatorStories {
    private func figure(_ id: String, _ json: JSONElement) throws -> JSONElement {
        try #require(json["indicators"]?.array?.first { $0["id"]?.string == id }, "\(id)")
    }

    /// Answered on the spot, followed up and closed; `late` answers after its limit.
    private func closed(_ bank: ThreeTiers, _ change: [String: String] = [:], satisfaction: String, late: Bool = false)
        throws -> String
    {
        let number = try bank.branch.register(change.merging(["received_at": "\(bank.now)"]) { $1 })
        if late { bank.pass(25 * ThreeTiers.hour) }
        try bank.act(bank.branch, number, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"])
        bank.pass(ThreeTiers.hour)
        try bank.branch.act(
            number, "close",
            Sample.body(["satisfaction": satisfaction, "responsibility": "bank", "outcome": "solved"]),
            ["X-Role": "branch_head", "X-Post": "test.head"])
        return number
    }

    @Test func `SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out`()
        throws
    {
        let bank = try ThreeTiers()
        let good = try closed(bank, satisfaction: "satisfied")
        let slow = try closed(bank, satisfaction: "dissatisfied", late: true)
        let gone = try bank.branch.register()
        try bank.act(bank.branch, gone, "withdraw", ["evidence_key": "w1"])
        try bank.connect()
        for node in [bank.branch, bank.head] {
            let json = try node.get("/api/v1/reports/indicators?period=month&rows=KP-02").json
            #expect(json["period"]?["name"]?.string == "2026-11")
            #expect(json["previous"]?["name"]?.string == "2026-10")
            #expect(json["received"]?.integer == 3)
            let onTime = try figure("KP-02", json)
            #expect(onTime["value"]?.integer == 500)
            #expect(onTime["numerator"]?.integer == 1)
            #expect(onTime["denominator"]?.integer == 2)
            #expect(onTime["formula"]?["zh"]?.string?.isEmpty == false)
            let rows = json["rows"]?["tickets"]?.array ?? []
            let values = Dictionary(
                uniqueKeysWithValues: rows.map { ($0["number"]?.string ?? "", $0["value"]?.integer ?? -1) })
            #expect(values == [good: 1, slow: 0])
            #expect(try figure("KP-03", json)["value"]?.integer == 500)
            #expect(try figure("KP-04a", json)["value"]?.integer == 500)
            // One hour, and twenty-five and one.
            #expect(try figure("KP-13", json)["value"]?.integer == (60 + 26 * 60) / 2)
            let volume = try figure("KP-01", json)
            #expect(volume["value"]?.isNull == true)
            #expect(volume["needs"]?.string == "customers")
            #expect(volume["excluded"]?.array?.first?["reason"]?.string == "withdrawn")
        }
        let rate = try bank.head.get("/api/v1/reports/indicators?customers=1000000").json
        #expect(try figure("KP-01", rate)["value"]?.integer == 2)
        let units = try bank.head.get("/api/v1/reports/indicators?by=origin_org").json
        #expect(try figure("KP-02", units)["cells"]?.array?.first?["code"]?.string == "000003")
        let next = try bank.head.get("/api/v1/reports/indicators?period=month&date=2026-12-05").json
        #expect(try figure("KP-02", next)["previous"]?.integer == 500)
        #expect(next["analysis"]?.isNull == false)
        #expect(try bank.head.get("/api/v1/reports/indicators?period=week").json["analysis"]?.isNull == true)
    }

    @Test func `KP-15 the hotline's figure needs the numbers of the telephone system, and then meets 80 in 15`() throws
    {
        let bank = try ThreeTiers()
        let without = try figure("KP-15", try bank.head.get("/api/v1/reports/indicators").json)
        #expect(without["value"]?.isNull == true && without["needs"]?.string == "calls")
        let path = "/api/v1/reports/indicators?calls=1000&calls_answered=812"
        let with = try figure("KP-15", try bank.head.get(path).json)
        #expect(with["value"]?.integer == 812 && with["meets"]?.bool == true)
        #expect(try bank.head.get("/api/v1/reports/indicators?calls=10&calls_answered=12").status == 400)
        #expect(try bank.head.get("/api/v1/reports/indicators?by=name").status == 400)
        #expect(try bank.head.get("/api/v1/reports/indicators?rows=KP-99").status == 400)
    }

    @Test func `SA-03 to SA-08 distributions count what was received by code and by pairs of codes`()
        throws
    {
        let bank = try ThreeTiers()
        _ = try bank.branch.register()
        _ = try bank.branch.register(["intake_channel": "letter", "business_class": "card"])
        _ = try bank.branch.register(["intake_channel": "letter", "business_class": "card", "customer_tier": "vip"])
        let json = try bank.branch.get("/api/v1/reports/indicators").json
        func cells(_ by: [String]) -> [[String]: Int64] {
            let found = json["distributions"]?.array?.first { ($0["by"]?.array ?? []).compactMap(\.string) == by }
            return Dictionary(
                uniqueKeysWithValues: (found?["cells"]?.array ?? []).map {
                    (($0["codes"]?.array ?? []).compactMap(\.string), $0["count"]?.integer ?? 0)
                })
        }
        #expect(cells(["channel"]) == [["hotline"]: 1, ["letter"]: 2])
        #expect(cells(["channel", "business"]) == [["hotline", "rmb_savings"]: 1, ["letter", "card"]: 2])
        #expect(cells(["customer_tier"]) == [["ordinary"]: 2, ["vip"]: 1])
        #expect(cells(["symptom"]) == [["fee_wrong"]: 3])
        #expect(cells(["department"]) == [[""]: 3])
        #expect(cells(["kind", "conclusion"]) == [["complaint", ""]: 3])
    }

    @Test func `AL-01 AL-07 AL-11 DM-07 three branches with one business and symptom in five days are a yellow alert`()
        throws
    {
        let bank = try ThreeTiers(publishing: ["reference/rules.json", "reference/alerts.json"])
        let orgs = ["000003", "000004", "000001"]
        var numbers: [String] = []
        for org in orgs {
            numbers.append(try bank.branch.register(["event_org": org, "received_at": "\(bank.now)"]))
            bank.pass(2 * ThreeTiers.day)
        }
        try bank.connect()
        var json = try bank.province.get("/api/v1/reports/alerts").json
        #expect(json["rules"]?.string == "four-colours@2026.1")
        #expect(json["alerts"]?.array?.isEmpty == true, "the first is six days old by now")
        bank.pass(-ThreeTiers.day - ThreeTiers.hour)
        json = try bank.province.get("/api/v1/reports/alerts").json
        let alert = try #require(json["alerts"]?.array?.first)
        #expect(alert["colour"]?.string == "yellow")
        #expect(alert["sureness"]?.string == "P")
        #expect((alert["tickets"]?.array ?? []).compactMap(\.string) == numbers)
        #expect((alert["branches"]?.array ?? []).count == 3)
        #expect(alert["without_text"]?.integer == 3)
        #expect(bank.province.run("alerts").output.contains("黄色"))
        #expect(try bank.head.get("/api/v1/reports/alerts").json["alerts"]?.array?.count == 1)
    }

    @Test func `AL-07 thresholds are data: a wrong file is refused with the place and what would be right`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("alerts.json")
        _ = try folder.write(
            "alerts.json",
            #"{"format":1,"alerts":"a","version":"1","rules":[{"id":"x","colour":"pink","within":"bank","days":0,"sureness":"P"}]}"#
        )
        #expect(throws: ConfigurationError.self) { try ReferenceFile.items(path) }
        let shipped = try AlertRules.load(Repository.path("reference/alerts.json"))
        #expect(shipped.rules.count == AlertRule.proposed.count)
    }

    @Test func `ST-19 cases that were declared unresolvable are listed for the quarter's signature`() throws {
        let bank = try ThreeTiers()
        let number = try bank.submitted()
        try bank.connect()
        try bank.act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 })
        try bank.act(bank.province, number, "take", role: "dept_head")
        try bank.act(
            bank.province, number, "declare_unresolvable", ["reason": "evidence_gone", "account": "监控已覆盖"],
            role: "dept_head")
        let json = try bank.province.get("/api/v1/reports/unresolvable").json
        #expect(json["quarter"]?.string == "2026-q4")
        #expect(json["tickets"]?.array?.first?["number"]?.string == number)
        #expect(json["tickets"]?.array?.first?["reason"]?.string == "evidence_gone")
        #expect(bank.province.run("report", "unresolvable").output.contains(number))
    }
}
