import SyncProtocol

/// Who had a ticket when: units, their queues, and the line between them. What was on the line is booked to the stage
/// `transit` and to nobody (model §2.5).
public struct CustodyTimeline: Sendable {
    public enum Holder: Hashable, Sendable {
        /// It had the ticket and could work on it.
        case unit(NodeID)
        /// It had arrived there and nobody had taken it.
        case queue(NodeID)
        case transit

        /// The stable code.
        public var code: String {
            switch self {
            case .unit: "unit"
            case .queue: "queue"
            case .transit: "transit"
            }
        }

        public var node: NodeID? {
            switch self {
            case .unit(let node), .queue(let node): node
            case .transit: nil
            }
        }

        public var label: Bilingual {
            switch self {
            case .unit: Bilingual("在办", "held by")
            case .queue: Bilingual("待接", "in the queue of")
            case .transit: Bilingual("传递途中", "on the way")
            }
        }
    }

    /// `to` is nil while it lasts. Milliseconds since 1970 UTC.
    public struct Span: Hashable, Sendable {
        public let holder: Holder
        public let from: Int64
        public let to: Int64?
    }

    /// One after the other, without gaps.
    public private(set) var spans: [Span] = []

    /// - Parameters:
    ///   - offered: when the offer that is open was made; nil where none is.
    ///   - arrived: when it arrived at its unit, as far as this node knows.
    public init(of ticket: TicketView, offered: Int64? = nil, arrived: Int64? = nil) {
        let passages = CustodyTimeline.passages(of: ticket)
        guard let begin = ticket.integer(TicketField.registeredAt),
            var holder = passages.first?.from ?? ticket.home ?? ticket.custodian
        else { return }
        var reached = begin
        func close(_ span: Holder, at moment: Int64, _ spans: inout [Span]) {
            guard moment > reached else { return }
            spans.append(Span(holder: span, from: reached, to: moment))
            reached = moment
        }
        for (index, passage) in passages.enumerated() {
            close(.unit(holder), at: passage.offered, &spans)
            close(.transit, at: passage.arrived, &spans)
            // Who seized it is the one from whom it went on, or who has it still.
            let next = passages.indices.contains(index + 1) ? passages[index + 1].from : ticket.custodian
            guard let to = passage.to ?? next else { continue }
            close(.queue(to), at: passage.taken, &spans)
            holder = to
        }
        if let offered, let offer = ticket.pendingOffer {
            close(.unit(holder), at: offered, &spans)
            if let arrived { close(.transit, at: arrived, &spans) }
            spans.append(Span(holder: arrived == nil ? .transit : .queue(offer.to), from: reached, to: nil))
            return
        }
        let ended = ticket.integer(TicketField.closedAt)
        spans.append(Span(holder: .unit(holder), from: reached, to: ended.map { max($0, reached) }))
    }

    /// How the ticket came from one node to the next.
    private struct Passage {
        let from: NodeID
        /// nil where it was seized: the entry names whom it was seized from.
        let to: NodeID?
        let offered: Int64
        let arrived: Int64
        let taken: Int64
    }

    private static func passages(of ticket: TicketView) -> [Passage] {
        let seizures = ticket.entries(TicketField.seizures, EntryShapes.seizure).compactMap { entry -> Passage? in
            guard let node = entry["node"].flatMap({ NodeID($0) }), let at = entry.integer("at") else { return nil }
            let moment = min(max(at, 0), CivilTime.instantMax)
            return Passage(from: node, to: nil, offered: moment, arrived: moment, taken: moment)
        }
        // An offer that was open when its unit was seized from came to nothing, whoever took it not knowing.
        let counting = ticket.handovers.filter { handover in
            !seizures.contains { $0.from == handover.from && $0.taken > handover.offered && $0.taken <= handover.taken }
        }
        let moved = counting.map {
            Passage(from: $0.from, to: $0.to, offered: $0.offered, arrived: $0.arrived, taken: $0.taken)
        }
        return (moved + seizures).sorted { ($0.taken, $0.offered) < ($1.taken, $1.offered) }
    }

    /// The time on the line.
    public var transit: [TransitTime.Span] {
        spans.filter { $0.holder == .transit }.map { TransitTime.Span(from: $0.from, to: $0.to) }
    }

    /// Whose the milliseconds between two instants were, in the order in which each had the ticket first.
    public func shares(from: Int64, to: Int64) -> [(holder: Holder, milliseconds: Int64)] {
        var found: [(holder: Holder, milliseconds: Int64)] = []
        for span in spans {
            let length = min(span.to ?? to, to) - max(span.from, from)
            guard length > 0 else { continue }
            if let index = found.firstIndex(where: { $0.holder == span.holder }) {
                found[index].milliseconds += length
            } else {
                found.append((span.holder, length))
            }
        }
        return found
    }

    /// Who had the ticket while a clock was over its end; empty where it is in time.
    public func overdue(_ clock: Clock, at now: Int64) -> [(holder: Holder, milliseconds: Int64)] {
        guard let due = clock.times.due, clock.lateness(at: now) > 0 else { return [] }
        return shares(from: due, to: clock.end?.at ?? now)
    }
}
