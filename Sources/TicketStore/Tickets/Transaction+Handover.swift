import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// When an open offer was made, and when it arrived here (nil at any other node).
    public func times(ofOffer dot: Dot) throws -> (offered: Int64, arrived: Int64?)? {
        try read { connection in
            guard let offer = try ActionRows.load(dot, connection)?.sealed.record else { return nil }
            return (offer.stamp.milliseconds, try Transaction.arrival(of: dot, connection))
        }
    }
}

// When offers of custody arrived here: the time on the line is nobody's, the time in the queue is this node's.
extension Transaction {
    /// Notes when an offer to this node arrived.
    func noteArrival(_ record: CoreRecord) throws {
        for case .offer(leg: 0, to: context.node) in record.operations {
            try connection.cached("INSERT OR IGNORE INTO arrivals VALUES(?, ?, ?)").run(
                record.dot.incarnation.rawValue, record.dot.sequence, now)
        }
    }

    fileprivate static func arrival(of offer: Dot, _ connection: Connection) throws -> Int64? {
        try connection.cached("SELECT at FROM arrivals WHERE incarnation = ? AND sequence = ?")
            .integer(offer.incarnation.rawValue, offer.sequence)
    }

    /// With the act that takes an offer goes how long it was on its way and how long it lay here (model §2.5).
    func handover(_ decision: Decision, _ view: TicketView) throws -> [Operation] {
        guard let pending = view.pendingOffer, pending.to == context.node,
            decision.core.contains(where: { if case .accept(leg: 0, _) = $0 { true } else { false } }),
            let offer = try ActionRows.load(pending.dot, connection)?.sealed.record
        else { return [] }
        let arrived = try Transaction.arrival(of: offer.dot, connection)
        let handover = Handover(
            from: pending.from, to: pending.to, offered: offer.stamp.milliseconds, arrived: arrived ?? now, taken: now)
        return [handover.operation]
    }
}
