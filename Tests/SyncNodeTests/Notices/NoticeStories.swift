import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Notices from the act that causes them to the gateway, on real nodes with a hand-cranked clock.
@Suite("Notices that leave") struct NoticeStories {
    private static let morning: Int64 = 1_794_790_800_000

    private struct Desk {
        let clock = Locked(NoticeStories.morning)
        let folder: TemporaryFolder
        let gateway: Gateway
        let node: RunningNode

        init(_ moods: [Gateway.Mood] = [], secret: [UInt8] = Gateway.secret) throws {
            folder = try TemporaryFolder()
            gateway = try Gateway(moods)
            let file = try Gateway.secretFile(in: folder.path, secret)
            node = try RunningNode.sending(.webhook(url: gateway.url, secretFile: file), clock: clock)
        }

        func pass(minutes: Int64) { clock.withLock { $0 += minutes * 60_000 } }

        func kinds() throws -> [String] {
            gateway.shown.compactMap { $0.event["data"]?["kind"]?.string }
        }
    }

    @Test func `RF-12 NO-03 NO-07 the customer hears of acceptance, transfer, handling and completion, each once`()
        throws
    {
        let desk = try Desk()
        let node = desk.node
        let number = try node.register(["complainant_phone": RunningNode.phone])
        try node.verifyContact(number)
        try node.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try node.act(number, "take")
        try node.act(number, "feedback", Sample.body(Sample.feedback))
        try node.act(number, "reply", Sample.body(Sample.reply))
        try node.act(number, "close", Sample.body(Sample.close))
        while try node.runtime.notices.round() > 0 {}
        let customer = desk.gateway.shown.filter { $0.event["data"]?["to"]?["phone"]?.string != nil }
        #expect(
            Set(customer.compactMap { $0.event["data"]?["kind"]?.string })
                == ["acceptance", "transfer", "handling", "completion"])
        #expect(customer.count == 4)
        for delivery in customer {
            #expect(delivery.event["data"]?["to"]?["phone"]?.string == RunningNode.phone)
            #expect(delivery.event["specversion"]?.string == "1.0")
            #expect(delivery.event["id"]?.string == delivery.id)
            #expect(delivery.event["source"]?.string == "/syncnode/p1")
            #expect(delivery.event["subject"]?.string == number)
            #expect(delivery.event["channel"]?.string == "sms")
            #expect(delivery.headers["Content-Type"]?.hasPrefix("application/cloudevents+json") == true)
            #expect(delivery.event["data"]?["text"]?["zh"]?.string?.contains(number) == true)
        }
        // What was sent is on the ticket, without the number, for every tier.
        let view = try node.runtime.store.ticket(TicketReference(number)).view
        #expect(view.noticeFacts.filter { $0["outcome"] == "sent" }.count == desk.gateway.shown.count)
        #expect(!view.noticeFacts.contains { $0.text.contains(RunningNode.phone) })
        desk.gateway.stop()
    }

    @Test func `NO-05 the customer's final opinion goes back to the head of the department`() throws {
        let desk = try Desk()
        let number = try desk.node.register()
        try desk.node.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try desk.node.act(number, "take")
        try desk.node.act(number, "feedback", Sample.body(Sample.feedback))
        try desk.node.act(number, "reply", Sample.body(Sample.reply))
        try desk.node.act(number, "close", Sample.body(Sample.close))
        while try desk.node.runtime.notices.round() > 0 {}
        let opinion = try #require(
            desk.gateway.shown.first { $0.event["data"]?["kind"]?.string == "customer_opinion" }?.event["data"])
        #expect(opinion["to"]?["roles"]?.array?.compactMap(\.string) == ["dept_head"])
        #expect(opinion["text"]?["zh"]?.string?.contains("满意") == true)
        desk.gateway.stop()
    }

    @Test func `AU-11 nothing leaves to a number that nobody verified, nor to one changed since`() throws {
        let desk = try Desk()
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.arrived.allSatisfy { $0.event["data"]?["to"]?["phone"]?.string == nil })
        let waiting = try desk.node.outbox("unverified")
        #expect(waiting.compactMap { $0["kind"]?.string } == ["acceptance"])
        // An officer can read it out, and sees no number.
        #expect(waiting.first?["text"]?["zh"]?.string?.contains(number) == true)
        #expect(try !desk.node.get("/api/v1/notices").text.contains(RunningNode.phone))

        try desk.node.verifyContact(number)
        let amended = try desk.node.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body(["complainant_phone": "13900000000"]), ["If-Match": "*"])
        try #require(amended.status == 200, "\(amended.text)")
        while try desk.node.runtime.notices.round() > 0 {}
        #expect(desk.gateway.arrived.allSatisfy { $0.event["data"]?["to"]?["phone"]?.string == nil })
        #expect(try desk.node.outbox("unverified").count == 1)

        try desk.node.verifyContact(number)
        while try desk.node.runtime.notices.round() > 0 {}
        #expect(desk.gateway.shown.compactMap { $0.event["data"]?["to"]?["phone"]?.string } == ["13900000000"])
        desk.gateway.stop()
    }

    @Test func `a notice that fails comes again with the same id, and is shown once`() throws {
        let desk = try Desk([.answer(503), .answer(429, headers: ["Retry-After": "60"]), .answer(202)])
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        for _ in 0..<3 {
            _ = try desk.node.runtime.notices.round()
            desk.pass(minutes: 20)
        }
        #expect(desk.gateway.arrived.count == 3)
        #expect(Set(desk.gateway.arrived.map(\.id)).count == 1)
        #expect(desk.gateway.shown.count == 1)
        let row = try #require(try desk.node.outbox("sent").first)
        #expect(row["attempts"]?.integer == 3)
        desk.gateway.stop()
    }

    @Test func `a wrong secret is refused, said in the outbox, and mended without a restart`() throws {
        let desk = try Desk(secret: [UInt8](repeating: 9, count: 32))
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.unsigned == 1 && desk.gateway.shown.isEmpty)
        #expect(try desk.node.outbox("waiting").first?["error"]?.string == "notice.status-401")
        _ = try Gateway.secretFile(in: desk.folder.path)
        desk.pass(minutes: 20)
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.shown.count == 1)
        desk.gateway.stop()
    }

    @Test func `a secret that others can read is not used`() throws {
        let desk = try Desk()
        let path = desk.folder.path + "/webhook-secret"
        #expect(chmod(path, 0o644) == 0)
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.arrived.isEmpty && desk.gateway.unsigned == 0)
        #expect(try desk.node.outbox("waiting").first?["error"]?.string == "notice.secret-readable")
        desk.gateway.stop()
    }

    @Test func `410 closes the gateway until somebody asks again, by command`() throws {
        let desk = try Desk([.answer(410)])
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        _ = try desk.node.runtime.notices.round()
        desk.pass(minutes: 60)
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.arrived.count == 1)
        #expect(try desk.node.get("/api/v1/notices").json["sender"]?["state"]?.string == "closed")
        #expect(try desk.node.get("/metrics").text.contains("syncnode_notices_blocked 1"))
        let outcome = desk.node.run("notices", "retry")
        #expect(outcome.code == .success && outcome.output.contains("1"), "\(outcome.error)")
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.shown.count == 1)
        desk.gateway.stop()
    }

    @Test func `a gateway that answers at length has taken the notice all the same`() throws {
        let desk = try Desk([.talk(bytes: 200_000)])
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        while try desk.node.runtime.notices.round() > 0 {}
        #expect(try desk.node.outbox("failed").isEmpty && desk.node.outbox("waiting").isEmpty)
        #expect(desk.gateway.arrived.count == 1)
        desk.gateway.stop()
    }

    @Test func `a refused message fails for good and holds up no other`() throws {
        let desk = try Desk([.answer(422)])
        for _ in 0..<2 {
            let number = try desk.node.register(["complainant_phone": RunningNode.phone])
            try desk.node.verifyContact(number)
        }
        while try desk.node.runtime.notices.round() > 0 {}
        #expect(try desk.node.outbox("failed").count == 1)
        #expect(desk.gateway.shown.count == 1)
        let id = try #require(try desk.node.outbox("failed").first?["id"]?.string)
        #expect(desk.node.run("notices", "list", "--state", "failed").output.contains("notice.status-422"))
        #expect(try desk.node.post("/api/v1/notices/\(id)/retry").status == 200)
        _ = try desk.node.runtime.notices.round()
        #expect(desk.gateway.shown.count == 2)
        #expect(try desk.node.post("/api/v1/notices/\(id)/retry").code == "notice.not-found")
        desk.gateway.stop()
    }

    @Test func `redirects are not followed: a number goes where the configuration says`() throws {
        let elsewhere = try Gateway()
        let desk = try Desk([.answer(307, headers: ["Location": elsewhere.url])])
        let number = try desk.node.register(["complainant_phone": RunningNode.phone])
        try desk.node.verifyContact(number)
        _ = try desk.node.runtime.notices.round()
        #expect(elsewhere.arrived.isEmpty && elsewhere.unsigned == 0)
        #expect(try desk.node.outbox("waiting").first?["error"]?.string == "notice.status-307")
        desk.gateway.stop()
        elsewhere.stop()
    }

    @Test func `where no sender is configured notices wait, and the status says so`() throws {
        let node = try RunningNode("p1")
        let number = try node.register(["complainant_phone": RunningNode.phone])
        try node.verifyContact(number)
        #expect(try node.runtime.notices.round() == 0)
        let outbox = try node.get("/api/v1/notices").json
        #expect(outbox["sender"]?["state"]?.string == "off" && outbox["sender"]?["kind"]?.isNull == true)
        #expect(outbox["counts"]?["waiting"]?.integer == 1)
        #expect(node.run("notices", "list").output.contains("notices wait here"))
    }

    @Test func `a file a notice, whole and for nobody else's eyes`() throws {
        let folder = try TemporaryFolder()
        let node = try RunningNode.sending(.file(folder: folder.path + "/out/box"))
        let number = try node.register(["complainant_phone": RunningNode.phone])
        try node.verifyContact(number)
        while try node.runtime.notices.round() > 0 {}
        let id = try #require(try node.outbox("sent").first?["id"]?.string)
        let path = folder.path + "/out/box/\(id).json"
        let event = try NodeClient.parse(try #require(WholeFile.read(path)))
        #expect(event["data"]?["to"]?["phone"]?.string == RunningNode.phone)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func `one node sends, whoever has custody: the province over the home`() throws {
        let clock = Locked(NoticeStories.morning)
        let gateway = try Gateway()
        let folder = try TemporaryFolder()
        let file = try Gateway.secretFile(in: folder.path)
        let settings = NoticeSettings.webhook(url: gateway.url, secretFile: file)
        let (branch, other) = (
            try RunningNode.sending(settings, "b1", clock: clock), try RunningNode.sending(settings, "b2", clock: clock)
        )
        let (province, head) = (
            try RunningNode.sending(settings, "p1", clock: clock),
            try RunningNode.sending(settings, "head", clock: clock)
        )
        let number = try branch.register(["complainant_phone": RunningNode.phone])
        try branch.verifyContact(number)
        try branch.act(number, "submit")
        try branch.exchange(with: province, session: 1)
        try province.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "b2")]))
        try other.exchange(with: province, session: 2)
        try other.act(number, "take")
        try other.exchange(with: province, session: 3)
        try province.exchange(with: head, session: 4)
        for node in [branch, other, province, head, branch] {
            while try node.runtime.notices.round() > 0 {}
            #expect(try node.outbox().isEmpty == (node.runtime.node.id != "p1"))
        }
        let told = gateway.shown.filter { $0.event["data"]?["to"]?["phone"]?.string != nil }
        #expect(Set(told.compactMap { $0.event["data"]?["kind"]?.string }) == ["acceptance", "transfer", "handling"])
        #expect(gateway.arrived.count == gateway.shown.count)
        // The fact reaches the branch and head office; the number does not reach head office.
        try branch.exchange(with: province, session: 5)
        try province.exchange(with: head, session: 6)
        for node in [branch, head] {
            let facts = try node.runtime.store.ticket(TicketReference(number)).view.noticeFacts
            #expect(facts.filter { $0["outcome"] == "sent" }.count == gateway.shown.count)
        }
        #expect(try !head.ticket(number).text.contains(RunningNode.phone))
        gateway.stop()
    }

    @Test func `NO-01 NO-02 DL-10 a deadline's warning and its breach go to unit and roles by text message`() throws {
        let desk = try Desk()
        let head = try RunningNode("head", clock: desk.clock)
        for item in try ReferenceFile.items(Repository.path("reference/rules.json")) {
            try head.runtime.store.publish(item, post: "policy-desk")
        }
        try desk.node.exchange(with: head, session: 9)
        _ = try desk.node.register(["received_at": "\(NoticeStories.morning)"])
        desk.pass(minutes: 22 * 60)
        while try desk.node.runtime.store.keepClocks() > 0 {}
        desk.pass(minutes: 3 * 60)
        while try desk.node.runtime.store.keepClocks() > 0 {}
        while try desk.node.runtime.notices.round() > 0 {}
        let kinds = try desk.kinds()
        #expect(kinds.contains("clock_warning") && kinds.contains("clock_breach"))
        for delivery in desk.gateway.shown where delivery.event["type"]?.string?.contains("clock_") == true {
            #expect(delivery.event["data"]?["to"]?["unit"]?.string == "p1")
            #expect(delivery.event["data"]?["to"]?["roles"]?.array?.isEmpty == false)
        }
        desk.gateway.stop()
    }

    @Test func `NO-04 a major complaint is told to those who must know at once`() throws {
        let desk = try Desk()
        let number = try desk.node.register(["severity": "major"])
        _ = try desk.node.runtime.notices.round()
        let duty = try #require(desk.gateway.shown.first { $0.event["data"]?["kind"]?.string == "duty" })
        #expect(duty.event["subject"]?.string == number)
        #expect(duty.event["data"]?["to"]?["roles"]?.array?.isEmpty == false)
        desk.gateway.stop()
    }

    @Test func `orders, anonymous complaints and old records that are brought in tell no customer`() throws {
        let desk = try Desk()
        _ = try desk.node.register(["flags": "anonymous", "complainant_name": ""])
        let old = try desk.node.register(["received_at": "\(NoticeStories.morning - 8 * 24 * 3_600_000)"])
        let order = try desk.node.post(
            "/api/v1/tickets",
            Sample.registration([
                "kind": "supervision", "links": "child_of@\(old)",
                "answer_by": "\(NoticeStories.morning + 3_600_000)",
            ]), ["X-Role": "prov_supervisor"])
        #expect(order.status == 201, "\(order.text)")
        #expect(try desk.node.outbox().filter { $0["to"]?.string == "customer" }.isEmpty)
        desk.gateway.stop()
    }

    @Test func `what waits for a verified contact ends after three days, and all is forgotten after ninety`() throws {
        let desk = try Desk()
        _ = try desk.node.register()
        desk.pass(minutes: 73 * 60)
        _ = try desk.node.runtime.notices.round()
        #expect(try desk.node.outbox("expired").compactMap { $0["kind"]?.string } == ["acceptance"])
        desk.pass(minutes: 91 * 24 * 60)
        _ = try desk.node.runtime.notices.round()
        #expect(try desk.node.outbox().isEmpty)
        desk.gateway.stop()
    }

    @Test func `wrong questions to the outbox are answered with field, rule and hint`() throws {
        let node = try RunningNode("p1")
        for (path, error) in [
            ("?state=nothing", "state unknown-code"), ("?state=sent,", "state unknown-code"),
            ("?limit=0", "limit out-of-range"), ("?limit=x", "limit out-of-range"), ("?x=1", "x unknown-parameter"),
        ] {
            let answer = try node.get("/api/v1/notices" + path)
            #expect(answer.status == 400)
            #expect(try answer.errors == [error])
        }
        #expect(try node.post("/api/v1/notices/none/retry").status == 404)
        let all = try node.post("/api/v1/notices/all/retry")
        #expect(try all.status == 409 && all.code == "notice.none-waiting")
        let document = try NodeClient.parse(OpenAPI.document)
        #expect(SchemaChecker(document).faults(try node.get("/api/v1/notices").json, "NoticeList").isEmpty)
    }
}
