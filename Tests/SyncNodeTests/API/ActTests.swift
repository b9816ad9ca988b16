import HTTPTransport
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

@Suite("API: acts on tickets") struct ActTests {
    @Test func `a branch answers on the spot, and another post follows up and closes`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        let answer = ["proposed_solution": "当场退费", "attitude": "accepted", "reply_medium": "phone"]
        try node.act(number, "answer", Sample.body(answer), ["X-Post": "counter-1", "X-Role": "clerk"])
        let same = try node.post(
            "/api/v1/tickets/\(number)/close", Sample.body(Sample.close), ["X-Post": "counter-1"])
        #expect(same.status == 403)
        #expect(try same.code == "refused.same_person")
        try node.act(number, "close", Sample.body(Sample.close), ["X-Post": "officer-1"])
        #expect(try node.ticket(number).json["fields"]?["state"]?["value"]?.string == "closed")
    }

    @Test func `a province dispatches to its own department and the ticket walks to its end`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        try node.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try node.act(number, "take")
        try node.act(number, "feedback", Sample.body(Sample.feedback))
        try node.act(number, "reply", Sample.body(Sample.reply))
        let closed = try node.act(number, "close", Sample.body(Sample.close))
        #expect(try closed.json["act"]?.string == "cancel_case")
        let acts = try #require(try node.get("/api/v1/tickets/\(number)/history").json["acts"]?.array)
        #expect(
            acts.compactMap { $0["act"]?.string } == [
                "register", "dispatch", "take", "feed_back", "reply", "cancel_case",
            ])
    }

    @Test func `a submission that nobody saw is taken back at once`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        try node.act(number, "submit")
        #expect(try node.ticket(number).json["custody"]?["offer"]?["to"]?.string == "p1")
        #expect(try node.get("/api/v1/tickets?offered_to=p1").json["tickets"]?.array?.count == 1)
        try node.act(number, "recall", "{}")
        #expect(try node.ticket(number).json["custody"]?["offer"]?.isNull == true)
        #expect(try node.ticket(number).json["fields"]?["state"]?["value"]?.string == "registered")
    }

    @Test func `what is on its way to another node cannot be taken here`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        try node.act(number, "submit")
        let early = try node.post("/api/v1/tickets/\(number)/take")
        #expect(early.status == 409)
        #expect(try early.code == "refused.in_transit")
    }

    @Test func `a refusal costs the node no new life`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        let life = try node.get("/api/v1/status").json["incarnation"]?.string
        for _ in 0..<3 {
            #expect(try node.post("/api/v1/tickets", #"{"fields":{}}"#).status == 422)
            #expect(try node.post("/api/v1/tickets/\(number)/take").status == 409)
        }
        try node.act(number, "note", #"{"text":"备注"}"#)
        #expect(try node.get("/api/v1/status").json["incarnation"]?.string == life)
    }

    @Test func `an offer from below is declined, or returned for completion`() throws {
        let branch = try RunningNode("b1")
        let province = try RunningNode("p1")
        let (one, two) = (try branch.register(), try branch.register())
        try branch.act(one, "submit")
        try branch.act(two, "submit")
        try branch.exchange(with: province, session: 1)
        #expect(try province.ticket(one).json["custody"]?["offer"]?["from"]?.string == "b1")
        try province.act(one, "decline", #"{"reason":"not_our_business"}"#)
        #expect(try province.post("/api/v1/tickets/\(one)/decline", #"{"reason":"incomplete"}"#).status == 409)
        try province.act(two, "return", #"{"missing":["when_happened","course"]}"#)
        #expect(
            try province.ticket(two).json["fields"]?["missing_fields"]?["value"]?.string == "course,when_happened")
    }

    @Test func `head office is let in, once, and then it cannot be let in less`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        try node.act(number, "widen", #"{"to":"full","reason":"regulator"}"#)
        #expect(try node.ticket(number).json["head_office_disclosure"]?.string == "full")
        let again = try node.post("/api/v1/tickets/\(number)/widen", #"{"to":"casework","reason":"regulator"}"#)
        #expect(again.status == 409)
        #expect(try again.code == "refused.already_widened")
    }

    @Test func `two values of one field are listed, shown side by side, and resolved`() throws {
        let branch = try RunningNode("b1")
        let province = try RunningNode("p1")
        let number = try branch.register(["course": "最初"])
        try branch.exchange(with: province, session: 1)
        let path = "/api/v1/tickets/\(number)"
        for (node, text) in [(branch, "网点所写"), (province, "省中心所写")] {
            #expect(try node.send(.patch, path, Sample.body(["course": text]), ["If-Match": "*"]).status == 200)
        }
        try branch.exchange(with: province, session: 2)
        try branch.exchange(with: province, session: 3)
        let listed = try #require(try branch.get("/api/v1/conflicts").json["tickets"]?.array)
        #expect(listed.count == 1)
        let conflict = listed.first?["conflicts"]?[0]
        #expect(conflict?["field"]?.string == "course")
        // The higher tier's value is shown first; the other is not lost.
        #expect(conflict?["values"]?.array?.compactMap { $0["value"]?.string } == ["省中心所写", "网点所写"])
        #expect(try branch.get("/api/v1/tickets?conflicts=true").json["tickets"]?.array?.count == 1)
        let unknown = try branch.post("\(path)/resolve", #"{"field":"demand_words","value":"x"}"#)
        #expect(try unknown.code == "refused.no_conflict")
        try branch.act(number, "resolve", #"{"field":"course","value":"网点所写"}"#)
        #expect(try branch.get("/api/v1/conflicts").json["tickets"]?.array?.isEmpty == true)
        #expect(try branch.ticket(number).json["fields"]?["course"]?["value"]?.string == "网点所写")
    }

    @Test func `head office sees the core of a local ticket and is told that the rest is not its own`() throws {
        let branch = try RunningNode("b1")
        let province = try RunningNode("p1")
        let head = try RunningNode("head")
        let number = try branch.register()
        try branch.exchange(with: province, session: 1)
        try province.exchange(with: head, session: 2)
        let answer = try head.ticket(number)
        #expect(try answer.json["parts"]?["personal"]?.string == "not_ours")
        #expect(try answer.json["parts"]?["core"]?.string == "present")
        #expect(!answer.text.contains("重复扣费"))
        let note = try head.post("/api/v1/tickets/\(number)/note", #"{"text":"x"}"#)
        #expect(note.status == 403)
        #expect(try note.code == "refused.part_not_here")
    }

    @Test func `an act that names another version than the present one is refused`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let tag = try #require(try node.ticket(number).headers["ETag"])
        try node.act(number, "note", #"{"text":"一"}"#, ["If-Match": tag])
        let late = try node.post("/api/v1/tickets/\(number)/note", #"{"text":"二"}"#, ["If-Match": tag])
        #expect(late.status == 412)
    }

    @Test func `who may not act is told who may`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        let tier = try node.post("/api/v1/tickets/\(number)/dispatch", Sample.body(Sample.dispatch, [("to", "b2")]))
        #expect(tier.status == 403)
        #expect(try tier.code == "refused.wrong_tier")
        let role = try node.post("/api/v1/tickets/\(number)/submit", "", ["X-Role": "auditor"])
        #expect(role.status == 403)
        #expect(try role.code == "refused.wrong_role")
        #expect(try role.json["who_may"]?.array?.isEmpty == false)
        let state = try node.post("/api/v1/tickets/\(number)/reply", Sample.body(Sample.reply))
        #expect(state.status == 409)
        #expect(try state.code == "refused.wrong_state")
    }

    @Test func `a province is told which units it can dispatch to`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let answer = try node.post(
            "/api/v1/tickets/\(number)/dispatch", Sample.body(Sample.dispatch, [("to", "b3")]))
        #expect(answer.status == 422)
        #expect(try answer.code == "refused.unknown_unit")
        #expect(try answer.json["hint"]?.string?.contains("b1") == true)
    }
}
