import SyncProtocol

/// How a ticket came from one node to another: offered, arrived there, taken. All in milliseconds since 1970 UTC, by the
/// clocks of the nodes.
public struct Handover: Hashable, Sendable {
    public let from: NodeID
    public let to: NodeID
    public let offered: Int64
    public let arrived: Int64
    public let taken: Int64

    /// Clocks of nodes differ: nothing arrives before it was sent, nor is taken before it arrived.
    public init(from: NodeID, to: NodeID, offered: Int64, arrived: Int64, taken: Int64) {
        self.from = from
        self.to = to
        self.offered = min(max(offered, 0), CivilTime.instantMax)
        self.arrived = min(max(arrived, self.offered), CivilTime.instantMax)
        self.taken = min(max(taken, self.arrived), CivilTime.instantMax)
    }

    /// From a member of the ticket's set; nil for one of a newer version.
    init?(_ entry: Entry) {
        guard let from = entry["from"].flatMap({ NodeID($0) }), let to = entry["to"].flatMap({ NodeID($0) }),
            let offered = entry.integer("offered"), let arrived = entry.integer("arrived"),
            let taken = entry.integer("taken")
        else { return nil }
        self.init(from: from, to: to, offered: offered, arrived: arrived, taken: taken)
    }

    /// As a member of the ticket's set.
    public var operation: Operation {
        .add(
            TicketField.handovers,
            .text(
                Entry(
                    EntryShapes.handover,
                    [
                        "from": from.text, "to": to.text, "offered": String(offered), "arrived": String(arrived),
                        "taken": String(taken),
                    ]
                ).text))
    }
}

extension TicketView {
    /// How the ticket came to where it is, in the order in which it was taken.
    public var handovers: [Handover] {
        entries(TicketField.handovers, EntryShapes.handover).compactMap(Handover.init)
            .sorted { ($0.taken, $0.offered) < ($1.taken, $1.offered) }
    }
}
