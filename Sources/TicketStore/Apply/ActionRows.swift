import SyncProtocol

/// An action as it is stored: its place in the apply order, its record, and the envelopes that are here.
struct StoredAction {
    var key: Int64
    var document: Int64
    var before: Int64
    var sealed: SealedRecord
    var envelopes: [CarriedBody]

    /// With the operations of unsealed bodies.
    func held() throws -> HeldAction {
        HeldAction(record: sealed.record, casework: try operations(.casework), personal: try operations(.personal))
    }

    private func operations(_ part: Part) throws -> [Operation]? {
        guard let body = envelopes.first(where: { $0.part == part }) else { return nil }
        return try BodyEnvelope(decoding: body.envelope[...]).operations()
    }
}

/// Actions and bodies in the tables.
enum ActionRows {
    static func insert(_ sealed: SealedRecord, document: Int64, before: Int64, _ connection: Connection) throws -> Int64
    {
        try connection.cached(
            "INSERT INTO actions(incarnation, sequence, document, before, hash, record) VALUES(?, ?, ?, ?, ?, ?)"
        ).run(
            sealed.record.dot.incarnation.rawValue, sealed.record.dot.sequence, document, before, sealed.hash,
            sealed.bytes)
        return connection.lastInsertRowID
    }

    static func insert(_ body: CarriedBody, action: Int64, _ connection: Connection) throws {
        try connection.cached("INSERT OR IGNORE INTO bodies(action, part, envelope) VALUES(?, ?, ?)").run(
            action, body.part.rawValue, body.envelope)
    }

    /// Key and hash; nil where the action did not apply here.
    static func find(_ dot: Dot, _ connection: Connection) throws -> (key: Int64, hash: Digest)? {
        try connection.cached("SELECT key, hash FROM actions WHERE incarnation = ? AND sequence = ?").first(
            dot.incarnation.rawValue, dot.sequence
        ) { ($0.int64(0), try $0.digest(1)) }
    }

    /// True for an action of an orphaned document that was discarded.
    static func isDiscarded(_ dot: Dot, _ connection: Connection) throws -> Bool {
        try connection.cached("SELECT 1 FROM discarded WHERE incarnation = ? AND sequence = ?").exists(
            dot.incarnation.rawValue, dot.sequence)
    }

    /// An action that waits, with the bodies that came along; nil where it does not wait here.
    static func parked(_ dot: Dot, _ connection: Connection) throws -> (sealed: SealedRecord, bodies: [CarriedBody])? {
        let statement = try connection.cached(
            "SELECT hash, record, casework, personal FROM parked WHERE incarnation = ? AND sequence = ?")
        return try statement.first(dot.incarnation.rawValue, dot.sequence) { row in
            var bodies: [CarriedBody] = []
            if let envelope = row.bytes(2) { bodies.append(CarriedBody(part: .casework, envelope: envelope)) }
            if let envelope = row.bytes(3) { bodies.append(CarriedBody(part: .personal, envelope: envelope)) }
            return (try SealedRecord(stored: row.bytes(1) ?? [], hash: row.digest(0)), bodies)
        }
    }

    static func load(_ key: Int64, _ connection: Connection) throws -> StoredAction? {
        try withBodies(
            connection.cached("SELECT key, document, before, hash, record FROM actions WHERE key = ?").first(
                key, body: action), connection)
    }

    static func load(_ dot: Dot, _ connection: Connection) throws -> StoredAction? {
        let statement = try connection.cached(
            "SELECT key, document, before, hash, record FROM actions WHERE incarnation = ? AND sequence = ?")
        return try withBodies(
            statement.first(dot.incarnation.rawValue, dot.sequence, body: action), connection)
    }

    private static func action(_ row: Row) throws -> StoredAction {
        StoredAction(
            key: row.int64(0), document: row.int64(1), before: row.int64(2),
            sealed: try SealedRecord(stored: row.bytes(4) ?? [], hash: row.digest(3)), envelopes: [])
    }

    private static func withBodies(_ action: StoredAction?, _ connection: Connection) throws -> StoredAction? {
        guard var action else { return nil }
        // Only bodies that the record names were ever taken.
        if !action.sealed.record.bodies.isEmpty { action.envelopes = try bodies(action.key, connection) }
        return action
    }

    static func bodies(_ key: Int64, _ connection: Connection) throws -> [CarriedBody] {
        try connection.cached("SELECT part, envelope FROM bodies WHERE action = ? ORDER BY part").all(key) { row in
            guard let part = Part(rawValue: UInt8(truncatingIfNeeded: row.int64(0))) else {
                throw StoreError.damagedAction
            }
            return CarriedBody(part: part, envelope: row.bytes(1) ?? [])
        }
    }

    /// All actions of a document in apply order, found backwards from its newest.
    static func history(from last: Int64, _ connection: Connection) throws -> [StoredAction] {
        var actions: [StoredAction] = []
        var key = last
        while key > 0 {
            guard let action = try load(key, connection) else { throw StoreError.damagedAction }
            actions.append(action)
            key = action.before
        }
        return actions.reversed()
    }
}
