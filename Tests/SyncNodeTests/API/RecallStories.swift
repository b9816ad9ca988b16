import Testing

@testable import SyncNode

/// Getting an offer back that the other side may have seen: what is only asked for is never called done, and both sides
/// see that it is asked, and what came of it.
@Suite("API and commands: recalling an offer") struct RecallStories {
    private final class Pair {
        let branch: RunningNode
        let province: RunningNode
        private var sessions: UInt64 = 0

        init() throws {
            branch = try RunningNode("b1")
            province = try RunningNode("p1")
        }

        func exchange() throws {
            sessions += 1
            try branch.exchange(with: province, session: sessions)
        }

        /// A ticket whose offer the province has seen and whose recall was asked for.
        func askedBack() throws -> String {
            let number = try branch.register()
            try branch.act(number, "submit")
            try exchange()
            #expect(try branch.act(number, "recall").json["act"]?.string == "ask_recall")
            return number
        }
    }

    @Test func `a recall that is only asked for says so, at both nodes`() throws {
        let pair = try Pair()
        let number = try pair.branch.register()
        try pair.branch.act(number, "submit")
        try pair.exchange()
        let recall = pair.branch.run("ticket", "recall", number)
        #expect(recall.output.contains("请求收回交接 recall asked for, not done yet"))
        #expect(recall.error.contains("ticket show"))
        let again = pair.branch.run("ticket", "recall", number)
        #expect(again.error.contains("refused.nothing_to_change"))
        #expect(again.error.contains("p1"))
        try pair.exchange()
        for node in [pair.branch, pair.province] {
            let custody = try node.ticket(number).json["custody"]
            #expect(custody?["offer"]?["recall_requested"]?.bool == true)
            #expect(custody?["recall"]?["outcome"]?.string == "waiting")
            #expect(node.run("ticket", "show", number).output.contains("asked for back"))
        }
        let show = pair.province.run("ticket", "show", number).output
        #expect(show.contains("decline --reason withdrawn_by_sender"))
    }

    @Test func `a recall that is granted is told to the sender, who puts the state back`() throws {
        let pair = try Pair()
        let number = try pair.askedBack()
        try pair.exchange()
        try pair.province.act(number, "decline", #"{"reason":"withdrawn_by_sender"}"#)
        try pair.exchange()
        for node in [pair.branch, pair.province] {
            #expect(try node.ticket(number).json["custody"]?["recall"]?["outcome"]?.string == "granted")
            #expect(node.run("ticket", "show", number).output.contains("已退回 given back"))
        }
        #expect(pair.branch.run("ticket", "show", number).output.contains("to restore the state: recall"))
        #expect(try pair.branch.act(number, "recall").json["act"]?.string == "recall")
        #expect(try pair.branch.ticket(number).json["fields"]?["state"]?["value"]?.string == "registered")
    }

    @Test func `a ticket that is taken all the same is told to the sender`() throws {
        let pair = try Pair()
        let number = try pair.askedBack()
        // The province takes it before it hears of the recall.
        try pair.province.act(number, "take")
        try pair.exchange()
        try pair.exchange()
        for node in [pair.branch, pair.province] {
            let custody = try node.ticket(number).json["custody"]
            #expect(custody?["recall"]?["outcome"]?.string == "taken")
            #expect(custody?["custodian"]?.string == "p1")
        }
        #expect(pair.branch.run("ticket", "show", number).output.contains("taken by the other node"))
    }

    @Test func `an act that is listed as next is possible, and one that is not listed is refused`() throws {
        let pair = try Pair()
        let number = try pair.branch.register()
        try expectTrue(pair.branch, number, ["answer", "submit", "widen", "amend", "note"])
        try pair.exchange()
        try expectTrue(pair.province, number, ["widen", "amend", "note"])
        try pair.branch.act(number, "submit")
        try expectTrue(pair.branch, number, ["recall", "note"])
        try pair.exchange()
        try expectTrue(pair.province, number, ["take", "decline", "return", "dispatch", "widen", "note"])
        try pair.province.act(number, "take")
        try expectTrue(pair.province, number, ["return", "dispatch", "widen", "amend", "note"])
        try pair.exchange()
        try expectTrue(pair.branch, number, ["amend", "note"])
    }

    /// The list is as expected, and each act that is not in it is refused when it is tried.
    private func expectTrue(
        _ node: RunningNode, _ number: String, _ expected: [String], _ location: SourceLocation = #_sourceLocation
    ) throws {
        let listed = try node.ticket(number).json["next_acts"]?.array?.compactMap(\.string) ?? []
        #expect(listed == expected, sourceLocation: location)
        let bodies = [
            "return": #"{"missing":["what"]}"#, "dispatch": Sample.body(Sample.dispatch, [("to", "p1")]),
            "feedback": Sample.body(Sample.feedback), "reply": Sample.body(Sample.reply),
            "close": Sample.body(Sample.close), "decline": #"{"reason":"other"}"#,
            "widen": #"{"to":"full","reason":"gravity"}"#, "resolve": #"{"field":"demand","value":"refund"}"#,
            "answer": Sample.body(["proposed_solution": "当场退费", "attitude": "accepted"]),
            "note": #"{"text":"x"}"#,
        ]
        for act in NextActs.all where !listed.contains(act) && act != "amend" {
            let answer = try node.post("/api/v1/tickets/\(number)/\(act)", bodies[act] ?? "")
            #expect([403, 409].contains(answer.status), "\(act): \(answer.text)", sourceLocation: location)
        }
    }
}
