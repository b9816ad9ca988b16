import SyncProtocol

extension Transaction {
    /// Replaces the stored bytes of an action where they are damaged: an unbroken copy came from a neighbour.
    ///
    /// - Returns: true where something was repaired; false where the own copy is whole, or is another action.
    func repair(_ key: Int64, _ sealed: SealedRecord, _ bodies: [CarriedBody]) throws -> Bool {
        let statement = try connection.cached("SELECT hash, record FROM actions WHERE key = ?")
        let stored = try statement.first(key, body: { (hash: $0.digestOrNil(0), record: $0.bytes(1) ?? []) })
        guard let stored else { return false }
        var isRepaired = false
        let actual = stored.record.withUnsafeBytes { context.hash($0) }
        if actual != sealed.hash || stored.hash != sealed.hash {
            // A sound record with another hash is a fork, not damage.
            if actual == stored.hash { return false }
            try connection.cached("UPDATE actions SET hash = ?, record = ? WHERE key = ?").run(
                sealed.hash, sealed.bytes, key)
            isRepaired = true
        }
        for body in bodies { isRepaired = try repair(body, sealed, key) || isRepaired }
        guard isRepaired else { return false }
        try incident(.repaired, subject: sealed.record.dot.description)
        guard sealed.record.document.isTicket else { return true }
        let document = try document(sealed.record.document)
        document.isChanged = true
        try refold(document)
        return true
    }

    private func repair(_ body: CarriedBody, _ sealed: SealedRecord, _ key: Int64) throws -> Bool {
        guard let reference = sealed.record.body(body.part),
            body.envelope.withUnsafeBytes({ context.hash($0) }) == reference.hash
        else { return false }
        let statement = try connection.cached("SELECT envelope FROM bodies WHERE action = ? AND part = ?")
        guard let held = try statement.first(key, body.part.rawValue, body: { $0.bytes(0) ?? [] }),
            held.withUnsafeBytes({ context.hash($0) }) != reference.hash
        else { return false }
        try connection.cached("UPDATE bodies SET envelope = ? WHERE action = ? AND part = ?").run(
            body.envelope, key, body.part.rawValue)
        return true
    }
}
