import SyncProtocol
import TicketModel

/// How things stand with one neighbour.
public struct NeighbourStatus: Sendable {
    public let node: NodeID
    public let isParent: Bool
    /// Entries of the log kept for it that it has not read: what waits to be sent.
    public let waiting: UInt64
    /// Entries of that log in all.
    public let logLength: UInt64
    /// Of the own log, how many entries head office holds (as the parent says).
    public let headOfficeHolds: UInt64?
    /// Entries read of its log.
    public let read: UInt64
    /// Milliseconds since 1970 of the last contact; nil where there was none.
    public let contact: Int64?
    public let isSuspended: Bool
    /// Too many of its acts were refused in one day: its line rests until a person decides.
    public let isQuarantined: Bool
    /// Acts that came over this line and were kept out: no figure here counts what they say.
    public let withheld: Int
    public let sharedCount: UInt64
    public let sharedFingerprint: Fingerprint
}

/// How many tickets there are at a node.
public struct TicketFigures: Sendable {
    public let all: Int
    public let open: Int
    public let conflicts: Int
    /// With a clock whose end cannot be told.
    public let undetermined: Int

    static func - (left: TicketFigures, right: TicketFigures) -> TicketFigures {
        TicketFigures(
            all: left.all - right.all, open: left.open - right.open, conflicts: left.conflicts - right.conflicts,
            undetermined: left.undetermined - right.undetermined)
    }
}

/// How things stand at a node.
public struct StoreStatus: Sendable {
    public let node: NodeID
    public let incarnation: Incarnation?
    /// Actions applied here: the "as of" of every figure.
    public let applySequence: Int64
    public let neighbours: [NeighbourStatus]
    public let parkedActions: Int
    public let figures: TicketFigures
    public let incidents: Int
    public let isSuspended: Bool
    /// Neighbours may give this node's own past back.
    public let isPastOpen: Bool
}

extension ReplicaStore {
    /// - Parameter target: whose own tickets do not count.
    public func status(keptFrom target: RecusalTokens? = nil) throws -> StoreStatus {
        let (neighbours, current, applied, suspended, isPastOpen) = try peek {
            ($0.neighbours, $0.current, $0.applySequence, $0.isSuspended, $0.isPastOpen)
        }
        let parent = context.hierarchy.parent(of: context.node)
        return try read { [context] connection in
            func count(_ sql: StaticString) throws -> Int { Int(try connection.cached(sql).integer() ?? 0) }
            let kept = try connection.cached(
                "SELECT neighbour, count(*) FROM refused WHERE kind = 2 GROUP BY neighbour"
            ).all { ($0.int64(0), $0.int(1)) }
            let withheld = Dictionary(uniqueKeysWithValues: kept)
            return StoreStatus(
                node: context.node, incarnation: current, applySequence: applied,
                neighbours: neighbours.map { state in
                    NeighbourStatus(
                        node: state.node, isParent: state.node == parent,
                        waiting: state.news - min(state.news, state.receipt?.sequence ?? 0), logLength: state.length,
                        headOfficeHolds: state.headOfficeHolds, read: state.cursor?.sequence ?? 0,
                        contact: state.contact,
                        isSuspended: state.isSuspended, isQuarantined: state.isQuarantined,
                        withheld: withheld[state.key] ?? 0, sharedCount: state.shared.count,
                        sharedFingerprint: state.shared)
                },
                parkedActions: try count("SELECT count(*) FROM parked"),
                figures: try ReplicaStore.figures(keptFrom: target, connection),
                incidents: try count("SELECT count(*) FROM incidents"), isSuspended: suspended,
                isPastOpen: isPastOpen)
        }
    }

    private static func figures(keptFrom target: RecusalTokens?, _ connection: Connection) throws -> TicketFigures {
        func count(_ sql: StaticString) throws -> Int { Int(try connection.cached(sql).integer() ?? 0) }
        let all = TicketFigures(
            all: try count("SELECT sum(count) FROM ticket_counts"),
            open: try count("SELECT sum(count) FROM ticket_counts WHERE is_open = 1"),
            conflicts: try count("SELECT count(*) FROM documents WHERE conflicts > 0 AND is_staged = 0"),
            undetermined: try count(
                "SELECT count(*) FROM documents WHERE undetermined_clocks IS NOT NULL AND is_staged = 0"))
        guard let target else { return all }
        let kept = try connection.cached(
            text: """
                SELECT count(*), total(is_open), total(conflicts > 0), total(undetermined_clocks IS NOT NULL)
                FROM documents WHERE key IN (\(RecusalTokens.kept))
                """
        ).first(target.values[0], target.values[1]) {
            TicketFigures(all: $0.int(0), open: $0.int(1), conflicts: $0.int(2), undetermined: $0.int(3))
        }
        return kept.map { all - $0 } ?? all
    }

    /// Grows with every act that is applied here.
    public func currentSequence() throws -> Int64 { try peek(\.applySequence) }

    /// Newest first, so many at most; `status` counts them all.
    public static let incidentsMax = 1_000

    public func incidents() throws -> [Incident] {
        try read { connection in
            try connection.cached(
                "SELECT at, code, node, subject, count FROM incidents ORDER BY at DESC, key DESC LIMIT ?"
            ).all(ReplicaStore.incidentsMax) { row in
                Incident(
                    at: row.int64(0), code: row.string(1) ?? "", node: row.string(2), subject: row.string(3),
                    count: row.int(4))
            }
        }
    }
}
