import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Duplicates at entry: what a clerk is told before and after registering, and what becomes of it.
@Suite("Similar tickets") struct SimilarStories {
    private static let customer = [
        "complainant_phone": "13800000001", "complainant_name": "查重客户", "complainant_id_number": "11010519491231002x",
    ]
    /// Nothing in common with the usual registration of the tests.
    private static let elsewhere = ["symptom": "queue_long", "business_class": "loan"]

    private func similar(_ node: RunningNode, _ fields: [String: String]) throws -> [JSONElement] {
        let answer = try node.post("/api/v1/tickets/similar", Sample.body(fields))
        #expect(answer.status == 200, "\(answer.text)")
        for word in ["查重客户", "13800000001", "重复扣费"] { #expect(!answer.text.contains(word)) }
        return try answer.json["similar"]?.array ?? []
    }

    private func numbers(_ list: [JSONElement]) -> [String] { list.compactMap { $0["number"]?.string } }

    @Test(arguments: ["13800000001", "+86 138-0000-0001", "１３８００００ ０００１", "0086 13800000001 转 8"])
    func `DM-06 the same customer is found by the number however it is written, before registering`(
        phone: String
    ) throws {
        let bank = try PeopleBank()
        let number = try bank.branch.register(SimilarStories.customer)
        let fields = SimilarStories.elsewhere.merging(["complainant_phone": phone]) { $1 }
        let found = try similar(bank.branch, fields)
        #expect(numbers(found) == [number])
        #expect(found.first?["same_person"]?.bool == true && found.first?["same_event"]?.bool == false)
        let other = SimilarStories.elsewhere.merging(["complainant_phone": "13900000002"]) { $1 }
        #expect(try similar(bank.branch, other).isEmpty)
        let identity = SimilarStories.elsewhere.merging(["complainant_id_number": "11010519491231002X"]) { $1 }
        #expect(try numbers(similar(bank.branch, identity)) == [number])
        let hidden = SimilarStories.elsewhere.merging(["complainant_phone": "138****0001"]) { $1 }
        #expect(try similar(bank.branch, hidden).isEmpty)
    }

    @Test func `DM-06 the same event within a week is found, and an older one is not`() throws {
        let bank = try PeopleBank()
        let number = try bank.branch.register()
        let found = try similar(bank.branch, Sample.fields)
        #expect(numbers(found) == [number])
        #expect(found.first?["same_event"]?.bool == true)
        bank.pass(8 * PeopleBank.day)
        #expect(try similar(bank.branch, Sample.fields).isEmpty)
        let dated = Sample.fields.merging(["received_at": String(PeopleBank.morning + PeopleBank.day)]) { $1 }
        #expect(try numbers(similar(bank.branch, dated)) == [number])
    }

    @Test func `the receipt names similar tickets, and the choice of another matter is not asked again`() throws {
        let bank = try PeopleBank()
        let first = try bank.branch.register(SimilarStories.customer)
        let second = try bank.branch.post(
            "/api/v1/tickets",
            Sample.registration(SimilarStories.customer.merging(SimilarStories.elsewhere) { $1 }),
            ["Idempotency-Key": "again"])
        #expect(try numbers(second.json["similar"]?.array ?? []) == [first])
        let again = try bank.branch.post(
            "/api/v1/tickets",
            Sample.registration(SimilarStories.customer.merging(SimilarStories.elsewhere) { $1 }),
            ["Idempotency-Key": "again"])
        #expect(try numbers(again.json["similar"]?.array ?? []) == [first])
        let number = try #require(try second.json["number"]?.string)

        let said = bank.branch.run("ticket", "amend", number, "--field", "links=different_matter@\(first)")
        #expect(said.code == .success, "\(said.error)")
        try bank.connect()
        for node in [bank.branch, bank.province] {
            for one in [first, number] {
                let list = try node.get("/api/v1/tickets/\(one)/similar").json["similar"]?.array
                #expect(list?.isEmpty == true)
            }
        }
        let third = SimilarStories.customer.merging(SimilarStories.elsewhere) { $1 }
        #expect(try Set(numbers(similar(bank.branch, third))) == [first, number])
        // Said at registration already: named nowhere.
        let told = try bank.branch.post(
            "/api/v1/tickets", Sample.registration(third.merging(["links": "different_matter@\(first)"]) { $1 }))
        #expect(try numbers(told.json["similar"]?.array ?? []) == [number])
    }

    @Test func `the command shows it to people, and says where nothing is`() throws {
        let bank = try PeopleBank()
        #expect(bank.branch.run("ticket", "similar", "--field", "symptom=fee_wrong").output.contains("no similar"))
        let number = try bank.branch.register(SimilarStories.customer)
        let words = ["ticket", "new", "--url", bank.branch.url]
        let fields = Sample.fields.merging(SimilarStories.customer) { $1 }
        let new = RunningNode.run(words + fields.flatMap { ["--field", "\($0.key)=\($0.value)"] })
        #expect(new.code == .success, "\(new.error)")
        #expect((new.output + new.error).contains("links=different_matter@\(number)"))
        #expect(bank.branch.run("ticket", "similar", number).output.contains("同一人"))
        let wrong = try bank.branch.post("/api/v1/tickets/similar", #"{"field":{}}"#)
        #expect(wrong.status == 422)
        #expect(try bank.branch.get("/api/v1/tickets/010101-20240301-1234-A/similar").status == 404)
    }

    @Test
    func `the province sees duplicates across its branches, merges by number, and the old number still leads there`()
        throws
    {
        let bank = try PeopleBank()
        let first = try bank.branch.register(SimilarStories.customer)
        bank.pass(PeopleBank.minute)
        let second = try bank.other.register(SimilarStories.customer)
        #expect(try bank.other.get("/api/v1/tickets/\(second)/similar").json["similar"]?.array?.isEmpty == true)
        try bank.other.act(second, "submit")
        try bank.connect()
        let seen = try bank.province.get("/api/v1/tickets/\(second)/similar").json["similar"]?.array ?? []
        #expect(numbers(seen) == [first])
        let merged = bank.province.run(
            "ticket", "act", second, "merge", "--field", "into=\(first)", "--field", "reason=same_event")
        try #require(merged.code == .success, "\(merged.error)")
        try bank.connect()

        for node in [bank.province, bank.other, bank.head] {
            let old = try node.ticket(second).json
            #expect(old["merged_into"]?["document"]?.string?.isEmpty == false)
            #expect(old["fields"]?["state"]?["value"]?.string == "merged")
        }
        #expect(try bank.province.ticket(second).json["merged_into"]?["number"]?.string == first)
        #expect(bank.province.run("ticket", "show", second).output.contains("merged into"))
        #expect(try bank.province.ticket(first).json["merged_into"]?.isNull == true)
        let listed = try bank.province.get("/api/v1/tickets").json["tickets"]?.array ?? []
        #expect(numbers(listed) == [first])
        let all = try bank.province.get("/api/v1/tickets?merged=true").json["tickets"]?.array ?? []
        #expect(numbers(all).count == 2)
        let asked = try bank.province.get("/api/v1/tickets?state=merged").json["tickets"]?.array ?? []
        #expect(numbers(asked) == [second])
        // What was merged is no likeness any more.
        #expect(try bank.province.get("/api/v1/tickets/\(first)/similar").json["similar"]?.array?.isEmpty == true)
    }

    @Test func `a merge into a ticket that nobody knows is refused`() throws {
        let bank = try PeopleBank()
        let number = try bank.branch.register()
        try bank.branch.act(number, "submit")
        try bank.connect()
        let answer = try bank.province.post(
            "/api/v1/tickets/\(number)/acts/merge",
            #"{"fields":{"into":"010101-20240301-1234-A","reason":"same_event"}}"#)
        #expect(answer.status == 422 || answer.status == 409)
    }

    @Test func `DM-01 DM-02 malicious needs its safeguards at run time, and another matter is no ground`() throws {
        let bank = try PeopleBank.registered()
        let first = try bank.branch.register(SimilarStories.customer)
        let number = try bank.branch.register(SimilarStories.customer)
        func judge(_ more: [String: String], by post: String = "010101.branch_officer") throws -> Answer {
            let fields = ["validity": "malicious", "malicious_kind": "repeated"].merging(more) { $1 }
            return try bank.branch.send(
                .patch, "/api/v1/tickets/\(number)", Sample.body(fields), ["If-Match": "*", "X-Post": post])
        }
        let event = ["links": "same_event@\(first)"]
        let alone = try judge(event)
        #expect(try alone.json["rule"]?.string == "G-malicious")
        #expect(
            try alone.json["hint"]?.string?.contains(
                "ticket act \(number) countersign --post 010101.branch_head --field matter=malice") == true)
        // His own word is no second one.
        #expect(try bank.branch.countersign(number, "malice", by: "010101.branch_officer").status == 200)
        #expect(try judge(event).json["rule"]?.string == "G-malicious")
        #expect(try bank.branch.countersign(number, "malice", by: "010101.clerk").status == 403)
        #expect(try bank.branch.countersign(number, "malice", by: "010101.nobody").status == 403)
        #expect(try bank.branch.countersign(number, "malice", by: "010101.branch_head").status == 200)
        #expect(try judge([:]).json["rule"]?.string == "G-malicious")
        #expect(try judge(["links": "different_matter@\(first)"]).json["rule"]?.string == "G-malicious")
        #expect(try judge(event, by: "010101.clerk").json["rule"]?.string == "G-malicious")
        let granted = try judge(event)
        #expect(granted.status == 200, "\(granted.text)")
    }

    @Test func `with another key the tokens are made anew at the start, and the customer is found as before`() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        let node = try #require(topology.node("branch-0101"))
        let folder = try TemporaryFolder()
        let paths = StorePaths(folder: folder.path)
        func context(_ key: String) -> StoreContext {
            NodeProcess.context(topology, node, tokens: PersonKeyFile.tokens(Array(key.utf8)))
        }
        try ReplicaStore.create(paths, context("one"))
        let first = try ReplicaStore.open(paths, context("one"))
        let place = Place(node: node.id, tier: .branch, org: node.orgCode, parent: node.parent)
        let fields = Sample.fields.merging(SimilarStories.customer) { $1 }
        _ = try first.execute(
            TicketRequest(
                command: .register(Registration(fields: fields)), ticket: nil,
                actor: Actor(post: "010101.clerk", role: "clerk", place: place)))
        first.close()
        let probe = SimilarStories.customer.merging(SimilarStories.elsewhere) { $1 }
        for key in ["two", "one", "one"] {
            let store = try ReplicaStore.open(paths, context(key))
            #expect(try store.similar(toFields: probe, org: node.orgCode).map(\.isSamePerson) == [true])
            store.close()
        }
    }
}
