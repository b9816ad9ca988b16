import Testing
import TicketModel

@testable import SyncNode

@Suite("Preview: what the rules make of it before it is done") struct PreviewStories {
    private func preview(_ node: RunningNode, _ fields: [String: String]) throws -> JSONElement {
        try node.post("/api/v1/tickets/preview", Sample.body(fields)).json
    }

    private func clock(_ policy: String, _ json: JSONElement) -> JSONElement? {
        json["clocks"]?.array?.first { $0["policy"]?.string == policy }
    }

    @Test func `an incomplete form shows scope, deadlines and rule at once, and what is missing beside them`() throws {
        let bank = try ThreeTiers()
        var fields = Sample.fields
        fields["what"] = nil
        fields["intake_channel"] = "counter"
        let json = try preview(bank.branch, fields)
        #expect(json["allowed"]?.bool == false)
        let missing = (json["refusal"]?["errors"]?.array ?? []).compactMap { $0["field"]?.string }
        #expect(missing.contains("what") && missing.contains("signature_id"))
        #expect(json["scope"]?.string == "general")
        let total = try #require(clock("total_general", json))
        #expect(total["due_at"]?.integer == bank.now + 24 * ThreeTiers.hour)
        #expect(total["warn_at"]?.integer == bank.now + 21 * ThreeTiers.hour + 36 * ThreeTiers.minute)
        #expect(total["agrees"]?.bool == true)
        #expect(json["route"]?["rule"]?.string == "r12")
        #expect((json["audience"]?.array ?? []).compactMap { $0["node"]?.string } == ["b1", "head", "p1"])
    }

    @Test func `nothing of a preview is written, and the registration comes to the same`() throws {
        let bank = try ThreeTiers()
        let before = try bank.branch.runtime.store.currentSequence()
        let json = try preview(bank.branch, Sample.fields.merging(["severity": "major"]) { $1 })
        #expect(try bank.branch.runtime.store.currentSequence() == before)
        #expect(json["allowed"]?.bool == true)
        #expect(json["route"]?["rule"]?.string == "r04")
        let head = try #require(json["audience"]?.array?.first { $0["node"]?.string == "head" })
        #expect(head["holds"]?.string == "full")
        let number = try bank.branch.register(["severity": "major"])
        let clocks = try bank.branch.get("/api/v1/tickets/\(number)/clocks").json["clocks"]?.array ?? []
        #expect(clocks.map { $0["due_at"]?.integer } == (json["clocks"]?.array ?? []).map { $0["due_at"]?.integer })
    }

    @Test func `a preview holds no words of the complaint`() throws {
        let bank = try ThreeTiers()
        let answer = try bank.branch.post("/api/v1/tickets/preview", Sample.registration(["what": "独特的投诉词句"]))
        #expect(answer.status == 200)
        #expect(!answer.text.contains("独特的投诉词句"))
        #expect(!answer.text.contains("测试客户"))
    }

    @Test func `a dispatcher sees the due times and the rule with its bounces before he confirms`() throws {
        let bank = try ThreeTiers()
        let first = try bank.submitted()
        let second = try bank.submitted()
        try bank.connect()
        try bank.act(bank.province, first, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        try bank.connect()
        try bank.second.act(first, "decline", #"{"reason":"not_our_business"}"#)
        try bank.connect()
        try bank.act(bank.province, first, "dispatch", Sample.dispatch.merging(["unit": "b1"]) { $1 })
        try bank.publishPost("000004.card", of: "card", at: "b2")
        let path = "/api/v1/tickets/\(second)/acts/dispatch/preview"
        let before = try bank.province.runtime.store.currentSequence()
        let json = try bank.province.post(path, Sample.body(Sample.dispatch.merging(["unit": "b2/card"]) { $1 })).json
        #expect(json["allowed"]?.bool == true, "\(json)")
        #expect(json["state"]?.string == "dispatched")
        #expect(json["changes"]?["lead_department"]?["value"]?.string == "card")
        let department = try #require(clock("dept_general", json))
        #expect(department["due_at"]?.integer == bank.now + 17 * ThreeTiers.hour)
        let changed = (json["changed_clocks"]?.array ?? []).compactMap(\.string)
        #expect(changed.contains { $0.contains("centre_dispatch") } && changed.contains { $0.contains("dept_general") })
        #expect(json["route"]?["rule"]?.string == "r10")
        #expect(json["route"]?["past"]?["dispatched"]?.integer == 1)
        #expect(json["route"]?["past"]?["bounced"]?.integer == 1)
        #expect(try bank.province.runtime.store.currentSequence() == before)
    }

    @Test func `an act that is not allowed says which rule and who may`() throws {
        let bank = try ThreeTiers()
        let number = try bank.branch.register()
        let json = try bank.branch.post("/api/v1/tickets/\(number)/acts/dispatch/preview", "{}").json
        #expect(json["allowed"]?.bool == false)
        #expect(json["refusal"]?["rule"]?.string?.isEmpty == false)
        #expect(json["refusal"]?["hint"]?["zh"]?.string?.isEmpty == false)
        #expect(try bank.branch.post("/api/v1/tickets/\(number)/acts/nothing/preview", "{}").status == 404)
        #expect(try bank.branch.post("/api/v1/tickets/010101-20240301-1234-A/acts/urge/preview", "{}").status == 404)
        #expect(try bank.branch.post("/api/v1/tickets/preview", "{}").status == 422)
        #expect(
            try bank.branch.post("/api/v1/tickets/preview", #"{"fields":{"no_such":"1"}}"#).json["allowed"]?.bool
                == false)
    }

    @Test func `the commands show a preview and end with its verdict`() throws {
        let bank = try ThreeTiers()
        let refused = bank.branch.run("ticket", "preview", "--field", "symptom=fee_wrong")
        #expect(refused.code == .failed)
        #expect(refused.output.contains("缺") && refused.output.contains("total_general"))
        let number = try bank.branch.register()
        let urged = bank.branch.run(
            "ticket", "act", number, "urge", "--field", "source=by_customer", "--preview")
        #expect(urged.code == .success, "\(urged.error)")
        #expect(try bank.view(number, at: bank.branch).fields[TicketField.urges] == nil)
        let json = try bank.branch.run(
            "ticket", "act", number, "submit_up", "--preview", "--json"
        ).json
        #expect(json["state"]?.string == "under_review")
    }
}
