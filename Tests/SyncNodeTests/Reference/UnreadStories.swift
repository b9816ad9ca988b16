import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode
@testable import TicketStore

/// What head office publishes with a newer program than a node has.
@Suite("Published by a newer program") struct UnreadStories {
    private func unread(_ node: RunningNode) throws -> [String] {
        let incidents = try node.get("/api/v1/incidents").json["incidents"]?.array ?? []
        return incidents.filter { $0["code"]?.string == "reference-unread" }
            .map { "\($0["subject"]?.string ?? "-") \($0["count"]?.integer ?? 0)" }.sorted()
    }

    @Test func `an item that this program cannot read is an incident, once, and the version before it counts`() throws {
        let bank = try PeopleBank.registered()
        let store = bank.head.runtime.store
        #expect(try unread(bank.branch).isEmpty)
        let newer = ReferenceItem(
            kind: .people, name: "posts-example", version: "2027.1",
            content: #"{"format": 2, "people": "posts-example", "version": "2027.1"}"#)
        try store.publish(newer, post: "policy-desk")
        try bank.connect()
        for node in [bank.head, bank.province, bank.branch] {
            #expect(try unread(node) == ["people posts-example 2027.1 1"])
        }
        // Each further item has all of them read again: that is no second incident.
        for (kind, name) in [(ReferenceKind.knowledgeText, "k"), (.alertRules, "a"), (.policyPack, "p")] {
            try store.publish(
                ReferenceItem(kind: kind, name: name, version: "1", content: "words"), post: "policy-desk")
        }
        try bank.connect()
        #expect(
            try unread(bank.branch) == [
                "alert_rules a 1 1", "knowledge_text k 1 1", "people posts-example 2027.1 1", "policy_pack p 1 1",
            ])
        let status = try bank.branch.get("/api/v1/status").json
        #expect(status["incidents"]?.integer == 4)
        #expect(status["people"]?["registers"]?.array?.compactMap(\.string) == ["posts-example 2026-11-01.1"])
        let number = try bank.branch.register()
        #expect(try bank.branch.note(number, ["X-Post": "010101.nobody"]).status == 403, "the old register holds")
        let told = bank.branch.run("incidents").output
        #expect(told.contains("people posts-example 2027.1") && told.contains("升级本节点程序"), "\(told)")
    }

    @Test func `an item of a kind that only a newer program knows is an incident too, and no ticket`() throws {
        let bank = try PeopleBank()
        try bank.head.runtime.store.write { transaction in
            _ = try transaction.author(
                Draft(
                    document: nil, kind: ReferenceField.publishAct, post: "policy-desk",
                    core: [
                        .create(home: "head-office"), .publish, .write(ReferenceField.kind, .text("holiday_wishes")),
                        .write(ReferenceField.name, .text("w")), .write(ReferenceField.version, .text("1")),
                        .write(ReferenceField.content, .text("{}")),
                    ]))
        }
        try bank.connect()
        for node in [bank.head, bank.branch] {
            #expect(try unread(node) == ["holiday_wishes w 1 1"])
            #expect(try node.get("/api/v1/references").json["references"]?.array?.isEmpty == true)
            #expect(try node.runtime.store.status().figures.all == 0)
        }
    }
}
