/// Whoever wrote an act, and the tree that the act is judged by.
///
/// Authority is one pure function, the same on every node: it asks the act, its causal past and the tree of the act's
/// revision, and nothing else. Never what arrived since, which custody version won, or the tree of today: so every order
/// of arrival gives one answer, and none is ever given anew. PROTOCOL.md, "Authority", has the table.
public struct Speaker {
    /// A free-field set of the core record that says why a document was opened further. `widen` has no authority without
    /// an element of it in the same act: nobody opens anything silently.
    public static let wideningReason = FieldID(rawValue: 86)

    public let node: NodeID
    private let protections: Protections
    let tier: Tier
    let tree: Hierarchy

    /// nil where the author's birth, or the tree that the act names, is not known here: such an act waits.
    public init?(_ record: CoreRecord, _ lineage: borrowing Lineage) {
        guard let life = lineage.life(of: record.dot.incarnation), let tree = lineage.tree(of: record.revision) else {
            return nil
        }
        node = life.node
        tier = life.tier
        self.tree = tree
        protections = lineage.protections
    }

    /// True where the author takes part in the document as far as the act's past tells, or opens it by this act.
    ///
    /// - Parameter audience: of everything that the act knows, at least.
    public func takesPart(in record: CoreRecord, _ audience: Audience, _ lineage: borrowing Lineage) -> Bool {
        guard record.namesDocument else { return audience.includes(node, asOf: record, in: tree, lineage) }
        return record.operations.contains { operation in
            if case .create(let home) = operation { mayCreate(home: home, in: record) } else { false }
        }
    }

    /// Opens the document: only in the act that names it, and only for the author's own node.
    func mayCreate(home: NodeID, in record: CoreRecord) -> Bool { record.namesDocument && home == node }

    /// Makes the document everybody's: only in the act that names it, and only from head office.
    func mayPublish(in record: CoreRecord) -> Bool { record.namesDocument && tier == .headOffice }

    /// Lets a node in: whoever is above the document, whoever holds one of its legs, and a member its own parent.
    ///
    /// - Parameters:
    ///   - audience: of the acts before this one in any order that respects their pasts.
    ///   - holds: the act claims a custody version in its past whose holder is the author's node.
    func mayInvolve(
        _ guest: NodeID, in record: CoreRecord, _ audience: Audience, holds: Bool, _ lineage: borrowing Lineage
    ) -> Bool {
        guard tree.contains(guest) else { return false }
        guard isAsked(.involve) else { return true }
        if holds || mayOversee(record, audience, lineage) { return true }
        return guest == tree.parent(of: node) && audience.includes(node, asOf: record, in: tree, lineage)
    }

    /// Lets head office hold more: whoever is above the document or holds one of its legs, with the reason beside it.
    func mayWiden(in record: CoreRecord, _ audience: Audience, holds: Bool, _ lineage: borrowing Lineage) -> Bool {
        guard isAsked(.widen) else { return true }
        let hasReason = record.operations.contains { operation in
            if case .add(Speaker.wideningReason, _) = operation { true } else { false }
        }
        return hasReason && (holds || mayOversee(record, audience, lineage))
    }

    /// Above whoever wrote the act that had a wrong clock.
    func mayCorrectClock(of dot: Dot, in record: CoreRecord, _ lineage: borrowing Lineage) -> Bool {
        guard record.dependencies.covers(dot, lineage), let other = lineage.node(of: dot.incarnation) else {
            return false
        }
        return tree.isAbove(node, other)
    }

    func isAsked(_ protection: Protections) -> Bool { protections.contains(protection) }

    /// Head office, or the province that the document concerns, as far as the act's past tells.
    private func mayOversee(_ record: CoreRecord, _ audience: Audience, _ lineage: borrowing Lineage) -> Bool {
        tier != .branch && audience.includes(node, asOf: record, in: tree, lineage)
    }
}

extension Audience {
    /// True where the node took part in the document as far as this act's author knew: a branch by itself, a province also
    /// by a branch of its own, head office in every document that there is.
    public func includes(
        _ node: NodeID, asOf record: CoreRecord, in tree: Hierarchy, _ lineage: borrowing Lineage
    ) -> Bool {
        for (member, acts) in zip(involved, admissions)
        where member == node || node == tree.headOffice || tree.parent(of: member) == node {
            for act in acts where act == record.dot || record.dependencies.covers(act, lineage) { return true }
        }
        return false
    }
}

extension CoreRecord {
    /// True for the act that a ticket or a reference item is named by.
    var namesDocument: Bool { document.isTicket && document.creator == dot }
}
