import SyncProtocol
import TicketModel

/// What a node says of itself at the end of a bank day: how many tickets it has registered in all. A replicated act, so
/// that everybody above can hold it against what arrived: a complaint that was recorded and then kept back shows as a
/// difference (conservation of complaints, model §2.9).
public struct DayTally: Hashable, Sendable {
    /// The number of the act in core records, and the field that it writes. A node's record has no folded fields: the acts
    /// themselves are read.
    public static let act: UInt16 = 1040
    static let field = NodeRecordField.dayTally

    /// The last day that is counted, by the bank's calendar.
    public let day: String
    /// The first millisecond that is not counted any more.
    public let before: Int64
    /// Tickets that the node registered before that.
    public let registered: Int64
    /// When it registered the last of them; 0 for none.
    public let lastAt: Int64

    var text: String { "\(day)@\(before)@\(registered)@\(lastAt)" }

    public init(day: String, before: Int64, registered: Int64, lastAt: Int64) {
        self.day = day
        self.before = before
        self.registered = registered
        self.lastAt = lastAt
    }

    /// Reads the text form; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].utf8.count <= 16, let before = Int64(parts[1]), let count = Int64(parts[2]),
            let last = Int64(parts[3]), before >= 0, count >= 0, last >= 0
        else { return nil }
        self.init(day: String(parts[0]), before: before, registered: count, lastAt: last)
    }
}

/// A node's own word held against what is here.
public struct Balance: Hashable, Sendable {
    public let node: NodeID
    public let tally: DayTally
    /// Tickets of it that are here, of the same days.
    public let here: Int64

    /// Positive: so many are missing here. Negative: here are more than the node knows of.
    public var missing: Int64 { tally.registered - here }
}

extension ReplicaStore {
    /// Says how many tickets this node has registered up to the end of the last bank day, once a day; nothing where it
    /// never registered any, or where that day was told already.
    ///
    /// - Parameter org: the node's unit code.
    /// - Returns: false where there was nothing to tell.
    @discardableResult
    public func closeDay(org: String, zone: BankZone) throws -> Bool {
        let day = ReportPeriod(.day, at: wallMilliseconds(), in: zone).previous
        guard try isTallyDue(day.name, org) else { return false }
        return try write { [node = context.node] transaction in
            let id = DocumentID(recordOf: node)
            let (count, last) =
                try transaction.connection.cached(
                    """
                    SELECT count(*), max(registered_at) FROM documents INDEXED BY documents_units
                    WHERE origin_org = ? AND registered_at < ? AND ticket_no IS NOT NULL AND is_staged = 0
                    """
                ).first(org, day.before) { ($0.int64(0), $0.int64(1)) } ?? (0, 0)
            guard count > 0 else { return false }
            let tally = DayTally(day: day.name, before: day.before, registered: count, lastAt: last)
            _ = try transaction.author(
                Draft(document: id, kind: DayTally.act, post: "", core: [.write(DayTally.field, .text(tally.text))]))
            return true
        }
    }

    private func isTallyDue(_ day: String, _ org: String) throws -> Bool {
        let lineage = try peek(\.lineage)
        let now = wallMilliseconds()
        return try read { [node = context.node] connection in
            let known = try DayTally.latest(of: node, lineage, now: now, connection)
            return known.map { $0.day < day } ?? true
        }
    }

    /// The latest word of each node below, held against what is here. Nodes that said nothing yet are left out.
    ///
    /// - Parameter units: nodes with their unit codes.
    public func balances(of units: [(node: NodeID, org: String)]) throws -> [Balance] {
        let lineage = try peek(\.lineage)
        let now = wallMilliseconds()
        return try read { connection in
            let tallies = try units.compactMap { unit in
                try DayTally.latest(of: unit.node, lineage, now: now, connection).map { (unit: unit, tally: $0) }
            }
            // One pass for each cut; nodes that are in touch share the one of last night.
            var here: [Int64: [String: Int64]] = [:]
            for cut in Set(tallies.map(\.tally.before)) {
                let counts = try connection.cached(
                    """
                    SELECT origin_org, count(*) FROM documents INDEXED BY documents_units
                    WHERE registered_at < ? AND ticket_no IS NOT NULL AND is_staged = 0 GROUP BY origin_org
                    """
                ).all(cut) { ($0.string(0) ?? "", $0.int64(1)) }
                here[cut] = Dictionary(counts, uniquingKeysWith: { $1 })
            }
            return tallies.map { unit, tally in
                Balance(node: unit.node, tally: tally, here: here[tally.before]?[unit.org] ?? 0)
            }
        }
    }
}

extension DayTally {
    /// Acts of a node's record that are looked at, newest first.
    private static let actsMax = 64
    /// Milliseconds that clocks of two nodes may differ.
    private static let skewMax: Int64 = 86_400_000

    /// The latest day that a node told of itself; nil where it told none. Acts may arrive out of order, so the few newest
    /// ones are compared.
    ///
    /// - Parameter now: a day that ends far after it was told under a wrong clock, and would silence all days until then.
    static func latest(
        of node: NodeID, _ lineage: Lineage, now: Int64, _ connection: Connection
    ) throws -> DayTally? {
        guard let record = try DocumentRows.load(DocumentID(recordOf: node), connection) else { return nil }
        var key = record.lastAction
        var found: DayTally?
        for _ in 0..<actsMax where key > 0 {
            guard let action = try ActionRows.load(key, connection) else { throw StoreError.damagedAction }
            key = action.before
            let record = action.sealed.record
            guard record.kind == act, lineage.node(of: record.dot.incarnation) == node else { continue }
            for case .write(field, .text(let text)) in record.operations {
                guard let tally = DayTally(text), tally.day > found?.day ?? "", tally.before <= now + skewMax else {
                    continue
                }
                found = tally
            }
        }
        return found
    }
}
