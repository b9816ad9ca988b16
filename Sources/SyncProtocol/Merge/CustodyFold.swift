/// Judges custody over all actions of a document.
///
/// The question: of all acts that claim to be the custodian's, which count? A version of custody is made by `create`,
/// `accept` or `seize`; versions are ranked by (seizes, handovers), then the author's tier, then the dot. The highest
/// one and its ancestors are the winning line. An act counts if its version is on that line and the act was known to
/// whoever made the line's next version. Everything else is overruled, and two concurrent acts under one version are
/// disputed until the tier above rules. No clock is asked.
struct CustodyFold {
    private struct Version {
        var leg: Leg
        var holder: NodeID
        var parent: Dot?
        var seizes: Int
        var handovers: Int
        var tier: Tier
    }

    private(set) var effective: Set<Dot> = []
    private(set) var overruled: Set<Dot> = []
    private(set) var disputed: Set<Dot> = []
    private(set) var voided: Set<Dot> = []

    private var versions: [Dot: Version] = [:]
    private var offers: [(record: CoreRecord, leg: Leg, to: NodeID)] = []
    private var closedOffers: Set<Dot> = []
    private var recallRequests: Set<Dot> = []
    private var acts: [CoreRecord] = []
    private var rulings: [(tier: Tier, dot: Dot, winner: Dot, losers: [Dot])] = []
    private var lines: [Leg: [Dot]] = [:]
    private var lastActs: [Leg: Dot] = [:]

    init(_ records: [CoreRecord], _ lineage: borrowing Lineage) {
        for record in records { for case .void(let dot, _) in record.operations { voided.insert(dot) } }
        for record in records where !voided.contains(record.dot) { collect(record, lineage) }
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

    private mutating func collect(_ record: CoreRecord, _ lineage: borrowing Lineage) {
        let life = lineage.life(of: record.dot.incarnation)
        let tier = life?.tier ?? .branch
        for operation in record.operations {
            switch operation {
            case .create(let home):
                versions[record.dot] = Version(leg: 0, holder: home, parent: nil, seizes: 0, handovers: 0, tier: tier)
            case .offer(let leg, let to): offers.append((record, leg, to))
            case .accept(let leg, let offer): accept(record, leg, offer, by: life?.node, tier, lineage)
            case .seize(let leg, _): seize(record, leg, by: life?.node, tier, lineage)
            case .recall(_, let offer, let immediate):
                if immediate { closedOffers.insert(offer) } else { recallRequests.insert(offer) }
            case .decline(_, let offer): closedOffers.insert(offer)
            case .rule(let winner, let losers): rulings.append((tier, record.dot, winner, losers))
            default: continue
            }
        }
        if record.claim != nil { acts.append(record) }
    }

    /// Only the node that was offered the leg can take it, and only an offer that it knew.
    private mutating func accept(
        _ record: CoreRecord, _ leg: Leg, _ offer: Dot, by node: NodeID?, _ tier: Tier, _ lineage: borrowing Lineage
    ) {
        guard record.dependencies.covers(offer, lineage),
            let found = offers.first(where: { $0.record.dot == offer && $0.leg == leg }), found.to == node,
            let base = found.record.claim?.version, found.record.isUnder(base, lineage), let parent = versions[base]
        else { return }
        versions[record.dot] = Version(
            leg: leg, holder: found.to, parent: base, seizes: parent.seizes, handovers: parent.handovers + 1, tier: tier
        )
    }

    private mutating func seize(
        _ record: CoreRecord, _ leg: Leg, by node: NodeID?, _ tier: Tier, _ lineage: borrowing Lineage
    ) {
        guard let base = record.claim?.version, base != record.dot, record.dependencies.covers(base, lineage),
            let parent = versions[base], let node, tier > .branch
        else { return }
        versions[record.dot] = Version(
            leg: leg, holder: node, parent: base, seizes: parent.seizes + 1, handovers: parent.handovers, tier: tier)
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
        guard let ruling = fitting.max(by: { ($0.tier, $0.dot) < ($1.tier, $1.dot) }) else { return nil }
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
    /// True where the author knew the act that made this version, or it is this one: whatever an unlawful act names
    /// beyond its past would count on some nodes and not on others.
    fileprivate func isUnder(_ version: Dot, _ lineage: borrowing Lineage) -> Bool {
        version == dot || dependencies.covers(version, lineage)
    }

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
