import SyncProtocol
import TicketModel
import TicketStore

/// The consolidated view of a node over everything below it: counts, the tickets that head office must know, and how
/// complete the picture is. As of one apply sequence.
struct Consolidated: Sendable {
    /// One combination of values and how many tickets have it.
    struct Cell: Sendable {
        /// nil for the node's own and for units that the topology does not know.
        var province: NodeID?
        var kind: String
        var state: String
        var severity: String
        var isOpen: Bool
        var count: Int
    }

    /// How long open tickets have been with the bank.
    struct AgeCell: Sendable {
        var band: AgeBand
        var province: NodeID?
        var severity: String
        var count: Int
    }

    /// How much of one node's work is here.
    struct Completeness: Sendable {
        var node: NodeID
        /// The neighbour through which its acts come; nil for this node itself.
        var via: NodeID?
        var tickets: Int
        var openTickets: Int
        /// Of the neighbour: milliseconds since 1970, nil for never.
        var contact: Int64?
        /// Entries of the neighbour's log that were read.
        var read: UInt64?
    }

    /// One province with everything below it, as head office follows it: no names of customers (day §6.3 step 1).
    struct Province: Sendable {
        /// nil for this node's own and for units that the topology does not know.
        var node: NodeID?
        var figures: UnitFigures
        /// What the nodes of the province said of themselves at the end of a day, held against what is here.
        var balances: [Balance]
    }

    var asOf: Int64
    /// False where acts were applied while the figures were taken: those by age may be newer than `asOf`.
    var isExact: Bool
    var at: Int64
    var cells: [Cell]
    /// Tickets that went into others and are counted there.
    var merged: Int
    var ages: [AgeCell]
    var listed: [TicketRow]
    var hasMoreListed: Bool
    var completeness: [Completeness]
    var provinces: [Province]

    static let listedMax = 200
    private static let attemptsMax = 3

    /// Takes the figures; again where the store moved meanwhile, a few times.
    ///
    /// - Parameter reader: which tickets may be named, and which no figure counts.
    static func take(_ runtime: NodeRuntime, _ reader: ListedTickets) throws -> Consolidated {
        var taken = try once(runtime, reader)
        for _ in 1..<attemptsMax where !taken.isExact { taken = try once(runtime, reader) }
        return taken
    }

    private static func once(_ runtime: NodeRuntime, _ reader: ListedTickets) throws -> Consolidated {
        let store = runtime.store
        let now = store.wallMilliseconds()
        // A merged ticket counts with the one that it went into (T28); what arrived is another question.
        var query = WorklistQuery()
        query.keptFrom = reader.target
        let all = try store.counts(by: ["origin_org", "kind", "state", "severity", "is_open"], query)
        let counted = all.cells.filter { text($0.0[2]) != TicketState.merged.rawValue }
        let ages = try AgeBand.allCases.flatMap { try cells(of: $0, now: now, query, runtime) }
        query.onlyFollowed = true
        query.rows = listedMax
        query.hidesMerged = true
        let listed = try TicketReading.page(query, store) { row in
            try reader.contains(.document(row.document)) ? row : nil
        }
        let status = try store.status()
        return Consolidated(
            asOf: all.asOf, isExact: try store.currentSequence() == all.asOf, at: now,
            cells: counted.map { cell($0.0, $0.1, runtime) },
            merged: all.cells.reduce(0) { $0 + $1.1 } - counted.reduce(0) { $0 + $1.1 }, ages: ages,
            listed: listed.rows,
            hasMoreListed: listed.next != nil,
            completeness: completeness(all.cells, status, runtime), provinces: try provinces(runtime, now, reader))
    }

    private static func provinces(_ runtime: NodeRuntime, _ now: Int64, _ reader: ListedTickets) throws -> [Province] {
        let today = ReportPeriod(.day, at: now, in: try runtime.store.rules().zone)
        var provinces: [NodeID?: Province] = [:]
        for (org, figures) in try runtime.store.unitFigures(today: today.from, keptFrom: reader.target) {
            let node = runtime.province(ofOrg: org)
            provinces[node, default: Province(node: node, figures: UnitFigures(), balances: [])].figures.add(figures)
        }
        let below = runtime.subtree.filter { $0.id != runtime.node.id }
        for balance in try runtime.store.balances(of: below.map { ($0.id, $0.orgCode) }) {
            let node = runtime.topology.province(of: balance.node)
            provinces[node, default: Province(node: node, figures: UnitFigures(), balances: [])].balances.append(
                balance)
        }
        return provinces.values.sorted { ($0.node?.text ?? "") < ($1.node?.text ?? "") }
    }

    private static func cell(_ values: [Value?], _ count: Int, _ runtime: NodeRuntime) -> Cell {
        Cell(
            province: runtime.province(ofOrg: text(values[0])), kind: text(values[1]), state: text(values[2]),
            severity: text(values[3]), isOpen: values[4] == .integer(1), count: count)
    }

    private static func cells(
        of band: AgeBand, now: Int64, _ query: WorklistQuery, _ runtime: NodeRuntime
    ) throws -> [AgeCell] {
        var query = query
        query.filters = [.init("is_open", .equals(.integer(1)))] + band.filters(now: now)
        return try runtime.store.counts(by: ["origin_org", "severity"], query).cells.map { values, count in
            AgeCell(
                band: band, province: runtime.province(ofOrg: text(values[0])), severity: text(values[1]),
                count: count)
        }
    }

    static func text(_ value: Value?) -> String {
        if case .text(let text)? = value { text } else { "" }
    }

    private static func completeness(
        _ cells: [([Value?], Int)], _ status: StoreStatus, _ runtime: NodeRuntime
    ) -> [Completeness] {
        var all: [String: (tickets: Int, open: Int)] = [:]
        for (values, count) in cells {
            let org = text(values[0])
            all[org, default: (0, 0)].tickets += count
            if values[4] == .integer(1) { all[org, default: (0, 0)].open += count }
        }
        return runtime.subtree.map { node in
            let via = runtime.neighbour(towards: node.id)
            let neighbour = status.neighbours.first { $0.node == via }
            let counts = all[node.orgCode] ?? (0, 0)
            return Completeness(
                node: node.id, via: via, tickets: counts.tickets, openTickets: counts.open,
                contact: neighbour?.contact, read: neighbour?.read)
        }
    }
}

/// How old an open ticket is, in days since it was received.
enum AgeBand: String, Sendable, CaseIterable {
    case day1 = "0-1"
    case day5 = "1-5"
    case day15 = "5-15"
    case day30 = "15-30"
    case day60 = "30-60"
    case older = "60+"

    /// From so many days on; nil for no lower bound, so that a clock that is behind loses no ticket.
    private var days: (from: Int64?, below: Int64?) {
        switch self {
        case .day1: (nil, 1)
        case .day5: (1, 5)
        case .day15: (5, 15)
        case .day30: (15, 30)
        case .day60: (30, 60)
        case .older: (60, nil)
        }
    }

    var label: Wording {
        switch self {
        case .day1: Wording("1 天内", "under 1 day")
        case .day5: Wording("1–5 天", "1 to 5 days")
        case .day15: Wording("5–15 天", "5 to 15 days")
        case .day30: Wording("15–30 天", "15 to 30 days")
        case .day60: Wording("30–60 天", "30 to 60 days")
        case .older: Wording("60 天以上", "60 days and more")
        }
    }

    /// Received so long before `now`.
    func filters(now: Int64) -> [WorklistQuery.Filter] {
        let day: Int64 = 24 * 3_600_000
        var filters: [WorklistQuery.Filter] = []
        // "Younger than so many days" is received after that moment.
        if let below = days.below { filters.append(.init("received_at", .atLeast(.integer(now - below * day + 1)))) }
        if let from = days.from { filters.append(.init("received_at", .below(.integer(now - from * day + 1)))) }
        return filters
    }
}

extension NodeRuntime {
    /// This node and everything below it, in the order of the topology.
    var subtree: [TopologyNode] {
        topology.nodes.filter { $0.id == node.id || topology.ancestors(of: $0.id).contains(node.id) }
    }

    /// The child of this node that `other` is, or is below; nil for this node itself.
    func neighbour(towards other: NodeID) -> NodeID? {
        guard other != node.id else { return nil }
        var step = other
        while let parent = topology.parent(of: step), parent != node.id { step = parent }
        return topology.parent(of: step) == node.id ? step : nil
    }

    /// The provinces by the codes of their units, for those who ask for many.
    var provincesByOrg: [String: NodeID] {
        let pairs = topology.nodes.compactMap { node in topology.province(of: node.id).map { (node.orgCode, $0) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// The province of a unit; nil for head office and for codes that the topology does not know.
    func province(ofOrg code: String) -> NodeID? {
        topology.node(orgCode: code).flatMap { topology.province(of: $0.id) }
    }
}
