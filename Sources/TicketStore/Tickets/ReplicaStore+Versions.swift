import SyncProtocol
import TicketModel

/// A ticket as it was after one of its acts, at this node.
public struct TicketMoment: Sendable {
    public let view: TicketView
    /// Its acts up to there, oldest first.
    public let acts: [FormAct]
    public let isAwaitingBodies: Bool
}

extension ReplicaStore {
    /// How far back a ticket's past is looked at.
    public static let momentsMax = 300

    /// A ticket as it is.
    ///
    /// - Throws: `StoreError.noSuchTicket`.
    public func present(of reference: TicketReference) throws -> TicketMoment {
        try past(of: reference) { past in
            self.moment(past, after: past.held.count, DocumentState(folding: past.held, past.lineage))
        }
    }

    /// A ticket's past, act by act, oldest first; the present is the last. Each moment is made of the one before, so that
    /// a long past costs what its acts cost, and not their square.
    ///
    /// - Throws: `StoreError.noSuchTicket`.
    public func moments(of reference: TicketReference, _ body: @Sendable (TicketMoment) -> Void) throws {
        try past(of: reference) { past in
            let first = max(1, past.held.count - ReplicaStore.momentsMax + 1)
            guard first <= past.held.count else { return }
            var state = DocumentState(folding: Array(past.held.prefix(first)), past.lineage)
            body(self.moment(past, after: first, state))
            for count in first + 1..<past.held.count + 1 {
                if !state.apply(past.held[count - 1], past.lineage) {
                    state = DocumentState(folding: Array(past.held.prefix(count)), past.lineage)
                }
                body(self.moment(past, after: count, state))
            }
        }
    }

    private func past<Value: Sendable>(
        of reference: TicketReference, _ body: @Sendable (TicketPast) throws -> Value
    ) throws -> Value {
        let (lineage, isSuspended) = try peek { ($0.lineage, $0.isSuspended) }
        return try read { connection in
            guard let key = try reference.key(connection), let document = try DocumentRows.load(key: key, connection)
            else { throw StoreError.noSuchTicket }
            let history = try ActionRows.history(from: document.lastAction, connection)
            let acts = history.map { action in
                let record = action.sealed.record
                return FormAct(
                    dot: record.dot, at: record.stamp.milliseconds, node: lineage.node(of: record.dot.incarnation),
                    post: record.post, kind: record.kind)
            }
            return try body(
                TicketPast(
                    document: document.id, history: history, held: try history.map { try $0.held() }, acts: acts,
                    lineage: lineage, isSuspended: isSuspended))
        }
    }

    /// - Parameter state: of the first `count` acts.
    private func moment(_ past: TicketPast, after count: Int, _ state: DocumentState) -> TicketMoment {
        let view = TicketView(
            past.document, state, context, isSuspended: past.isSuspended, isServed: { _ in true })
        return TicketMoment(
            view: view, acts: Array(past.acts.prefix(count)),
            isAwaitingBodies: past.history.prefix(count).contains { isAwaiting($0, view.disclosure) })
    }
}

/// What a node holds of a ticket's acts, oldest first.
private struct TicketPast {
    let document: DocumentID
    let history: [StoredAction]
    let held: [HeldAction]
    let acts: [FormAct]
    let lineage: Lineage
    let isSuspended: Bool
}
