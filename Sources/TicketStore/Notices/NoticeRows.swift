import SyncProtocol
import TicketModel

/// The outbox in its table.
enum NoticeRows {
    static let schema = """
        -- Notices that this node sends. Written in the transaction of the act that causes them.
        CREATE TABLE notices(
            id TEXT PRIMARY KEY, document INTEGER NOT NULL, kind TEXT NOT NULL, recipients TEXT NOT NULL,
            at INTEGER NOT NULL, since INTEGER NOT NULL, state TEXT NOT NULL, due INTEGER NOT NULL,
            attempts INTEGER NOT NULL, error TEXT, is_late INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX notices_state ON notices(state, due);
        CREATE INDEX notices_document ON notices(document);
        """

    private static let columns = """
        n.id, d.space, d.number, d.ticket_no, n.kind, n.recipients, n.at, n.since, n.state, n.due, n.attempts, n.error, n.is_late
        FROM notices n JOIN documents d ON d.key = n.document
        """

    /// The same cause again changes nothing.
    static func insert(_ notice: Notice, document: Int64, _ connection: Connection) throws {
        try connection.cached("INSERT OR IGNORE INTO notices VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, ?)").run(
            notice.id, document, notice.kind.rawValue, notice.recipients.joined(separator: ","), notice.at,
            notice.since, notice.state.rawValue, notice.due, notice.isLate)
    }

    static func update(_ notice: Notice, _ connection: Connection) throws {
        try connection.cached("UPDATE notices SET state = ?, due = ?, attempts = ?, error = ?, since = ? WHERE id = ?")
            .run(notice.state.rawValue, notice.due, notice.attempts, notice.error, notice.since, notice.id)
    }

    static func find(_ id: String, _ connection: Connection) throws -> Notice? {
        try connection.cached(text: "SELECT \(columns) WHERE n.id = ?").all(id, body: read).compactMap { $0 }.first
    }

    /// Of one state, those due by an instant, the one due longest ago first.
    static func due(_ state: NoticeState, by instant: Int64, max: Int, _ connection: Connection) throws -> [Notice] {
        try connection.cached(
            text: "SELECT \(columns) WHERE n.state = ? AND n.due <= ? ORDER BY n.due, n.id LIMIT \(max)"
        ).all(state.rawValue, instant, body: read).compactMap { $0 }
    }

    /// Of one state, by when the cause happened; of nobody's own tickets who is named.
    static func newest(
        _ state: NoticeState, max: Int, keptFrom target: RecusalTokens?, _ connection: Connection
    ) throws -> [Notice] {
        let order = "ORDER BY n.at DESC, n.id DESC LIMIT \(max)"
        guard let target else {
            return try connection.cached(text: "SELECT \(columns) WHERE n.state = ? \(order)")
                .all(state.rawValue, body: read).compactMap { $0 }
        }
        return try connection.cached(
            text: "SELECT \(columns) WHERE n.state = ? AND n.document NOT IN (\(RecusalTokens.kept)) \(order)"
        ).all(state.rawValue, target.values[0], target.values[1], body: read).compactMap { $0 }
    }

    static func counts(_ connection: Connection) throws -> [NoticeState: Int] {
        let statement = try connection.cached("SELECT count(*) FROM notices WHERE state = ?")
        return try Dictionary(
            uniqueKeysWithValues: NoticeState.allCases.map { ($0, Int(try statement.integer($0.rawValue) ?? 0)) })
    }

    static func counts(about target: RecusalTokens, _ connection: Connection) throws -> [NoticeState: Int] {
        let found = try connection.cached(
            text: "SELECT state, count(*) FROM notices WHERE document IN (\(RecusalTokens.kept)) GROUP BY state"
        ).all(target.values[0], target.values[1]) { ($0.string(0).flatMap(NoticeState.init(rawValue:)), $0.int(1)) }
        return Dictionary(found.compactMap { state, count in state.map { ($0, count) } }, uniquingKeysWith: +)
    }

    private static func read(_ row: Row) -> Notice? {
        // A kind of a newer version stays in the table until that version runs again.
        guard let id = row.string(0), let kind = row.string(4).flatMap(NoticeKind.init(rawValue:)),
            let state = row.string(8).flatMap(NoticeState.init(rawValue:))
        else { return nil }
        var notice = Notice(
            id: id, document: DocumentID(space: row.uint64(1), number: row.uint64(2)), ticket: row.string(3),
            kind: kind, recipients: (row.string(5) ?? "").split(separator: ",").map(String.init), at: row.int64(6),
            since: row.int64(7), state: state, due: row.int64(9), attempts: row.int(10), error: row.string(11))
        notice.isLate = row.int(12) == 1
        return notice
    }
}

extension Transaction {
    /// Puts into the outbox what an action causes, and takes over what it says of notices. Asked for every action that
    /// applies here, whoever wrote it.
    func noteNotices(of record: CoreRecord, _ bodies: [CarriedBody], _ document: LoadedDocument) throws {
        guard let key = document.key, sendsNotices(of: document), document.state.counts(record) else { return }
        let core = document.state.core
        let isVerified = core.value(TicketField.contactVerifiedAt) != nil
        for cause in NoticeRules.causes(of: record, in: core, rules: memory.rules) {
            // A clock that is wrong elsewhere neither holds a notice back nor lets it expire unsent.
            let skew = abs(record.stamp.milliseconds - now)
            let at = skew > Limits.clockSkewMillisecondsMax ? now : min(record.stamp.milliseconds, now)
            var notice = Notice(
                id: noticeID(cause, of: document.id), document: document.id, ticket: nil, kind: cause.kind,
                recipients: cause.recipients, at: at, since: at, due: at)
            notice.isLate = cause.isLate
            if cause.isFoundByImport {
                notice.state = .imported
                notice.due = now + NoticeLimits.keptMilliseconds
            } else if cause.kind.isForCustomer, !isVerified {
                notice.state = .unverified
                notice.due = at + NoticeLimits.ageMillisecondsMax
            }
            try NoticeRows.insert(notice, document: key, connection)
        }
        // What became of a notice is the word of this node alone, of this life or an earlier one.
        if memory.lineage.node(of: record.dot.incarnation) == context.node {
            for operation in record.operations { try noteFact(operation) }
        }
        // The number that was verified is in the personal part, which may arrive later than the fact.
        let isVerifying = record.operations.contains { $0.assigns(TicketField.contactVerifiedAt) }
        let mayBeKnownNow = isVerifying || bodies.contains { $0.part == .personal }
        if isVerified, mayBeKnownNow { try requeueNotices(of: key) }
    }

    /// What another life of this node, or a copy that was restored since, has sent already.
    private func noteFact(_ operation: Operation) throws {
        guard case .add(TicketField.noticeFacts, .text(let text)) = operation,
            let fact = Entry(text, of: EntryShapes.noticeFact), let id = fact["notice"],
            let outcome = fact["outcome"].flatMap(NoticeState.init(rawValue:))
        else { return }
        try connection.cached("UPDATE notices SET state = ?, due = ? WHERE id = ? AND state <> 'sent'").run(
            outcome.rawValue, now + NoticeLimits.keptMilliseconds, id)
    }

    /// The contact may be verified now: what waited for that is looked at again.
    func requeueNotices(of document: Int64) throws {
        try connection.cached(
            "UPDATE notices SET state = 'waiting', due = ? WHERE document = ? AND state = 'unverified'"
        )
        .run(now, document)
    }

    func hasVerifiedPhone(_ id: DocumentID) throws -> Bool {
        let document = try document(id)
        try loadBodies(document)
        let view = TicketView(id, document.state, context, isSuspended: memory.isSuspended, isServed: { _ in true })
        return view.verifiedPhone != nil
    }

    func sendsNotices(of document: LoadedDocument) -> Bool {
        document.state.home.map { context.hierarchy.noticeCentre(of: $0) == context.node } ?? false
    }

    private func noticeID(_ cause: NoticeCause, of document: DocumentID) -> String {
        let text = "syncnode-notice 1|\(document)|\(cause.kind.rawValue)|\(cause.cause)"
        let digest = Array(text.utf8).withUnsafeBytes { context.hash($0) }
        return Hex.encode(digest.bytes.prefix(16))
    }
}

extension DocumentState {
    /// False for an act that was overruled, voided, or is disputed by the time that it is here: nobody is told of it.
    fileprivate func counts(_ record: CoreRecord) -> Bool {
        !overruled.contains(record.dot) && !disputed.contains(record.dot) && !voided.contains(record.dot)
    }
}

extension Operation {
    fileprivate func assigns(_ field: FieldID) -> Bool {
        if case .assign(field, _) = self { true } else { false }
    }
}
