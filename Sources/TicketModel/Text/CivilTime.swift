/// Instants (milliseconds since 1970 UTC) as China's civil time: UTC+8, one zone, no summer time since 1991, so plain
/// arithmetic is enough and no time-zone data is needed.
public enum CivilTime {
    /// The last instant that the model writes: 9999-12-31 23:59:59.999 in China.
    public static let instantMax: Int64 = 253_402_271_999_999
    static let dayMilliseconds: Int64 = 86_400_000
    static let chinaOffsetMilliseconds: Int64 = 8 * 3_600_000

    /// A calendar date.
    public struct Date: Hashable, Comparable, Sendable {
        public let year: Int
        public let month: Int
        public let day: Int

        /// The date, or nil where the calendar has no such day. Years 1…9999.
        public init?(year: Int, month: Int, day: Int) {
            guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
            guard (1...CivilTime.days(inMonth: month, ofYear: year)).contains(day) else { return nil }
            (self.year, self.month, self.day) = (year, month, day)
        }

        fileprivate init(trusted year: Int, _ month: Int, _ day: Int) {
            (self.year, self.month, self.day) = (year, month, day)
        }

        /// `yyyy-mm-dd`.
        public var text: String { compact(separator: "-") }

        /// `yyyymmdd`.
        public var compactText: String { compact(separator: "") }

        private func compact(separator: String) -> String {
            AsciiText.padded(Int64(year), width: 4) + separator + AsciiText.padded(Int64(month), width: 2) + separator
                + AsciiText.padded(Int64(day), width: 2)
        }

        public static func < (left: Date, right: Date) -> Bool {
            (left.year, left.month, left.day) < (right.year, right.month, right.day)
        }
    }

    static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool { (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 }

    /// The date in China at an instant; instants outside 1970…9999 are taken to the nearer end.
    public static func chinaDate(at milliseconds: Int64) -> Date {
        let shifted = min(max(milliseconds, 0), instantMax) + chinaOffsetMilliseconds
        return date(dayNumber: shifted / dayMilliseconds)
    }

    /// `yyyy-mm-dd hh:mm:ss` in China's time, for people.
    public static func chinaText(at milliseconds: Int64) -> String {
        let shifted = min(max(milliseconds, 0), instantMax) + chinaOffsetMilliseconds
        let seconds = shifted % dayMilliseconds / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { AsciiText.padded($0, width: 2) }
        return chinaDate(at: milliseconds).text + " " + clock.joined(separator: ":")
    }

    /// Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
    static func dayNumber(of date: Date) -> Int64 {
        let year = Int64(date.month <= 2 ? date.year - 1 : date.year)
        let era = year / 400
        let yearOfEra = year - era * 400
        let shiftedMonth = Int64(date.month > 2 ? date.month - 3 : date.month + 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(date.day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `dayNumber` for days from 1970 on.
    static func date(dayNumber: Int64) -> Date {
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Date(trusted: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }
}
