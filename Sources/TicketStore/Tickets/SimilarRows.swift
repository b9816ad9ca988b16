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
    private static let columns = "d.key, d.space, d.number, d.state, d.is_open, d.received_at"
    static let personSQL = """
        SELECT \(columns) FROM person_tokens p JOIN documents d ON d.key = p.document
        WHERE p.token = ? AND d.ticket_no IS NOT NULL AND d.is_staged = 0 ORDER BY p.document DESC LIMIT ?
        """
    static let eventSQL = """
        SELECT \(columns) FROM documents d WHERE event_org = ? AND business_class = ? AND symptom = ?
            AND received_at BETWEEN ? AND ? AND ticket_no IS NOT NULL AND is_staged = 0
        ORDER BY received_at DESC LIMIT ?
        """

    /// What decides whether a ticket is shown: whole rows are read of those only.
    private struct Candidate {
        let key: Int64
        let document: DocumentID
        let isMerged: Bool
        let isOpen: Bool
        let receivedAt: Int64
        var isSamePerson = false
        var isSameEvent = false

        init(_ row: Row) {
            key = row.int64(0)
            document = DocumentID(space: row.uint64(1), number: row.uint64(2))
            isMerged = row.string(3) == TicketState.merged.rawValue
            isOpen = row.int64(4) == 1
            receivedAt = row.int64(5)
        }
    }

    /// - Parameter most: how many tickets; the newest candidates are looked at, some more than that.
    static func find(
        _ probe: SimilarProbe, at now: Int64, most: Int = SimilarLimits.ticketsMax, _ connection: Connection
    ) throws -> [SimilarTicket] {
        let candidatesMax = 2 * most + 4
        var candidates: [Int64: Candidate] = [:]
        for token in probe.tokens {
            for found in try connection.cached(text: personSQL).all(token, candidatesMax, body: { Candidate($0) }) {
                candidates[found.key, default: found].isSamePerson = true
            }
        }
        for found in try events(probe, candidatesMax, connection) {
            candidates[found.key, default: found].isSameEvent = true
        }
        let recent = now - SimilarLimits.recentDays * SimilarLimits.dayMilliseconds
        let shown = candidates.values.filter { candidate in
            !candidate.isMerged && (candidate.isOpen || candidate.receivedAt >= recent)
                && !probe.without.contains(candidate.document)
        }
        let newest = shown.sorted { ($0.receivedAt, $0.key) > ($1.receivedAt, $1.key) }.prefix(most)
        return try newest.compactMap { candidate in
            try WorklistSQL.row(key: candidate.key, connection).map {
                SimilarTicket(row: $0, isSamePerson: candidate.isSamePerson, isSameEvent: candidate.isSameEvent)
            }
        }
    }

    private static func events(
        _ probe: SimilarProbe, _ candidatesMax: Int, _ connection: Connection
    ) throws -> [Candidate] {
        guard let event = probe.event else { return [] }
        let days = SimilarLimits.eventDays * SimilarLimits.dayMilliseconds
        return try connection.cached(text: eventSQL).all(
            event.org, event.businessClass, event.symptom, event.receivedAt - days, event.receivedAt + days,
            candidatesMax, body: { Candidate($0) })
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
        let lineage = Lineage(context.hierarchy, context.protections)
        for key in keys {
            guard let document = try DocumentRows.load(key: key, connection), document.id.isTicket else { continue }
            let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
            document.state = DocumentState(folding: held, lineage)
            try save(document, context.tokens, connection)
        }
        try Meta.set("person_key", check, connection)
    }
}
