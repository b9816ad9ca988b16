/// When a clock warns and when it ends, in milliseconds since 1970 UTC.
public struct DueTimes: Hashable, Sendable {
    /// The last millisecond that is in time.
    public let due: Int64
    /// The first millisecond at which nine tenths are gone; nil where nobody is warned. Never after `due`.
    public let warn: Int64?

    init(due: Int64, warn: Int64?) {
        self.due = due
        self.warn = warn.map { min($0, due) }
    }
}

/// Why no end can be told. Nothing is counted by guess.
public enum Undetermined: Error, Hashable, Sendable {
    /// The calendar has no data for this year.
    case yearUnknown(Int)
    /// This node has no such calendar.
    case calendarUnknown
    /// The end lies beyond what can be written.
    case outOfRange

    public var label: Bilingual {
        switch self {
        case .yearUnknown(let year):
            Bilingual("\(year) 年的工作日历未知", "the working calendar of \(year) is not known")
        case .calendarUnknown: Bilingual("没有所需的工作日历", "the working calendar is not there")
        case .outOfRange: Bilingual("时间超出范围", "the time is out of range")
        }
    }
}

/// The end of a clock as pinned by an act, or why there is none.
public enum ClockTimes: Hashable, Sendable {
    case known(DueTimes)
    case unknown(Undetermined)

    public var due: Int64? { known?.due }
    public var warn: Int64? { known?.warn }

    public var known: DueTimes? {
        if case .known(let times) = self { times } else { nil }
    }
}
