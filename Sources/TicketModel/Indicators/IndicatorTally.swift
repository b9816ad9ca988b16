/// Sums of one pass over tickets. A value: two passes over parts of the tickets can be joined.
public struct IndicatorTally: Sendable {
    /// The sums of one figure, or of one cell of it.
    public struct Cell: Hashable, Sendable {
        public var numerator: Int64 = 0
        public var denominator: Int64 = 0

        public init(numerator: Int64 = 0, denominator: Int64 = 0) {
            self.numerator = numerator
            self.denominator = denominator
        }

        mutating func add(_ value: Int64) {
            let (sum, isTooLarge) = numerator.addingReportingOverflow(value)
            numerator = isTooLarge ? .max : sum
            denominator += 1
        }
    }

    /// Which cell of a figure: a stage, the code of a dimension, both, or neither for the figure as a whole.
    public struct CellKey: Hashable, Comparable, Sendable {
        public let stage: String?
        public let code: String?

        public init(stage: String?, code: String?) {
            self.stage = stage
            self.code = code
        }

        public static func < (left: CellKey, right: CellKey) -> Bool {
            (left.stage ?? "", left.code ?? "") < (right.stage ?? "", right.code ?? "")
        }
    }

    /// The figure's sums over everything, by its id.
    public private(set) var totals: [String: Cell] = [:]
    public private(set) var cells: [String: [CellKey: Cell]] = [:]
    public private(set) var excluded: [String: [Exclusion: Int64]] = [:]
    /// How many tickets of each cohort were looked at.
    public private(set) var received: Int64 = 0
    public private(set) var closed: Int64 = 0
    /// Counts of the received, by distribution and codes.
    public private(set) var distributions: [[Dimension]: [[String]: Int64]] = [:]

    private let indicators: [Indicator]
    private let dimension: Dimension?

    /// - Parameter dimension: what every figure is broken down by; nil for stages alone.
    public init(_ indicators: [Indicator] = Indicator.all, by dimension: Dimension? = nil) {
        self.indicators = indicators
        self.dimension = dimension
    }

    /// Adds a ticket to the figures of one cohort.
    public mutating func add(_ ticket: IndicatorTicket, to cohort: Indicator.Cohort) {
        if cohort == .received { addReceived(ticket) } else { closed += 1 }
        let code = dimension.map { $0.key(of: ticket.ticket) }
        for indicator in indicators where indicator.cohort == cohort {
            for (stage, verdict) in indicator.judge(ticket) {
                switch verdict {
                case .excluded(let reason): excluded[indicator.id, default: [:]][reason, default: 0] += 1
                case .counted(let value):
                    totals[indicator.id, default: Cell()].add(value)
                    guard stage != nil || code != nil else { continue }
                    cells[indicator.id, default: [:]][CellKey(stage: stage, code: code), default: Cell()].add(value)
                }
            }
        }
    }

    private mutating func addReceived(_ ticket: IndicatorTicket) {
        received += 1
        // What is no complaint is in no figure about complaints, and is distributed by kind all the same.
        guard ticket.exclusion == nil || ticket.exclusion == .otherKind else { return }
        for distribution in Dimension.distributions {
            let codes = distribution.map { $0.key(of: ticket.ticket) }
            distributions[distribution, default: [:]][codes, default: 0] += 1
        }
    }

    public func total(_ indicator: Indicator) -> Cell { totals[indicator.id] ?? Cell() }
}

extension Indicator {
    /// The figure itself; nil where nothing was counted or an outside number is missing.
    ///
    /// - Parameter outside: numbers from outside by their kind.
    public func value(of cell: IndicatorTally.Cell, outside: [OutsideNumber: Int64] = [:]) -> Int64? {
        switch measure {
        case .share:
            return cell.denominator == 0 ? nil : scaled(cell.numerator, by: 1000) / cell.denominator
        case .meanMinutes: return cell.denominator == 0 ? nil : cell.numerator / cell.denominator / 60_000
        case .count: return cell.numerator
        case .perOutside(let number):
            guard let count = outside[number], count > 0 else { return nil }
            return scaled(cell.numerator, by: 1_000_000) / count
        }
    }

    private func scaled(_ number: Int64, by factor: Int64) -> Int64 {
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        return isTooLarge ? .max : product
    }

    /// True where the target is reached; nil without one or without a figure.
    public func meets(_ value: Int64?, in period: ReportPeriod.Kind = .month) -> Bool? {
        guard let target = target(in: period), let value else { return nil }
        switch target {
        case .atLeastPermille(let least): return value >= least
        case .atMost(let most): return value <= most
        }
    }

    /// What the figure is counted in.
    public var unit: String {
        switch measure {
        case .share: "permille"
        case .meanMinutes: "minutes"
        case .count: "tickets"
        case .perOutside: "per_million"
        }
    }

    /// What one ticket says to the figure, for the rows behind it.
    public func verdicts(_ ticket: IndicatorTicket) -> [(stage: String?, verdict: Verdict)] { judge(ticket) }
}
