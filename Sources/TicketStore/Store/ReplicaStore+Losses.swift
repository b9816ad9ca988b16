import SyncProtocol

/// What a node says of its own past after a disaster, once all its neighbours have given back what they hold.
extension ReplicaStore {
    /// True where this process is drained and agrees with every neighbour: nothing more can come back by itself.
    public func hasAgreedWithAll() throws -> Bool { try peek { $0.neighbours.allSatisfy(\.hasAgreed) } }

    /// Declares the numbers of this node's past lives that nobody has any more, so that nobody waits for them.
    ///
    /// Does nothing before every neighbour has agreed. A number that comes back later all the same is taken.
    ///
    /// - Returns: the numbers declared by this call.
    public func declareLosses() throws -> [Dot] {
        guard try hasAgreedWithAll() else { return [] }
        // Own acts among the orphans are missing afterwards, and declared with the rest.
        _ = try discardOrphans()
        let lives = try peek { memory in (memory.lineage, memory.current) }
        let missing = try read { [node = context.node] in try Losses.missing(of: node, lives.0, current: lives.1, $0) }
        guard !missing.isEmpty else { return [] }
        return try write { [node = context.node] transaction in
            guard transaction.memory.neighbours.allSatisfy(\.hasAgreed) else { return [] }
            let due = missing.filter { !transaction.memory.lineage.isLost($0) }.prefix(Limits.dotsPerListMax)
            guard !due.isEmpty else { return [] }
            let operations = stride(from: 0, to: due.count, by: Losses.dotsPerActMax).map { start in
                Operation.lost(Array(due[start..<min(start + Losses.dotsPerActMax, due.count)]))
            }
            for operation in operations {
                _ = try transaction.author(
                    Draft(document: DocumentID(recordOf: node), kind: NodeAct.lost, post: "", core: [operation]))
            }
            try transaction.incident(.lossDeclared, node: node, subject: "\(due.count) acts")
            return Array(due)
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
            guard transaction.memory.neighbours.allSatisfy(\.hasAgreed) else { return [] }
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

    /// The lives under which a child spoke to this node, oldest first: what there is to adopt.
    public func lives(of child: NodeID) throws -> [Incarnation] { try state(of: child) { $0.lives } }
}

/// The search for missing numbers.
private enum Losses {
    /// One act stays well below the size limit of a record.
    static let dotsPerActMax = 4_096

    static func missing(
        of node: NodeID, _ lineage: Lineage, current: Incarnation?, _ connection: Connection
    ) throws -> [Dot] {
        var highest: [Incarnation: UInt64] = [:]
        func name(_ dot: Dot) {
            guard lineage.node(of: dot.incarnation) == node else { return }
            highest[dot.incarnation] = max(highest[dot.incarnation] ?? 0, dot.sequence)
        }
        try connection.prepare("SELECT incarnation, max(sequence) FROM actions GROUP BY incarnation").forEach {
            name(Dot(Incarnation(rawValue: $0.uint64(0)), $0.uint64(1)))
        }
        try connection.prepare("SELECT hash, record FROM parked").forEach { row in
            let record = try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)).record
            name(record.dot)
            for entry in record.dependencies.entries { name(entry) }
        }
        for life in highest.keys {
            if let predecessor = lineage.life(of: life)?.predecessor { name(predecessor) }
        }
        var missing: [Dot] = []
        for (life, last) in highest.sorted(by: { $0.key < $1.key }) where life != current {
            try appendGaps(of: life, upTo: last, to: &missing, lineage, connection)
        }
        return missing
    }

    private static func appendGaps(
        of life: Incarnation, upTo last: UInt64, to missing: inout [Dot], _ lineage: Lineage, _ connection: Connection
    ) throws {
        var next: UInt64 = 1
        func addGap(before sequence: UInt64) {
            while next < sequence {
                let dot = Dot(life, next)
                if !lineage.isLost(dot), missing.count < Limits.dotsPerListMax { missing.append(dot) }
                next += 1
            }
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
        try connection.cached("DELETE FROM parked WHERE space = ? AND number = ?").run(id.space, id.number)
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
