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
                for action in try ActionRows.history(from: document.lastAction, connection)
                where !lineage.isWithheld(action.sealed.record.dot) {
                    elements.append(element(action.sealed, action.envelopes.map(\.part), level))
                }
                elements += try parkedElements(document, level, with: nodes.other, lineage, connection)
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
        }.map { element($0, [], .core) }
    }

    private func element(_ sealed: SealedRecord, _ parts: [Part], _ level: Disclosure) -> ReconcileElement {
        var fingerprint = Fingerprint.empty
        fingerprint.add(recordHash: sealed.hash)
        for part in parts where level.includes(part) { fingerprint.add(body: part, ofRecordHash: sealed.hash) }
        return ReconcileElement(
            key: ReconcileKey(stamp: sealed.record.stamp, dot: sealed.record.dot), fingerprint: fingerprint)
    }

    /// Actions that wait count as held where they came from and where somebody must learn of them (`isNews`). Those whose
    /// author's birth is not here are asked for again, because births travel along.
    private func parkedElements(
        _ document: LoadedDocument, _ level: Disclosure, with neighbour: NodeID, _ lineage: Lineage,
        _ connection: Connection
    ) throws -> [ReconcileElement] {
        let statement = try connection.cached(
            """
            SELECT hash, record, casework IS NOT NULL, personal IS NOT NULL, incarnation, n.node FROM parked
            LEFT JOIN neighbours n ON n.key = source WHERE space = ? AND number = ?
            """)
        return try statement.all(document.id.space, document.id.number) { row -> ReconcileElement? in
            let sealed = try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0))
            guard let author = lineage.node(of: Incarnation(rawValue: row.uint64(4))),
                row.string(5) == neighbour.text
                    || isNews(sealed.record, of: author, for: neighbour, document.state.audience, lineage)
            else { return nil }
            var parts: [Part] = []
            if row.bool(2) { parts.append(.casework) }
            if row.bool(3) { parts.append(.personal) }
            return element(sealed, parts, level)
        }.compactMap { $0 }
    }

    /// An act that waits has to be known on the way to its author, who may have lost it; and on the way to whoever wrote what
    /// it depends on, who may have lost that: but nobody hears of an act that was not judged and whose author takes no part.
    private func isNews(
        _ record: CoreRecord, of author: NodeID, for neighbour: NodeID, _ audience: Audience, _ lineage: Lineage
    ) -> Bool {
        func leads(to node: NodeID) -> Bool { context.hierarchy.leads(from: context.node, by: neighbour, to: node) }
        if leads(to: author) { return true }
        guard audience.disclosure(to: author, in: context.hierarchy) > .nothing else { return false }
        return record.dependencies.entries.contains { lineage.node(of: $0.incarnation).map(leads) ?? false }
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
                for element in try parkedElements(document, level, with: neighbour, lineage, connection) {
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
