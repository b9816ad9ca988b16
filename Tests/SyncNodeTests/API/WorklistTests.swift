import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("API: worklists") struct WorklistTests {
    private func numbers(_ answer: Answer) throws -> [String] {
        (try answer.json["tickets"]?.array ?? []).compactMap { $0["number"]?.string }
    }

    @Test func `tickets are filtered by column, set of values and range`() throws {
        let node = try RunningNode()
        let old = try node.register(["severity": "important", "received_at": "2024-01-05"])
        let new = try node.register(["severity": "urgent", "received_at": "2024-02-05"])
        let list = { (query: String) in try numbers(try node.get("/api/v1/tickets?\(query)")) }
        #expect(try list("severity=important") == [old])
        #expect(try list("severity=important,urgent") == [new, old])
        #expect(try list("severity=important&severity=urgent&sort=received_at") == [old, new])
        #expect(try list("received_at.from=2024-02-01") == [new])
        #expect(try list("received_at.before=2024-02-01&received_at.from=2024-01-01") == [old])
        #expect(try list("is_open=true&priority=2") == [new])
        #expect(try list("state=closed").isEmpty)
        #expect(try list("custodian=b1") == [new, old])
        #expect(try list("custodian=p1").isEmpty)
        #expect(try list("ticket_no=\(old)") == [old])
        #expect(try list("conflicts=true").isEmpty)
    }

    @Test func `a row shows core fields only`() throws {
        let node = try RunningNode()
        _ = try node.register()
        let answer = try node.get("/api/v1/tickets")
        #expect(!answer.text.contains("重复扣费"))
        let row = try #require(try answer.json["tickets"]?[0])
        #expect(row["fields"]?["state"]?.string == "registered")
        #expect(row["fields"]?["is_open"]?.bool == true)
        #expect(row["custodian"]?.string == "b1")
        #expect(row["fields"]?["closed_at"] == nil)
    }

    @Test(arguments: [
        ("stat=closed", "stat unknown-parameter"), ("state=nothing", "state not_in_list"),
        ("received_at.from=soon", "received_at not_an_instant"), ("received_at.until=1", "received_at bad-range"),
        ("limit=0", "limit out-of-range"), ("limit=501", "limit out-of-range"), ("limit=x", "limit out-of-range"),
        ("sort=what", "what unknown-parameter"), ("sort=state,kind,scope", "sort out-of-range"),
        ("sort=", "sort empty"), ("limit=5&limit=6", "limit repeated"),
        ("cursor=nonsense", "cursor bad-cursor"), ("cursor=-received_at~x.y", "cursor bad-cursor"),
        ("cursor=-received_at~i1.1&sort=state", "cursor bad-cursor"), ("custodian=nobody", "custodian unknown-node"),
        ("conflicts=maybe", "conflicts not-a-flag"), ("q=%E5%BC%A0", "q unknown-parameter"),
        ("priority=high", "priority not_a_number"),
        ("severity=", "severity empty"), ("severity=,", "severity out-of-range"),
        ("%E5%A7%93=1", "? unknown-parameter"),
    ])
    func `a query that means nothing is refused by name`(query: String, error: String) throws {
        let node = try RunningNode()
        let answer = try node.get("/api/v1/tickets?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.errors == [error])
    }

    @Test func `a mistyped column is met with the one that was meant`() throws {
        let node = try RunningNode()
        #expect(try node.get("/api/v1/tickets?severty=urgent").json["hint"]?.string?.contains("severity") == true)
    }

    @Test(arguments: [
        "-received_at", "received_at", "severity,-received_at", "-priority,received_at", "closed_at", "-closed_at",
    ])
    func `pages show every ticket once while new ones are written`(sort: String) throws {
        let node = try RunningNode()
        let severities = ["ordinary", "important", "urgent"]
        var expected: Set<String> = []
        for index in 0..<40 {
            expected.insert(
                try node.register([
                    "severity": severities[index % 3], "received_at": "2024-01-0\(1 + index % 4)",
                ]))
        }
        var seen: [String] = []
        var cursor: String?
        repeat {
            let more = cursor.map { "&cursor=\($0)" } ?? "&sort=\(sort)"
            let page = try node.get("/api/v1/tickets?limit=7\(more)")
            seen += try numbers(page)
            cursor = try page.json["next"]?.string
            _ = try node.register(["severity": severities[seen.count % 3], "received_at": "2024-01-02"])
        } while cursor != nil
        #expect(Set(seen).count == seen.count, "a ticket stood on two pages")
        #expect(expected.isSubset(of: seen), "a ticket stood on no page")
    }

    @Test func `any two characters of the words find the ticket`() throws {
        let node = try RunningNode()
        let number = try node.register(["course": "在自助机具上取款时吞卡"])
        _ = try node.register(["course": "排队时间过长"])
        try node.waitForIndex()
        #expect(try numbers(try search(node, #""words":"吞卡""#)) == [number])
        #expect(try numbers(try search(node, #""words":"吞卡","state":"registered","limit":1"#)) == [number])
        #expect(try numbers(try search(node, #""words":"吞卡","state":["closed","archived"]"#)).isEmpty)
        #expect(try numbers(try search(node, #""words":"无此""#)).isEmpty)
    }

    private func search(_ node: RunningNode, _ members: String) throws -> Answer {
        try node.post("/api/v1/tickets/search", "{\(members)}")
    }

    @Test(arguments: [
        (#""state":"closed""#, 422, " missing-key"), (#""words":"""#, 400, "words out-of-range"),
        (#""words":"吞卡","stat":"closed""#, 422, "/stat unknown-key"),
        (#""words":"吞卡","limit":0"#, 400, "limit out-of-range"),
        (#""words":"吞卡","limit":{}"#, 422, "/limit wrong-type"),
    ])
    func `a search that means nothing is refused by name`(members: String, status: Int, error: String) throws {
        let node = try RunningNode()
        let answer = try search(node, members)
        #expect(answer.status == status)
        #expect(try answer.errors == [error])
    }

    @Test func `words in an address are refused, and never repeated`() throws {
        let answer = try RunningNode().get("/api/v1/tickets?q=\(PercentText.encode("张三"))")
        #expect(answer.status == 400)
        #expect(!answer.text.contains("张三"))
        #expect(try answer.json["hint"]?.string?.contains("/api/v1/tickets/search") == true)
    }
}
