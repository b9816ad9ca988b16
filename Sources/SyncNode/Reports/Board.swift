import SyncProtocol
import TicketModel
import TicketStore

/// A node's desk at a glance: what is open in which state, what presses most, and which neighbours are silent.
struct Board: Sendable {
    /// A neighbour that was not heard of for so long is silent [P].
    static let silentMilliseconds: Int64 = 10 * 60_000

    let at: Int64
    let columns: [BoardColumn]
    /// By priority, then by what is due first.
    let tickets: [TicketRow]
    let hasMore: Bool
    let neighbours: [NeighbourStatus]
    let uplink: Uplink?

    static func take(_ runtime: NodeRuntime, rows: Int, listed: ListedTickets) throws -> Board {
        let store = runtime.store
        var query = WorklistQuery()
        query.filters = [.init("is_open", .equals(.integer(1)))]
        query.order = [("priority", false), ("due_order", false)]
        query.rows = rows
        let page = try TicketReading.page(query, store) { row in
            try listed.contains(.document(row.document)) ? row : nil
        }
        return Board(
            at: store.wallMilliseconds(), columns: try store.boardColumns(keptFrom: listed.target), tickets: page.rows,
            hasMore: page.next != nil,
            neighbours: try store.status().neighbours, uplink: try store.uplink(keptFrom: listed.target))
    }

    static func isSilent(_ contact: Int64?, at now: Int64) -> Bool {
        contact.map { now - $0 > silentMilliseconds } ?? true
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.member("node", runtime.node.id.text)
            writer.member("tier", runtime.node.tier.roleName)
            writer.member("at", at)
            writer.named("uplink") { uplink.write(to: &$0, runtime, at: at) }
            writer.named("columns") { writeColumns(to: &$0) }
            writer.named("tickets") { writer in
                writer.array { writer in for row in tickets { writer.value(row) } }
            }
            writer.member("more", hasMore)
            writer.named("neighbours") { writeNeighbours(to: &$0, runtime) }
        }
    }

    /// Every open state in the order of a ticket's life, empty ones too: a board does not jump.
    private func writeColumns(to writer: inout JSONWriter) {
        let known = TicketState.open.map(\.rawValue)
        let others = columns.map(\.state).filter { !known.contains($0) }
        writer.array { writer in
            for state in known + others {
                let column = columns.first { $0.state == state }
                writer.object { writer in
                    writer.member("state", state)
                    writer.member("label", Wording(Enumeration.state.label(of: state)))
                    writer.member("count", column?.count ?? 0)
                    writer.member("warned", column?.warned ?? 0)
                    writer.member("overdue", column?.overdue ?? 0)
                    writer.member("interim_due", column?.interim ?? 0)
                }
            }
        }
    }

    private func writeNeighbours(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        let lines = runtime.lines.withLock { $0 }
        writer.array { writer in
            for neighbour in neighbours {
                writer.object { writer in
                    writer.member("node", neighbour.node.text)
                    writer.member("name", runtime.name(of: neighbour.node))
                    writer.member("is_parent", neighbour.isParent)
                    writer.member("contact", numberOrNull: neighbour.contact)
                    writer.member("silent", Board.isSilent(neighbour.contact, at: at))
                    writer.member("waiting", neighbour.waiting)
                    let line = lines[neighbour.node]
                    writer.member("phase", orNull: line?.phase.rawValue)
                    writer.failure(of: line)
                }
            }
        }
    }
}

extension JSONWriter {
    /// Since when a line that this node dials fails or is refused, and why; all null while it works.
    fileprivate mutating func failure(of line: LinkStatus?) {
        member("failing_since", numberOrNull: line?.failingSince)
        member("error", orNull: line?.lastError)
        member("hint", orNull: line?.lastHint)
    }
}

extension Uplink? {
    /// The bar of a branch or province; null at head office.
    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime, at now: Int64) {
        guard let uplink = self else { return writer.null() }
        writer.object { writer in
            writer.member("parent", uplink.parent.text)
            writer.member("name", runtime.name(of: uplink.parent))
            writer.member("silent", Board.isSilent(uplink.contact, at: now))
            writer.member("contact", numberOrNull: uplink.contact)
            writer.failure(of: runtime.lines.withLock { $0[uplink.parent] })
            writer.member("waiting_acts", uplink.waitingActs)
            writer.member("waiting_tickets", uplink.waitingTickets)
            writer.member("waiting_tickets_at_least", uplink.isAtLeast)
            writer.member("offered", uplink.offered)
            writer.member("offered_received", uplink.offeredReceived)
            writer.member("accepted", uplink.accepted)
        }
    }
}
