/// Whether a day counts as a working day, and why. A date in the data decides before the weekday does.
public enum DayVerdict: Hashable, Sendable {
    /// Monday to Friday, and the data says nothing else.
    case weekday
    /// Saturday or Sunday, and the data says nothing else.
    case weekend
    /// The data makes it a day off.
    case holiday(Bilingual)
    /// The data makes this Saturday or Sunday a working day (调休).
    case movedWorkingDay

    public var isWorking: Bool {
        switch self {
        case .weekday, .movedWorkingDay: true
        case .weekend, .holiday: false
        }
    }

    /// The stable code of the reason.
    public var code: String {
        switch self {
        case .weekday: "weekday"
        case .weekend: "weekend"
        case .holiday: "holiday"
        case .movedWorkingDay: "moved_working_day"
        }
    }

    /// The reason in words.
    public var label: Bilingual {
        switch self {
        case .weekday: Bilingual("工作日", "a weekday")
        case .weekend: Bilingual("周末", "a weekend")
        case .holiday(let name):
            Bilingual("放假(\(name.chinese))", "a day off (\(name.english))")
        case .movedWorkingDay: Bilingual("调休上班", "a moved working day")
        }
    }
}

/// Days of the week.
enum Weekday {
    private static let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    private static let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// 0 is Monday. 1970-01-01 was a Thursday.
    static func index(of day: Int64) -> Int {
        let rest = Int((day + 3) % 7)
        return rest < 0 ? rest + 7 : rest
    }

    static func isWeekend(_ day: Int64) -> Bool { index(of: day) >= 5 }

    static func label(of day: Int64) -> Bilingual {
        let index = index(of: day)
        return Bilingual(chinese[index], english[index])
    }
}
