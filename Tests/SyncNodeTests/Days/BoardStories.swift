import Testing
import TicketModel

@testable import SyncNode

@Suite("Boards, today, the day's report") struct BoardStories {
    private func column(_ state: String, _ json: JSONElement) -> JSONElement? {
        json["columns"]?.array?.first { $0["state"]?.string == state }
    }

    private func count(_ name: String, _ json: JSONElement) -> Int64? {
        json["counts"]?.array?.first { $0["name"]?.string == name }?["count"]?.integer
    }

    @Test func `a branch cut off since last night sees since when, what waits, and what the province has`() throws {
        let bank = try ThreeTiers()
        let known = bank.now
        bank.pass(11 * ThreeTiers.hour)
        for _ in 0..<2 { _ = try bank.branch.register() }
        let sent = try bank.submitted()
        var bar = try #require(try bank.branch.get("/api/v1/status").json["uplink"])
        #expect(bar["silent"]?.bool == true)
        #expect(bar["contact"]?.integer == known)
        #expect(bar["waiting_tickets"]?.integer == 3)
        #expect(bar["offered"]?.integer == 1)
        #expect(bar["offered_received"]?.integer == 0)
        let text = bank.branch.run("status").output
        #expect(text.contains("离线 offline 11 小时") && text.contains("待发 waiting 3 件"))

        try bank.connect()
        bar = try #require(try bank.branch.get("/api/v1/board").json["uplink"])
        #expect(bar["silent"]?.bool == false)
        #expect(bar["waiting_tickets"]?.integer == 0)
        #expect(bar["offered_received"]?.integer == 1)
        try bank.act(bank.province, sent, "answer_at_centre", ["solution": "已退费"])
        try bank.connect()
        bar = try #require(try bank.branch.get("/api/v1/board").json["uplink"])
        #expect(bar["offered"]?.integer == 0)
        #expect(bar["accepted"]?.integer == 1)
        #expect(try bank.head.get("/api/v1/board").json["uplink"]?.isNull == true)
    }

    @Test func `a dispatcher's board counts by state, sorts by priority and due, and names silent branches`() throws {
        let bank = try ThreeTiers()
        let early = try bank.submitted(["received_at": "\(bank.now - 3 * ThreeTiers.hour)"])
        let major = try bank.submitted(["severity": "major"])
        _ = try bank.branch.register()
        try bank.connect()
        bank.pass(20 * ThreeTiers.minute)
        try bank.exchange(bank.second, bank.province)
        let board = try bank.province.get("/api/v1/board?limit=2").json
        #expect(column("under_review", board)?["count"]?.integer == 2)
        #expect(column("registered", board)?["count"]?.integer == 1)
        #expect(column("handling", board)?["count"]?.integer == 0)
        #expect((board["tickets"]?.array ?? []).compactMap { $0["number"]?.string } == [major, early])
        #expect(board["more"]?.bool == true)
        let strip = board["neighbours"]?.array ?? []
        func isSilent(_ node: String) -> Bool? { strip.first { $0["node"]?.string == node }?["silent"]?.bool }
        #expect(isSilent("b1") == true)
        #expect(isSilent("b2") == false)
        #expect(try bank.province.get("/api/v1/board?limit=0").status == 400)
        #expect(try bank.province.get("/api/v1/board?period=day").status == 400)
        let text = bank.province.run("board").output
        #expect(text.contains("待复核派单") && text.contains("失联 silent"))
    }

    @Test func `DL-11 the list of warnings shows tickets at or past their warning, and no other`() throws {
        let bank = try ThreeTiers()
        let old = try bank.branch.register(["received_at": "\(bank.now - 22 * ThreeTiers.hour)"])
        let gone = try bank.branch.register(["received_at": "\(bank.now - 30 * ThreeTiers.hour)"])
        _ = try bank.branch.register(["intake_form": "telephone"])
        let listed = try bank.branch.get("/api/v1/tickets?warned=true&sort=warn_at").json["tickets"]?.array ?? []
        #expect(listed.compactMap { $0["number"]?.string } == [gone, old])
        let column = try #require(column("registered", try bank.branch.get("/api/v1/board").json))
        #expect(column["warned"]?.integer == 2)
        #expect(column["overdue"]?.integer == 1)
        let command = bank.branch.run("ticket", "list", "--warned").output
        #expect(command.contains(old) && command.contains(gone))
    }

    @Test func `a branch's day ends with what was received, answered, sent up, and what is left`() throws {
        let bank = try ThreeTiers()
        _ = try bank.branch.register()
        bank.pass(15 * ThreeTiers.hour)
        for _ in 0..<3 {
            let number = try bank.branch.register(["received_at": "\(bank.now)"])
            try bank.act(bank.branch, number, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"])
        }
        _ = try bank.submitted(["received_at": "\(bank.now)"])
        var json = try bank.branch.get("/api/v1/reports/today").json
        #expect(json["date"]?.string == "2026-11-17")
        #expect(count("received", json) == 4)
        #expect(count("answered_on_spot", json) == 3)
        #expect(count("sent_up", json) == 1)
        #expect(count("refused", json) == 0)
        #expect(count("overdue", json) == 0)
        #expect(count("follow_ups_tomorrow", json) == 0)
        bank.pass(6 * ThreeTiers.day)
        json = try bank.branch.get("/api/v1/reports/today").json
        #expect(count("received", json) == 0)
        #expect(count("follow_ups_tomorrow", json) == 3)
        #expect(count("overdue", json) == 2)
        #expect(bank.branch.run("today").output.contains("现场答复"))
    }

    @Test func `a centre's day tells timeliness per stage, bounces, warnings answered in time, and who is in step`()
        throws
    {
        let bank = try ThreeTiers()
        let one = try bank.submitted()
        let two = try bank.submitted()
        try bank.connect()
        try bank.act(bank.province, one, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        // Nine tenths of four hours: the second one warns, and is dispatched a little later.
        bank.pass(3 * ThreeTiers.hour + 40 * ThreeTiers.minute)
        // Custody of what was only offered is the branch's still; its node gives the notice.
        while try bank.branch.runtime.store.keepClocks() > 0 {}
        try bank.connect()
        try bank.act(bank.province, two, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        try bank.connect()
        try bank.second.act(one, "decline", #"{"reason":"not_our_business"}"#)
        try bank.act(bank.second, two, "take")
        try bank.connect()
        let json = try bank.province.get("/api/v1/reports/day").json
        let review = try #require(json["stages"]?.array?.first { $0["stage"]?.string == "review" })
        #expect(review["visits"]?.integer == 2)
        #expect(review["in_time"]?.integer == 2)
        // The form and the decision to accept are two limits of one stage: the figures say so.
        let intake = try #require(json["stages"]?.array?.first { $0["stage"]?.string == "intake" })
        let limits = (intake["limits"]?.array ?? []).map { ($0["policy"]?.string ?? "", $0["ended"]?.integer ?? 0) }
        #expect(limits.map(\.0) == ["acceptance", "intake_fill"] && limits.map(\.1) == [2, 2])
        #expect(intake["visits"]?.integer == 4 && json["counts"]?["received"]?.integer == 2)
        #expect(json["counts"]?["dispatched"]?.integer == 2)
        #expect(json["counts"]?["bounced"]?.integer == 1)
        #expect(json["warnings"]?["given"]?.integer == json["warnings"]?["answered_in_30_min"]?.integer)
        #expect((json["warnings"]?["given"]?.integer ?? 0) >= 1)
        #expect((json["balance"]?.array ?? []).first { $0["node"]?.string == "b2" }?["in_step"]?.bool == true)
        let yesterday = try bank.province.get("/api/v1/reports/day?date=2026-11-15").json
        #expect(yesterday["counts"]?["received"]?.integer == 0)
        #expect(try bank.province.get("/api/v1/reports/day?date=2026-13-01").status == 400)
        #expect(try bank.province.get("/api/v1/reports/nothing").status == 404)
        let printed = bank.province.run("report", "day").output
        #expect(printed.contains("整理复核派单") && printed.contains("· 受理填单"))
        #expect(printed.contains("收到(按收到时间)") && printed.contains("尚未核对 not yet compared"))
        // A day so far back would have every act since then walked over.
        let long = try bank.province.get("/api/v1/reports/day?date=1970-01-01")
        #expect(try long.status == 400 && long.errors == ["date out-of-range"] && long.text.contains("400"))
    }
}
