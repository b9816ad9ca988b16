import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// What people are shown of lines: refused is not online, quiet is not offline, in step is in step.
@Suite("Lines as people see them") struct LineStories {
    @Test func `a line that is refused shows as failing, since when and why, however young the last contact`() throws {
        let bank = try ThreeTiers()
        #expect(bank.branch.run("status").output.contains("在线 online"))
        let since = bank.now
        let refusal = PeerRefusal(status: 403, peerCode: "sync.peer-other-topology")
        bank.branch.runtime.updateLine("p1") { $0.failed(refusal, at: since) }
        bank.pass(3 * ThreeTiers.minute)
        bank.branch.runtime.updateLine("p1") { $0.failed(refusal, at: bank.now) }
        let bar = try #require(try bank.branch.get("/api/v1/board").json["uplink"])
        #expect(bar["error"]?.string == "sync.peer-other-topology")
        #expect(bar["failing_since"]?.integer == since)
        #expect(bar["hint"]?.string?.contains("核对两端的拓扑文件") == true)
        #expect(bar["hint"]?.string?.contains("Compare the topology files") == true)
        #expect(bar["silent"]?.bool == false)
        for command in ["status", "board"] {
            let told = bank.branch.run(command).output
            #expect(!told.contains("在线"), "\(told)")
            #expect(told.contains("线路异常 failing 自 since 2026-11-16 09:00:00 [sync.peer-other-topology]"), "\(told)")
        }
        bank.branch.runtime.updateLine("p1") { $0.succeeded(at: bank.now) }
        #expect(bank.branch.run("status").output.contains("在线 online"))
    }

    @Test func `a node that really dials somebody who refuses says so`() throws {
        let bank = try ThreeTiers()
        // This address is the province's interface for people: it knows no exchange.
        let dialer = LineDialer(bank.branch.runtime, to: "p1", url: bank.province.url)
        try dialer.start()
        let isTold = try eventually(seconds: 20) {
            bank.branch.runtime.lines.withLock { $0["p1"]?.failingSince } != nil
        }
        dialer.stop()
        try #require(isTold)
        let told = bank.branch.run("status").output
        #expect(told.contains("线路异常 failing") && told.contains("[request.other-listener]"), "\(told)")
    }

    @Test func `a child that could not be pulled is failing on the board of its centre`() throws {
        let bank = try ThreeTiers()
        #expect(bank.province.run("pull").code == .failed)
        let told = bank.province.run("board").output
        #expect(told.contains("线路异常 failing http-client."), "\(told)")
    }

    @Test func `a quiet line is in touch: a poll without news is contact too`() throws {
        let bank = try ThreeTiers()
        bank.pass(11 * ThreeTiers.minute)
        #expect(bank.branch.run("status").output.contains("离线 offline 11 分钟"))
        try bank.branch.runtime.store.noteContact(with: "p1")
        #expect(bank.branch.run("status").output.contains("在线 online"))
    }

    @Test func `a branch whose acts have all arrived is in step, and one that is silent is not`() throws {
        let bank = try ThreeTiers()
        _ = try bank.branch.register()
        try bank.exchange(bank.branch, bank.province)
        func isInStep(_ node: String) throws -> Bool? {
            let rows = try bank.province.get("/api/v1/reports/day").json["balance"]?.array ?? []
            return rows.first { $0["node"]?.string == node }?["in_step"]?.bool
        }
        #expect(try isInStep("b1") == true)
        bank.pass(11 * ThreeTiers.minute)
        #expect(try isInStep("b1") == false)
        // What this centre has not been able to send is not in step either.
        try bank.exchange(bank.branch, bank.province)
        #expect(try isInStep("b1") == true)
        let number = try bank.submitted()
        try bank.connect()
        try bank.act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "b2"]) { $1 })
        #expect(try isInStep("b2") == false)
    }

    @Test func `received is by time of receipt and recorded by time of recording, in every report`() throws {
        let bank = try ThreeTiers()
        _ = try bank.branch.register(["received_at": "\(bank.now - 8 * ThreeTiers.day)", "flags": "imported"])
        _ = try bank.branch.register()
        try bank.connect()
        func counts(_ json: JSONElement) -> [String: Int64] {
            let rows = json["counts"]?.array ?? []
            return Dictionary(
                rows.compactMap { row in row["name"]?.string.map { ($0, row["count"]?.integer ?? -1) } },
                uniquingKeysWith: { $1 })
        }
        let today = counts(try bank.branch.get("/api/v1/reports/today").json)
        #expect(today["received"] == 1 && today["recorded"] == 2)
        let day = try bank.province.get("/api/v1/reports/day").json["counts"]
        #expect(day?["received"]?.integer == 1 && day?["recorded"]?.integer == 2)
        let province = try #require(
            try bank.head.get("/api/v1/consolidated").json["provinces"]?.array?.first { $0["node"]?.string == "p1" })
        #expect(province["received_today"]?.integer == 1 && province["recorded_today"]?.integer == 2)
        #expect(bank.branch.run("today").output.contains("收到(按收到时间)"))
        #expect(bank.head.run("consolidated").output.contains("今日登记"))
    }
}
