import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// What the rules make of a command, without writing anything (day §6.1 step 4).
    ///
    /// An offer counts as seen here; a recall may therefore do more than is told.
    /// - Throws: `StoreError.noSuchTicket`; errors of SQLite.
    public func preview(_ request: TicketRequest) throws -> ActPreview {
        let (lineage, isSuspended, rules, people) = try peek { ($0.lineage, $0.isSuspended, $0.rules, $0.people) }
        let now = wallMilliseconds()
        let randomness = context.world.random()
        return try read { [context] connection in
            func view(_ document: LoadedDocument) throws -> TicketView {
                let history = try ActionRows.history(from: document.lastAction, connection)
                let state = DocumentState(folding: try history.map { try $0.held() }, lineage)
                return TicketView(document.id, state, context, isSuspended: isSuspended, isServed: { _ in true })
            }
            var others: [DocumentID: TicketView] = [:]
            let command = try request.command.resolvingReferences { name in
                guard let key = try TicketReference(name).key(connection),
                    let document = try DocumentRows.load(key: key, connection)
                else { return nil }
                return try view(document).isHidden(from: request.actor, people: people, at: now) ? nil : document.id
            }
            for id in command.mentions {
                guard let document = try DocumentRows.load(id, connection) else { continue }
                others[id] = try view(document)
            }
            var ticket = TicketView.unborn
            if let reference = request.ticket {
                guard let key = try reference.key(connection),
                    let document = try DocumentRows.load(key: key, connection)
                else { throw StoreError.noSuchTicket }
                ticket = try view(document)
            }
            return TicketModel.preview(
                command, ticket: ticket, actor: request.actor, people: people, tokens: context.tokens, rules: rules,
                others: others, at: now, randomness: randomness)
        }
    }

    /// How often the work orders that a routing rule sent out came back (DR-06), as far as this node knows.
    ///
    /// - Parameters:
    ///   - since: tickets received from then on, milliseconds since 1970 UTC.
    ///   - target: whose own tickets do not count.
    public func bounces(
        ofRule rule: String, since: Int64, keptFrom target: RecusalTokens
    ) throws -> (dispatched: Int, bounced: Int) {
        try read { connection in
            let statement = try connection.cached(
                text: """
                    SELECT count(*), total(bounce_count > 0) FROM documents INDEXED BY documents_rule
                    WHERE ticket_no IS NOT NULL AND is_staged = 0 AND received_at >= ? AND route_rule = ?
                        AND (lead_leg IS NOT NULL OR bounce_count > 0) AND \(RecusalTokens.leavesOut)
                    """)
            return try statement.first(since, rule, target.values[0], target.values[1]) { ($0.int(0), $0.int(1)) }
                ?? (0, 0)
        }
    }
}
