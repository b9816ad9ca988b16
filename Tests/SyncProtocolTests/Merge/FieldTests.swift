import SyncProtocol
import Testing

@Suite("Three ways of merging") struct FieldTests {
    private let branch = Incarnation(rawValue: 1 << 20)
    private let head = Incarnation(rawValue: 2 << 20)
    private let field = FieldID(rawValue: 10)
    private let set = FieldID(rawValue: 20)

    private var lineage: Lineage {
        var lineage = Lineage(History.bank)
        lineage.insert(branch, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        lineage.insert(head, Birth(node: "ho", tier: .headOffice, predecessor: nil, lost: []))
        return lineage
    }

    private func act(_ dot: Dot, _ operations: [Operation], after dependencies: [Dot] = []) -> HeldAction {
        HeldAction(
            record: CoreRecord(
                dot: dot, document: DocumentID(createdBy: Dot(branch, 1)),
                dependencies: VersionVector(entries: dependencies) ?? .empty, stamp: HybridTime(milliseconds: 1),
                post: "",
                kind: 1, operations: operations, previous: .zero))
    }

    @Test func `concurrent writes stand side by side, the higher tier's first, until a person resolves them`() {
        let one = act(Dot(branch, 1), [.write(field, .text("branch"))])
        let other = act(Dot(head, 1), [.write(field, .text("head office"))])
        let state = DocumentState(folding: [one, other], lineage)
        #expect(state.core.siblings(field).map(\.value) == [.text("head office"), .text("branch")])
        #expect(state.conflicts == [field])
        #expect(state.value(field) == .text("head office"))
        let resolved = act(Dot(branch, 2), [.write(field, .text("both"))], after: [Dot(branch, 1), Dot(head, 1)])
        let after = DocumentState(folding: [one, other, resolved], lineage)
        #expect(after.conflicts.isEmpty && after.value(field) == .text("both"))
    }

    @Test func `an act that adds several elements lists them in one order everywhere`() {
        let values: [Value] = [.text("b"), .integer(2), .empty, .text("a"), .integer(-1), .text(""), .integer(2)]
        let state = DocumentState(folding: [act(Dot(branch, 1), values.map { .add(set, $0) })], lineage)
        #expect(
            state.core.elements(set).map(\.value)
                == [.empty, .integer(-1), .integer(2), .text(""), .text("a"), .text("b")])
        #expect(state.core.elements(field).isEmpty)
    }

    @Test func `values have one total order`() {
        let ordered: [Value] = [
            .empty, .integer(.min), .integer(0), .integer(.max), .text(""), .text("a"), .text("ab"), .text("客"),
        ]
        for (index, one) in ordered.enumerated() {
            for (other, value) in ordered.enumerated() { #expect((one < value) == (index < other)) }
        }
    }

    @Test func `an assignment without custody sets nothing`() {
        let state = DocumentState(folding: [act(Dot(branch, 1), [.assign(field, .integer(1))])], lineage)
        #expect(state.value(field) == nil && state.core.isEmpty)
    }

    @Test func `a node's own record is a set of facts`() {
        var state = DocumentState()
        let birth = act(Dot(branch, 1), [.birth(Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))])
        state.foldNodeRecord(birth.record, lineage)
        state.foldNodeRecord(birth.record, lineage)
        #expect(state.vector.entries == [Dot(branch, 1)])
        #expect(DocumentID(recordOf: "b1").isNodeRecord && !DocumentID(recordOf: "b1").isTicket)
        #expect(DocumentID(recordOf: "b1") != DocumentID(recordOf: "b2"))
    }
}
