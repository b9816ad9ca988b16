import SyncProtocol

/// The latest request to get an offer back that others may have seen, and what came of it.
public struct RecallRequest: Hashable, Sendable {
    /// What the node that was offered the ticket did.
    public enum Outcome: String, Sendable {
        /// Nothing yet.
        case waiting
        /// It gave the offer back.
        case granted
        /// It took the ticket; taking wins over asking.
        case taken
        /// Neither: another hand-over went past it.
        case lapsed
    }

    /// The act that asked.
    public let act: Dot
    public let offer: Dot
    public let from: NodeID?
    public let to: NodeID?
    /// Milliseconds since 1970, by the asking node's clock.
    public let at: Int64
    public let outcome: Outcome
}

extension RecallRequest {
    /// Finds the latest request among a ticket's acts; nil where there never was one.
    init?(_ records: [CoreRecord], _ state: DocumentState, _ lineage: borrowing Lineage) {
        var latest: (record: CoreRecord, offer: Dot)?
        for record in records {
            for case .recall(_, let offer, false) in record.operations { latest = (record, offer) }
        }
        guard let latest else { return nil }
        act = latest.record.dot
        offer = latest.offer
        from = lineage.node(of: latest.record.dot.incarnation)
        at = latest.record.stamp.milliseconds
        var receiver: NodeID?
        var outcome = Outcome.lapsed
        for operation in records.flatMap(\.operations) {
            if case .decline(_, latest.offer) = operation, outcome != .taken { outcome = .granted }
            if case .accept(_, latest.offer) = operation { outcome = .taken }
        }
        for record in records where record.dot == latest.offer {
            for case .offer(_, let node) in record.operations { receiver = node }
        }
        let isOpen = state.custody.contains { $0.offers.contains { $0.dot == latest.offer } }
        to = receiver
        self.outcome = isOpen ? .waiting : outcome
    }
}
