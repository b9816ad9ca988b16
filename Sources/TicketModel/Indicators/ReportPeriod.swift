/// A stretch of the bank's calendar that figures are about (SA-01, SA-09): whole days in the bank's own zone.
public struct ReportPeriod: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case day, week, month, quarter
        case halfYear = "half_year"
        case year

        /// Days and weeks have base data only; longer ones are analysed as well (SA-02).
        public var isAnalysed: Bool { self != .day && self != .week }
    }

    public let kind: Kind
    public let zone: BankZone
    /// Its first day, and the first day after it.
    public let first: CivilTime.Date
    public let end: CivilTime.Date

    /// The period that an instant lies in. Weeks begin on Monday (GB/T 7408).
    public init(_ kind: Kind, at instant: Int64, in zone: BankZone) {
        let day = zone.day(at: min(max(instant, 0), CivilTime.instantMax))
        let date = CivilTime.date(dayNumber: day)
        self.kind = kind
        self.zone = zone
        switch kind {
        case .day:
            (first, end) = (date, CivilTime.date(dayNumber: day + 1))
        case .week:
            // 1970-01-01 was a Thursday.
            let monday = day - (day + 3) % 7
            (first, end) = (CivilTime.date(dayNumber: monday), CivilTime.date(dayNumber: monday + 7))
        case .month: (first, end) = ReportPeriod.months(1, around: date)
        case .quarter: (first, end) = ReportPeriod.months(3, around: date)
        case .halfYear: (first, end) = ReportPeriod.months(6, around: date)
        case .year: (first, end) = ReportPeriod.months(12, around: date)
        }
    }

    private static func months(_ count: Int, around date: CivilTime.Date) -> (CivilTime.Date, CivilTime.Date) {
        let month = (date.month - 1) / count * count + 1
        let next = month + count
        return (start(date.year, month), next > 12 ? start(date.year + 1, 1) : start(date.year, next))
    }

    private static func start(_ year: Int, _ month: Int) -> CivilTime.Date {
        CivilTime.Date(year: year, month: month, day: 1) ?? CivilTime.chinaDate(at: CivilTime.instantMax)
    }

    /// Its first millisecond.
    public var from: Int64 { zone.start(of: CivilTime.dayNumber(of: first)) }

    /// The first millisecond after it.
    public var before: Int64 { zone.start(of: CivilTime.dayNumber(of: end)) }

    /// The one before it, to compare with.
    public var previous: ReportPeriod { ReportPeriod(kind, at: from - 1, in: zone) }

    /// `2026-11-16`, `2026-11`, `2026-q4`, `2026-h2`, `2026`; a week by its Monday.
    public var name: String {
        let year = AsciiText.padded(Int64(first.year), width: 4)
        switch kind {
        case .day: return first.text
        case .week: return "\(first.text)+7"
        case .month: return year + "-" + AsciiText.padded(Int64(first.month), width: 2)
        case .quarter: return "\(year)-q\((first.month - 1) / 3 + 1)"
        case .halfYear: return "\(year)-h\((first.month - 1) / 6 + 1)"
        case .year: return year
        }
    }
}
