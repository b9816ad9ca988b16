/// Which days are working days: versioned data, year by year. A year that is not in it is unknown, and nothing is
/// counted through it.
public struct WorkCalendar: Hashable, Sendable {
    /// `cn`.
    public let id: String
    public let version: String
    public let name: Bilingual
    /// Sorted.
    public let years: [CalendarYear]

    /// - Throws: a year stands twice, or id or version is no code.
    public init(id: String, version: String, name: Bilingual, years: [CalendarYear]) throws(CalendarMistake) {
        guard Code.isWellFormed(id), Code.isWellFormed(version), Code.isWellFormed("\(id)-\(version)") else {
            throw .badIdentifier
        }
        self.id = id
        self.version = version
        self.name = name
        self.years = years.sorted { $0.year < $1.year }
        for (one, next) in zip(self.years, self.years.dropFirst()) where one.year == next.year {
            throw .doubledYear(one.year)
        }
    }

    /// What a ticket's `calendar_version` says: `cn-2026.1`.
    public var reference: String { "\(id)-\(version)" }

    /// What is known of a year; nil where nothing is.
    public func year(_ year: Int) -> CalendarYear? { years.first { $0.year == year } }

    /// Whether a date is a working day; nil where its year is unknown.
    public func verdict(on date: CivilTime.Date) -> DayVerdict? { verdict(onDay: CivilTime.dayNumber(of: date)) }

    /// `day` counts from 1970-01-01.
    func verdict(onDay day: Int64) -> DayVerdict? {
        year(CivilTime.date(dayNumber: day).year)?.verdict(on: day)
    }
}
