/// One action as a replica holds it: its core record and the operations of the bodies that are here.
public struct HeldAction: Hashable, Sendable {
    public var record: CoreRecord
    /// nil where the body does not exist or is not held.
    public var casework: [Operation]?
    public var personal: [Operation]?

    public init(record: CoreRecord, casework: [Operation]? = nil, personal: [Operation]? = nil) {
        self.record = record
        self.casework = casework
        self.personal = personal
    }
}

extension DocumentState {
    /// Folds the actions of one document, given in any order that respects their dependencies. Every such order gives
    /// the same state on every node: regulated acts are ordered by custody, registers by their pasts, sets by nothing.
    public init(folding unordered: [HeldAction], _ lineage: borrowing Lineage) {
        self.init()
        var actions = DocumentState.causalOrder(unordered, lineage)
        actions.removeAll { lineage.isWithheld($0.record.dot) }
        let records = actions.map(\.record)
        let history = DocumentHistory(records, lineage)
        let custodyFold = CustodyFold(records, history, lineage)
        audience = history.audience
        home = history.home
        unauthorized = history.unauthorized.sorted()
        voided = custodyFold.voided.sorted()
        custody = custodyFold.states()
        overruled = custodyFold.overruled.sorted()
        disputed = custodyFold.disputed.sorted()
        for action in actions {
            if !vector.covers(action.record.dependencies, lineage) { hasGaps = true }
            vector.insert(action.record.dot, lineage)
            guard !custodyFold.voided.contains(action.record.dot) else { continue }
            foldFields(action, effective: custodyFold.effective.contains(action.record.dot), lineage)
        }
    }

    /// Adds one action whose dependencies are satisfied, without looking at the others.
    ///
    /// - Returns: false, with nothing changed, where custody may have to be judged anew: then fold all actions.
    public mutating func apply(_ action: HeldAction, _ lineage: borrowing Lineage) -> Bool {
        let record = action.record
        // What comes next may be older than what is here, or kept out.
        guard !hasGaps, !lineage.isWithheld(record.dot) else { return false }
        var opensDocument = false
        for operation in record.operations {
            switch operation {
            case .offer, .accept, .recall, .decline, .seize, .rule, .void: return false
            case .create: opensDocument = true
            default: continue
            }
        }
        if opensDocument {
            guard vector.entries.isEmpty else { return false }
        } else if voided.contains(record.dot) || vector.covers(record.dot, lineage) {
            // An act that was declared lost and came back is older than what is here.
            return false
        }
        // The claim is in the core record, so that every node judges alike, whatever bodies it holds.
        let isRegulated = record.claim != nil
        if opensDocument {
            self = DocumentState(folding: [action], lineage)
            return true
        }
        if isRegulated {
            guard let leg = effectiveLeg(of: record, lineage) else { return false }
            custody[leg].lastAct = record.dot
        }
        hasGaps = !vector.covers(record.dependencies, lineage)
        vector.insert(record.dot, lineage)
        // The claim is under the winning version, so its holder is the author.
        if !open(by: record, holds: isRegulated, lineage) { noteUnauthorized(record.dot) }
        foldFields(action, effective: isRegulated, lineage)
        return true
    }

    /// Who may hold the document once this act has applied: the gates and the routing ask what the fold will say.
    ///
    /// - Returns: nil where all acts have to be looked at to know.
    public func audience(after record: CoreRecord, _ lineage: borrowing Lineage) -> Audience? {
        guard !hasGaps, !lineage.isWithheld(record.dot) else { return nil }
        if vector.entries.isEmpty { return DocumentHistory([record], lineage).audience }
        var holds = false
        if let claim = record.claim {
            guard let leg = custody.first(where: { $0.leg == claim.leg }), leg.version == claim.version,
                leg.holder == lineage.node(of: record.dot.incarnation),
                record.dependencies.covers(claim.version, lineage)
            else { return nil }
            holds = true
        }
        var copy = self
        _ = copy.open(by: record, holds: holds, lineage)
        return copy.audience
    }

    /// Takes the fields of bodies from the act that made the ticket, where it is the only one whose bodies are here: the
    /// rest of the state is folded already.
    ///
    /// - Returns: false, with nothing changed, where all actions have to be folded to know.
    public mutating func foldBodies(ofCreation action: HeldAction, _ lineage: borrowing Lineage) -> Bool {
        let record = action.record
        guard record.document.isTicket, record.dot == record.document.creator, !voided.contains(record.dot),
            !record.operations.contains(where: { if case .seize = $0 { true } else { false } })
        else { return false }
        let isEffective = record.claim != nil && !overruled.contains(record.dot) && !disputed.contains(record.dot)
        let tier = lineage.life(of: record.dot.incarnation)?.tier ?? .branch
        if let operations = action.casework { casework.fold(operations, record, tier, isEffective, lineage) }
        if let operations = action.personal { personal.fold(operations, record, tier, isEffective, lineage) }
        return true
    }

    /// Adds an action of a node's own record, which is a set of facts without fields.
    public mutating func foldNodeRecord(_ record: CoreRecord, _ lineage: borrowing Lineage) {
        vector.insert(record.dot, lineage)
    }

    /// Lists every act after those that it knows. The given order is nearly always one already: only an act that was
    /// declared lost and came back stands too late.
    private static func causalOrder(_ actions: [HeldAction], _ lineage: borrowing Lineage) -> [HeldAction] {
        var ordered: [HeldAction] = []
        ordered.reserveCapacity(actions.count)
        var named = VersionVector.empty
        for action in actions {
            let dot = action.record.dot
            if named.covers(dot, lineage),
                let index = ordered.firstIndex(where: { $0.record.dependencies.covers(dot, lineage) })
            {
                ordered.insert(action, at: index)
            } else {
                ordered.append(action)
            }
            named.merge(action.record.dependencies, lineage)
            named.insert(dot, lineage)
        }
        return ordered
    }

    /// The index of the leg under which this act is effective beyond doubt: by the holder, under the winning version,
    /// knowing every effective act before it.
    private func effectiveLeg(of record: CoreRecord, _ lineage: borrowing Lineage) -> Int? {
        guard let claim = record.claim, disputed.isEmpty,
            let index = custody.firstIndex(where: { $0.leg == claim.leg }),
            custody[index].version == claim.version,
            lineage.node(of: record.dot.incarnation) == custody[index].holder,
            record.dependencies.covers(custody[index].lastAct, lineage)
        else { return nil }
        return index
    }

    /// Takes what the act says about the audience, as far as its author may.
    ///
    /// - Returns: false where it says something without authority.
    private mutating func open(by record: CoreRecord, holds: Bool, _ lineage: borrowing Lineage) -> Bool {
        guard record.operations.contains(where: \.needsAuthority) else { return true }
        guard let speaker = Speaker(record, lineage) else { return true }
        var isEntitled = true
        for operation in record.operations where operation.needsAuthority {
            switch operation {
            case .involve(let guest)
            where speaker.mayInvolve(guest, in: record, audience, holds: holds, lineage):
                audience.admit(guest, by: record.dot, knowing: record.dependencies, lineage)
            case .widen(let level) where speaker.mayWiden(in: record, audience, holds: holds, lineage):
                audience.widen(level)
            case .correctClock(let dot, _) where speaker.mayCorrectClock(of: dot, in: record, lineage): continue
            default: isEntitled = false
            }
        }
        return isEntitled
    }

    private mutating func noteUnauthorized(_ dot: Dot) {
        let index = unauthorized.firstIndex { $0 >= dot } ?? unauthorized.endIndex
        if index == unauthorized.endIndex || unauthorized[index] != dot { unauthorized.insert(dot, at: index) }
    }

    private mutating func foldFields(_ action: HeldAction, effective: Bool, _ lineage: borrowing Lineage) {
        let record = action.record
        let tier = lineage.life(of: record.dot.incarnation)?.tier ?? .branch
        core.fold(record.operations, record, tier, effective, lineage)
        if let operations = action.casework { casework.fold(operations, record, tier, effective, lineage) }
        if let operations = action.personal { personal.fold(operations, record, tier, effective, lineage) }
    }
}

extension FieldState {
    fileprivate mutating func fold(
        _ operations: [Operation], _ record: CoreRecord, _ tier: Tier, _ effective: Bool, _ lineage: borrowing Lineage
    ) {
        for operation in operations {
            switch operation {
            case .assign(let field, let value):
                if effective, let leg = record.claim?.leg { assign(field, value, by: record.dot, leg) }
            case .write(let field, let value):
                write(field, value, by: record.dot, tier: tier, knowing: record.dependencies, lineage)
            case .add(let field, let value): add(field, value, by: record.dot)
            default: continue
            }
        }
    }
}

extension Operation {
    /// False for what anybody who takes part may say.
    fileprivate var needsAuthority: Bool {
        switch self {
        case .assign, .write, .add, .unknown: false
        default: true
        }
    }
}
