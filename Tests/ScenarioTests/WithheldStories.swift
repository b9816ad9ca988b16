import SyncProtocol
import TicketStore
import Testing

/// What the word binds that an act was kept out: who may say it, and that saying it once more changes nothing.
@Suite("Acts that are kept out") struct WithheldStories {
    private func keepOut(_ dots: [Dot], of id: DocumentID, author: NodeID, by node: String, _ story: Story) throws {
        let acts = try dots.map { dot in
            WithheldAct(
                dot: dot, document: id, hash: try #require(try story.bank[node].hash(of: dot)), reason: .notAMember)
        }
        _ = try story.bank[node].author(
            Draft(document: DocumentID(recordOf: author), kind: NodeAct.withheld, post: "", core: [.withheld(acts)]))
    }

    @Test func `an act that a node above keeps out loses its effect everywhere, and the lines agree`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.act(id, at: "b1", claim: story.held(id, at: "b1"), .involve("b2"))
        let note = try story.note("kept out", on: id, at: "b1")
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "b2").count == 1)
        try keepOut([note], of: id, author: "b1", by: "p1", story)
        try story.bank.settle()
        for node in ["b1", "b2", "p1"] { #expect(try story.notes(on: id, at: node).isEmpty, "\(node)") }
        try story.expectAgreement()
    }

    @Test func `an act that is kept out twice, in one word or by two nodes, is counted out once`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.act(id, at: "b1", claim: story.held(id, at: "b1"), .involve("b2"))
        let note = try story.note("kept out", on: id, at: "b1")
        try story.widen(id, to: .full, at: "b1")
        try story.bank.settle()
        try keepOut([note, note], of: id, author: "b1", by: "p1", story)
        try keepOut([note], of: id, author: "b1", by: "ho", story)
        try story.bank.settle()
        try story.expectAgreement()
        // A sum that went wrong would make the lines ask for everything again.
        for node in story.bank.nodes {
            #expect(try story.incidents(at: node.key, .differenceFound) == 0, "\(node.key)")
        }
    }

    @Test func `nobody beside or below a node keeps its acts out`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.act(id, at: "b1", claim: story.held(id, at: "b1"), .involve("b2"))
        let note = try story.note("stays", on: id, at: "b1")
        try story.bank.settle()
        try keepOut([note], of: id, author: "b1", by: "b2", story)
        try story.bank.settle()
        for node in ["b1", "p1"] {
            #expect(try story.notes(on: id, at: node).count == 1, "\(node)")
            #expect(try !story.bank[node].lineage().isWithheld(note), "\(node)")
        }
    }
}
