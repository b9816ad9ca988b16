/// The acts of a document in causal order, and what each was entitled to say: who was let in, who could be custodian, who
/// offered, gave back, ruled and voided.
///
/// It grows with every act and never looks back: what an act was entitled to does not change when later ones arrive.
struct DocumentHistory {
    /// What makes a node custodian of a leg, whether or not it wins.
    struct Version {
        var leg: Leg
        var holder: NodeID
        /// The version that it comes after, and the offer that it took; none for the first.
        var parent: Dot?
        var offer: Dot?
        var seizes: Int
        var handovers: Int
        var tier: Tier
    }

    struct Offer {
        var record: CoreRecord
        var leg: Leg
        var to: NodeID
        var from: NodeID
        /// The version under which it was made.
        var base: Dot
    }

    /// An offer that is closed, or asked for.
    struct Closing {
        var act: Dot
        var offer: Dot
        var isRequest: Bool
    }

    struct Ruling {
        var tier: Tier
        var act: Dot
        var winner: Dot
        var losers: [Dot]
    }

    private(set) var audience = Audience.nobody
    private(set) var home: NodeID?
    private(set) var versions: [Dot: Version] = [:]
    /// Makers of versions, each after the one that it comes from.
    private(set) var versionOrder: [Dot] = []
    private(set) var offers: [Offer] = []
    private(set) var closings: [Closing] = []
    private(set) var rulings: [Ruling] = []
    private(set) var voided: Set<Dot> = []
    /// Acts with an operation that their author had no authority for: that operation has no effect.
    private(set) var unauthorized: [Dot] = []
    private var records: [Dot: CoreRecord] = [:]

    /// - Parameter records: in an order that respects their dependencies.
    init(_ records: [CoreRecord], _ lineage: borrowing Lineage) {
        for record in records { take(record, lineage) }
    }

    private mutating func take(_ record: CoreRecord, _ lineage: borrowing Lineage) {
        records[record.dot] = record
        guard let speaker = Speaker(record, lineage) else { return }
        var isEntitled = true
        for operation in record.operations where !take(operation, of: record, by: speaker, lineage) {
            isEntitled = false
        }
        if !isEntitled { unauthorized.append(record.dot) }
    }

    /// - Returns: false where the author has no authority for the operation.
    private mutating func take(
        _ operation: Operation, of record: CoreRecord, by speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        switch operation {
        case .create(let home): return create(home, record, speaker, lineage)
        case .publish: return ifEntitled(speaker.mayPublish(in: record)) { $0.audience.publish() }
        case .involve(let guest):
            let may = speaker.mayInvolve(guest, in: record, audience, holds: holds(record, speaker, lineage), lineage)
            return ifEntitled(may) { $0.admit(guest, record, lineage) }
        case .widen(let level):
            let may = speaker.mayWiden(in: record, audience, holds: holds(record, speaker, lineage), lineage)
            return ifEntitled(may) { $0.audience.widen(level) }
        case .correctClock(let dot, _): return speaker.mayCorrectClock(of: dot, in: record, lineage)
        case .offer(let leg, let to): return offer(leg, to, record, speaker, lineage)
        case .accept(let leg, let offer): return accept(leg, offer, record, speaker, lineage)
        case .decline(let leg, let offer):
            let found = known(offer, leg, record, lineage)
            return close(offer, record, isRequest: false, isEntitled: found?.to == speaker.node)
        case .recall(let leg, let offer, let immediate):
            let found = known(offer, leg, record, lineage)
            let isEntitled = found.map { mayRecall($0, record, speaker, lineage) } ?? false
            return close(offer, record, isRequest: !immediate, isEntitled: isEntitled)
        case .seize(let leg, _): return seize(leg, record, speaker, lineage)
        case .rule(let winner, let losers):
            return ifEntitled(mayRule(winner, record, speaker, lineage)) {
                $0.rulings.append(Ruling(tier: speaker.tier, act: record.dot, winner: winner, losers: losers))
            }
        case .void(let dot, _):
            return ifEntitled(mayVoid(dot, record, speaker, lineage)) { $0.voided.insert(dot) }
        case .birth, .mark, .lost, .suspend, .adopt, .withheld, .settle: return false
        case .assign, .write, .add, .unknown: return true
        }
    }

    private mutating func ifEntitled(_ may: Bool, _ effect: (inout DocumentHistory) -> Void) -> Bool {
        if may { effect(&self) }
        return may
    }

    private mutating func admit(_ node: NodeID, _ record: CoreRecord, _ lineage: borrowing Lineage) {
        audience.admit(node, by: record.dot, knowing: record.dependencies, lineage)
    }

    private mutating func create(
        _ home: NodeID, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard speaker.mayCreate(home: home, in: record) else { return false }
        admit(home, record, lineage)
        self.home = home
        add(
            Version(leg: 0, holder: home, parent: nil, offer: nil, seizes: 0, handovers: 0, tier: speaker.tier),
            by: record)
        return true
    }

    private mutating func add(_ version: Version, by record: CoreRecord) {
        if versions.updateValue(version, forKey: record.dot) == nil { versionOrder.append(record.dot) }
    }

    // MARK: Custody

    /// The version that the act claims, where its author knew it: whatever an act names beyond its past would count on
    /// some nodes and not on others.
    private func claimed(_ record: CoreRecord, _ lineage: borrowing Lineage) -> Version? {
        guard let dot = record.claim?.version, dot == record.dot || record.dependencies.covers(dot, lineage) else {
            return nil
        }
        return versions[dot]
    }

    private func holds(_ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage) -> Bool {
        claimed(record, lineage)?.holder == speaker.node
    }

    /// Only the holder offers: its own leg, or from the lead leg one that assists.
    private mutating func offer(
        _ leg: Leg, _ to: NodeID, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard let claim = record.claim, holds(record, speaker, lineage) || !speaker.isAsked(.offer),
            claim.leg == leg || claim.leg == 0,
            speaker.tree.contains(to)
        else { return false }
        offers.append(Offer(record: record, leg: leg, to: to, from: speaker.node, base: claim.version))
        return true
    }

    /// An offer of that leg which the act's author knew.
    private func known(
        _ offer: Dot, _ leg: Leg, _ record: CoreRecord, _ lineage: borrowing Lineage
    ) -> Offer? {
        guard record.dependencies.covers(offer, lineage) else { return nil }
        return offers.first { $0.record.dot == offer && $0.leg == leg }
    }

    /// Only the node that was offered the leg can take it.
    private mutating func accept(
        _ leg: Leg, _ offer: Dot, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard let found = known(offer, leg, record, lineage), found.to == speaker.node,
            let parent = versions[found.base]
        else { return false }
        add(
            Version(
                leg: leg, holder: found.to, parent: found.base, offer: offer, seizes: parent.seizes,
                handovers: parent.handovers + 1, tier: speaker.tier), by: record)
        return true
    }

    /// A node above the holder takes the leg.
    private mutating func seize(
        _ leg: Leg, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard let base = record.claim?.version, base != record.dot, let parent = claimed(record, lineage),
            parent.leg == leg, speaker.tree.isAbove(speaker.node, parent.holder) || !speaker.isAsked(.seize)
        else { return false }
        add(
            Version(
                leg: leg, holder: speaker.node, parent: base, offer: nil, seizes: parent.seizes + 1,
                handovers: parent.handovers, tier: speaker.tier), by: record)
        return true
    }

    private mutating func close(_ offer: Dot, _ record: CoreRecord, isRequest: Bool, isEntitled: Bool) -> Bool {
        ifEntitled(isEntitled) {
            $0.closings.append(Closing(act: record.dot, offer: offer, isRequest: isRequest))
        }
    }

    /// Whoever offered, or whoever holds the leg that offered since.
    private func mayRecall(
        _ offer: Offer, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        if offer.from == speaker.node { return true }
        return holds(record, speaker, lineage) && record.claim?.leg == offer.record.claim?.leg
    }

    // MARK: Supervision

    /// Above somebody who held, as far as the ruling's author knew, the leg that the winner claims; head office rules in
    /// what it holds itself.
    private func mayRule(
        _ winner: Dot, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard record.dependencies.covers(winner, lineage), let claim = records[winner]?.claim else { return false }
        for maker in versionOrder where record.dependencies.covers(maker, lineage) {
            guard let version = versions[maker], version.leg == claim.leg else { continue }
            if isAboveOrHeadOffice(speaker, version.holder) { return true }
        }
        return false
    }

    private func isAboveOrHeadOffice(_ speaker: Speaker, _ node: NodeID) -> Bool {
        speaker.tree.isAbove(speaker.node, node) || (speaker.node == node && speaker.tier == .headOffice)
    }

    /// Above the author of the act or above the holder whose custody it claims; never a void, so that nobody can take back
    /// what somebody above him decided.
    private func mayVoid(
        _ dot: Dot, _ record: CoreRecord, _ speaker: Speaker, _ lineage: borrowing Lineage
    ) -> Bool {
        guard speaker.isAsked(.void) else { return true }
        guard record.dependencies.covers(dot, lineage), let target = records[dot], !target.isVoid else { return false }
        let author = lineage.node(of: dot.incarnation)
        let holder = target.claim.flatMap { versions[$0.version]?.holder }
        return [author, holder].contains { node in node.map { speaker.tree.isAbove(speaker.node, $0) } ?? false }
    }
}

extension CoreRecord {
    fileprivate var isVoid: Bool {
        operations.contains { if case .void = $0 { true } else { false } }
    }
}
