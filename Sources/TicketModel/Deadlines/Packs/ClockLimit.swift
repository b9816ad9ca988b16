/// How much time a policy gives.
///
/// Day limits: the day of the event is not counted, and the limit ends with the last millisecond of the last day.
public enum ClockLimit: Hashable, Sendable {
    /// Every minute counts.
    case elapsed(minutes: Int64)
    /// Calendar days. A limit that ends on a day off moves to the next working day only where the pack says so.
    case naturalDays(Int64, endsOnWorkingDay: Bool)
    case workingDays(Int64)

    static let minutesMax: Int64 = 366 * 24 * 60
    static let daysMax: Int64 = 366

    /// Minutes or days.
    public var amount: Int64 {
        switch self {
        case .elapsed(let minutes): minutes
        case .naturalDays(let days, _): days
        case .workingDays(let days): days
        }
    }

    /// The stable code of the clock's kind (model §2.6).
    public var unit: String {
        switch self {
        case .elapsed: "elapsed"
        case .naturalDays: "natural_day"
        case .workingDays: "working_day"
        }
    }

    /// The same kind of limit with another amount.
    public func with(amount: Int64) -> ClockLimit {
        switch self {
        case .elapsed: .elapsed(minutes: amount)
        case .naturalDays(_, let ends): .naturalDays(amount, endsOnWorkingDay: ends)
        case .workingDays: .workingDays(amount)
        }
    }

    var isInRange: Bool {
        switch self {
        case .elapsed(let minutes): (1...ClockLimit.minutesMax).contains(minutes)
        case .naturalDays(let days, _), .workingDays(let days): (0...ClockLimit.daysMax).contains(days)
        }
    }

    /// True where the calendar is asked.
    var needsCalendar: Bool {
        switch self {
        case .elapsed: false
        case .naturalDays(_, let ends): ends
        case .workingDays: true
        }
    }

    /// 「5个工作日」, "5 working days".
    public var label: Bilingual {
        switch self {
        case .elapsed(let minutes): ClockLimit.duration(minutes: minutes)
        case .naturalDays(0, _): Bilingual("当日", "the same day")
        case .naturalDays(let days, _): Bilingual("\(days)个自然日", "\(days) calendar day\(days == 1 ? "" : "s")")
        case .workingDays(0): Bilingual("当个工作日", "the same working day")
        case .workingDays(let days): Bilingual("\(days)个工作日", "\(days) working day\(days == 1 ? "" : "s")")
        }
    }

    private static func duration(minutes: Int64) -> Bilingual {
        let (hours, rest) = (minutes / 60, minutes % 60)
        if rest == 0 { return Bilingual("\(hours)小时", "\(hours) h") }
        return hours == 0
            ? Bilingual("\(rest)分钟", "\(rest) min") : Bilingual("\(hours)小时\(rest)分钟", "\(hours) h \(rest) min")
    }
}
