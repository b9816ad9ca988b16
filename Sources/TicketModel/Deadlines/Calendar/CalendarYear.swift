/// One year's published days off and moved working days.
public struct CalendarYear: Hashable, Sendable {
    /// A run of days off with its name.
    public struct Holiday: Hashable, Sendable {
        public let name: Bilingual
        public let first: CivilTime.Date
        public let last: CivilTime.Date

        public init(name: Bilingual, first: CivilTime.Date, last: CivilTime.Date) {
            self.name = name
            self.first = first
            self.last = last
        }
    }

    public static let yearRange = 1990...2200

    public let year: Int
    public let holidays: [Holiday]
    public let movedWorkingDays: [CivilTime.Date]
    /// Which paper says so, for people.
    public let source: Bilingual
    /// Where the paper was seen.
    public let sourceURL: String
    private let verdicts: [Int64: DayVerdict]

    /// A year as published.
    /// - Throws: the list is empty (public data sets ship such years before the list is out; they would be counted
    ///   wrongly), a date lies in another year or stands twice, a run ends before it begins, or a moved working day is
    ///   a working day anyway.
    public init(
        year: Int, holidays: [Holiday], movedWorkingDays: [CivilTime.Date], source: Bilingual,
        sourceURL: String
    ) throws(CalendarMistake) {
        guard CalendarYear.yearRange.contains(year) else { throw .yearOutOfRange(year) }
        guard !holidays.isEmpty else { throw .emptyYear(year) }
        self.year = year
        self.holidays = holidays
        self.movedWorkingDays = movedWorkingDays
        self.source = source
        self.sourceURL = sourceURL
        var verdicts: [Int64: DayVerdict] = [:]
        for holiday in holidays { try CalendarYear.enter(holiday, year, &verdicts) }
        for date in movedWorkingDays {
            guard Weekday.isWeekend(CivilTime.dayNumber(of: date)) else { throw .notMoved(date) }
            try CalendarYear.enter(date, .movedWorkingDay, year, &verdicts)
        }
        self.verdicts = verdicts
    }

    private static func enter(
        _ holiday: Holiday, _ year: Int, _ verdicts: inout [Int64: DayVerdict]
    ) throws(CalendarMistake) {
        guard holiday.first <= holiday.last else { throw .reversed(holiday.first) }
        guard holiday.first.year == year else { throw .outsideYear(holiday.first) }
        guard holiday.last.year == year else { throw .outsideYear(holiday.last) }
        for day in CivilTime.dayNumber(of: holiday.first)...CivilTime.dayNumber(of: holiday.last) {
            try enter(CivilTime.date(dayNumber: day), .holiday(holiday.name), year, &verdicts)
        }
    }

    private static func enter(
        _ date: CivilTime.Date, _ verdict: DayVerdict, _ year: Int, _ verdicts: inout [Int64: DayVerdict]
    ) throws(CalendarMistake) {
        guard date.year == year else { throw .outsideYear(date) }
        guard verdicts.updateValue(verdict, forKey: CivilTime.dayNumber(of: date)) == nil else { throw .doubled(date) }
    }

    /// What the data or, where it says nothing, the weekday says of a day of this year.
    func verdict(on day: Int64) -> DayVerdict {
        verdicts[day] ?? (Weekday.isWeekend(day) ? .weekend : .weekday)
    }
}

/// Why a calendar cannot be used as it is written.
public enum CalendarMistake: Error, Hashable, Sendable {
    case yearOutOfRange(Int)
    case emptyYear(Int)
    case doubledYear(Int)
    case outsideYear(CivilTime.Date)
    case doubled(CivilTime.Date)
    case reversed(CivilTime.Date)
    case notMoved(CivilTime.Date)
    case badIdentifier

    /// The stable code.
    public var code: String {
        switch self {
        case .yearOutOfRange: "year-out-of-range"
        case .emptyYear: "empty-year"
        case .doubledYear: "doubled-year"
        case .outsideYear: "outside-year"
        case .doubled: "doubled-date"
        case .reversed: "reversed-run"
        case .notMoved: "not-a-moved-day"
        case .badIdentifier: "bad-identifier"
        }
    }

    public var sentence: Bilingual {
        switch self {
        case .yearOutOfRange(let year): Bilingual("年份 \(year) 不可能", "the year \(year) is out of range")
        case .emptyYear(let year):
            Bilingual("\(year) 年没有任何放假日,视为日历未知", "\(year) has no day off at all, so its calendar is unknown")
        case .doubledYear(let year): Bilingual("\(year) 年出现两次", "\(year) stands twice")
        case .outsideYear(let date): Bilingual("\(date.text) 不在该年内", "\(date.text) lies in another year")
        case .doubled(let date): Bilingual("\(date.text) 出现两次", "\(date.text) stands twice")
        case .reversed(let date):
            Bilingual("自 \(date.text) 起的假期先止后起", "the run from \(date.text) ends before it begins")
        case .notMoved(let date):
            Bilingual("\(date.text) 本来就是工作日", "\(date.text) is a Monday to Friday and so no moved working day")
        case .badIdentifier: Bilingual("日历编号或版本无效", "the calendar's id or version is no code")
        }
    }

    public var hint: Bilingual {
        switch self {
        case .emptyYear: Bilingual("等官方通知公布后再添加该年", "leave the year out until the official list is published")
        case .badIdentifier: Bilingual("用小写字母、数字、. _ -", "use lower-case letters, digits, . _ -")
        case .outsideYear: Bilingual("把该日期写进它自己的年份文件", "write the date into the file of its own year")
        default: Bilingual("对照官方通知核对", "compare it with the official list")
        }
    }
}
