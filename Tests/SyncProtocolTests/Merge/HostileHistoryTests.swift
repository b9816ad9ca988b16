import SyncProtocol
import Testing

/// One act each that no lawful node writes, and what it once did to the fold.
@Suite("An unlawful act harms nobody but itself") struct HostileHistoryTests {
    private let branch = Incarnation(rawValue: 1 << 20)
    private let province = Incarnation(rawValue: 2 << 20)
    private let rival = Incarnation(rawValue: 3 << 20)
    private var lineage: Lineage {
        var lineage = Lineage(History.bank)
        lineage.insert(branch, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        lineage.insert(province, Birth(node: "p1", tier: .province, predecessor: nil, lost: []))
        lineage.insert(rival, Birth(node: "b2", tier: .branch, predecessor: nil, lost: []))
        return lineage
    }

    private func act(
        _ dot: Dot, _ operations: [Operation], claim: CustodyClaim? = nil, after dependencies: [Dot] = []
    ) -> HeldAction {
        HeldAction(
            record: CoreRecord(
                dot: dot, document: DocumentID(createdBy: Dot(branch, 1)),
                dependencies: VersionVector(entries: dependencies) ?? .empty, stamp: HybridTime(milliseconds: 1),
                post: "",
                kind: 1, claim: claim, operations: operations, previous: .zero))
    }

    private var creation: HeldAction {
        act(Dot(branch, 1), [.create(home: "b1")], claim: CustodyClaim(leg: 0, version: Dot(branch, 1)))
    }

    @Test func `an act that seizes from itself ends`() {
        let dot = Dot(province, 1)
        let itself = CustodyClaim(leg: 0, version: dot)
        let hostile = act(
            dot, [.create(home: "p1"), .seize(leg: 0, approver: "x")], claim: itself, after: [Dot(branch, 1)])
        let state = DocumentState(folding: [creation, hostile], lineage)
        #expect(state.vector.entries.count == 2)
    }

    @Test func `an act that accepts its own offer ends`() {
        let dot = Dot(branch, 1)
        let hostile = act(
            dot, [.create(home: "b1"), .offer(leg: 0, to: "b1"), .accept(leg: 0, offer: dot)],
            claim: CustodyClaim(leg: 0, version: dot))
        #expect(DocumentState(folding: [hostile], lineage).lead?.holder == "b1")
    }

    @Test func `an acceptance of an offer that its author cannot have seen counts nowhere`() {
        let offer = act(
            Dot(branch, 2), [.offer(leg: 0, to: "b2")], claim: CustodyClaim(leg: 0, version: Dot(branch, 1)),
            after: [Dot(branch, 1)])
        let acceptance = act(
            Dot(rival, 1), [.accept(leg: 0, offer: Dot(branch, 2))],
            claim: CustodyClaim(leg: 0, version: Dot(rival, 1)),
            after: [Dot(branch, 1)])
        let one = DocumentState(folding: [creation, offer, acceptance], lineage)
        let other = DocumentState(folding: [creation, acceptance, offer], lineage)
        #expect(one == other)
        #expect(one.lead?.holder == "b1")
    }

    @Test func `a second creation does not move the document's home`() {
        let hostile = act(Dot(rival, 1), [.create(home: "b2")], after: [Dot(branch, 1)])
        #expect(DocumentState(folding: [creation, hostile], lineage).home == "b1")
    }

    @Test func `custodians of two legs that set one field agree on every node`() {
        let offer = act(
            Dot(branch, 2), [.offer(leg: 1, to: "b2")], claim: CustodyClaim(leg: 0, version: Dot(branch, 1)),
            after: [Dot(branch, 1)])
        let second = Dot(rival, 1)
        let acceptance = act(
            second, [.accept(leg: 1, offer: Dot(branch, 2))], claim: CustodyClaim(leg: 1, version: second),
            after: [Dot(branch, 2)])
        let field = FieldID(rawValue: 1)
        let lead = act(
            Dot(branch, 3), [.assign(field, .text("lead"))], claim: CustodyClaim(leg: 0, version: Dot(branch, 1)),
            after: [Dot(branch, 2)])
        let assistant = act(
            Dot(rival, 2), [.assign(field, .text("assistant"))], claim: CustodyClaim(leg: 1, version: second),
            after: [second])
        let before = [creation, offer, acceptance]
        let one = DocumentState(folding: before + [lead, assistant], lineage)
        let other = DocumentState(folding: before + [assistant, lead], lineage)
        #expect(one == other)
        #expect(one.value(field) == .text("lead"), "the lead leg's custodian writes the ticket's state")
    }

    @Test func `a dispute that was ruled casts no doubt on later acts`() {
        // Two copies of the branch lived; the province ruled for one, which goes on without having seen the other.
        let copy = Incarnation(rawValue: 4 << 20)
        var lineage = lineage
        lineage.insert(copy, Birth(node: "b1", tier: .branch, predecessor: Dot(branch, 1), lost: []))
        let held = CustodyClaim(leg: 0, version: Dot(branch, 1))
        let field = FieldID(rawValue: 1)
        let one = act(Dot(branch, 2), [.assign(field, .text("one"))], claim: held, after: [Dot(branch, 1)])
        let other = act(Dot(copy, 1), [.assign(field, .text("other"))], claim: held, after: [Dot(branch, 1)])
        let disputed = DocumentState(folding: [creation, one, other], lineage)
        #expect(disputed.disputed == [Dot(branch, 2), Dot(copy, 1)])
        #expect(disputed.value(field) == nil)
        let ruling = act(
            Dot(province, 1), [.rule(winner: Dot(branch, 2), overruled: [Dot(copy, 1)])],
            after: [Dot(branch, 2), Dot(copy, 1)])
        let later = act(Dot(branch, 3), [.assign(field, .text("later"))], claim: held, after: [Dot(branch, 2)])
        var state = DocumentState(folding: [creation, one, other, ruling], lineage)
        #expect(state.value(field) == .text("one") && state.overruled == [Dot(copy, 1)])
        let folded = DocumentState(folding: [creation, one, other, ruling, later], lineage)
        let isApplied = state.apply(later, lineage)
        #expect(isApplied)
        #expect(state == folded)
        #expect(folded.value(field) == .text("later") && folded.disputed.isEmpty)
    }

    @Test func `births that name each other as predecessor end`() {
        var lineage = Lineage(History.bank)
        let births = [(branch, rival), (rival, branch), (branch, rival), (branch, branch), (rival, branch)]
        for (life, before) in births {
            lineage.insert(life, Birth(node: "b1", tier: .branch, predecessor: Dot(before, 1), lost: []))
        }
        lineage.insert(province, Birth(node: "b1", tier: .branch, predecessor: nil, lost: []))
        #expect(lineage.inherited(by: branch, from: province) == 0)
        #expect(lineage.inherited(by: rival, from: Incarnation(rawValue: 9 << 20)) == 0)
    }
}
