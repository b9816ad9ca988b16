import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("API: registering, reading and changing tickets") struct TicketTests {
    @Test func `a registration names the ticket, says where it is and how safe it is`() throws {
        let node = try RunningNode()
        let answer = try node.post("/api/v1/tickets", Sample.registration())
        #expect(answer.status == 201)
        let number = try #require(try answer.json["number"]?.string)
        #expect(number.hasPrefix("000003-"))
        #expect(answer.headers["Location"] == "/api/v1/tickets/\(number)")
        #expect(try answer.json["acknowledgement"]?.string == "L1")
        #expect(try answer.json["repeated"]?.bool == false)
        let version = try #require(try answer.json["version"]?.string)
        #expect(answer.headers["ETag"] == "\"\(version)\"")
    }

    @Test func `a ticket is read by number and by id, with labels, custody and level`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let answer = try node.ticket(number)
        #expect(answer.status == 200)
        let ticket = try answer.json
        #expect(ticket["fields"]?["what"]?["value"]?.string == Sample.fields["what"])
        #expect(ticket["fields"]?["what"]?["label"]?["zh"]?.string == "何事")
        #expect(ticket["fields"]?["amount_involved"]?["value"]?.string == "200.50")
        #expect(ticket["fields"]?["state"]?["text"]?["en"]?.string == "registered")
        #expect(ticket["custody"]?["is_here"]?.bool == true)
        #expect(ticket["custody"]?["custodian"]?.string == "b1")
        #expect(ticket["custody"]?["offer"]?.isNull == true)
        #expect(ticket["acknowledgement"]?["level"]?.string == "L1")
        #expect(ticket["parts"]?["personal"]?.string == "present")
        let document = try #require(ticket["document"]?.string)
        #expect(try node.ticket(document).json["number"]?.string == number)
    }

    @Test func `an unchanged ticket costs no second transfer, and a changed one is sent again`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let tag = try #require(try node.ticket(number).headers["ETag"])
        let path = "/api/v1/tickets/\(number)"
        let known = try node.get(path, ["If-None-Match": tag])
        #expect(known.status == 304)
        #expect(known.body.isEmpty)
        #expect(try node.get(path, ["If-None-Match": "\"old\", W/\(tag)"]).status == 304)
        #expect(try node.get(path, ["If-None-Match": "*"]).status == 304)
        try node.act(number, "note", #"{"text":"客户来电"}"#)
        #expect(try node.get(path, ["If-None-Match": tag]).status == 200)
        #expect(try node.get(path, ["If-None-Match": "no quotes"]).status == 400)
    }

    @Test func `the history lists every act with its lines in both languages`() throws {
        let node = try RunningNode()
        let number = try node.register()
        try node.act(number, "note", #"{"text":"客户来电补充"}"#)
        let acts = try #require(try node.get("/api/v1/tickets/\(number)/history").json["acts"]?.array)
        #expect(acts.map { $0["act"]?.string } == ["register", "note"])
        #expect(acts[1]["lines"]?["zh"]?.array?.map(\.string) == ["备注 + 客户来电补充"])
        #expect(acts[0]["node"]?.string == "b1")
        #expect(acts[0]["bodies"]?["personal"]?.string == "present")
    }

    @Test func `what was read can be given back as it was read, and changes nothing`() throws {
        let node = try RunningNode()
        let number = try node.register(["flags": "mass", "confidential_request": "true"])
        let ticket = try node.ticket(number)
        var fields: [String: JSONValue] = [:]
        for name in ["amount_involved", "confidential_request", "flags", "demand", "what", "contact_verified_at"] {
            if let value = try ticket.json["fields"]?[name]?["value"] { fields[name] = value.value }
        }
        #expect(fields.count == 5)
        #expect(fields["confidential_request"] == .bool(true))
        let answer = try node.send(
            .patch, "/api/v1/tickets/\(number)", bytes: ClientBody.fields(fields),
            ["If-Match": try #require(ticket.headers["ETag"])])
        #expect(answer.status == 409)
        #expect(try answer.code == "refused.nothing_to_change")
    }

    // MARK: Idempotency

    @Test func `a registration that is sent again under its key is registered once`() throws {
        let node = try RunningNode()
        let first = try node.post("/api/v1/tickets", Sample.registration(), ["Idempotency-Key": "key-1"])
        // The same content, written differently.
        let again = Sample.registration().replacing(",", with: ", ")
        let second = try node.post("/api/v1/tickets", again, ["Idempotency-Key": "key-1"])
        #expect(first.status == 201)
        #expect(second.status == 200)
        #expect(try second.json["number"]?.string == first.json["number"]?.string)
        #expect(try second.json["repeated"]?.bool == true)
        #expect(try node.get("/api/v1/status").json["tickets"]?.integer == 1)
    }

    @Test func `a key that was used for another registration is refused`() throws {
        let node = try RunningNode()
        _ = try node.register(key: "key-1")
        let other = try node.post(
            "/api/v1/tickets", Sample.registration(["what": "另一件事"]), ["Idempotency-Key": "key-1"])
        #expect(other.status == 422)
        #expect(try other.code == "request.key-used-differently")
        #expect(try node.post("/api/v1/tickets", Sample.registration(), ["Idempotency-Key": "a b"]).status == 400)
    }

    @Test func `32 repetitions at once make one ticket`() throws {
        let node = try RunningNode()
        let outcomes = Locked<[(status: Int, number: String?)]>([])
        let threads = try (0..<32).map { _ in
            try WorkerThread(name: "repeat") { [url = node.url] in
                let request = HTTPClientRequest(
                    .post, url + "/api/v1/tickets",
                    headers: ["Content-Type": "application/json", "Idempotency-Key": "one"],
                    body: Array(Sample.registration().utf8))
                do {
                    let response = try HTTPClient().perform(request)
                    let number = try NodeClient.parse(response.body)["number"]?.string
                    outcomes.withLock { $0.append((response.status, number)) }
                } catch {
                    outcomes.withLock { $0.append((0, nil)) }
                }
            }
        }
        for thread in threads { thread.join() }
        let found = outcomes.withLock { $0 }
        #expect(found.count == 32)
        #expect(found.filter { $0.status == 201 }.count == 1)
        #expect(found.filter { $0.status == 200 }.count == 31)
        #expect(Set(found.map(\.number)).count == 1)
        #expect(try node.get("/api/v1/status").json["tickets"]?.integer == 1)
    }

    // MARK: Amending

    @Test func `an amendment needs the version that was read, and the second of two loses nothing of the first`() throws
    {
        let node = try RunningNode()
        let number = try node.register()
        let path = "/api/v1/tickets/\(number)"
        let tag = try #require(try node.ticket(number).headers["ETag"])
        let mine = Sample.body(["severity": "important"])
        #expect(try node.send(.patch, path, mine).status == 428)
        let first = try node.send(.patch, path, mine, ["If-Match": tag])
        #expect(first.status == 200)
        let stale = try node.send(.patch, path, Sample.body(["severity": "urgent"]), ["If-Match": tag])
        #expect(stale.status == 412)
        #expect(try stale.code == "ticket.changed-meanwhile")
        #expect(try node.ticket(number).json["fields"]?["severity"]?["value"]?.string == "important")
        // The tag of the answer is good for the next change, and so is the one that is read, level included.
        let tags = [try #require(first.headers["ETag"]), try #require(try node.ticket(number).headers["ETag"])]
        let next = try node.send(.patch, path, Sample.body(["severity": "urgent"]), ["If-Match": tags[0]])
        #expect(next.status == 200)
        #expect(tags[1].hasPrefix(String(tags[0].dropLast())))
        #expect(try node.send(.patch, path, mine, ["If-Match": "W/\(tags[1])"]).status == 412)
        #expect(try node.send(.patch, path, mine, ["If-Match": "\"1-1\", \"2-1\""]).status == 400)
        #expect(try node.send(.patch, path, Sample.body(["severity": "ordinary"]), ["If-Match": "*"]).status == 200)
    }

    @Test func `null and an empty text clear a field`() throws {
        let node = try RunningNode()
        let number = try node.register(["course": "经过一", "cause_told": "原委一"])
        let answer = try node.send(
            .patch, "/api/v1/tickets/\(number)", #"{"fields":{"course":null,"cause_told":""}}"#, ["If-Match": "*"])
        #expect(answer.status == 200)
        let fields = try #require(try node.ticket(number).json["fields"])
        #expect(fields["course"]?["value"]?.isNull == true)
        #expect(fields["cause_told"]?["value"]?.isNull == true)
    }

    @Test func `a field that is set once is corrected with a reason only`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let path = "/api/v1/tickets/\(number)"
        let body = Sample.body(["intake_channel": "letter"])
        #expect(try node.send(.patch, path, body, ["If-Match": "*"]).code == "refused.unknown_reason")
        let corrected = Sample.body(["intake_channel": "letter"], [("reason", "typing_error")])
        #expect(try node.send(.patch, path, corrected, ["If-Match": "*"]).status == 200)
    }
}
