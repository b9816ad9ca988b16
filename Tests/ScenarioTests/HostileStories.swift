import Simulation
import SyncProtocol
import Testing

@testable import TicketModel
@testable import TicketStore

/// A peer may be broken or worse: its acts have good hashes and say anything.
@Suite("Stories: what a peer may write") struct HostileStories {
    /// Every number of the core that a peer can write, at either end of 64 bits.
    private func numbers(_ number: Int64) -> [Operation] {
        FieldTable.all.filter { $0.part == .core && $0.type.isInteger }.compactMap { field in
            switch field.merge {
            case .custodian, .once: .assign(field.id, .integer(number))
            case .free: .write(field.id, .integer(number))
            default: nil
            }
        }
    }

    private func born(_ story: Story, _ core: [Operation], at node: NodeID = "b1") throws -> DocumentID {
        let number = try #require(TicketNumber(org: "010101", at: 1_790_000_000_000, randomness: 1))
        let head: [Operation] = [
            .create(home: node), .assign(TicketField.ticketNo, .text(number.description)),
            .assign(TicketField.kind, .text("complaint")), .assign(TicketField.state, .text("registered")),
        ]
        let dot = try story.bank[node.text].author(
            Draft(document: nil, kind: TicketAct.register.rawValue, post: "clerk", claim: .own(0), core: head + core))
        return DocumentID(createdBy: dot)
    }

    @Test(arguments: [Int64.min, .max]) func `numbers that no field may hold are not written, and trap nobody`(
        _ number: Int64
    ) throws {
        let story = try Story()
        #expect(throws: StoreError.self) { try born(story, numbers(number)) }
        #expect(try story.bank["b1"].tickets().isEmpty)
        // A node above that lies is believed, and harms no more than what it says.
        let liar = try Story(protections: .all.subtracting(.lint))
        let id = try born(liar, numbers(number) + [.involve("b1")], at: "p1")
        try liar.bank.settle()
        let store = liar.bank["b1"]
        #expect(try store.worklist(WorklistQuery()).rows.count == 1)
        let view = try store.ticket(.document(id)).view
        #expect(view.integer(TicketField.receivedAt) == (number < 0 ? 0 : CivilTime.instantMax))
        let facts = IndicatorTicket(view, rules: try store.rules(), now: store.wallMilliseconds())
        for indicator in Indicator.all { #expect(indicator.judge(facts).count <= 16) }
        #expect(try store.keepClocks() == 0)
    }

    @Test func `nobody is told of a closing that was overruled on the way`() throws {
        let story = try Story()
        let id = try born(story, [.assign(TicketField.receivedAt, .integer(story.bank["b1"].wallMilliseconds()))])
        try story.bank.settle()
        let closing = TicketAct.close.rawValue
        func close(at node: String) throws {
            _ = try story.bank[node].author(
                Draft(
                    document: id, kind: closing, post: "clerk", claim: story.held(id, at: node),
                    core: [.assign(TicketField.state, .text("closed"))]))
        }
        func completions() throws -> Int {
            try story.bank["p1"].notices(NoticeState.allCases, max: 50).count { $0.kind == .completion }
        }
        try close(at: "b1")
        try story.act(id, at: "p1", claim: story.held(id, at: "p1"), .seize(leg: 0, approver: "second"))
        try story.bank.settle()
        #expect(try story.state(id, at: "p1").overruled.count == 1)
        #expect(try completions() == 0)
        try close(at: "p1")
        #expect(try completions() == 1)
    }

    @Test func `what became of a notice is the word of the node that sends it, and of no other`() throws {
        let story = try Story()
        let id = try born(story, [.assign(TicketField.receivedAt, .integer(story.bank["b1"].wallMilliseconds()))])
        try story.bank.settle()
        let notice = try #require(try story.bank["p1"].notices(NoticeState.allCases, max: 50).first)
        let lie = NoticeRules.fact(
            notice.id, notice.kind, outcome: NoticeState.sent.rawValue, channel: "sms", node: "p1", at: notice.at)
        _ = try story.bank["b1"].author(
            Draft(document: id, kind: NoticeRules.factAct, post: "", core: [lie]))
        try story.bank.settle()
        #expect(try story.bank["p1"].notices([.sent], max: 50).isEmpty)
        _ = try story.bank["p1"].author(
            Draft(document: id, kind: NoticeRules.factAct, post: "", core: [lie]))
        #expect(try story.bank["p1"].notices([.sent], max: 50).count == 1)
    }
}
