import SyncProtocol
import Testing

/// A document and the nodes that speak in it, each under one life; every act is folded in twice, act by act and anew.
final class AuthorityStory {
    private(set) var actions: [HeldAction] = []
    private(set) var state = DocumentState()
    private var lineage = Lineage(History.bank)
    private var sequences: [Incarnation: UInt64] = [:]

    private static let copy = Incarnation(rawValue: 90 << 20)

    init() {
        for node in History.bank.nodes {
            let tier = History.bank.tier(of: node) ?? .branch
            lineage.insert(
                AuthorityStory.life(of: node), Birth(node: node, tier: tier, predecessor: nil, lost: []))
        }
    }

    /// Branch b1 has opened a ticket.
    static func opened() -> AuthorityStory {
        let story = AuthorityStory()
        story.admits(story.act(by: "b1", [.create(home: "b1")], ownClaim: true, names: true))
        return story
    }

    var creation: Dot { Dot(AuthorityStory.life(of: "b1"), 1) }

    private static func life(of node: NodeID) -> Incarnation {
        Incarnation(rawValue: UInt64(1 + (History.bank.nodes.firstIndex(of: node) ?? 0)) << 20)
    }

    /// - Parameters:
    ///   - names: the act is the one that the document is named by.
    ///   - past: what the author knew; everything where nothing is said.
    @discardableResult
    func act(
        by node: NodeID, _ operations: [Operation], claim: CustodyClaim? = nil, ownClaim: Bool = false,
        names: Bool = false, knowing past: VersionVector? = nil, asCopy: Bool = false
    ) -> Dot {
        let life = asCopy ? AuthorityStory.copy : AuthorityStory.life(of: node)
        if asCopy {
            lineage.insert(life, Birth(node: node, tier: .branch, predecessor: creation, lost: []))
        }
        sequences[life, default: 0] += 1
        let dot = Dot(life, sequences[life] ?? 1)
        let document = names || actions.isEmpty ? DocumentID(createdBy: dot) : actions[0].record.document
        let action = HeldAction(
            record: CoreRecord(
                dot: dot, document: document, dependencies: past ?? state.vector, stamp: HybridTime(milliseconds: 1),
                post: "", kind: 1, claim: ownClaim ? CustodyClaim(leg: 0, version: dot) : claim,
                operations: operations, previous: .zero))
        actions.append(action)
        let folded = DocumentState(folding: actions, lineage)
        var incremental = state
        if incremental.apply(action, lineage) { #expect(incremental == folded) }
        state = folded
        return dot
    }

    func offer(to node: NodeID) -> Dot {
        let dot = act(by: "b1", [.offer(leg: 0, to: node)], claim: CustodyClaim(leg: 0, version: creation))
        admits(dot)
        return dot
    }

    func assign(_ value: Int64, knowing past: VersionVector? = nil, asCopy: Bool = false) -> Dot {
        act(
            by: "b1", [.assign(FieldID(rawValue: 1), .integer(value))],
            claim: CustodyClaim(leg: 0, version: creation), knowing: past, asCopy: asCopy)
    }

    func refuses(_ dot: Dot, _ location: SourceLocation = #_sourceLocation) {
        #expect(state.unauthorized.contains(dot), sourceLocation: location)
    }

    func admits(_ dot: Dot, _ location: SourceLocation = #_sourceLocation) {
        #expect(!state.unauthorized.contains(dot), sourceLocation: location)
    }
}
