/// A figure about how complaints are handled (requirements KP-01…KP-18, domain model §2.9): what it is called, how it is
/// made, and what one ticket says to it. From core fields and clocks alone, so that head office has it without a name.
public struct Indicator: Sendable {
    /// Which tickets of a period it looks at.
    public enum Cohort: String, Sendable {
        /// Received in the period.
        case received
        /// Closed in the period.
        case closed
    }

    /// What the sum means.
    public enum Measure: Hashable, Sendable {
        /// Counted ÷ looked at, in thousandths.
        case share
        /// Mean of milliseconds, written in minutes.
        case meanMinutes
        /// How many.
        case count
        /// Counted ÷ a number from outside, in millionths: this program knows no customers and no calls.
        case perOutside(OutsideNumber)
    }

    /// Numbers that only somebody else has; a parameter of the report.
    public enum OutsideNumber: String, Sendable, CaseIterable {
        /// Customers that use the business.
        case customers
        /// Calls that asked for a person; see KP-15.
        case calls
    }

    /// What it should be: source, not ours.
    public enum Target: Hashable, Sendable {
        case atLeastPermille(Int64)
        case atMost(Int64)
    }

    /// What one ticket, or one stage of it, says.
    public enum Verdict: Hashable, Sendable {
        /// In the denominator; `value` goes into the numerator: 1 or 0, or milliseconds.
        case counted(Int64)
        /// Left out, for a reason that the report names.
        case excluded(Exclusion)
    }

    /// Stable code of the requirement, `KP-02`, with a letter where it has two readings.
    public let id: String
    public let name: Bilingual
    public let formula: Bilingual
    public let cohort: Cohort
    public let measure: Measure
    public let target: Target?
    /// What a whole year should be, where that is said apart.
    public private(set) var yearTarget: Target?
    /// One verdict for the ticket, or one for each stage.
    let judge: @Sendable (IndicatorTicket) -> [(stage: String?, verdict: Verdict)]

    init(
        _ id: String, _ name: Bilingual, cohort: Cohort = .closed, measure: Measure = .share, target: Target? = nil,
        formula: Bilingual, judge: @escaping @Sendable (IndicatorTicket) -> Verdict
    ) {
        self.init(
            id, name, cohort: cohort, measure: measure, target: target, formula: formula,
            stages: { [(nil, judge($0))] })
    }

    init(
        _ id: String, _ name: Bilingual, cohort: Cohort = .closed, measure: Measure = .share, target: Target? = nil,
        formula: Bilingual, stages: @escaping @Sendable (IndicatorTicket) -> [(stage: String?, verdict: Verdict)]
    ) {
        self.id = id
        self.name = name
        self.cohort = cohort
        self.measure = measure
        self.target = target
        self.formula = formula
        judge = stages
    }

    /// The same figure with a target of its own for a whole year; the first one is then a month's.
    func inAYear(_ target: Target) -> Indicator {
        var indicator = self
        indicator.yearTarget = target
        return indicator
    }

    /// What it should be in a period: where month and year are said apart, other periods have none.
    public func target(in period: ReportPeriod.Kind) -> Target? {
        guard let yearTarget else { return target }
        switch period {
        case .year: return yearTarget
        case .month: return target
        default: return nil
        }
    }

    /// Every figure, in the order of the requirements. KP-18 is KP-02 and KP-04 by unit; KP-15 is the telephone system's.
    public static let all: [Indicator] = volume + timeliness + quality + supervision + appeals

    public static func named(_ id: String) -> Indicator? { all.first { $0.id == id } }
}

/// Why a ticket is left out of a figure.
public enum Exclusion: String, Sendable, CaseIterable {
    /// An order inside the bank: no customer's complaint.
    case order
    /// Another kind than the figure is about.
    case otherKind = "other_kind"
    /// Merged into another ticket, which is counted.
    case merged
    case notAccepted = "not_accepted"
    case withdrawn
    /// Confirmed to be malicious; shown apart.
    case malicious
    /// No limit ran, or its end could not be told.
    case noLimit = "no_limit"
    /// Not delayed: the mean delay is about those that were.
    case notDelayed = "not_delayed"
    /// The customer was not asked, or did not answer.
    case notAsked = "not_asked"
    /// Nobody gave an order about it.
    case notSupervised = "not_supervised"
    /// It stayed at one node.
    case neverHandedOver = "never_handed_over"

    public var label: Bilingual {
        switch self {
        case .order: Bilingual("内部督办、预警等工单", "orders inside the bank")
        case .otherKind: Bilingual("其他种类", "other kinds")
        case .merged: Bilingual("已并案", "merged")
        case .notAccepted: Bilingual("不予受理", "not accepted")
        case .withdrawn: Bilingual("已撤回", "withdrawn")
        case .malicious: Bilingual("恶意投诉", "malicious")
        case .noLimit: Bilingual("没有时限或时限未定", "no limit, or not determined")
        case .notDelayed: Bilingual("未延误", "not delayed")
        case .notAsked: Bilingual("未回访或未回应", "not asked, or no answer")
        case .notSupervised: Bilingual("未督办", "not supervised")
        case .neverHandedOver: Bilingual("未交接过", "never handed over")
        }
    }
}
