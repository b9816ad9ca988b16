import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import TicketStore

@Suite("Typed columns follow the fields") struct TicketColumnsTests {
    private let life = Incarnation(rawValue: 1 << 20)

    @Test func `a row that is only corrected where something changed equals one written anew`() {
        let fields = [
            TicketField.ticketNo, TicketField.state, TicketField.severity, TicketField.priorityFactors,
            TicketField.kind,
            TicketField.outcome, TicketField.retentionUntil,
        ]
        let values: [Value] = [
            .empty, .text("closed"), .text("major"), .text("gravity,media"), .text("urgent"), .integer(7),
        ]
        var lineage = Lineage(
            Hierarchy([
                "ho": .init(tier: .headOffice, parent: nil), "p1": .init(tier: .province, parent: "ho"),
                "b1": .init(tier: .branch, parent: "p1"),
            ]))
        lineage.insert(life, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        var state = DocumentState()
        var row = TicketColumns.values(of: state)
        var numbered = 0
        for step in UInt64(1)...500 {
            let before = state.core
            let (field, value) = (fields[Int(step * 7919 % 7)], values[Int(step * 104_729 / 7 % 6)])
            let change: [Operation] = [step % 3 == 0 ? .write(field, value) : .assign(field, value)]
            let act = self.act(step, step == 1 ? [.create(home: "b1")] : change, state.vector)
            let isTaken = state.apply(act, lineage)
            #expect(isTaken)
            for (column, value) in TicketColumns.changes(from: before, to: state.core) { row[column] = value }
            #expect(row == TicketColumns.values(of: state), "step \(step)")
            numbered += state.core.value(TicketField.ticketNo) == nil ? 0 : 1
        }
        #expect(numbered > 0 && numbered < 500)
    }

    private func act(_ sequence: UInt64, _ operations: [Operation], _ past: VersionVector) -> HeldAction {
        HeldAction(
            record: CoreRecord(
                dot: Dot(life, sequence), document: DocumentID(createdBy: Dot(life, 1)), dependencies: past,
                stamp: HybridTime(milliseconds: 1), post: "", kind: 1,
                claim: CustodyClaim(leg: 0, version: Dot(life, 1)), operations: operations, previous: .zero))
    }
}
