import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// History that is brought in wakes nobody at night; what is still to come is told like everything else.
@Suite("Notices of imported records") struct ImportNoticeStories {
    private static let day: Int64 = 24 * 3_600_000

    private func desk() throws -> (node: RunningNode, gateway: Gateway, clock: Locked<Int64>, folder: TemporaryFolder) {
        let clock = Locked(ThreeTiers.morning)
        let folder = try TemporaryFolder()
        let gateway = try Gateway()
        let file = try Gateway.secretFile(in: folder.path)
        let node = try RunningNode.sending(.webhook(url: gateway.url, secretFile: file), clock: clock)
        let head = try RunningNode("head", clock: clock)
        for item in try ReferenceFile.items(Repository.path("reference/rules.json")) {
            try head.runtime.store.publish(item, post: "policy-desk")
        }
        try node.exchange(with: head, session: 9)
        return (node, gateway, clock, folder)
    }

    private func settle(_ node: RunningNode) throws {
        while try node.runtime.store.keepClocks() > 0 {}
        while try node.runtime.notices.round() > 0 {}
    }

    /// A file of complaints that were received so long before the clock's time, in hours.
    private func importFile(_ ages: [Int64], _ severity: String, _ folder: TemporaryFolder) throws -> [String] {
        let rows = ages.enumerated().map { index, age in
            "第 \(index) 件,\(severity),\(ThreeTiers.morning - age * 3_600_000)"
        }
        let csv = try folder.write("old.csv", (["words,severity,received"] + rows).joined(separator: "\n") + "\n")
        let mapping = try folder.write(
            "mapping.json",
            """
            {"version": 1, "fields": {
              "what": {"column": "words"}, "severity": {"column": "severity"}, "received_at": {"column": "received"},
              "who_involved": {"constant": "客户"}, "when_happened": {"constant": "某日"},
              "where_happened": {"constant": "某地"}, "symptom": {"constant": "fee_wrong"},
              "business_class": {"constant": "card"}, "intake_channel": {"constant": "hotline"},
              "demand": {"constant": "refund"}, "complainant_phone": {"constant": "13812345678"},
              "complainant_name": {"constant": "客户"}
            }}
            """)
        return ["import", csv, "--mapping", mapping]
    }

    @Test func `an import of old complaints sends nobody anything, and says in one line what it found`() throws {
        let (node, gateway, _, folder) = try desk()
        defer { gateway.stop() }
        let words = try importFile((1...30).map { 24 * (40 + $0) }, "major", folder)
        let outcome = RunningNode.run(words + ["--url", node.url])
        #expect(outcome.code == .success, "\(outcome.error)\(outcome.output)")
        try settle(node)
        #expect(gateway.arrived.isEmpty, "\(gateway.arrived.count) messages for 30 old complaints")
        let counts = try node.get("/api/v1/notices").json["counts"]
        #expect(counts?["waiting"]?.integer == 0 && counts?["unverified"]?.integer == 0)
        let found = try #require(counts?["imported"]?.integer)
        #expect(found >= 30)
        let listed = node.run("notices", "list").output
        #expect(listed.contains("导入的旧件中有 \(found) 项"), "\(listed)")
        #expect(node.run("notices", "list", "--state", "imported").output.contains("超时提醒"))
        // The tickets themselves say that they are late, and that they were brought in.
        let late = node.run("ticket", "list", "--warned").output
        #expect(late.split(separator: "\n").count > 30)
        let metrics = try node.get("/metrics").text
        #expect(metrics.contains("syncnode_notices{state=\"imported\"} \(found)"))
    }

    @Test func `a limit that ends after the import is told to staff, and the customer hears of what people do then`()
        throws
    {
        let (node, gateway, clock, folder) = try desk()
        defer { gateway.stop() }
        let words = try importFile([2], "ordinary", folder)
        #expect(RunningNode.run(words + ["--url", node.url]).code == .success)
        try settle(node)
        #expect(gateway.arrived.isEmpty, "the import itself is no news")
        clock.withLock { $0 += 30 * 3_600_000 }
        try settle(node)
        let kinds = Set(gateway.shown.compactMap { $0.event["data"]?["kind"]?.string })
        #expect(kinds.contains("clock_breach"), "\(kinds)")
        let number = try #require(
            try node.get("/api/v1/tickets?limit=1").json["tickets"]?.array?.first?["number"]?.string)
        try node.verifyContact(number)
        try node.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try settle(node)
        let told = gateway.shown.filter { $0.event["data"]?["to"]?["phone"]?.string != nil }
        #expect(told.compactMap { $0.event["data"]?["kind"]?.string } == ["transfer"])
    }

    @Test func `a person may still have one of them sent`() throws {
        let (node, gateway, _, folder) = try desk()
        defer { gateway.stop() }
        #expect(RunningNode.run(try importFile([24 * 50], "ordinary", folder) + ["--url", node.url]).code == .success)
        try settle(node)
        let id = try #require(try node.outbox("imported").first?["id"]?.string)
        #expect(node.run("notices", "retry").error.contains("notice.none-waiting"), "all is what failed or waits")
        #expect(node.run("notices", "retry", id).code == .success)
        try settle(node)
        #expect(gateway.shown.map(\.id) == [id])
    }

    @Test func `the same complaint registered by hand is told one by one as before`() throws {
        let (node, gateway, clock, folder) = try desk()
        // The secret is in the folder.
        defer { withExtendedLifetime(folder) { gateway.stop() } }
        _ = try node.register(["received_at": "\(clock.withLock { $0 } - 2 * ImportNoticeStories.day)"])
        try settle(node)
        // Acts of one millisecond are stamped one after the other: what they cause is due a little later.
        clock.withLock { $0 += 1_000 }
        try settle(node)
        #expect(gateway.shown.contains { $0.event["data"]?["kind"]?.string == "clock_breach" })
    }

    @Test func `a notice that cannot leave says why it is held, with and without a sender`() throws {
        let node = try RunningNode("p1")
        let number = try node.register(["complainant_phone": RunningNode.phone])
        func held() throws -> [String?] { try node.outbox().map { $0["held"]?.string } }
        func states() throws -> [String?] { try node.outbox().map { $0["state"]?.string } }
        #expect(try held() == ["notice.contact-not-verified"] && states() == ["unverified"])
        #expect(node.run("notices", "list").output.contains("联系方式未核实"))
        try node.verifyContact(number)
        #expect(try held() == ["notice.no-sender"] && states() == ["waiting"])
        let amended = try node.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body(["complainant_phone": "13900000000"]), ["If-Match": "*"])
        try #require(amended.status == 200, "\(amended.text)")
        #expect(try held() == ["notice.contact-changed"] && states() == ["unverified"])
    }
}
