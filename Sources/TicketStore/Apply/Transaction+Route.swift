import SyncProtocol

/// Which neighbours learn of an action, and in what order (rule R1).
extension Transaction {
    /// Appends an action that was just applied to the logs of those who may hold the document.
    func route(
        _ sealed: SealedRecord, _ key: Int64, _ bodies: [CarriedBody], isFirst: Bool, before: Reach,
        _ document: LoadedDocument, from source: Source
    ) throws {
        let record = sealed.record
        guard record.document.isTicket else { return try routeNodeRecord(record, from: source) }
        for (index, level) in reach(of: document).neighbours {
            let was = before.level(of: index)
            try logBirths(named: record, for: index)
            if was == .nothing { try appendWithheldNotes(of: document.id, to: index) }
            if was == .nothing, !isFirst {
                try appendWhole(document, level, to: index)
            } else {
                append(.action(record.dot), to: index, from: source)
                share(sealed, bodies, level, with: index)
                if was < level, !isFirst { try appendRaised(document, key, was, level, to: index) }
            }
        }
    }

    /// The neighbour enters: all core records of the document, then all bodies.
    private func appendWhole(_ document: LoadedDocument, _ level: Disclosure, to index: Int) throws {
        let history = try ActionRows.history(from: document.lastAction, connection)
        for action in history {
            try logBirths(named: action.sealed.record, for: index)
            append(.action(action.sealed.record.dot), to: index, from: .own)
            share(action.sealed, action.envelopes, level, with: index)
        }
        for action in history where action.envelopes.contains(where: { level.includes($0.part) }) {
            append(.bodies(action.sealed.record.dot), to: index, from: .own)
        }
    }

    /// What of the document was kept out, perhaps before it was here: else the neighbour would wait for it for ever.
    private func appendWithheldNotes(of document: DocumentID, to index: Int) throws {
        guard memory.lineage.hasWithheld else { return }
        let notes = try connection.cached(
            "SELECT incarnation, sequence FROM withheld_notes WHERE space = ? AND number = ?"
        ).all(document.space, document.number) { Dot(Incarnation(rawValue: $0.uint64(0)), $0.uint64(1)) }
        for note in notes {
            guard let said = try ActionRows.load(note, connection) else { continue }
            try logWithheld(said.sealed.record, to: index, from: .own)
        }
    }

    /// Whoever hears that acts of a life were kept out must know whose life it is.
    private func logWithheld(_ record: CoreRecord, to index: Int, from source: Source) throws {
        try logBirths(named: record, for: index)
        for case .withheld(let acts) in record.operations {
            for act in acts { try logBirth(act.dot.incarnation, for: index) }
        }
        append(.action(record.dot), to: index, from: source)
    }

    /// The neighbour may hold more than before: bodies of the older actions follow the widening one.
    private func appendRaised(
        _ document: LoadedDocument, _ key: Int64, _ was: Disclosure, _ level: Disclosure, to index: Int
    ) throws {
        for action in try ActionRows.history(from: document.lastAction, connection) where action.key != key {
            let raised = action.envelopes.filter { level.includes($0.part) && !was.includes($0.part) }
            guard !raised.isEmpty else { continue }
            append(.bodies(action.sealed.record.dot), to: index, from: .own)
            for body in raised { shareBody(body.part, of: action.sealed, with: index) }
        }
    }

    /// Bodies that came late go to everybody entitled but the one that sent them, who has them.
    func routeBodies(_ bodies: [CarriedBody], of sealed: SealedRecord, _ document: LoadedDocument, from source: Source)
    {
        for (index, level) in reach(of: document).neighbours {
            let due = bodies.filter { level.includes($0.part) }
            guard !due.isEmpty else { continue }
            for body in due { shareBody(body.part, of: sealed, with: index) }
            if source.neighbour != index { append(.bodies(sealed.record.dot), to: index, from: .own) }
        }
    }

    /// Births go where a frame names them, and everywhere with the losses that they declare; the rest of a node's record to whom it concerns.
    private func routeNodeRecord(_ record: CoreRecord, from source: Source) throws {
        let isForMany = record.operations.contains { operation in
            switch operation {
            case .lost, .withheld: true
            default: false
            }
        }
        for index in memory.neighbours.indices {
            let node = memory.neighbours[index].node
            if record.dot.sequence == 1 {
                // A birth: the parent always learns of it, so that it holds the chain without gaps; and everybody where it
                // says that acts are lost.
                let saysLosses = record.birth.map { !$0.lost.isEmpty } ?? false
                if node == context.hierarchy.parent(of: context.node) || saysLosses && source.neighbour != index {
                    try logBirth(record.dot.incarnation, for: index)
                }
                continue
            }
            // By the documents as this transaction leaves them: it may just have let the node in.
            let isConcerned = try NodeRecords.concerns(record, node, in: context.hierarchy) {
                try document($0).state.audience
            }
            guard isConcerned else { continue }
            if isForMany, source.neighbour == index { continue }
            try logWithheld(record, to: index, from: source)
        }
    }

    // MARK: Births

    /// A birth goes ahead of the first entry that names its incarnation.
    func logBirths(named record: CoreRecord, for index: Int) throws {
        try logBirth(record.dot.incarnation, for: index)
        for entry in record.dependencies.entries { try logBirth(entry.incarnation, for: index) }
        if record.document.isTicket { try logBirth(Incarnation(rawValue: record.document.space), for: index) }
    }

    /// The life and those before it, oldest first, as far as the neighbour's log does not name them.
    private func logBirth(_ incarnation: Incarnation, for index: Int) throws {
        guard !memory.neighbours[index].birthsLogged.contains(incarnation) else { return }
        var line: [Incarnation] = []
        for life in memory.lineage.line(of: incarnation) {
            if memory.neighbours[index].birthsLogged.contains(life) { break }
            line.append(life)
        }
        for life in line.reversed()
        where memory.lineage.knows(life) && !memory.neighbours[index].birthsLogged.contains(life) {
            guard try ActionRows.find(Dot(life, 1), connection) != nil else { continue }
            memory.neighbours[index].birthsLogged.insert(life)
            try connection.cached("INSERT OR IGNORE INTO births_logged VALUES(?, ?)").run(
                memory.neighbours[index].key, life.rawValue)
            append(.action(Dot(life, 1)), to: index, from: .own)
        }
    }

    // MARK: Entries

    /// An entry that came from this neighbour's own log is marked with the era: the neighbour can prove to hold it.
    private func append(_ entry: LogEntry, to index: Int, from source: Source) {
        var era: Int64 = 0
        if case .neighbour(let from, inLog: true) = source, from == index { era = memory.neighbours[index].era }
        memory.neighbours[index].append(entry, era: era, context.hash)
    }

    private func share(_ sealed: SealedRecord, _ bodies: [CarriedBody], _ level: Disclosure, with index: Int) {
        guard !memory.lineage.isWithheld(sealed.record.dot) else { return }
        memory.neighbours[index].shared.add(counted(sealed, bodies, level))
        memory.neighbours[index].isSharedChanged = true
    }

    /// What an act that is here counts for on the line of a neighbour that may hold so much.
    func counted(_ sealed: SealedRecord, _ bodies: [CarriedBody], _ level: Disclosure) -> Fingerprint {
        var sum = Fingerprint.empty
        sum.add(recordHash: sealed.hash)
        for body in bodies where level.includes(body.part) { sum.add(body: body.part, ofRecordHash: sealed.hash) }
        return sum
    }

    private func shareBody(_ part: Part, of sealed: SealedRecord, with index: Int) {
        guard !memory.lineage.isWithheld(sealed.record.dot) else { return }
        memory.neighbours[index].shared.add(body: part, ofRecordHash: sealed.hash)
        memory.neighbours[index].isSharedChanged = true
    }
}
