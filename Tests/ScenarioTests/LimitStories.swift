import Simulation
import SyncProtocol
import Testing
import TicketStore

/// What no neighbour could read must never be written: the chain of this node would end there for everybody else.
@Suite("Acts beyond the limits") struct LimitStories {
    private func draft(_ id: DocumentID, core: Int = 0, textBytes: Int = 1, post: String = "clerk") -> Draft {
        let text = Value.text(String(repeating: "x", count: textBytes))
        return Draft(
            document: id, kind: 900, post: post,
            core: (0..<core).map { _ in .write(SimulatedField.status, .text("x")) },
            personal: [.add(SimulatedField.note, text)])
    }

    @Test func `an act that no peer would take is refused, and the node goes on`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        for bad in [
            draft(id, core: Limits.operationsPerPartMax + 1), draft(id, textBytes: Limits.valueBytesMax + 1),
            draft(id, post: String(repeating: "p", count: Limits.postBytesMax + 1)),
        ] {
            #expect(throws: StoreError.beyondLimits) { _ = try story.bank["b1"].author(bad) }
        }
        try story.note("after", on: id, at: "b1")
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "p1") == [.text("after")])
        try story.expectAgreement()
    }

    @Test func `what is just within the limits travels`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        _ = try story.bank["b1"].author(draft(id, core: Limits.operationsPerPartMax, textBytes: Limits.valueBytesMax))
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "p1").count == 1)
        try story.expectAgreement()
    }
}
