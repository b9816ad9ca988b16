/// Counts time: from a start, a limit and a calendar to due and warn time. Pure arithmetic on the pack's own zone.
struct Reckoner: Sendable {
    let zone: BankZone
    let calendar: WorkCalendar?

    /// Longest walk over a calendar, in days: beyond it the calendar is no calendar.
    private static let walkDaysMax: Int64 = 1000

    /// One day that was looked at. `number` counts the days that count; nil for a skipped one.
    struct LookedAt: Hashable {
        let day: Int64
        let verdict: DayVerdict
        let number: Int64?
        /// True where every calendar day counts.
        let isNatural: Bool
    }

    /// Due and warn time of a limit from an instant.
    ///
    /// - Throws: `.outOfRange` also for a limit that no pack may hold: a peer's text of a clock may name any amount.
    func reckon(_ limit: ClockLimit, from start: Int64, warns: Bool) throws(Undetermined) -> DueTimes {
        guard (0...CivilTime.instantMax).contains(start), limit.isInRange else { throw .outOfRange }
        let times: DueTimes
        switch limit {
        case .elapsed(let minutes):
            let length = minutes * 60_000
            times = DueTimes(due: start + length, warn: warns ? start + Reckoner.nineTenths(of: length) : nil)
        case .naturalDays(let days, let endsOnWorkingDay):
            let first = zone.day(at: start)
            let last = endsOnWorkingDay ? try workingDay(from: first + days) : first + days
            let counted = Reckoner.nineTenths(of: days * CivilTime.dayMilliseconds)
            let warn = warns && days > 0 ? zone.start(of: first + 1) + counted : nil
            times = DueTimes(due: zone.end(of: last), warn: warn)
        case .workingDays(let days):
            times = try workingTimes(days, from: start, warns: warns)
        }
        guard times.due <= CivilTime.instantMax else { throw .outOfRange }
        return times
    }

    /// The least number of milliseconds with elapsed × 10 ≥ length × 9.
    static func nineTenths(of length: Int64) -> Int64 { (length * 9 + 9) / 10 }

    private func workingTimes(_ days: Int64, from start: Int64, warns: Bool) throws(Undetermined) -> DueTimes {
        let walked = try workingDays(days, after: zone.day(at: start))
        guard let last = walked.last else { throw .outOfRange }
        guard warns, days > 0 else { return DueTimes(due: zone.end(of: last.day), warn: nil) }
        // Nine tenths in working milliseconds: some whole working days, and a part of the next one.
        let counted = Reckoner.nineTenths(of: days * CivilTime.dayMilliseconds)
        let whole = (counted - 1) / CivilTime.dayMilliseconds
        let part = counted - whole * CivilTime.dayMilliseconds
        let warnDay = walked.first { $0.number == whole + 1 } ?? last
        return DueTimes(due: zone.end(of: last.day), warn: zone.start(of: warnDay.day) + part)
    }

    /// The days that are looked at to count working days: from the day after `first` to the last one counted. For a
    /// limit of none, from `first` itself to the first working day.
    func workingDays(_ days: Int64, after first: Int64) throws(Undetermined) -> [LookedAt] {
        let wanted = max(days, 1)
        var day = days == 0 ? first : first + 1
        var counted: Int64 = 0
        var walked: [LookedAt] = []
        while counted < wanted {
            guard walked.count < Reckoner.walkDaysMax else { throw .outOfRange }
            let verdict = try verdict(on: day)
            if verdict.isWorking { counted += 1 }
            walked.append(LookedAt(day: day, verdict: verdict, number: verdict.isWorking ? counted : nil))
            day += 1
        }
        return walked
    }

    /// The day itself or the next working day.
    func workingDay(from day: Int64) throws(Undetermined) -> Int64 {
        guard let last = try workingDays(0, after: day).last else { throw .outOfRange }
        return last.day
    }

    private func verdict(on day: Int64) throws(Undetermined) -> DayVerdict {
        guard let calendar else { throw .calendarUnknown }
        if let verdict = calendar.verdict(onDay: day) { return verdict }
        let year = CivilTime.date(dayNumber: day).year
        // No list will ever come for a year that nobody can write.
        throw (1...9999).contains(year) ? .yearUnknown(year) : .outOfRange
    }
}

// Pauses: the time that does not count is put on at the end.
extension Reckoner {
    /// A pause put on at the end.
    struct Shift: Hashable {
        var times: DueTimes
        /// Milliseconds for elapsed clocks, days of the clock's kind for the others.
        var length: Int64 = 0
        /// The days of the pause that were looked at.
        var pauseDays: [LookedAt] = []
        /// The days behind the old end that were looked at.
        var dueDays: [LookedAt] = []
    }

    /// Times after a pause from `from` to `to`. Elapsed time is put on to the millisecond. Of day clocks the day on
    /// which the pause begins still counts, the days after it up to the day of its end do not (the same rule as for
    /// starting): as many days, of the clock's own kind, are put on. Never earlier than before; a pause that ends before
    /// it began is none.
    func shift(_ times: DueTimes, _ limit: ClockLimit, from: Int64, to: Int64) throws(Undetermined) -> Shift {
        var shift = Shift(times: times)
        guard to > from else { return shift }
        guard to <= CivilTime.instantMax else { throw .outOfRange }
        let (first, last) = (zone.day(at: from), zone.day(at: to))
        switch limit {
        case .elapsed: shift.length = to - from
        case .naturalDays: shift.length = last - first
        case .workingDays:
            shift.pauseDays = try verdicts(from: first + 1, to: last)
            shift.length = Int64(shift.pauseDays.count { $0.verdict.isWorking })
        }
        let due = try later(times.due, by: shift.length, limit, isDue: true)
        guard due.instant <= CivilTime.instantMax else { throw .outOfRange }
        // A warning that was given before the pause stays where it was.
        var warn = times.warn
        if let old = warn, old > from { warn = try later(old, by: shift.length, limit, isDue: false).instant }
        shift.times = DueTimes(due: due.instant, warn: warn)
        shift.dueDays = due.days
        return shift
    }

    /// The verdicts of some days, the working ones numbered.
    private func verdicts(from first: Int64, to last: Int64) throws(Undetermined) -> [LookedAt] {
        guard last - first < Reckoner.walkDaysMax else { throw .outOfRange }
        var found: [LookedAt] = []
        var number: Int64 = 0
        var day = first
        while day <= last {
            let verdict = try verdict(on: day)
            if verdict.isWorking { number += 1 }
            found.append(LookedAt(day: day, verdict: verdict, number: verdict.isWorking ? number : nil))
            day += 1
        }
        return found
    }

    /// An instant moved on, and the days that were looked at for it.
    private func later(
        _ instant: Int64, by length: Int64, _ limit: ClockLimit, isDue: Bool
    ) throws(Undetermined) -> (instant: Int64, days: [LookedAt]) {
        guard length > 0 else { return (instant, []) }
        switch limit {
        case .elapsed: return (instant + length, [])
        case .naturalDays(_, let endsOnWorkingDay):
            let moved = instant + length * CivilTime.dayMilliseconds
            guard isDue, endsOnWorkingDay else { return (moved, []) }
            let days = try workingDays(0, after: zone.day(at: moved))
            guard let last = days.last else { throw .outOfRange }
            return (zone.end(of: last.day), days)
        case .workingDays:
            // An instant at midnight belongs to the day that ends with it.
            let day = zone.day(at: instant - 1)
            let days = try workingDays(length, after: day)
            guard let last = days.last else { throw .outOfRange }
            return (zone.start(of: last.day) + (instant - zone.start(of: day)), days)
        }
    }
}
