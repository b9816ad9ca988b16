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

    /// Stores, parks or recognises one action with the bodies that came along (rules R2, R9, R10).
    func receive(_ sealed: SealedRecord, bodies: [CarriedBody], from source: Source) throws {
        let record = sealed.record
        if let highest = memory.highest[record.dot.incarnation], highest >= record.dot.sequence {
            if let known = try ActionRows.find(record.dot, connection) {
                if case .neighbour(_, inLog: false) = source, try repair(known.key, sealed, bodies) { return }
                guard known.hash == sealed.hash else { return try noteFork(sealed) }
                return try fill(bodies, of: known.key, from: source)
            }
        }
        if !memory.parkedDocuments.isEmpty, try fillParked(sealed, bodies) { return }
        for case .birth(let birth) in record.operations where record.document.isNodeRecord && record.dot.sequence == 1 {
            memory.lineage.insert(record.dot.incarnation, birth)
        }
        let document = try document(record.document)
        guard isReady(record, document) else {
            return try park(sealed, bodies, from: source)
        }
        guard try mayHold(record, document, from: source) else { return }
        try apply(sealed, bodies, document, from: source)
        try unpark(document)
        // A birth or a declared loss may be what the acts of any document wait for.
        if record.document.isNodeRecord { try unparkAll() }
    }

    /// Bodies alone, for an action that is here.
    func receive(bodies: [CarriedBody], of dot: Dot, from source: Source) throws {
        if let known = try ActionRows.find(dot, connection) { return try fill(bodies, of: known.key, from: source) }
        for body in bodies {
            let column = body.part == .casework ? "casework" : "personal"
            try connection.cached(text: "UPDATE parked SET \(column) = ? WHERE incarnation = ? AND sequence = ?").run(
                body.envelope, dot.incarnation.rawValue, dot.sequence)
        }
    }

    /// A node's own record is a set of facts: its actions wait for nothing.
    private func isReady(_ record: CoreRecord, _ document: LoadedDocument) -> Bool {
        if record.document.isNodeRecord { return true }
        for entry in record.dependencies.entries
        where !document.state.vector.covers(entry, memory.lineage) && !memory.lineage.isLost(entry) { return false }
        return true
    }

    /// The ingress gate for whole documents (rule R11): from a child only what involves it, from the parent anything,
    /// staged until the action applies that lets this node in.
    private func mayHold(_ record: CoreRecord, _ document: LoadedDocument, from source: Source) throws -> Bool {
        guard let index = source.neighbour, record.document.isTicket,
            context.hierarchy.parent(of: memory.neighbours[index].node) == context.node
        else { return true }
        if reach(of: document).level(of: index) > .nothing { return true }
        var audience = document.state.audience
        for case .create(let home) in record.operations { audience.involve(home) }
        for case .involve(let node) in record.operations { audience.involve(node) }
        if audience.disclosure(to: memory.neighbours[index].node, in: context.hierarchy) > .nothing { return true }
        // This node's own past comes back from whoever has it, even where the act that let the child in is lost.
        if memory.lineage.node(of: record.dot.incarnation) == context.node { return true }
        try incident(.documentRefused, node: memory.neighbours[index].node, subject: record.dot.description)
        return false
    }

    private func noteFork(_ sealed: SealedRecord) throws {
        try connection.cached("INSERT OR IGNORE INTO forks VALUES(?, ?, ?, ?)").run(
            sealed.hash, sealed.record.dot.incarnation.rawValue, sealed.record.dot.sequence, sealed.bytes)
        if connection.changes > 0 { try incident(.forkedDot, subject: sealed.record.dot.description) }
    }

    // MARK: Applying

    private func apply(
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
        let level = try levelHere(of: record, document)
        let carried = try accepted(bodies, of: record, level, from: source)
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

    /// This node's level with the act itself applied: an entering or widening act opens the door for its own bodies.
    private func levelHere(of record: CoreRecord, _ document: LoadedDocument) throws -> Disclosure {
        guard record.document.isTicket else { return .core }
        let isEntering = record.operations.contains { operation in
            switch operation {
            case .create, .involve, .widen: true
            default: false
            }
        }
        guard isEntering else { return reach(of: document).own }
        var audience = document.state.audience
        for operation in record.operations {
            switch operation {
            case .create(let home): audience.involve(home)
            case .involve(let node): audience.involve(node)
            case .widen(let level): audience.widen(level)
            default: continue
            }
        }
        return audience.disclosure(to: context.node, in: context.hierarchy)
    }

    /// The ingress gate for bodies: only what this node may hold, and only with the hash that the record names.
    private func accepted(
        _ bodies: [CarriedBody], of record: CoreRecord, _ level: Disclosure, from source: Source
    ) throws -> [CarriedBody] {
        guard !bodies.isEmpty else { return [] }
        let node = source.neighbour.map { memory.neighbours[$0].node }
        return try bodies.filter { body in
            guard level.includes(body.part) else {
                // Staged documents get their bodies after the entering action; anything else is a sender's mistake.
                if level != .nothing { try incident(.bodyRefused, node: node, subject: record.dot.description) }
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
        document.state.foldNodeRecord(record, memory.lineage)
        for operation in record.operations {
            switch operation {
            case .lost(let dots): memory.lineage.declareLost(dots)
            case .suspend where record.document == DocumentID(recordOf: context.node): try setSuspended(true)
            case .adopt(let life) where record.document == DocumentID(recordOf: context.node):
                try setSuspended(!isOwnLine(life))
            default: continue
            }
        }
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

    private func fill(_ bodies: [CarriedBody], of key: Int64, from source: Source) throws {
        guard !bodies.isEmpty, let action = try ActionRows.load(key, connection) else { return }
        let missing = bodies.filter { body in !action.envelopes.contains { $0.part == body.part } }
        guard !missing.isEmpty else { return }
        let record = action.sealed.record
        let document = try document(record.document)
        let taken = try accepted(missing, of: record, levelHere(of: record, document), from: source)
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

    // MARK: Parking

    private func park(_ sealed: SealedRecord, _ bodies: [CarriedBody], from source: Source) throws {
        let record = sealed.record
        let waiting =
            try connection.cached("SELECT count(*) FROM parked WHERE space = ? AND number = ?").integer(
                record.document.space, record.document.number) ?? 0
        guard waiting < Int64(Limits.parkedPerDocumentMax) else { return try incident(.parkedTooMany) }
        var echo = false
        if case .neighbour(_, inLog: true) = source { echo = true }
        try connection.cached("INSERT OR IGNORE INTO parked VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
            record.dot.incarnation.rawValue, record.dot.sequence, record.document.space, record.document.number,
            source.neighbour.map { memory.neighbours[$0].key } ?? 0, echo, sealed.hash, sealed.bytes,
            bodies.first { $0.part == .casework }?.envelope, bodies.first { $0.part == .personal }?.envelope)
        memory.parkedDocuments.insert(record.document)
    }

    /// True where the action waits already; bodies that came along are kept with it.
    private func fillParked(_ sealed: SealedRecord, _ bodies: [CarriedBody]) throws -> Bool {
        let dot = sealed.record.dot
        let statement = try connection.cached("SELECT hash FROM parked WHERE incarnation = ? AND sequence = ?")
        guard let hash = try statement.first(dot.incarnation.rawValue, dot.sequence, body: { try $0.digest(0) }) else {
            return false
        }
        guard hash == sealed.hash else {
            try noteFork(sealed)
            return true
        }
        try receive(bodies: bodies, of: dot, from: .own)
        return true
    }

    /// Applies what waited for what is here now.
    func unpark(_ document: LoadedDocument) throws {
        guard memory.parkedDocuments.contains(document.id) else { return }
        var progress = true
        while progress {
            progress = false
            for parked in try parkedActions(document.id) where isReady(parked.sealed.record, document) {
                try connection.cached("DELETE FROM parked WHERE incarnation = ? AND sequence = ?").run(
                    parked.sealed.record.dot.incarnation.rawValue, parked.sealed.record.dot.sequence)
                guard try mayHold(parked.sealed.record, document, from: parked.source) else { continue }
                try apply(parked.sealed, parked.bodies, document, from: parked.source)
                progress = true
            }
        }
        if try parkedActions(document.id).isEmpty { memory.parkedDocuments.remove(document.id) }
    }

    private func parkedActions(_ id: DocumentID) throws -> [(
        sealed: SealedRecord, bodies: [CarriedBody], source: Source
    )] {
        let statement = try connection.cached(
            "SELECT hash, record, casework, personal, source, echo FROM parked WHERE space = ? AND number = ? ORDER BY incarnation, sequence"
        )
        return try statement.all(id.space, id.number) { row in
            var bodies: [CarriedBody] = []
            if let envelope = row.bytes(2) { bodies.append(CarriedBody(part: .casework, envelope: envelope)) }
            if let envelope = row.bytes(3) { bodies.append(CarriedBody(part: .personal, envelope: envelope)) }
            let index = memory.neighbours.firstIndex { $0.key == row.int64(4) }
            let source = index.map { Source.neighbour($0, inLog: row.bool(5)) } ?? .own
            return (try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)), bodies, source)
        }
    }

    /// Looks at everything that waits again, after losses were declared.
    func unparkAll() throws {
        for id in memory.parkedDocuments.sorted() {
            let document = try document(id)
            try unpark(document)
        }
    }
}
