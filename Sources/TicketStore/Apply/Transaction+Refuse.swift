import SyncProtocol

/// What is kept of an act that was not taken.
enum RefusalKind: Int64 {
    case forged = 1
    case withheld = 2
    /// A second record under a dot that has one.
    case fork = 3
}

/// Refused acts: evidence within a quota, a word to everybody whom the hole concerns, and an end to it.
extension Transaction {
    private static let dayMilliseconds: Int64 = 86_400_000

    func refuse(
        _ sealed: SealedRecord, _ admission: Admission, from source: Source
    ) throws {
        guard let index = source.neighbour else { return }
        let record = sealed.record
        switch admission {
        case .forged(let forgery):
            try incident(.actForged, node: memory.neighbours[index].node, subject: forgery.rawValue)
            try keepEvidence(of: sealed, .forged, reason: forgery.rawValue, from: source)
        case .withheld(let reason, let field):
            let author = memory.lineage.node(of: record.dot.incarnation)
            try incident(.actWithheld, node: author ?? memory.neighbours[index].node, subject: reason.name)
            try keepEvidence(of: sealed, .withheld, reason: reason.name, field: field, from: source)
            guard let author else { return }
            withheld[author, default: []].append(
                WithheldAct(
                    dot: record.dot, document: record.document, hash: sealed.hash, reason: reason, field: field))
        case .taken, .waits: preconditionFailure("no refusal")
        }
        count(refusedFrom: index)
    }

    /// Too many in a day, and the line carries nothing more until a person decides.
    private func count(refusedFrom index: Int) {
        let today = now / Transaction.dayMilliseconds
        if memory.neighbours[index].refusedDay != today {
            memory.neighbours[index].refusedDay = today
            memory.neighbours[index].refusedCount = 0
        }
        memory.neighbours[index].refusedCount += 1
        memory.neighbours[index].isRowChanged = true
        guard memory.neighbours[index].refusedCount >= Limits.refusedPerDayMax else { return }
        quarantine(index)
    }

    private func quarantine(_ index: Int) {
        guard !memory.neighbours[index].isQuarantined else { return }
        memory.neighbours[index].isQuarantined = true
        quarantined.append(memory.neighbours[index].node)
    }

    /// A row for each withheld act; of forged ones and forks a bounded sample. The record itself only at a province and
    /// only within the neighbour's quota: above, nothing of it is stored but its name, hash and field.
    func keepEvidence(
        of sealed: SealedRecord, _ kind: RefusalKind, reason: String, field: FieldID? = nil, from source: Source
    ) throws {
        let neighbour = source.neighbour.map { memory.neighbours[$0].key } ?? 0
        let held =
            try connection.cached(
                "SELECT count(*), coalesce(sum(length(record)), 0) FROM refused WHERE neighbour = ? AND (? = 0 OR kind = ?)"
            ).first(neighbour, kind == .withheld ? 0 : 1, kind.rawValue) { ($0.int(0), $0.int(1)) } ?? (0, 0)
        let isWithinQuota =
            held.0 < Limits.evidencePerNeighbourMax
            && held.1 + sealed.bytes.count <= Limits.evidenceBytesPerNeighbourMax
        guard isWithinQuota || kind == .withheld else { return }
        let isKeptWhole = isWithinQuota && context.tier != .headOffice
        let record = sealed.record
        try connection.cached("INSERT OR IGNORE INTO refused VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
            sealed.hash, kind.rawValue, record.dot.incarnation.rawValue, record.dot.sequence, record.document.space,
            record.document.number, reason, field.map { Int64($0.rawValue) }, neighbour,
            now, isKeptWhole ? sealed.bytes : nil)
    }

    // MARK: What follows

    /// What this transaction found has to be said by acts of this node: clocks that were wrong, acts that were kept out,
    /// and acts without authority.
    func answerArrivals() throws {
        try correctClocks()
        for (author, acts) in withheld.sorted(by: { $0.key < $1.key }) {
            for start in stride(from: 0, to: acts.count, by: Limits.withheldPerActMax) {
                let some = Array(acts[start..<min(start + Limits.withheldPerActMax, acts.count)])
                _ = try self.author(
                    Draft(
                        document: DocumentID(recordOf: author), kind: NodeAct.withheld, post: "",
                        core: [.withheld(some)]))
            }
        }
        withheld = [:]
        for (document, dot, author) in unauthorized {
            try incident(.actWithoutAuthority, node: author)
            _ = try self.author(
                Draft(
                    document: document, kind: NodeAct.void, post: "", core: [.void(dot, rule: NodeAct.voidRule)]))
        }
        unauthorized = []
        for node in quarantined { try incident(.quarantined, node: node) }
        quarantined = []
    }

    /// Remembers which act of a node record says that an act of the document was kept out.
    func note(_ act: WithheldAct, saidBy note: Dot) throws {
        try connection.cached("INSERT OR IGNORE INTO withheld_notes VALUES(?, ?, ?, ?)").run(
            act.document.space, act.document.number, note.incarnation.rawValue, note.sequence)
    }

    /// Takes the effect from an act that was kept out elsewhere and is here. From now on nobody counts it: who refused it
    /// has nothing of it, and whoever holds it hears of that before the two compare.
    func takeEffect(from dot: Dot) throws {
        if let parked = try ActionRows.parked(dot, connection) {
            try removeParked(dot, parked.sealed.record.document)
        }
        guard let action = try ActionRows.load(dot, connection), action.sealed.record.document.isTicket else { return }
        let document = try document(action.sealed.record.document)
        document.isChanged = true
        for (index, level) in reach(of: document).neighbours {
            memory.neighbours[index].shared.remove(counted(action.sealed, action.envelopes, level))
            memory.neighbours[index].isSharedChanged = true
        }
        try refold(document)
        document.isStaged = reach(of: document).own == .nothing
    }

    // MARK: Two records under one dot

    /// The first one stands here. The author's own record may be told by whoever is above it which of the two it is.
    func noteFork(_ sealed: SealedRecord, standing: (key: Int64, hash: Digest), from source: Source) throws {
        let dot = sealed.record.dot
        if try settledHash(of: dot) == sealed.hash { return try replace(standing.key, by: sealed) }
        try keepEvidence(of: sealed, .fork, reason: "fork", from: source)
        guard connection.changes > 0 else { return }
        try incident(.forkedDot, subject: dot.description)
        guard let index = source.neighbour, isChild(index),
            let author = memory.lineage.node(of: dot.incarnation), context.hierarchy.isAbove(context.node, author),
            try settledHash(of: dot) == nil
        else { return }
        _ = try self.author(
            Draft(
                document: DocumentID(recordOf: author), kind: NodeAct.settle, post: "",
                core: [.settle(dot, standing.hash)]))
    }

    private func settledHash(of dot: Dot) throws -> Digest? {
        try connection.cached("SELECT hash FROM settled WHERE incarnation = ? AND sequence = ?").first(
            dot.incarnation.rawValue, dot.sequence
        ) { try $0.digest(0) }
    }

    /// Somebody above both holders has said which record stands; the first word counts.
    func settle(_ dot: Dot, as hash: Digest) throws {
        try connection.cached("INSERT OR IGNORE INTO settled VALUES(?, ?, ?)").run(
            dot.incarnation.rawValue, dot.sequence, hash)
    }

    /// Puts the record that stands into the place of the other.
    private func replace(_ key: Int64, by sealed: SealedRecord) throws {
        guard let old = try ActionRows.load(key, connection) else { return }
        try keepEvidence(of: old.sealed, .fork, reason: "fork", from: .own)
        try connection.cached("UPDATE actions SET hash = ?, record = ? WHERE key = ?").run(
            sealed.hash, sealed.bytes, key)
        try connection.cached("DELETE FROM bodies WHERE action = ?").run(key)
        guard sealed.record.document.isTicket, old.sealed.record.document == sealed.record.document,
            !memory.lineage.isWithheld(sealed.record.dot)
        else { return }
        let document = try document(sealed.record.document)
        document.isChanged = true
        try refold(document)
        for (index, level) in reach(of: document).neighbours {
            memory.neighbours[index].shared.remove(counted(old.sealed, old.envelopes, level))
            memory.neighbours[index].shared.add(counted(sealed, [], level))
            memory.neighbours[index].isSharedChanged = true
        }
    }
}
