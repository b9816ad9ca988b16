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

    /// The present of a ticket, then its past, act by act, until `body` says that it has seen enough.
    ///
    /// - Throws: `StoreError.noSuchTicket`.
    public func moments(of reference: TicketReference, _ body: @Sendable (TicketMoment) -> Bool) throws {
        let (lineage, isSuspended) = try peek { ($0.lineage, $0.isSuspended) }
        try read { [context] connection in
            guard let key = try reference.key(connection), let document = try DocumentRows.load(key: key, connection)
            else { throw StoreError.noSuchTicket }
            let history = try ActionRows.history(from: document.lastAction, connection)
            let held = try history.map { try $0.held() }
            let acts = history.map { action in
                let record = action.sealed.record
                return FormAct(
                    dot: record.dot, at: record.stamp.milliseconds, node: lineage.node(of: record.dot.incarnation),
                    post: record.post, kind: record.kind)
            }
            for count in stride(from: held.count, to: max(0, held.count - ReplicaStore.momentsMax), by: -1) {
                let state = DocumentState(folding: Array(held.prefix(count)), lineage)
                let view = TicketView(document.id, state, context, isSuspended: isSuspended, isServed: { _ in true })
                let isAwaitingBodies = history.prefix(count).contains { isAwaiting($0, view.disclosure) }
                let moment = TicketMoment(
                    view: view, acts: Array(acts.prefix(count)), isAwaitingBodies: isAwaitingBodies)
                guard body(moment) else { return }
            }
        }
    }
}
