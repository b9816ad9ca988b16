import SyncProtocol

/// What a node says of its own past after a disaster, once all its neighbours have given back what they hold.
extension ReplicaStore {
    /// True where this process is drained and agrees with every neighbour whose line is in use: nothing more can come back
    /// by itself.
    public func hasAgreedWithAll() throws -> Bool { try peek(\.hasAgreedWithAll) }

    /// Declares the numbers of this node's past lives that nobody has any more, so that nobody waits for them, and ends
    /// the time in which neighbours may give its past back.
    ///
    /// Does nothing before every neighbour has agreed. A number that comes back later all the same is taken.
    ///
    /// - Returns: the numbers declared by this call.
    public func declareLosses() throws -> [DotRange] {
        guard try hasAgreedWithAll() else { return [] }
        // Own acts among the orphans are missing afterwards, and declared with the rest.
        _ = try discardOrphans()
        let (lineage, current, isPastOpen) = try peek { ($0.lineage, $0.current, $0.isPastOpen) }
        let missing = try read { [node = context.node] connection in
            try Losses(node, lineage, current: current, countsClaims: isPastOpen).missing(connection)
        }
        guard isPastOpen || !missing.isEmpty else { return [] }
        return try write { [node = context.node] transaction in
            guard transaction.memory.hasAgreedWithAll else { return [] }
            let due = missing.flatMap { transaction.memory.lineage.notLost(in: $0) }.prefix(Limits.rangesPerListMax)
            if !due.isEmpty {
                _ = try transaction.author(
                    Draft(document: DocumentID(recordOf: node), kind: NodeAct.lost, post: "", core: [.lost(Array(due))])
                )
                let count = due.reduce(UInt64(0)) { $0 + $1.count }
                try transaction.incident(.lossDeclared, node: node, subject: "\(count) acts")
            }
            try transaction.setPastOpen(false)
            try transaction.unparkAll()
            return Array(due)
        }
    }

    /// A person has put an older folder back, or knows that this machine replaces another: from now on, until all
    /// neighbours agree, whoever has this node's past may give it back.
    public func openPast() throws {
        try write { transaction in
            try transaction.setPastOpen(true)
            for index in transaction.memory.neighbours.indices {
                transaction.memory.neighbours[index].hasAgreed = false
            }
        }
    }

    /// True while neighbours may give this node's past back.
    public func isPastOpen() throws -> Bool { try peek(\.isPastOpen) }

    /// A person lets a neighbour speak again whose acts were refused too often.
    public func readmit(_ neighbour: NodeID) throws {
        try write { transaction in
            let index = try transaction.index(of: neighbour)
            transaction.memory.neighbours[index].isQuarantined = false
            transaction.memory.neighbours[index].refusedCount = 0
            transaction.memory.neighbours[index].isRowChanged = true
        }
    }

    /// Removes what arrived of documents whose entering act, or whose whole beginning, was lost with its author. Does
    /// nothing unless every neighbour agrees.
    ///
    /// - Returns: the documents removed.
    public func discardOrphans() throws -> [DocumentID] {
        guard try hasAgreedWithAll() else { return [] }
        let orphans = try read { connection in
            try connection.prepare(
                """
                SELECT space, number FROM documents WHERE is_staged = 1
                UNION SELECT space, number FROM parked p WHERE NOT EXISTS
                    (SELECT 1 FROM documents d WHERE d.space = p.space AND d.number = p.number)
                """
            ).all { DocumentID(space: $0.uint64(0), number: $0.uint64(1)) }
        }.filter(\.isTicket).sorted()
        guard !orphans.isEmpty else { return [] }
        return try write { transaction in
            guard transaction.memory.hasAgreedWithAll else { return [] }
            for id in orphans { try transaction.discard(id) }
            return orphans
        }
    }

    /// A person decides which of two live copies of a child goes on: the one that lives `incarnation`, or one after it.
    public func adopt(_ incarnation: Incarnation, asLineOf child: NodeID) throws {
        try write { transaction in
            let index = try transaction.index(of: child)
            transaction.memory.neighbours[index].isSuspended = false
            transaction.memory.neighbours[index].lives.removeAll { $0 == incarnation }
            transaction.memory.neighbours[index].lives.append(incarnation)
            transaction.memory.neighbours[index].isRowChanged = true
            _ = try transaction.author(
                Draft(document: DocumentID(recordOf: child), kind: NodeAct.adopt, post: "", core: [.adopt(incarnation)])
            )
        }
    }

    /// Two persons at this node decide that its own line goes on, where nobody above can (head office), or where the line
    /// is down.
    ///
    /// - Parameter approver: the post of the second person; it stands in the act.
    /// - Returns: the line that goes on; nil where this node has never written.
    public func adoptSelf(post: String, approver: String) throws -> Incarnation? {
        try write { [node = context.node] transaction -> Incarnation? in
            guard let life = transaction.memory.current ?? transaction.memory.lastOwn?.dot.incarnation else {
                return nil
            }
            _ = try transaction.author(
                Draft(
                    document: DocumentID(recordOf: node), kind: NodeAct.adopt, post: post,
                    core: [.adopt(life), .add(NodeAct.secondPerson, .text(approver))]))
            try transaction.setSuspended(false)
            return life
        }
    }

    /// The lives under which a child spoke to this node, oldest first: what there is to adopt.
    public func lives(of child: NodeID) throws -> [Incarnation] { try state(of: child) { $0.lives } }
}

/// The search for missing numbers.
private struct Losses {
    private let node: NodeID
    private let lineage: Lineage
    private let current: Incarnation?
    /// Beyond what proves that a number was issued, also what others say to have known counts: only while this disk may
    /// lack part of its own past, else one word of a liar would declare what never was.
    private let countsClaims: Bool

    init(_ node: NodeID, _ lineage: Lineage, current: Incarnation?, countsClaims: Bool) {
        self.node = node
        self.lineage = lineage
        self.current = current
        self.countsClaims = countsClaims
    }

    /// A number was issued where a record of that life is here with it or a higher one, or a birth of this node's names it.
    /// Long stretches cost what short ones do.
    func missing(_ connection: Connection) throws -> [DotRange] {
        var highest: [Incarnation: UInt64] = [:]
        func name(_ dot: Dot) {
            guard lineage.node(of: dot.incarnation) == node else { return }
            highest[dot.incarnation] = max(highest[dot.incarnation] ?? 0, dot.sequence)
        }
        try connection.prepare("SELECT incarnation, max(sequence) FROM actions GROUP BY incarnation").forEach {
            name(Dot(Incarnation(rawValue: $0.uint64(0)), $0.uint64(1)))
        }
        if countsClaims {
            try connection.prepare("SELECT hash, record FROM parked").forEach { row in
                let record = try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)).record
                name(record.dot)
                for entry in record.dependencies.entries { name(entry) }
            }
        }
        for life in highest.keys {
            if let predecessor = lineage.life(of: life)?.predecessor { name(predecessor) }
        }
        return try highest.sorted(by: { $0.key < $1.key }).filter { $0.key != current }.flatMap {
            try gaps(of: $0.key, upTo: $0.value, connection)
        }
    }

    private func gaps(of life: Incarnation, upTo last: UInt64, _ connection: Connection) throws -> [DotRange] {
        var next: UInt64 = 1
        var missing: [DotRange] = []
        func addGap(before sequence: UInt64) {
            guard next < sequence, missing.count < Limits.rangesPerListMax else { return }
            missing += lineage.notLost(in: DotRange(life, next...(sequence - 1)))
        }
        let held = try connection.prepare(
            """
            SELECT sequence FROM actions WHERE incarnation = ?
            UNION SELECT sequence FROM parked WHERE incarnation = ? ORDER BY 1
            """)
        try held.forEach(life.rawValue, life.rawValue) { row in
            addGap(before: row.uint64(0))
            next = row.uint64(0) + 1
        }
        addGap(before: last + 1)
        return missing
    }
}

extension Transaction {
    /// Takes an orphaned document out of the tables and out of what is shared; logs keep an empty place for its acts.
    fileprivate func discard(_ id: DocumentID) throws {
        let document = try document(id)
        drop(id)
        guard document.key == nil || document.isStaged else { return }
        for action in try ActionRows.history(from: document.lastAction, connection) {
            unshare(action, document.state.audience)
            let dot = action.sealed.record.dot
            try connection.cached("INSERT OR IGNORE INTO discarded VALUES(?, ?)").run(
                dot.incarnation.rawValue, dot.sequence)
            try connection.cached("DELETE FROM bodies WHERE action = ?").run(action.key)
            try connection.cached("DELETE FROM actions WHERE key = ?").run(action.key)
        }
        try removeParked(of: id)
        try connection.cached("DELETE FROM document_bodies WHERE document = ?").run(document.key)
        try connection.cached("DELETE FROM documents WHERE key = ?").run(document.key)
        memory.parkedDocuments.remove(id)
    }

    private func unshare(_ action: StoredAction, _ audience: Audience) {
        for index in memory.neighbours.indices {
            let level = audience.disclosure(to: memory.neighbours[index].node, in: context.hierarchy)
            guard level > .nothing else { continue }
            var part = Fingerprint.empty
            part.add(recordHash: action.sealed.hash)
            for body in action.envelopes where level.includes(body.part) {
                part.add(body: body.part, ofRecordHash: action.sealed.hash)
            }
            memory.neighbours[index].shared.remove(part)
            memory.neighbours[index].isSharedChanged = true
        }
    }
}
