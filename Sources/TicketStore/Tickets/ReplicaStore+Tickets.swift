import SyncProtocol
import TicketModel

/// Reading tickets.
extension ReplicaStore {
    /// One ticket, folded.
    ///
    /// - Throws: `StoreError.noSuchTicket`.
    public func ticket(_ reference: TicketReference) throws -> TicketDetail {
        let (lineage, isSuspended) = try peek { ($0.lineage, $0.isSuspended) }
        return try read { [context] connection in
            guard let key = try reference.key(connection), let document = try DocumentRows.load(key: key, connection)
            else { throw StoreError.noSuchTicket }
            let history = try ActionRows.history(from: document.lastAction, connection)
            let state = DocumentState(folding: try history.map { try $0.held() }, lineage)
            let view = TicketView(document.id, state, context, isSuspended: isSuspended, isServed: { _ in true })
            return TicketDetail(
                document: document.id, version: TicketVersion(document), view: view, state: state,
                level: try level(of: history.map(\.sealed.record.dot), connection),
                isAwaitingBodies: history.contains { isAwaiting($0, view.disclosure) },
                recall: RecallRequest(history.map(\.sealed.record), state, lineage))
        }
    }

    /// The acts of a ticket, oldest first.
    public func history(_ reference: TicketReference) throws -> [HistoryEntry] {
        let lineage = try peek(\.lineage)
        return try read { [context] connection in
            guard let key = try reference.key(connection), let document = try DocumentRows.load(key: key, connection)
            else { throw StoreError.noSuchTicket }
            let history = try ActionRows.history(from: document.lastAction, connection)
            let corrections = ReplicaStore.corrections(history)
            let disclosure = document.state.audience.disclosure(to: context.node, in: context.hierarchy)
            return try history.map { action in
                let record = action.sealed.record
                let held = try action.held()
                return HistoryEntry(
                    dot: record.dot, at: record.stamp.milliseconds, correctedAt: corrections[record.dot],
                    node: lineage.node(of: record.dot.incarnation), post: record.post, kind: record.kind,
                    core: record.operations, casework: held.casework, personal: held.personal,
                    bodies: record.bodies.map { ($0.part, presence($0.part, action, disclosure)) },
                    isOverruled: document.state.overruled.contains(record.dot),
                    isDisputed: document.state.disputed.contains(record.dot),
                    isVoided: document.state.voided.contains(record.dot), hash: action.sealed.hash)
            }
        }
    }

    private static func corrections(_ history: [StoredAction]) -> [Dot: Int64] {
        var corrections: [Dot: Int64] = [:]
        for action in history {
            for case .correctClock(let dot, let stamp) in action.sealed.record.operations {
                corrections[dot] = stamp.milliseconds
            }
        }
        return corrections
    }

    private func presence(_ part: Part, _ action: StoredAction, _ disclosure: Disclosure) -> BodyPresence {
        if action.envelopes.contains(where: { $0.part == part }) { return .present }
        return disclosure.includes(part) ? .awaited : .notOurs
    }

    func isAwaiting(_ action: StoredAction, _ disclosure: Disclosure) -> Bool {
        action.sealed.record.bodies.contains { presence($0.part, action, disclosure) == .awaited }
    }

    /// The least level that all these acts have reached; from log positions, never from "the last call succeeded".
    func level(of dots: [Dot], _ connection: Connection) throws -> AcknowledgementLevel {
        guard let parent = context.hierarchy.parent(of: context.node) else { return .headOffice }
        let state = try state(of: parent) { ($0.key, $0.receipt?.sequence ?? 0, $0.headOfficeHolds ?? 0) }
        let isTop = context.hierarchy.parent(of: parent) == nil
        let statement = try connection.cached(
            """
            SELECT first + (? - sequence) FROM logs WHERE neighbour = ? AND kind = 1 AND incarnation = ?
                AND sequence <= ? AND sequence + count > ? ORDER BY first LIMIT 1
            """)
        var level = AcknowledgementLevel.headOffice
        let lineage = try peek(\.lineage)
        for dot in dots {
            // What was kept out above is here and nowhere else.
            if lineage.isWithheld(dot) { return .here }
            let position = try statement.integer(
                dot.sequence, state.0, dot.incarnation.rawValue, dot.sequence, dot.sequence)
            guard let position, UInt64(bitPattern: position) <= state.1 else { return .here }
            if !isTop, UInt64(bitPattern: position) > state.2 { level = .parent }
        }
        return level
    }
}
