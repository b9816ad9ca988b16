/// Judges custody over all actions of a document.
///
/// The question: of all acts that claim to be the custodian's, which count? A version of custody is made by `create`,
/// `accept` or `seize` of somebody entitled to it (`DocumentHistory`); versions are ranked by (seizes, handovers), then
/// the author's tier, then the dot. The highest
/// one and its ancestors are the winning line. An act counts if its version is on that line and the act was known to
/// whoever made the line's next version. Everything else is overruled, and two concurrent acts under one version are
/// disputed until the tier above rules. No clock is asked.
struct CustodyFold {
    private typealias Version = DocumentHistory.Version

    private(set) var effective: Set<Dot> = []
    private(set) var overruled: Set<Dot> = []
    private(set) var disputed: Set<Dot> = []
    private(set) var voided: Set<Dot> = []

    private var versions: [Dot: Version] = [:]
    private var offers: [DocumentHistory.Offer] = []
    private var closedOffers: Set<Dot> = []
    private var recallRequests: Set<Dot> = []
    private var acts: [CoreRecord] = []
    private var rulings: [DocumentHistory.Ruling] = []
    private var lines: [Leg: [Dot]] = [:]
    private var lastActs: [Leg: Dot] = [:]

    /// - Parameter records: those of the history, in its order.
    init(_ records: [CoreRecord], _ history: DocumentHistory, _ lineage: borrowing Lineage) {
        voided = history.voided
        collect(history)
        acts = records.filter { $0.claim != nil && !voided.contains($0.dot) }
        for leg in legs { judge(leg, records, lineage) }
        judgeStrays()
    }

    private var legs: [Leg] { Set(versions.values.map(\.leg)).sorted() }

    /// One state a leg, sorted by leg.
    func states() -> [CustodyState] {
        legs.compactMap { leg in
            guard let line = lines[leg], let top = line.last, let version = versions[top] else { return nil }
            let open = offers.filter {
                $0.leg == leg && $0.record.claim?.version == top && !closedOffers.contains($0.record.dot)
            }
            .map {
                CustodyState.Offer(
                    dot: $0.record.dot, to: $0.to, recallRequested: recallRequests.contains($0.record.dot))
            }
            .sorted { $0.dot < $1.dot }
            return CustodyState(
                leg: leg, version: top, seizes: version.seizes, handovers: version.handovers, holder: version.holder,
                lastAct: lastActs[leg] ?? top, offers: open)
        }
    }

    /// What was entitled to count and was not voided since. What comes from a voided version or offer goes with it.
    private mutating func collect(_ history: DocumentHistory) {
        for dot in history.versionOrder where !voided.contains(dot) {
            guard let version = history.versions[dot], version.parent.map({ versions[$0] != nil }) ?? true,
                version.offer.map({ !voided.contains($0) }) ?? true
            else { continue }
            versions[dot] = version
        }
        offers = history.offers.filter { !voided.contains($0.record.dot) }
        for closing in history.closings where !voided.contains(closing.act) {
            if closing.isRequest { recallRequests.insert(closing.offer) } else { closedOffers.insert(closing.offer) }
        }
        rulings = history.rulings.filter { !voided.contains($0.act) }
    }

    private func rank(_ dot: Dot, _ version: Version) -> (Int, Int, Tier, Dot) {
        (version.seizes, version.handovers, version.tier, dot)
    }

    /// Finds the winning line of a leg and sorts its acts.
    private mutating func judge(_ leg: Leg, _ records: [CoreRecord], _ lineage: borrowing Lineage) {
        let own = versions.filter { $0.value.leg == leg }
        guard let top = own.max(by: { rank($0.key, $0.value) < rank($1.key, $1.value) })?.key else { return }
        var line: [Dot] = []
        var next: [Dot: Dot] = [:]
        var current: Dot? = top
        while let dot = current {
            if let after = line.last { next[dot] = after }
            line.append(dot)
            current = versions[dot]?.parent
        }
        lines[leg] = line.reversed()
        let makers = Dictionary(records.map { ($0.dot, $0) }, uniquingKeysWith: { first, _ in first })
        var standing: [Dot: [CoreRecord]] = [:]
        for act in acts where act.claim?.leg == leg {
            guard let claimed = act.claim?.version else { continue }
            if isInOrder(act, claimed, line, next[claimed].flatMap { makers[$0] }, lineage) {
                standing[claimed, default: []].append(act)
            } else if !act.makesVersion {
                overruled.insert(act.dot)
            }
        }
        for version in line { settle(standing[version] ?? [], lineage) }
        if let last = (standing[top] ?? []).last(where: { effective.contains($0.dot) }) { lastActs[leg] = last.dot }
    }

    /// On the winning line, by its holder, and known to whoever made the line's next version.
    private func isInOrder(
        _ act: CoreRecord, _ claimed: Dot, _ line: [Dot], _ successor: CoreRecord?, _ lineage: borrowing Lineage
    ) -> Bool {
        guard line.contains(claimed), let version = versions[claimed] else { return false }
        if act.dot == claimed { return true }
        guard lineage.node(of: act.dot.incarnation) == version.holder else { return false }
        guard let successor, successor.dot != act.dot else { return true }
        return successor.dependencies.covers(act.dot, lineage)
    }

    /// Acts under one version must follow one another; concurrent ones are disputed unless a ruling decides. What a
    /// ruling took the effect from casts no doubt on other acts.
    private mutating func settle(_ acts: [CoreRecord], _ lineage: borrowing Lineage) {
        let inSequence = zip(acts, acts.dropFirst()).allSatisfy { $1.dependencies.covers($0.dot, lineage) }
        effective.formUnion(acts.map(\.dot))
        guard !inSequence else { return }
        var open: [(Dot, Dot)] = []
        for (index, one) in acts.enumerated() {
            for other in acts[..<index]
            where !one.dependencies.covers(other.dot, lineage)
                && !other.dependencies.covers(one.dot, lineage)
            {
                if let loser = loser(one.dot, other.dot) {
                    overruled.insert(loser)
                } else {
                    open.append((one.dot, other.dot))
                }
            }
        }
        for (one, other) in open where !overruled.contains(one) && !overruled.contains(other) {
            disputed.formUnion([one, other])
        }
        effective.subtract(disputed)
        effective.subtract(overruled)
    }

    /// The one that the highest ruling on both decides against.
    private func loser(_ one: Dot, _ other: Dot) -> Dot? {
        let fitting = rulings.filter { ruling in
            let named = Set(ruling.losers + [ruling.winner])
            return named.contains(one) && named.contains(other) && (ruling.winner == one || ruling.winner == other)
        }
        guard let ruling = fitting.max(by: { ($0.tier, $0.act) < ($1.tier, $1.act) }) else { return nil }
        return ruling.winner == one ? other : one
    }

    /// Acts under versions that exist on no leg's line.
    private mutating func judgeStrays() {
        for act in acts where !effective.contains(act.dot) && !disputed.contains(act.dot) && !act.makesVersion {
            overruled.insert(act.dot)
        }
    }
}

extension CoreRecord {
    /// True for acts whose claim names the version that they start from, not one that they act under.
    fileprivate var makesVersion: Bool {
        operations.contains { operation in
            switch operation {
            case .seize: true
            default: false
            }
        }
    }
}
