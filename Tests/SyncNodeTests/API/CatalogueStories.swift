import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Acts of the catalogue through the interface, on nodes that exchange what they know.
@Suite("Acts by name") struct CatalogueStories {
    private func act(
        _ node: RunningNode, _ number: String, _ name: String, _ fields: [String: String] = [:], role: String? = nil
    ) throws -> Answer {
        try node.post(
            "/api/v1/tickets/\(number)/acts/\(name)", Sample.body(fields), role.map { ["X-Role": $0] } ?? [:])
    }

    private func done(
        _ node: RunningNode, _ number: String, _ name: String, _ fields: [String: String] = [:], role: String? = nil
    ) throws {
        let answer = try act(node, number, name, fields, role: role)
        try #require(answer.status == 200, "\(name): \(answer.text)")
    }

    private func shown(_ node: RunningNode, _ number: String, _ field: String) throws -> String? {
        try node.ticket(number).json["fields"]?[field]?["value"]?.string
    }

    @Test func `DR-07 a lead and an assist unit at two nodes work side by side, and the lead waits`() throws {
        let (lead, helper, centre) = (try RunningNode("b1"), try RunningNode("b2"), try RunningNode("p1"))
        let number = try lead.register()
        try done(lead, number, "submit_up")
        try lead.exchange(with: centre, session: 1)
        try done(centre, number, "dispatch", Sample.dispatch.merging(["unit": "b1"]) { $1 })
        try lead.exchange(with: centre, session: 2)
        try done(lead, number, "take")
        try done(lead, number, "ask_assist", ["unit": "b2"])
        #expect(try act(lead, number, "feed_back", Sample.feedback).code == "refused.legs_open")
        try lead.exchange(with: centre, session: 3)
        try helper.exchange(with: centre, session: 4)
        // Both branches are cut off from each other and work.
        try done(helper, number, "assist_take", ["leg": "1"], role: "assist_handler")
        try done(
            helper, number, "assist_report", ["leg": "1", "result": "facts_found", "leg_text": "监控属实"],
            role: "assist_handler")
        try done(lead, number, "urge", ["source": "by_customer"])
        for (session, node) in [(5, helper), (6, lead), (7, helper)] as [(UInt64, RunningNode)] {
            try node.exchange(with: centre, session: session)
        }
        try done(lead, number, "feed_back", Sample.feedback)
        try lead.exchange(with: centre, session: 8)
        #expect(try shown(centre, number, "assist1_result") == "facts_found")
        #expect(try shown(centre, number, "state") == "feedback_review")
        let ticket = try centre.ticket(number).json
        #expect(ticket["overruled"]?.array?.isEmpty == true && ticket["disputed"]?.array?.isEmpty == true)
    }

    @Test func `a request made with the line down is seen above, confirmed there, and carried out below`() throws {
        let (branch, centre) = (try RunningNode("b1"), try RunningNode("p1"))
        let number = try branch.register()
        try done(branch, number, "submit_up")
        try branch.exchange(with: centre, session: 1)
        try done(centre, number, "dispatch", Sample.dispatch.merging(["unit": "b1"]) { $1 })
        try branch.exchange(with: centre, session: 2)
        try done(branch, number, "take")
        try done(branch, number, "request", ["act": "pause", "reason": "needs_approval"], role: "branch_officer")
        try branch.exchange(with: centre, session: 3)
        let reference = TicketReference(number)
        let key = try #require(try centre.runtime.store.ticket(reference).view.openRequests.first?.key)
        let given = [
            "request": key, "reason": "mediation", "evidence_key": "med-1", "customer_told": "true",
        ]
        #expect(try act(branch, number, "pause", given, role: "branch_officer").code == "refused.not_approved")
        try done(centre, number, "approve_request", ["request": key], role: "approver")
        try branch.exchange(with: centre, session: 4)
        try done(branch, number, "pause", given, role: "branch_officer")
        #expect(try shown(branch, number, "state") == "suspended")
        #expect(try branch.runtime.store.ticket(reference).view.requests.map(\.state) == [.done])
    }

    @Test func `T28 a merged ticket names the one that it went into`() throws {
        let (branch, centre) = (try RunningNode("b1"), try RunningNode("p1"))
        let first = try branch.register(["received_at": "2024-03-01 08:00"])
        let second = try branch.register(["received_at": "2024-03-01 09:00"])
        for number in [first, second] { try done(branch, number, "submit_up") }
        try branch.exchange(with: centre, session: 1)
        let into = try #require(try centre.ticket(first).json["document"]?.string)
        let late = try #require(try centre.ticket(second).json["document"]?.string)
        #expect(
            try act(centre, first, "merge", ["into": late, "reason": "same_complaint"]).code == "refused.not_possible")
        try done(centre, second, "merge", ["into": into, "reason": "same_complaint"])
        #expect(try shown(centre, second, "state") == "merged")
        #expect(try centre.runtime.store.ticket(TicketReference(second)).view.mergedInto?.description == into)
    }

    @Test func `the list of acts says who may and what each takes; an unknown act is told so`() throws {
        let node = try RunningNode("b1")
        let answer = try node.get("/api/v1/acts")
        let acts = try #require(try answer.json["acts"]?.array)
        #expect(acts.count == ActCatalogue.all.count)
        let pause = try #require(acts.first { $0["name"]?.string == "pause" })
        #expect(pause["parameters"]?.array?.compactMap { $0["name"]?.string }.contains("request") == true)
        let number = try node.register()
        #expect(try act(node, number, "fly").status == 404)
        #expect(try act(node, number, "refuse").code == "refused.invalid_fields")
        #expect(try act(node, number, "archive", ["keep_until": "2031-01-01"]).code == "refused.wrong_state")
    }
}
