import SyncProtocol

extension Transaction {
    /// Where an action comes from.
    enum Source {
        /// Written by this node.
        case own
        /// From the neighbour at this index; `inLog` where it is an entry of the neighbour's log.
        case neighbour(Int, inLog: Bool)

        var neighbour: Int? { if case .neighbour(let index, _) = self { index } else { nil } }
    }

    /// Stores, parks, refuses or recognises one action with the bodies that came along (rules R2, R9, R10).
    func receive(_ sealed: SealedRecord, bodies: [CarriedBody], from source: Source) throws {
        let record = sealed.record
        if let highest = memory.highest[record.dot.incarnation], highest >= record.dot.sequence {
            if let known = try ActionRows.find(record.dot, connection) {
                if case .neighbour(_, inLog: false) = source, try repair(known.key, sealed, bodies) { return }
                guard known.hash == sealed.hash else { return try noteFork(sealed, standing: known, from: source) }
                return try fill(bodies, of: known.key, from: source)
            }
        }
        // It was kept out for good, here or above: it is not asked for again.
        if memory.lineage.isWithheld(record.dot) { return }
        if !memory.parkedDocuments.isEmpty, try fillParked(sealed, bodies, from: source) { return }
        let document = try document(record.document)
        switch try admission(of: record, document, from: source) {
        case .taken: break
        case .waits: return try park(sealed, bodies, document, from: source)
        case let refusal: return try refuse(sealed, refusal, from: source)
        }
        takeBirth(record)
        try apply(sealed, bodies, document, from: source)
        try unpark(document)
        // A birth, a declared loss or a refusal may be what the acts of any document wait for.
        if record.document.isNodeRecord { try unparkAll() }
    }

    /// Bodies alone, for an action that is here.
    func receive(bodies: [CarriedBody], of dot: Dot, from source: Source) throws {
        if let known = try ActionRows.find(dot, connection) { return try fill(bodies, of: known.key, from: source) }
        guard let parked = try ActionRows.parked(dot, connection) else { return }
        try fillParked(parked.sealed.record, bodies, from: source)
    }

    func takeBirth(_ record: CoreRecord) {
        guard record.document.isNodeRecord, record.dot.sequence == 1 else { return }
        for case .birth(let birth) in record.operations { memory.lineage.insert(record.dot.incarnation, birth) }
    }

    // MARK: Applying

    func apply(
        _ sealed: SealedRecord, _ bodies: [CarriedBody], _ document: LoadedDocument, from source: Source
    ) throws {
        let record = sealed.record
        let before = reach(of: document)
        let isFirst = document.actions == 0
        let documentKey = document.key ?? memory.nextDocumentKey()
        document.key = documentKey
        let key = try ActionRows.insert(sealed, document: documentKey, before: document.lastAction, connection)
        memory.applySequence = key
        memory.highest[record.dot.incarnation] = max(memory.highest[record.dot.incarnation] ?? 0, record.dot.sequence)
        document.lastAction = key
        document.actions += 1
        document.isChanged = true
        let level = source.neighbour == nil ? .full : try levelHere(of: record, document)
        let carried = source.neighbour == nil ? bodies : try accepted(bodies, of: record, level, from: source)
        for body in carried { try ActionRows.insert(body, action: key, connection) }
        if !carried.isEmpty {
            try loadBodies(document)
            document.bodyActions += 1
            document.areBodiesChanged = true
        }
        let held = try StoredAction(key: key, document: documentKey, before: 0, sealed: sealed, envelopes: carried)
            .held()
        if record.document.isTicket {
            if !document.state.apply(held, memory.lineage) { try refold(document) }
            document.isStaged = reach(of: document).own == .nothing
            noteUnauthorized(record, document, from: source)
        } else {
            try applyToNodeRecord(record, document)
        }
        if case .own = source {
        } else {
            memory.clock.observe(record.stamp, now: now)
            try noteArrival(record)
        }
        try route(sealed, key, carried, isFirst: isFirst, before: before, document, from: source)
        try noteStamp(record, from: source)
        if record.document.isTicket {
            try noteNotices(of: record, carried, document)
            try noteTextLinks(of: record, document)
        }
        for case .recall(_, let offer, true) in record.operations {
            try connection.cached("INSERT OR IGNORE INTO recalls VALUES(?, ?, ?, ?)").run(
                offer.incarnation.rawValue, offer.sequence, record.dot.incarnation.rawValue, record.dot.sequence)
            if case .own = source { memory.recalledOffers.insert(offer) }
        }
    }

    /// This node's level with the act itself applied: an entering or widening act of somebody entitled opens the door for
    /// its own bodies.
    func levelHere(of record: CoreRecord, _ document: LoadedDocument) throws -> Disclosure {
        guard record.document.isTicket else { return .core }
        guard record.changesAudience else { return reach(of: document).own }
        return try audience(after: record, document).disclosure(to: context.node, in: context.hierarchy)
    }

    /// Who may hold the document once the act has applied: what the fold will say.
    private func audience(after record: CoreRecord, _ document: LoadedDocument) throws -> Audience {
        if let audience = document.state.audience(after: record, memory.lineage) { return audience }
        let history = try ActionRows.history(from: document.lastAction, connection).map(\.sealed.record)
        let isHere = history.contains { $0.dot == record.dot }
        return DocumentState(
            folding: (isHere ? history : history + [record]).map { HeldAction(record: $0) }, memory.lineage
        )
        .audience
    }

    /// The ingress gate for bodies: only what this node may hold, and only with the hash that the record names.
    ///
    /// - Parameter isQuiet: the level may rise before the act applies, so that a body too many is nobody's mistake.
    func accepted(
        _ bodies: [CarriedBody], of record: CoreRecord, _ level: Disclosure, from source: Source, isQuiet: Bool = false
    ) throws -> [CarriedBody] {
        guard !bodies.isEmpty else { return [] }
        let node = source.neighbour.map { memory.neighbours[$0].node }
        return try bodies.filter { body in
            guard level.includes(body.part) else {
                // Staged documents get their bodies after the entering action; anything else is a sender's mistake.
                if level != .nothing, !isQuiet {
                    try incident(.bodyRefused, node: node, subject: record.dot.description)
                }
                return false
            }
            guard let reference = record.body(body.part), reference.size == body.envelope.count,
                body.envelope.withUnsafeBytes({ context.hash($0) }) == reference.hash
            else {
                try incident(.bodyDamaged, node: node, subject: record.dot.description)
                return false
            }
            return true
        }
    }

    private func applyToNodeRecord(_ record: CoreRecord, _ document: LoadedDocument) throws {
        // Each takes effect once, however often it is named.
        var news = Set(record.withheldActs.map(\.dot).filter { !memory.lineage.isWithheld($0) })
        document.state.foldNodeRecord(record, memory.lineage)
        memory.take(record, ofRecord: record.document, in: context.hierarchy)
        guard let owner = context.hierarchy.owner(ofRecord: record.document) else { return }
        for operation in record.lawfulOperations(of: owner, memory.lineage) {
            switch operation {
            case .withheld(let acts):
                for act in acts {
                    try note(act, saidBy: record.dot)
                    if news.remove(act.dot) != nil { try takeEffect(from: act.dot) }
                }
            case .settle(let dot, let hash): try settle(dot, as: hash)
            case .suspend where owner == context.node, .adopt where owner == context.node:
                try judgeSuspension(document)
            default: continue
            }
        }
    }

    /// Custody under this node's name rests until an adoption of this copy's line knew of every suspension.
    private func judgeSuspension(_ own: LoadedDocument) throws {
        let records = try ActionRows.history(from: own.lastAction, connection).map(\.sealed.record)
        let isInForce = Suspension.isInForce(records, of: context.node, memory.lineage) { isOwnLine($0) }
        try setSuspended(isInForce)
    }

    /// True where this copy lives, or descends from, the life that a person adopted; the other copy stays suspended.
    private func isOwnLine(_ life: Incarnation) -> Bool {
        guard let own = memory.current ?? memory.lastOwn?.dot.incarnation else { return true }
        return memory.lineage.line(of: own).contains(life) || memory.lineage.line(of: life).contains(own)
    }

    func setSuspended(_ isSuspended: Bool) throws {
        guard memory.isSuspended != isSuspended else { return }
        memory.isSuspended = isSuspended
        try Meta.set("suspended", isSuspended ? 1 : 0, connection)
    }

    /// Rule R12: the first parent that sees a stamp beyond the bound says so; the act itself is never refused.
    private func noteStamp(_ record: CoreRecord, from source: Source) throws {
        guard let index = source.neighbour, record.stamp.milliseconds > now + Limits.clockSkewMillisecondsMax,
            context.hierarchy.parent(of: memory.neighbours[index].node) == context.node
        else { return }
        try incident(.clockBeyondBound, node: memory.lineage.node(of: record.dot.incarnation))
        clockCorrections.append((record.document, record.dot))
    }

    // MARK: Late bodies

    func fill(_ bodies: [CarriedBody], of key: Int64, from source: Source) throws {
        guard !bodies.isEmpty, let action = try ActionRows.load(key, connection) else { return }
        let missing = bodies.filter { body in !action.envelopes.contains { $0.part == body.part } }
        guard !missing.isEmpty else { return }
        let record = action.sealed.record
        let document = try document(record.document)
        let level = record.document.isTicket ? reach(of: document).own : .core
        let taken = try accepted(missing, of: record, level, from: source)
        guard !taken.isEmpty else { return }
        for body in taken { try ActionRows.insert(body, action: key, connection) }
        if action.envelopes.isEmpty { document.bodyActions += 1 }
        try connection.cached(
            "INSERT INTO reindex VALUES(?, 1) ON CONFLICT DO UPDATE SET times = times + 1"
        ).run(action.document)
        document.isChanged = true
        try refold(document)
        if sendsNotices(of: document) { try requeueNotices(of: action.document) }
        routeBodies(taken, of: action.sealed, document, from: source)
    }
}
