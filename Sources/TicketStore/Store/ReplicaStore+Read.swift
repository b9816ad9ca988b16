import SyncProtocol

/// One action as a replica holds it, for an audit from outside.
public struct Holding: Sendable {
    public let sealed: SealedRecord
    /// The bodies that are here.
    public let parts: [Part]
    /// True where it waits for what it depends on.
    public let isWaiting: Bool
    /// True where the act that lets this node into the document's audience is not here yet.
    public let isStaged: Bool
}

/// Reading without any rule of tickets: documents as replication sees them.
extension ReplicaStore {
    /// The document as the tables hold it; nil where no action of it applied here.
    public func state(of id: DocumentID) throws -> DocumentState? {
        let lineage = try peek(\.lineage)
        return try read { connection in
            guard let document = try DocumentRows.load(id, connection), let key = document.key else { return nil }
            if document.bodyActions == 0 { return document.state }
            if let (casework, personal) = try DocumentRows.bodyFields(key, connection) {
                return try DocumentState(core: document.state.encodedCore(), casework: casework, personal: personal)
            }
            let history = try ActionRows.history(from: document.lastAction, connection)
            return DocumentState(folding: try history.map { try $0.held() }, lineage)
        }
    }

    /// Tickets whose audience this node belongs to, sorted.
    public func tickets() throws -> [DocumentID] {
        try read { connection in
            try connection.cached("SELECT space, number FROM documents WHERE is_staged = 0").all { row in
                DocumentID(space: row.uint64(0), number: row.uint64(1))
            }
        }.filter(\.isTicket).sorted()
    }

    /// Every action that is here, applied ones in apply order, then those that wait.
    public func holdings() throws -> [Holding] {
        try read { connection in
            let applied = try connection.prepare(
                """
                SELECT a.hash, a.record, d.is_staged, (SELECT group_concat(part) FROM bodies b WHERE b.action = a.key)
                FROM actions a JOIN documents d ON d.key = a.document ORDER BY a.key
                """
            ).all { row in
                Holding(
                    sealed: try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)),
                    parts: (row.string(3) ?? "").split(separator: ",").compactMap { UInt8($0).flatMap(Part.init) }
                        .sorted(),
                    isWaiting: false, isStaged: row.bool(2))
            }
            let waiting = try connection.prepare(
                "SELECT hash, record, casework IS NOT NULL, personal IS NOT NULL FROM parked ORDER BY incarnation, sequence"
            ).all { row in
                Holding(
                    sealed: try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)),
                    parts: (row.bool(2) ? [.casework] : []) + (row.bool(3) ? [.personal] : []),
                    isWaiting: true, isStaged: false)
            }
            return applied + waiting
        }
    }

    /// The hash of an action that applied here; nil where it did not.
    public func hash(of dot: Dot) throws -> Digest? {
        try read { try ActionRows.find(dot, $0)?.hash }
    }

    /// The births and losses that are known here.
    public func lineage() throws -> Lineage { try peek(\.lineage) }

    /// The life that the next act continues or succeeds; nil before the first.
    public func newestLife() throws -> Incarnation? { try peek { $0.lastOwn?.dot.incarnation } }

    /// True while custody under this node's name rests.
    public func isSuspended() throws -> Bool { try peek(\.isSuspended) }

    /// True where an offer of this node may have been seen by anybody.
    public func isServed(offer: Dot) throws -> Bool { try write { try $0.isServed(offer) } }

    /// How safe these acts are, by log positions.
    public func acknowledgement(of dots: [Dot]) throws -> AcknowledgementLevel {
        try read { try level(of: dots, $0) }
    }
}
