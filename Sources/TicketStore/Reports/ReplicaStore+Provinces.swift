import SyncProtocol
import TicketModel

/// What head office follows of one unit's tickets: counts, nobody's name (day §6.3 step 1).
public struct UnitFigures: Hashable, Sendable {
    public var received = 0
    /// By their time of receipt.
    public var receivedToday = 0
    /// By the time at which they were recorded: an import brings in what was received long ago.
    public var recordedToday = 0
    public var open = 0
    public var warned = 0
    public var overdue = 0
    public var escalated = 0
    public var appeals = 0
    /// When the oldest open ticket was received; nil where none is open.
    public var oldestAt: Int64?

    public init() {}

    /// Both together.
    public mutating func add(_ other: UnitFigures) {
        received += other.received
        receivedToday += other.receivedToday
        recordedToday += other.recordedToday
        open += other.open
        warned += other.warned
        overdue += other.overdue
        escalated += other.escalated
        appeals += other.appeals
        oldestAt = [oldestAt, other.oldestAt].compactMap { $0 }.min()
    }
}

extension ReplicaStore {
    /// How many tickets were received in a stretch of time, by their time of receipt, merged ones left out as below.
    ///
    /// - Parameters:
    ///   - org: the unit that took them in; nil for all that are here.
    ///   - target: whose own tickets do not count.
    public func receivedCount(
        from: Int64, before: Int64, org: String? = nil, keptFrom target: RecusalTokens? = nil
    ) throws -> Int {
        let text = """
            SELECT count(*) FROM documents INDEXED BY documents_received
            WHERE received_at >= ? AND received_at < ? AND ticket_no IS NOT NULL AND is_staged = 0
                AND state IS NOT 'merged' AND (? IS NULL OR origin_org = ?)
            """
        return try read { connection in
            guard let target else {
                return Int(try connection.cached(text: text).integer(from, before, org, org) ?? 0)
            }
            let count = try connection.cached(text: "\(text) AND \(RecusalTokens.leavesOut)").integer(
                from, before, org, org, target.values[0], target.values[1])
            return Int(count ?? 0)
        }
    }

    static let unitFiguresSQL = unitFigures(where: "")

    private static func unitFigures(where more: String) -> String {
        """
        SELECT origin_org, count(*), total(received_at >= ?), total(registered_at >= ?), total(is_open),
            total(is_open AND warn_at <= ?), total(is_open AND due_at < ?), total(is_open AND kind = 'escalated'),
            total(is_open AND kind IN ('internal_appeal', 'regulator_referral', 'regulator_appeal')),
            min(CASE WHEN is_open THEN received_at END)
        FROM documents INDEXED BY documents_units
        WHERE ticket_no IS NOT NULL AND is_staged = 0 AND state IS NOT 'merged'\(more) GROUP BY origin_org
        """
    }

    /// Figures by the code of the unit that took the tickets in. What was merged counts with the ticket that it went
    /// into.
    ///
    /// - Parameters:
    ///   - since: the first millisecond of today.
    ///   - target: whose own tickets do not count.
    public func unitFigures(
        today since: Int64, keptFrom target: RecusalTokens? = nil
    ) throws -> [String: UnitFigures] {
        let now = wallMilliseconds()
        return try read { connection in
            let rows: [(String, UnitFigures)]
            if let target {
                rows = try connection.cached(
                    text: ReplicaStore.unitFigures(where: " AND \(RecusalTokens.leavesOut)")
                ).all(since, since, now, now, target.values[0], target.values[1], body: ReplicaStore.unitFigures)
            } else {
                rows = try connection.cached(text: ReplicaStore.unitFiguresSQL).all(
                    since, since, now, now, body: ReplicaStore.unitFigures)
            }
            return Dictionary(rows, uniquingKeysWith: { $1 })
        }
    }

    private static func unitFigures(_ row: Row) -> (String, UnitFigures) {
        var figures = UnitFigures()
        figures.received = row.int(1)
        figures.receivedToday = row.int(2)
        figures.recordedToday = row.int(3)
        figures.open = row.int(4)
        figures.warned = row.int(5)
        figures.overdue = row.int(6)
        figures.escalated = row.int(7)
        figures.appeals = row.int(8)
        figures.oldestAt = row.int64OrNil(9)
        return (row.string(0) ?? "", figures)
    }
}
