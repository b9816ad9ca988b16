import Simulation
import SyncProtocol
import Testing
import TicketModel
import TicketStore

/// Rules, calendars and posts: one desk writes, every node reads.
@Suite("What head office publishes") struct ReferenceStories {
    private let pack = ReferenceItem(kind: .policyPack, name: "bank-promise", version: "2026-01", content: "{}")

    @Test func `a published item reaches every node and every copy is equal`() throws {
        let story = try Story()
        #expect(try story.bank["ho"].publish(pack, post: "policy-desk"))
        try story.bank.settle()
        for node in story.bank.nodes { #expect(try node.store.references() == [pack], "\(node.key)") }
        try story.expectAgreement()
    }

    @Test func `the same version again changes nothing, and with another content it is refused`() throws {
        let story = try Story()
        try story.bank["ho"].publish(pack, post: "policy-desk")
        #expect(try !story.bank["ho"].publish(pack, post: "policy-desk"))
        let other = ReferenceItem(kind: .policyPack, name: "bank-promise", version: "2026-01", content: "{ }")
        #expect(throws: StoreError.versionPublished) { try story.bank["ho"].publish(other, post: "policy-desk") }
        #expect(try story.bank["ho"].references() == [pack])
    }

    @Test func `a branch and a province cannot publish`() throws {
        let story = try Story()
        for node in ["b1", "p1"] {
            #expect(throws: StoreError.notHeadOffice) { try story.bank[node].publish(pack, post: "policy-desk") }
        }
    }

    /// A changed program could still write the operation: it opens nothing.
    @Test func `a branch that claims to publish a ticket shows it to nobody else`() throws {
        let story = try Story()
        let dot = try story.bank["b1"].author(
            Draft(
                document: nil, kind: 900, post: "clerk", claim: .own(0), core: [.create(home: "b1"), .publish],
                personal: [.write(SimulatedField.phone, .text("138 0000 0000"))]))
        try story.bank.settle()
        #expect(try story.holders(of: dot) == ["b1", "p1", "ho"])
        #expect(try story.bodies(at: "ho") == 0)
        #expect(try story.bank["ho"].references().isEmpty)
    }

    @Test func `head office cannot make a ticket public afterwards`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        try story.act(id, at: "ho", .publish)
        try story.bank.settle()
        #expect(try story.state(id, at: "b1").audience.isPublic == false)
        #expect(try story.bank["b3"].state(of: id) == nil)
        try story.expectAgreement()
    }

    @Test func `a branch that was restored from an old copy gets the items again`() throws {
        let story = try Story()
        let node = story.bank.node("b1")
        let backup = try node.disk()
        try story.bank["ho"].publish(pack, post: "policy-desk")
        try story.bank.settle()
        try node.restart(backup)
        #expect(try node.store.references().isEmpty)
        try story.bank.settle()
        #expect(try node.store.references() == [pack])
        try story.expectAgreement()
    }

    @Test func `an item is no ticket`() throws {
        let story = try Story()
        try story.bank["ho"].publish(pack, post: "policy-desk")
        try story.bank.settle()
        let published = try story.bank["b1"].holdings().map(\.sealed.record)
            .first { $0.kind == ReferenceField.publishAct }
        let id = try #require(published).document
        #expect(throws: StoreError.noSuchTicket) { try story.bank["b1"].ticket(.document(id)) }
        #expect(try story.bank["b1"].changedTexts(after: 0, actionsMax: 100)?.texts.isEmpty != false)
    }
}
