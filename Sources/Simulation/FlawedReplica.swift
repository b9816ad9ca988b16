import SyncProtocol
import TicketStore

/// A mistake put between session and store on purpose: the campaign must find it, or the campaign is blind.
public enum Flaw: String, CaseIterable, Sendable {
    /// The chain hash of a cursor is not looked at.
    case bareNumberCursor
    /// Bodies that come with an action are dropped.
    case bodiesDropped
    /// Every hello is found in order.
    case tokensNotJudged
    /// A random source that repeats itself after each start: lives come back.
    case livesReused

    // One protection against a lying neighbour is switched off.
    /// What waits for a withheld act waits for ever.
    case withheldBlocks
    /// An entry that may not leave stops its line.
    case gateStopsLines
    /// What waits keeps bodies that this node may not hold.
    case bodiesParked
    /// Births and acts are believed whoever brings them.
    case provenanceUnasked
    /// Words may stand in core records.
    case wordsUnread
    /// Whoever takes no part in a ticket may write on it.
    case membershipUnasked
    /// Acts of this node that it never wrote are believed.
    case unwrittenBelieved
    /// Children judge their parent.
    case verdictFromAnybody
    case anybodyInvolves
    case anybodyWidens
    case anybodyOffers
    case anybodySeizes
    case anybodyVoids
    case anybodyWritesNodeRecords

    /// The protections that nodes with this mistake lack.
    var switchedOff: Protections {
        switch self {
        case .bareNumberCursor, .bodiesDropped, .tokensNotJudged, .livesReused: []
        case .withheldBlocks: .withheldSatisfies
        case .gateStopsLines: .emptyPlace
        case .bodiesParked: .parkedBodies
        case .provenanceUnasked: .provenance
        case .wordsUnread: .lint
        case .membershipUnasked: .membership
        case .unwrittenBelieved: .unwritten
        case .verdictFromAnybody: .verdictFromParent
        case .anybodyInvolves: .involve
        case .anybodyWidens: .widen
        case .anybodyOffers: .offer
        case .anybodySeizes: .seize
        case .anybodyVoids: .void
        case .anybodyWritesNodeRecords: .nodeRecords
        }
    }

    /// The mistakes that a lying node alone brings to light. An entry that may not leave comes about on no node whose door
    /// is whole, so that no campaign meets `gateStopsLines`.
    public static let ofLies = allCases.filter { !$0.switchedOff.isEmpty && $0 != .gateStopsLines }
}

/// The real store as a session sees it, but for one flaw, and with batches so small that lines are cut in their middle.
struct FlawedReplica: Replica {
    private let store: ReplicaStore
    private let flaw: Flaw?
    /// Items of one batch; nil for as many as the store gives.
    private let itemsMax: Int?

    init(_ store: ReplicaStore, _ flaw: Flaw?, itemsMax: Int? = nil) {
        self.store = store
        self.flaw = flaw
        self.itemsMax = itemsMax
    }

    var node: NodeID { store.node }
    var hierarchy: Hierarchy { store.hierarchy }
    var topologyDigest: Digest { store.topologyDigest }
    func wallMilliseconds() -> Int64 { store.wallMilliseconds() }
    func currentIncarnation() throws -> Incarnation? { try store.currentIncarnation() }
    func shared(with neighbour: NodeID) throws -> SharedState { try store.shared(with: neighbour) }

    func isOnChain(_ cursor: Cursor, for neighbour: NodeID) throws -> Bool {
        if flaw == .bareNumberCursor { return try cursor.sequence <= store.shared(with: neighbour).tail.sequence }
        return try store.isOnChain(cursor, for: neighbour)
    }

    func readLog(for neighbour: NodeID, after cursor: Cursor, _ proof: EchoProof) throws -> (Batch, hasMore: Bool)? {
        let answer = try store.readLog(for: neighbour, after: cursor, proof)
        guard let answer, let itemsMax, answer.0.items.count > itemsMax else { return answer }
        return (answer.0.prefix(itemsMax, store.context.hash), true)
    }

    func noteUsurper(_ neighbour: NodeID) throws { try store.noteUsurper(neighbour) }
    func takesVerdict(from neighbour: NodeID) -> Bool { store.takesVerdict(from: neighbour) }
    func isQuarantined(_ neighbour: NodeID) throws -> Bool { try store.isQuarantined(neighbour) }
    func receipt(from neighbour: NodeID) throws -> Cursor? { try store.receipt(from: neighbour) }
    func note(receipt: Cursor, from neighbour: NodeID) throws { try store.note(receipt: receipt, from: neighbour) }
    func cursor(on neighbour: NodeID) throws -> Cursor? { try store.cursor(on: neighbour) }

    func commit(_ batch: Batch, from neighbour: NodeID) throws {
        try store.commit(taken(batch), from: neighbour)
    }

    /// What this flaw leaves of a batch.
    private func taken(_ batch: Batch) -> Batch {
        guard flaw == .bodiesDropped else { return batch }
        var poorer = batch
        poorer.items = batch.items.map { item in
            if case .action(let sealed, _) = item { .action(sealed, bodies: []) } else { item }
        }
        return poorer
    }

    func commit(loose batch: Batch, from neighbour: NodeID) throws {
        guard flaw != .bodiesDropped else { return }
        try store.commit(loose: batch, from: neighbour)
    }

    func adopt(cursor: Cursor, on neighbour: NodeID) throws { try store.adopt(cursor: cursor, on: neighbour) }

    func elements(sharedWith neighbour: NodeID) throws -> [ReconcileElement] {
        try store.elements(sharedWith: neighbour)
    }

    func items(_ dots: [Dot], for neighbour: NodeID) throws -> [BatchItem] {
        let items = try store.items(Array(dots.prefix(itemsMax ?? dots.count)), for: neighbour)
        return items
    }
    func noteDifference(with neighbour: NodeID) throws { try store.noteDifference(with: neighbour) }
    func noteAgreement(with neighbour: NodeID) throws { try store.noteAgreement(with: neighbour) }
    func freshTokens(for parent: NodeID) throws -> TokenPair { try store.freshTokens(for: parent) }
    func accept(_ verdict: TokenVerdict, with batch: Batch?, from parent: NodeID) throws -> Bool {
        try store.accept(verdict, with: batch.map(taken), from: parent)
    }

    func judge(_ hello: Hello, tokens: TokenPair, with batch: Batch?) throws -> TokenVerdict {
        if flaw == .tokensNotJudged {
            if let batch { try commit(batch, from: hello.node) }
            return TokenVerdict(token: tokens.fresh, isStaleCopy: false, isSuspended: false)
        }
        return try store.judge(hello, tokens: tokens, with: batch.map(taken))
    }

    func note(verdictArrived token: UInt64, at child: NodeID) throws {
        try store.note(verdictArrived: token, at: child)
    }

    func headOfficeHolds(of child: NodeID) throws -> UInt64? { try store.headOfficeHolds(of: child) }
    func note(headOfficeHolds count: UInt64, from parent: NodeID) throws {
        try store.note(headOfficeHolds: count, from: parent)
    }
}

extension Batch {
    /// The first items of the batch, or a few more where an offer must not travel without its recall.
    fileprivate func prefix(_ count: Int, _ hash: HashFunction) -> Batch {
        var count = count
        var shorter = self
        repeat {
            shorter.items = Array(items.prefix(count))
            count += 1
        } while shorter.splitsRecall(items.dropFirst(count - 1)) && count <= items.count
        let entries = shorter.items.reduce(0) { $0 + $1.entryCount }
        shorter.end = Cursor(log: start.log, sequence: start.sequence + entries, chain: shorter.recomputedChain(hash))
        return shorter
    }

    private func splitsRecall(_ rest: ArraySlice<BatchItem>) -> Bool {
        let dots = Set(items.compactMap(\.dot))
        return rest.contains { item in
            guard case .action(let sealed, _) = item else { return false }
            return sealed.record.operations.contains { operation in
                if case .recall(_, let offer, true) = operation { dots.contains(offer) } else { false }
            }
        }
    }
}
