import SyncProtocol
import TicketModel

extension FieldState {
    /// The documents of the links of one kind.
    func links(_ kind: String) -> [DocumentID] {
        sets.filter { $0.field == TicketField.links }.compactMap { entry in
            guard case .text(let text) = entry.value, let link = TicketLink(text), link.kind == kind else { return nil }
            return link.document
        }
    }
}

/// The two indexes that carry the search: tokens of persons, and the typed columns of an event.
enum SimilarRows {
    static let personSQL = """
        SELECT document FROM person_tokens WHERE token = ? ORDER BY document DESC LIMIT ?
        """
    static let eventSQL = """
        SELECT key FROM documents WHERE event_org = ? AND business_class = ? AND symptom = ?
            AND received_at BETWEEN ? AND ? AND ticket_no IS NOT NULL
        ORDER BY received_at DESC LIMIT ?
        """

    /// - Parameter most: how many tickets; the newest candidates are looked at, some more than that.
    static func find(
        _ probe: SimilarProbe, at now: Int64, most: Int = SimilarLimits.ticketsMax, _ connection: Connection
    ) throws -> [SimilarTicket] {
        let candidates = 2 * most + 4
        var samePerson: Set<Int64> = []
        for token in probe.tokens {
            samePerson.formUnion(try connection.cached(text: personSQL).all(token, candidates) { $0.int64(0) })
        }
        let sameEvent = Set(try events(probe, candidates, connection))
        let recent = now - SimilarLimits.recentDays * SimilarLimits.dayMilliseconds
        let found = try samePerson.union(sameEvent).compactMap { key -> SimilarTicket? in
            guard let row = try WorklistSQL.row(key: key, connection), !probe.without.contains(row.document),
                row.value("state") != .text(TicketState.merged.rawValue),
                row.value("is_open") == .integer(1) || received(row) >= recent
            else { return nil }
            return SimilarTicket(
                row: row, isSamePerson: samePerson.contains(key), isSameEvent: sameEvent.contains(key))
        }
        return Array(found.sorted { (received($0.row), $0.row.key) > (received($1.row), $1.row.key) }.prefix(most))
    }

    private static func received(_ row: TicketRow) -> Int64 {
        if case .integer(let instant)? = row.value("received_at") { instant } else { 0 }
    }

    private static func events(_ probe: SimilarProbe, _ candidates: Int, _ connection: Connection) throws -> [Int64] {
        guard let event = probe.event else { return [] }
        let days = SimilarLimits.eventDays * SimilarLimits.dayMilliseconds
        return try connection.cached(text: eventSQL).all(
            event.org, event.businessClass, event.symptom, event.receivedAt - days, event.receivedAt + days, candidates
        ) { $0.int64(0) }
    }

    /// Sets the tokens of a document's customer in place of earlier ones.
    static func save(_ document: LoadedDocument, _ tokens: PersonTokens, _ connection: Connection) throws {
        guard let key = document.key else { return }
        let personal = document.state.personal
        // Of a register with several values each one stands for somebody.
        let siblings = [TicketField.complainantPhone, TicketField.complainantIDNumber].flatMap { field in
            personal.siblings(field).map { (field, $0.value) }
        }
        let wanted = Set(siblings.flatMap { field, value in tokens.customer { $0 == field ? value : nil } })
        if document.bodyActions > 1 {
            try connection.cached("DELETE FROM person_tokens WHERE document = ?").run(key)
        }
        for token in wanted.sorted() {
            try connection.cached("INSERT OR IGNORE INTO person_tokens(token, document) VALUES(?, ?)").run(token, key)
        }
    }

    /// Makes all tokens anew where the node's key is another than the one that they were made with.
    static func rebuildIfNeeded(_ context: StoreContext, _ connection: Connection) throws {
        guard let check = context.tokens.keyCheck, try Meta.text("person_key", connection) != check else { return }
        try connection.execute("DELETE FROM person_tokens")
        let keys = try connection.cached("SELECT key FROM documents WHERE body_actions > 0").all { $0.int64(0) }
        let lineage = Lineage()
        for key in keys {
            guard let document = try DocumentRows.load(key: key, connection), document.id.isTicket else { continue }
            let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
            document.state = DocumentState(folding: held, lineage)
            try save(document, context.tokens, connection)
        }
        try Meta.set("person_key", check, connection)
    }
}
