import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// A client that heard no answer sends its request again. Under the same key nothing happens twice.
@Suite("API: repeated requests") struct RepetitionTests {
    @Test func `an act that is sent twice under one key is done once and answered alike`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let body = #"{"text":"客户来电"}"#
        let first = try node.act(number, "note", body, ["Idempotency-Key": "k1"])
        try node.act(number, "note", #"{"text":"另一条"}"#)
        let second = try node.act(number, "note", #"{ "text": "客户来电" }"#, ["Idempotency-Key": "k1"])
        for name in ["dot", "act", "version", "number", "document"] {
            #expect(try first.json[name]?.string == second.json[name]?.string, "\(name)")
        }
        #expect(first.headers["ETag"] == second.headers["ETag"])
        #expect(try first.json["repeated"]?.bool == false)
        #expect(try second.json["repeated"]?.bool == true)
        #expect(try node.get("/api/v1/tickets/\(number)/history").json["acts"]?.array?.count == 3)
    }

    @Test func `an act that its own effect would now forbid is still answered as before`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let body = Sample.body(Sample.dispatch, [("to", "p1")])
        for (act, body) in [("dispatch", body), ("take", ""), ("feedback", Sample.body(Sample.feedback))] {
            let first = try node.act(number, act, body, ["Idempotency-Key": act])
            let second = try node.act(number, act, body, ["Idempotency-Key": act])
            #expect(try first.json["dot"]?.string == second.json["dot"]?.string)
        }
    }

    @Test func `an amendment whose answer was lost is not refused for the version that it made`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        let tag = try #require(try node.ticket(number).headers["ETag"])
        let headers = ["If-Match": tag, "Idempotency-Key": "amend-1"]
        let path = "/api/v1/tickets/\(number)"
        for _ in 0..<2 {
            let answer = try node.send(.patch, path, Sample.body(["severity": "urgent"]), .init(headers))
            #expect(answer.status == 200, "\(answer.text)")
        }
        #expect(try node.get("\(path)/history").json["acts"]?.array?.count == 2)
    }

    @Test func `another request under a key that was used is refused, whatever is different`() throws {
        let node = try RunningNode("b1")
        let (number, other) = (try node.register(key: "new"), try node.register())
        try node.act(number, "note", #"{"text":"一"}"#, ["Idempotency-Key": "k"])
        let key = ["Idempotency-Key": "k"]
        for (path, body, more) in [
            ("\(number)/note", #"{"text":"二"}"#, [:]), ("\(other)/note", #"{"text":"一"}"#, [:]),
            ("\(number)/note", #"{"text":"一"}"#, ["X-Post": "counter-1"]), ("\(number)/submit", "", [:]),
        ] {
            let headers = key.merging(more) { $1 }
            let answer = try node.post("/api/v1/tickets/\(path)", body, .init(headers))
            #expect(answer.status == 422)
            #expect(try answer.code == "request.key-used-differently")
        }
        let register = try node.post("/api/v1/tickets", Sample.registration(), .init(key))
        #expect(try register.code == "request.key-used-differently")
        let act = try node.post("/api/v1/tickets/\(number)/note", #"{"text":"一"}"#, ["Idempotency-Key": "new"])
        #expect(try act.code == "request.key-used-differently")
        #expect(try node.get("/api/v1/tickets/\(number)/history").json["acts"]?.array?.count == 2)
    }

    @Test func `a refused act leaves its key free`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        let key = ["Idempotency-Key": "k"]
        #expect(try node.post("/api/v1/tickets/\(number)/take", "", .init(key)).status == 409)
        try node.act(number, "submit", "", .init(key))
    }

    @Test func `a repeated registration is answered with what it was, though the ticket went on`() throws {
        let node = try RunningNode("b1")
        let headers = ["Idempotency-Key": "r"]
        let first = try node.post("/api/v1/tickets", Sample.registration(), .init(headers))
        try node.act(try #require(try first.json["number"]?.string), "note", #"{"text":"一"}"#)
        let second = try node.post("/api/v1/tickets", Sample.registration(), .init(headers))
        #expect(first.status == 201 && second.status == 200)
        #expect(try first.json["version"]?.string == second.json["version"]?.string)
        #expect(try first.json["dot"]?.string == second.json["dot"]?.string)
    }

    @Test func `a key that the first version of the program kept is still known`() throws {
        let topology = try RunningNode.topology()
        let node = try #require(topology.node("b1"))
        let folder = try TemporaryFolder()
        let paths = StorePaths(folder: folder.path)
        let context = NodeProcess.context(topology, node)
        let place = Place(node: node.id, tier: node.tier, org: node.orgCode, parent: node.parent)
        let request = TicketRequest(
            command: .register(Registration(fields: Sample.fields)), ticket: nil,
            actor: Actor(post: "clerk-1", role: "clerk", place: place), idempotencyKey: "k")
        try ReplicaStore.create(paths, context)
        var store = try ReplicaStore.open(paths, context)
        let first = try store.execute(request)
        store.close()
        let connection = try Connection(path: paths.database, mode: .readWrite)
        // As the first version wrote it.
        try connection.execute("UPDATE requests SET action = NULL, bodies = NULL")
        connection.close()
        store = try ReplicaStore.open(paths, context)
        defer { store.close() }
        let second = try store.execute(request)
        #expect(second.isRepeated && second.number == first.number && second.dot == nil)
    }
}
