import SyncProtocol

/// What both sides of a line are to hold, action by action.
extension ReplicaStore {
    public func elements(sharedWith neighbour: NodeID) throws -> [ReconcileElement] {
        let nodes = (own: context.node, other: neighbour)
        let lineage = try peek(\.lineage)
        return try read { [context] connection in
            var elements: [ReconcileElement] = []
            let keys = try connection.prepare("SELECT key FROM documents WHERE space > 0 OR space < 0").all {
                $0.int64(0)
            }
            for key in keys {
                guard let document = try DocumentRows.load(key: key, connection) else { continue }
                let audience = document.state.audience
                let level = audience.disclosure(to: nodes.other, in: context.hierarchy)
                guard level > .nothing else { continue }
                for action in try ActionRows.history(from: document.lastAction, connection) {
                    elements.append(element(action.sealed, action.envelopes.map(\.part), level))
                }
                elements += try parkedElements(document.id, level, lineage, connection)
            }
            elements += try nodeElements(nodes.other, connection)
            return elements.sorted { $0.key < $1.key }
        }
    }

    /// Acts of nodes' own records that both keep, and declared losses, which are everybody's. Rule R13 moves the cursor
    /// past the log entries that named them, so reconciliation has to bring them.
    private func nodeElements(_ other: NodeID, _ connection: Connection) throws -> [ReconcileElement] {
        let acts = try connection.prepare(
            """
            SELECT a.hash, a.record FROM actions a JOIN documents d ON d.key = a.document WHERE d.space = 0 ORDER BY a.key
            """
        ).all { try SealedRecord(stored: $0.bytes(1) ?? [], hash: $0.digest(0)) }
        return try acts.filter { sealed in
            try NodeRecords.concerns(sealed.record, other, context, connection)
                && NodeRecords.concerns(sealed.record, context.node, context, connection)
        }.map { element($0, [], .core) } + withheldElements(other, connection)
    }

    /// Acts of the neighbour's that were kept out here count on this line, else it would differ for ever.
    private func withheldElements(_ other: NodeID, _ connection: Connection) throws -> [ReconcileElement] {
        try connection.prepare(
            """
            SELECT r.stamp, r.incarnation, r.sequence, r.hash, r.parts FROM refused r JOIN neighbours n ON n.key = r.neighbour
            WHERE n.node = ? AND r.kind = 2
            """
        ).all(other.text) { row in
            var fingerprint = Fingerprint.empty
            let hash = try row.digest(3)
            fingerprint.add(recordHash: hash)
            for part in [Part.casework, .personal] where row.int64(4) & 1 << Int64(part.rawValue) != 0 {
                fingerprint.add(body: part, ofRecordHash: hash)
            }
            let dot = Dot(Incarnation(rawValue: row.uint64(1)), row.uint64(2))
            return ReconcileElement(
                key: ReconcileKey(stamp: HybridTime(rawValue: row.uint64(0)), dot: dot), fingerprint: fingerprint)
        }
    }

    private func element(_ sealed: SealedRecord, _ parts: [Part], _ level: Disclosure) -> ReconcileElement {
        var fingerprint = Fingerprint.empty
        fingerprint.add(recordHash: sealed.hash)
        for part in parts where level.includes(part) { fingerprint.add(body: part, ofRecordHash: sealed.hash) }
        return ReconcileElement(
            key: ReconcileKey(stamp: sealed.record.stamp, dot: sealed.record.dot), fingerprint: fingerprint)
    }

    /// Actions that wait count as held: they need not be sent again, and their author must learn of them. Those whose
    /// author's birth is not here are asked for again, because births travel along.
    private func parkedElements(
        _ id: DocumentID, _ level: Disclosure, _ lineage: Lineage, _ connection: Connection
    ) throws -> [ReconcileElement] {
        let statement = try connection.cached(
            """
            SELECT hash, record, casework IS NOT NULL, personal IS NOT NULL, incarnation FROM parked
            WHERE space = ? AND number = ?
            """)
        return try statement.all(id.space, id.number) { row -> ReconcileElement? in
            guard lineage.knows(Incarnation(rawValue: row.uint64(4))) else { return nil }
            var parts: [Part] = []
            if row.bool(2) { parts.append(.casework) }
            if row.bool(3) { parts.append(.personal) }
            return element(try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)), parts, level)
        }.compactMap { $0 }
    }

    /// What waits here of the documents that both may hold.
    func parkedFingerprint(sharedWith neighbour: NodeID, _ documents: Set<DocumentID>) throws -> Fingerprint {
        let lineage = try peek(\.lineage)
        return try read { [context] connection in
            var fingerprint = Fingerprint.empty
            for id in documents.sorted() {
                guard let document = try DocumentRows.load(id, connection) else { continue }
                let level = document.state.audience.disclosure(to: neighbour, in: context.hierarchy)
                guard level > .nothing else { continue }
                for element in try parkedElements(id, level, lineage, connection) {
                    fingerprint.add(element.fingerprint)
                }
            }
            return fingerprint
        }
    }
}

extension Hierarchy {
    /// True where `node` keeps this node record: it is its own, that of a node below it, or that of its parent.
    func keeps(recordNamed document: DocumentID, at node: NodeID) -> Bool {
        if document == DocumentID(recordOf: node) { return true }
        if let parent = parent(of: node), document == DocumentID(recordOf: parent) { return true }
        var below = children(of: node)
        while let next = below.popLast() {
            if document == DocumentID(recordOf: next) { return true }
            below += children(of: next)
        }
        return false
    }
}
