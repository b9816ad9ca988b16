import SyncProtocol

/// Acts that wait for what is not here yet: their author's birth, or something that they know.
extension Transaction {
    /// A node's own record is a set of facts: its actions wait for their author's birth alone.
    func isReady(_ record: CoreRecord, _ document: LoadedDocument) -> Bool {
        let isBirth = record.document.isNodeRecord && record.dot.sequence == 1
        guard isBirth || memory.lineage.knows(record.dot.incarnation) else { return false }
        if record.document.isNodeRecord { return true }
        for entry in record.dependencies.entries
        where !document.state.vector.covers(entry, memory.lineage) && !isSettledWithout(entry, in: record.document) {
            return false
        }
        return true
    }

    private func isSettledWithout(_ dot: Dot, in document: DocumentID) -> Bool {
        if !context.protections.contains(.withheldSatisfies) { return memory.lineage.isLost(dot) }
        return memory.lineage.isSettledWithout(dot, in: document)
    }

    /// Keeps an act until it can be judged. Of its bodies only what this node may hold as the document stands: whatever
    /// else it may hold later is asked for then, and never lies here before.
    ///
    /// - Throws: `StoreError.tooMuchWaits` where a child's quota is full: its line stops at its cursor.
    func park(
        _ sealed: SealedRecord, _ bodies: [CarriedBody], _ document: LoadedDocument, from source: Source
    ) throws {
        let record = sealed.record
        let account = account(of: record, source)
        guard parkingHasRoom(sealed, account, source) else {
            guard context.tier == .headOffice, memory.lineage.knows(record.dot.incarnation) else {
                throw StoreError.tooMuchWaits(of: account)
            }
            // One branch does not stop its province's line.
            return try refuse(sealed, .withheld(.overBudget, nil), from: source)
        }
        var echo = false
        if case .neighbour(_, inLog: true) = source { echo = true }
        let kept = try accepted(bodies, of: record, entitled(to: record, document), from: source, isQuiet: true)
        try connection.cached("INSERT OR IGNORE INTO parked VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
            record.dot.incarnation.rawValue, record.dot.sequence, record.document.space, record.document.number,
            source.neighbour.map { memory.neighbours[$0].key } ?? 0, echo, sealed.hash, sealed.bytes,
            kept.first { $0.part == .casework }?.envelope, kept.first { $0.part == .personal }?.envelope, account)
        memory.parkedDocuments.insert(record.document)
        memory.parking.add(record.document, bytes: sealed.bytes.count, to: account)
    }

    /// What this node may hold of the document as it stands, the waiting act not counted.
    private func entitled(to record: CoreRecord, _ document: LoadedDocument) -> Disclosure {
        guard context.protections.contains(.parkedBodies) else { return .full }
        return record.document.isTicket ? reach(of: document).own : .core
    }

    /// Above a child each author has a quota; what comes from above has been judged there.
    private func parkingHasRoom(_ sealed: SealedRecord, _ account: String, _ source: Source) -> Bool {
        guard let index = source.neighbour, isChild(index), context.protections.contains(.parkingBudget) else {
            return true
        }
        return memory.parking.hasRoom(for: sealed.record.document, bytes: sealed.bytes.count, of: account)
    }

    private func account(of record: CoreRecord, _ source: Source) -> String {
        if let author = memory.lineage.node(of: record.dot.incarnation) { return author.text }
        return source.neighbour.map { memory.neighbours[$0].node.text } ?? context.node.text
    }

    /// True where the action waits already; bodies that came along are kept with it.
    func fillParked(_ sealed: SealedRecord, _ bodies: [CarriedBody], from source: Source) throws -> Bool {
        let dot = sealed.record.dot
        let statement = try connection.cached("SELECT hash FROM parked WHERE incarnation = ? AND sequence = ?")
        guard let hash = try statement.first(dot.incarnation.rawValue, dot.sequence, body: { try $0.digest(0) }) else {
            return false
        }
        guard hash == sealed.hash else {
            try keepEvidence(of: sealed, .fork, reason: "fork", from: source)
            try incident(.forkedDot, subject: dot.description)
            return true
        }
        try fillParked(sealed.record, bodies, from: source)
        return true
    }

    func fillParked(_ record: CoreRecord, _ bodies: [CarriedBody], from source: Source) throws {
        let document = try document(record.document)
        for body in try accepted(bodies, of: record, entitled(to: record, document), from: source, isQuiet: true) {
            let column = body.part == .casework ? "casework" : "personal"
            try connection.cached(text: "UPDATE parked SET \(column) = ? WHERE incarnation = ? AND sequence = ?").run(
                body.envelope, record.dot.incarnation.rawValue, record.dot.sequence)
        }
    }

    /// Judges what waited for what is here now: it is applied, or refused by name; nothing vanishes.
    func unpark(_ document: LoadedDocument) throws {
        guard memory.parkedDocuments.contains(document.id) else { return }
        var progress = true
        while progress {
            progress = false
            for parked in try parkedActions(document.id) {
                let admission = try admission(of: parked.sealed.record, document, from: parked.source)
                guard admission != .waits else { continue }
                try removeParked(parked.sealed.record.dot, document.id)
                progress = true
                guard admission == .taken else {
                    try refuse(parked.sealed, admission, from: parked.source)
                    continue
                }
                takeBirth(parked.sealed.record)
                try apply(parked.sealed, parked.bodies, document, from: parked.source)
            }
        }
        if try parkedActions(document.id).isEmpty { memory.parkedDocuments.remove(document.id) }
    }

    /// Everything that waits of a document.
    func removeParked(of document: DocumentID) throws {
        for parked in try parkedActions(document) { try removeParked(parked.sealed.record.dot, document) }
    }

    func removeParked(_ dot: Dot, _ document: DocumentID) throws {
        let waiting = try connection.cached(
            "SELECT length(record), account FROM parked WHERE incarnation = ? AND sequence = ?"
        ).first(dot.incarnation.rawValue, dot.sequence) { ($0.int(0), $0.string(1) ?? "") }
        guard let waiting else { return }
        memory.parking.remove(document, bytes: waiting.0, from: waiting.1)
        try connection.cached("DELETE FROM parked WHERE incarnation = ? AND sequence = ?").run(
            dot.incarnation.rawValue, dot.sequence)
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

    /// Looks at everything that waits again, after births, losses or refusals.
    func unparkAll() throws {
        for id in memory.parkedDocuments.sorted() {
            let document = try document(id)
            try unpark(document)
        }
    }
}
