import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// However the person complained about is written down, and wherever that person sits.
@Suite("Who is complained about") struct RecusalStories {
    @Test(arguments: [
        ("柜台负责人 010101.BRANCH_HEAD(3号窗口),态度差", "010101.branch_head"), ("010101.branch_head.", "010101.branch_head"),
        ("总行 000000.ho_auditor", "000000.ho_auditor"), ("010000.clerk", "010000.clerk"),
    ])
    func `RO-15 a post that is named among words, in capitals or of another tier, is kept from the ticket there`(
        _ words: String, _ post: String
    ) throws {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register(["target_person": words])
        try bank.connect()
        let own = try #require(
            [bank.branch, bank.province, bank.head].first {
                $0.runtime.store.people.seat(post)?.node == $0.runtime.node.id
            })
        // Head office has no words of it: the core record alone has to do.
        let answer = try own.note(number, ["X-Post": post])
        #expect(try answer.status == 404 && answer.code == "ticket.not-found", "\(answer.text)")
        #expect(try own.get("/api/v1/tickets/\(number)", ["X-Post": post]).status == 404)
    }

    @Test func `RO-15 two posts in one field are refused, for one of them would keep the ticket`() throws {
        let bank = try PeopleBank.registered()
        let words = "010101.clerk 和 010101.branch_head"
        let answer = try bank.branch.post("/api/v1/tickets", Sample.registration(["target_person": words]))
        #expect(answer.status == 422)
        #expect(try answer.errors.contains { $0.contains("target_person") })
        let number = try bank.branch.register()
        let amended = try bank.branch.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body(["target_person": words], [("reason", "new_information")]),
            ["If-Match": "*"])
        #expect(amended.status == 422)
    }

    @Test func `a name that the register does not know is taken and said to keep nobody away`() throws {
        let bank = try PeopleBank.registered()
        let fields = ["target_person": "王大堂"]
        let preview = try bank.branch.post("/api/v1/tickets/preview", Sample.registration(fields))
        #expect(preview.text.contains("they keep nobody from the ticket"))
        let number = try bank.branch.register(fields)
        let shown = bank.branch.run("ticket", "show", number)
        #expect(shown.output.contains("they keep nobody from the ticket") && shown.output.contains("target_person"))
        // Whoever may not read the words is not told of them.
        try bank.connect()
        #expect(!bank.head.run("ticket", "show", number).output.contains("they keep nobody"))
        let known = try bank.branch.register(["target_person": "010101.clerk"])
        #expect(try bank.branch.ticket(known).json["notes"]?.array?.isEmpty == true)
    }

    @Test func `RO-15 an order about complaints is kept from everybody whom one of them is about`() throws {
        let bank = try PeopleBank.registered()
        let named = ["010000.dispatcher", "010000.approver"]
        let numbers = try named.map { try bank.branch.register(["target_person": $0]) }
        for number in numbers { try bank.branch.act(number, "submit") }
        try bank.connect()
        let order = RunningNode.run(
            ["supervise"] + numbers
                + [
                    "--answer-by", "23:59", "--reason", "no_act", "--post", "000000.ho_dispatcher", "--url",
                    bank.head.url,
                ])
        try #require(order.code == .success, "\(order.error)")
        let number = try #require(order.output.split(separator: " ").first.map(String.init))
        try bank.connect()
        for post in named {
            let said = try bank.province.get("/api/v1/tickets/\(number)", ["X-Post": post])
            #expect(said.status == 404, "\(post)")
        }
        #expect(try bank.province.get("/api/v1/tickets/\(number)", ["X-Post": "010000.clerk"]).status == 200)
        // Nor do they act on it, and what is told of it to their roles is not told to them.
        #expect(try bank.province.note(number, ["X-Post": named[0]]).code == "ticket.not-found")
        let store = bank.province.runtime.store
        let kept = try store.ticket(TicketReference(number)).view.keptFrom(store.people, at: "province-01")
        #expect(Set(kept) == Set(named))
    }

    @Test func `AU-03 neither a board's figures nor a link tell the target that there is a ticket about him`() throws {
        let bank = try PeopleBank.registered()
        let post = "010101.branch_head"
        _ = try bank.branch.register()
        let mine = try bank.branch.register()
        func registered(_ post: String) throws -> Int64? {
            try bank.branch.get("/api/v1/board", ["X-Post": post]).json["columns"]?.array?
                .first { $0["state"]?.string == "registered" }?["count"]?.integer
        }
        #expect(try registered(post) == 2)
        let about = try bank.branch.register(["target_person": post])
        #expect(try registered(post) == 2)
        #expect(try registered("010101.clerk") == 3)
        func link(_ number: String) throws -> Answer {
            try bank.branch.send(
                .patch, "/api/v1/tickets/\(mine)", Sample.body(["links": "same_event@\(number)"]),
                ["If-Match": "*", "X-Post": post])
        }
        let unknown = try link("010101-20261116-0000-0")
        let hidden = try link(about)
        #expect(unknown.status == 422 && hidden.status == 422)
        #expect(try hidden.errors == unknown.errors)
        #expect(try bank.branch.get("/api/v1/tickets", ["X-Post": post]).json["withheld"] == nil)
        // The newest is about him: the page goes on to the next, and no cursor stands at what he may not see.
        bank.pass(PeopleBank.minute)
        let last = try bank.branch.register(["target_person": post])
        let page = try bank.branch.get("/api/v1/tickets?limit=1", ["X-Post": post])
        let row = try #require(bank.branch.runtime.store.worklist(WorklistQuery()).rows.first)
        #expect(row.value("ticket_no") == .text(last))
        #expect(try page.json["tickets"]?.array?.first?["number"]?.string == mine)
        #expect(try page.json["next"]?.string?.hasSuffix(".\(row.key)") == false)
        for query in ["sort=target_person_token", "target_person_token=00"] {
            #expect(try bank.branch.get("/api/v1/tickets?\(query)").status == 400)
        }
    }
}
