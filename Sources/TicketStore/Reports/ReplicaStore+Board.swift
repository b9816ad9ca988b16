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
    /// Acts that the parent has not read.
    public let waitingActs: UInt64
    /// The tickets that they are of; where more than `actsCountedMax` acts wait, those of the first of them.
    public let waitingTickets: Int
    /// More tickets may wait than `waitingTickets` says.
    public var isAtLeast: Bool { waitingActs > UInt64(Uplink.actsCountedMax) }
    /// Tickets that are offered to the parent and not taken, and how many of these offers have arrived there.
    public let offered: Int
    public let offeredReceived: Int
    /// Open tickets that the parent has taken.
    public let accepted: Int

    /// A board asks with each look: what it costs may not grow with the days that a line is down.
    static let actsCountedMax = 256
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
        WHERE offered_to = ? AND is_open = 1 AND is_staged = 0 AND ticket_no IS NOT NULL AND \(RecusalTokens.leavesOut)
        """

    static let keptSQL = """
        SELECT state, count(*), total(warn_at <= ?1), total(due_at < ?1), total(interim_from <= ?1)
        FROM documents INDEXED BY documents_target
        WHERE target_person_token IN (?2, ?3) AND is_open = 1 AND ticket_no IS NOT NULL AND is_staged = 0 GROUP BY state
        """

    /// Open tickets by state, as of now.
    ///
    /// - Parameter target: whose own tickets do not count: a figure that is higher than the list would tell of them.
    public func boardColumns(keptFrom target: RecusalTokens? = nil) throws -> [BoardColumn] {
        let now = wallMilliseconds()
        return try read { connection in
            let pressing = try connection.cached(text: ReplicaStore.pressingSQL).all(now, now) {
                ($0.string(0) ?? "", (warned: $0.int(1), overdue: $0.int(2)))
            }
            let presses = Dictionary(uniqueKeysWithValues: pressing)
            let owed = try connection.cached(text: ReplicaStore.interimSQL).all(now) { ($0.string(0) ?? "", $0.int(1)) }
            let interim = Dictionary(uniqueKeysWithValues: owed)
            let kept = try target.map { try ReplicaStore.kept(from: $0, at: now, connection) } ?? [:]
            return try connection.cached(
                """
                SELECT state, sum(count) FROM ticket_counts WHERE is_open = 1 AND count > 0 GROUP BY state ORDER BY state
                """
            ).all { row in
                let (state, count) = (row.string(0) ?? "", row.int(1))
                let own = kept[state]
                return BoardColumn(
                    state: state, count: count - (own?.count ?? 0),
                    warned: (presses[state]?.warned ?? 0) - (own?.warned ?? 0),
                    overdue: (presses[state]?.overdue ?? 0) - (own?.overdue ?? 0),
                    interim: (interim[state] ?? 0) - (own?.interim ?? 0))
            }
        }
    }

    private static func kept(
        from target: RecusalTokens, at now: Int64, _ connection: Connection
    ) throws -> [String: BoardColumn] {
        let columns = try connection.cached(text: keptSQL).all(now, target.post, target.person ?? target.post) { row in
            BoardColumn(
                state: row.string(0) ?? "", count: row.int(1), warned: row.int(2), overdue: row.int(3),
                interim: row.int(4))
        }
        return Dictionary(uniqueKeysWithValues: columns.map { ($0.state, $0) })
    }

    /// nil at head office, which has nothing above it.
    ///
    /// - Parameter target: whose own tickets do not count.
    public func uplink(keptFrom target: RecusalTokens? = nil) throws -> Uplink? {
        guard let parent = context.hierarchy.parent(of: context.node) else { return nil }
        let state = try state(of: parent) { $0 }
        let receipt = state.receipt?.sequence ?? 0
        return try read { connection in
            let (post, person) = (target?.values[0], target?.values[1])
            let offers = try connection.cached(text: ReplicaStore.offersSQL).all(parent.text, post, person) { row in
                try DocumentState(core: row.bytes(0) ?? [], casework: nil, personal: nil).lead?.offers.first?.dot
            }.compactMap { $0 }
            let received = try offers.count { try level(of: [$0], connection) >= .parent }
            let accepted = try connection.cached(
                "SELECT sum(count) FROM ticket_counts WHERE is_open = 1 AND custodian = ?"
            ).integer(parent.text)
            let own = try connection.cached(
                text:
                    "SELECT count(*) FROM documents WHERE is_open = 1 AND custodian = ? AND key IN (\(RecusalTokens.kept))"
            ).integer(parent.text, post, person)
            return Uplink(
                parent: parent, contact: state.contact, waitingActs: state.news - min(state.news, receipt),
                waitingTickets: try ReplicaStore.tickets(
                    inLogOf: state.key, after: receipt, keptFrom: target, connection),
                offered: offers.count, offeredReceived: received, accepted: Int((accepted ?? 0) - (own ?? 0)))
        }
    }

    /// Tickets that the first entries behind a place of a neighbour's log are about; echoes of its own acts do not count.
    private static func tickets(
        inLogOf neighbour: Int64, after receipt: UInt64, keptFrom target: RecusalTokens?, _ connection: Connection
    ) throws -> Int {
        let place = Int64(clamping: receipt)
        let count = try connection.cached(
            text: """
                SELECT count(DISTINCT document) FROM (
                    SELECT a.document FROM logs l
                    JOIN actions a ON a.incarnation = l.incarnation
                        AND a.sequence >= l.sequence + max(0, ? + 1 - l.first) AND a.sequence < l.sequence + l.count
                    JOIN documents d ON d.key = a.document
                    WHERE l.neighbour = ? AND l.first > ? AND l.first + l.count > ? + 1 AND l.kind = 1 AND l.era = 0
                        AND d.ticket_no IS NOT NULL AND d.\(RecusalTokens.leavesOut)
                    LIMIT ?)
                """
        ).integer(
            place, neighbour, place - Int64(LogRun.entriesMax), place, target?.values[0], target?.values[1],
            Int64(Uplink.actsCountedMax))
        return Int(count ?? 0)
    }
}
