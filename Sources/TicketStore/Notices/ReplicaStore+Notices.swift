import SyncProtocol
import TicketModel

// The outbox as the sender and the interface see it.
extension ReplicaStore {
    /// The notices that are to be sent now, the one due longest ago first; none while this copy is suspended.
    public func dueNotices(max: Int) throws -> [Notice] {
        guard try !isSuspended() else { return [] }
        let now = wallMilliseconds()
        return try read { try NoticeRows.due(.waiting, by: now, max: max, $0) }
    }

    /// Notices of some states, the newest first.
    ///
    /// - Parameter target: of whose own tickets there are none among them.
    public func notices(
        _ states: [NoticeState], max: Int, keptFrom target: RecusalTokens? = nil
    ) throws -> [Notice] {
        try read { connection in
            let found = try states.flatMap { try NoticeRows.newest($0, max: max, keptFrom: target, connection) }
            return Array(found.sorted { ($0.at, $0.id) > ($1.at, $1.id) }.prefix(max))
        }
    }

    /// How many there are of each state.
    ///
    /// - Parameter target: whose own tickets do not count.
    public func noticeCounts(keptFrom target: RecusalTokens? = nil) throws -> [NoticeState: Int] {
        try read { connection in
            var counts = try NoticeRows.counts(connection)
            guard let target else { return counts }
            for (state, count) in try NoticeRows.counts(about: target, connection) {
                counts[state, default: 0] -= count
            }
            return counts
        }
    }

    /// Writes what became of an attempt. That it was sent or failed is also told to the other tiers, by an act on the
    /// ticket in the same transaction: without number, without words.
    public func settle(_ notice: Notice, channel: String) throws {
        try write { transaction in
            guard !transaction.memory.isSuspended else { return }
            var settled = notice
            if notice.state.isFinal { settled.due = transaction.now + NoticeLimits.keptMilliseconds }
            // The contact may have been verified since the sender looked: nothing would wake the notice later.
            if notice.state == .unverified, try transaction.hasVerifiedPhone(notice.document) {
                settled.state = .waiting
                settled.due = transaction.now
            }
            try NoticeRows.update(settled, transaction.connection)
            guard notice.state == .sent || notice.state == .failed else { return }
            let fact = NoticeRules.fact(
                notice.id, notice.kind, outcome: notice.state.rawValue, channel: channel,
                node: transaction.context.node, at: transaction.now)
            _ = try transaction.author(
                Draft(document: notice.document, kind: NoticeRules.factAct, post: "", core: [fact]))
        }
    }

    /// A person asks for a notice again; nil for all that failed or wait for their next attempt.
    ///
    /// - Parameter target: who asks, about whose own tickets nothing is sent again.
    /// - Returns: how many wait now.
    public func retryNotices(_ id: String?, keptFrom target: RecusalTokens? = nil) throws -> Int {
        try write { transaction in
            let connection = transaction.connection
            let which = id == nil ? "? IS NULL AND state IN ('waiting', 'failed')" : "id = ? AND state <> 'sent'"
            let text = """
                UPDATE notices SET state = 'waiting', due = ?, since = ?, attempts = 0, error = NULL WHERE \(which)
                """
            if let target {
                try connection.cached(text: "\(text) AND document NOT IN (\(RecusalTokens.kept))").run(
                    transaction.now, transaction.now, id, target.values[0], target.values[1])
            } else {
                try connection.cached(text: text).run(transaction.now, transaction.now, id)
            }
            return connection.changes
        }
    }

    /// Ends what is too old to be news, also where no sender is configured, and forgets what ended long ago.
    public func tidyNotices() throws {
        let now = wallMilliseconds()
        let old = now - NoticeLimits.ageMillisecondsMax
        let isDue = try read { connection in
            try connection.cached(
                """
                SELECT 1 WHERE EXISTS(SELECT 1 FROM notices WHERE state = 'waiting' AND due <= ? AND since <= ?)
                    OR EXISTS(
                        SELECT 1 FROM notices
                        WHERE state IN ('unverified', 'sent', 'failed', 'expired', 'imported') AND due <= ?)
                """
            ).integer(now, old, now) != nil
        }
        guard isDue else { return }
        try write { transaction in
            let connection = transaction.connection
            try connection.cached(
                """
                UPDATE notices SET state = 'expired', due = ?, error = coalesce(error, 'notice.too-old')
                WHERE (state = 'unverified' AND due <= ?) OR (state = 'waiting' AND due <= ? AND since <= ?)
                """
            ).run(now + NoticeLimits.keptMilliseconds, now, now, old)
            try connection.cached(
                "DELETE FROM notices WHERE state IN ('sent', 'failed', 'expired', 'imported') AND due <= ?"
            ).run(now)
        }
    }
}
