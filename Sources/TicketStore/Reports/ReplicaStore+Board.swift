import SyncProtocol
import TicketModel

/// How many open tickets are in a state, and how many of them press.
public struct BoardColumn: Sendable {
    public let state: String
    public let count: Int
    /// At or past a warning, those beyond their limit among them.
    public let warned: Int
    public let overdue: Int
    /// The customer is owed an interim reply (EX-06).
    public let interim: Int
}

/// How far this node's work has come upward (day §6.1 step 1): the bar of a branch.
public struct Uplink: Sendable {
    public let parent: NodeID
    /// Milliseconds since 1970 UTC; nil where there was no contact yet.
    public let contact: Int64?
    /// Acts that the parent has not read, and the tickets that they are of.
    public let waitingActs: UInt64
    public let waitingTickets: Int
    /// Tickets that are offered to the parent and not taken, and how many of these offers have arrived there.
    public let offered: Int
    public let offeredReceived: Int
    /// Open tickets that the parent has taken.
    public let accepted: Int
}

extension ReplicaStore {
    static let pressingSQL = """
        SELECT state, count(*), total(due_at < ?) FROM documents INDEXED BY documents_pressing
        WHERE is_open = 1 AND warn_at <= ? AND ticket_no IS NOT NULL AND is_staged = 0 GROUP BY state
        """
    static let interimSQL = """
        SELECT state, count(*) FROM documents INDEXED BY documents_interim
        WHERE is_open = 1 AND interim_from <= ? AND ticket_no IS NOT NULL AND is_staged = 0 GROUP BY state
        """
    static let offersSQL = """
        SELECT core FROM documents INDEXED BY documents_offered
        WHERE offered_to = ? AND is_open = 1 AND is_staged = 0 AND ticket_no IS NOT NULL
        """

    /// Open tickets by state, as of now.
    public func boardColumns() throws -> [BoardColumn] {
        let now = wallMilliseconds()
        return try read { connection in
            let pressing = try connection.cached(text: ReplicaStore.pressingSQL).all(now, now) {
                ($0.string(0) ?? "", (warned: $0.int(1), overdue: $0.int(2)))
            }
            let presses = Dictionary(uniqueKeysWithValues: pressing)
            let owed = try connection.cached(text: ReplicaStore.interimSQL).all(now) { ($0.string(0) ?? "", $0.int(1)) }
            let interim = Dictionary(uniqueKeysWithValues: owed)
            return try connection.cached(
                """
                SELECT state, sum(count) FROM ticket_counts WHERE is_open = 1 AND count > 0 GROUP BY state ORDER BY state
                """
            ).all { row in
                let (state, count) = (row.string(0) ?? "", row.int(1))
                return BoardColumn(
                    state: state, count: count, warned: presses[state]?.warned ?? 0,
                    overdue: presses[state]?.overdue ?? 0, interim: interim[state] ?? 0)
            }
        }
    }

    /// nil at head office, which has nothing above it.
    public func uplink() throws -> Uplink? {
        guard let parent = context.hierarchy.parent(of: context.node) else { return nil }
        let state = try state(of: parent) { $0 }
        let receipt = state.receipt?.sequence ?? 0
        return try read { connection in
            let offers = try connection.cached(text: ReplicaStore.offersSQL).all(parent.text) { row in
                try DocumentState(core: row.bytes(0) ?? [], casework: nil, personal: nil).lead?.offers.first?.dot
            }.compactMap { $0 }
            let received = try offers.count { try level(of: [$0], connection) >= .parent }
            let accepted = try connection.cached(
                "SELECT sum(count) FROM ticket_counts WHERE is_open = 1 AND custodian = ?"
            ).integer(parent.text)
            return Uplink(
                parent: parent, contact: state.contact, waitingActs: state.news - min(state.news, receipt),
                waitingTickets: try ReplicaStore.tickets(inLogOf: state.key, after: receipt, connection),
                offered: offers.count, offeredReceived: received, accepted: Int(accepted ?? 0))
        }
    }

    /// Tickets that entries behind a place of a neighbour's log are about; echoes of its own acts do not count.
    private static func tickets(inLogOf neighbour: Int64, after receipt: UInt64, _ connection: Connection) throws -> Int
    {
        let place = Int64(clamping: receipt)
        let count = try connection.cached(
            """
            SELECT count(DISTINCT a.document) FROM logs l
            JOIN actions a ON a.incarnation = l.incarnation
                AND a.sequence >= l.sequence + max(0, ? + 1 - l.first) AND a.sequence < l.sequence + l.count
            JOIN documents d ON d.key = a.document
            WHERE l.neighbour = ? AND l.first > ? AND l.first + l.count > ? + 1 AND l.kind = 1 AND l.era = 0
                AND d.ticket_no IS NOT NULL
            """
        ).integer(place, neighbour, place - Int64(LogRun.entriesMax), place)
        return Int(count ?? 0)
    }
}
