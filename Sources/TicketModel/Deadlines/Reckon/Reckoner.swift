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
        guard let verdict = calendar.verdict(onDay: day) else {
            throw .yearUnknown(CivilTime.date(dayNumber: day).year)
        }
        return verdict
    }
}

// Pauses: the time that does not count is put on at the end.
extension Reckoner {
    /// Times after a pause from `from` to `to`. Elapsed time is put on to the millisecond. Of day clocks the day on
    /// which the pause begins still counts, the days after it up to the day of its end do not (the same rule as for
    /// starting): as many days, of the clock's own kind, are put on. Never earlier than before.
    func shifted(
        _ times: DueTimes, _ limit: ClockLimit, from: Int64, to: Int64
    ) throws(Undetermined) -> DueTimes {
        guard to > from else { return times }
        guard to <= CivilTime.instantMax else { throw .outOfRange }
        let length = try pausedLength(limit, from: from, to: to)
        let due = try later(times.due, by: length, limit, isDue: true)
        // A warning that was given before the pause stays where it was.
        let warn: Int64?
        if let old = times.warn, old > from {
            warn = try later(old, by: length, limit, isDue: false)
        } else {
            warn = times.warn
        }
        guard due <= CivilTime.instantMax else { throw .outOfRange }
        return DueTimes(due: due, warn: warn)
    }

    /// What a pause puts on: milliseconds for elapsed clocks, days of the clock's kind for the others.
    func pausedLength(_ limit: ClockLimit, from: Int64, to: Int64) throws(Undetermined) -> Int64 {
        let (first, last) = (zone.day(at: from), zone.day(at: to))
        switch limit {
        case .elapsed: return to - from
        case .naturalDays: return last - first
        case .workingDays:
            guard last - first <= Reckoner.walkDaysMax else { throw .outOfRange }
            var count: Int64 = 0
            for day in first..<last where try verdict(on: day + 1).isWorking { count += 1 }
            return count
        }
    }

    private func later(
        _ instant: Int64, by length: Int64, _ limit: ClockLimit, isDue: Bool
    ) throws(Undetermined) -> Int64 {
        guard length > 0 else { return instant }
        switch limit {
        case .elapsed: return instant + length
        case .naturalDays(_, let endsOnWorkingDay):
            let moved = instant + length * CivilTime.dayMilliseconds
            guard isDue, endsOnWorkingDay else { return moved }
            return zone.end(of: try workingDay(from: zone.day(at: moved)))
        case .workingDays:
            // An instant at midnight belongs to the day that ends with it.
            let day = zone.day(at: instant - 1)
            guard let last = try workingDays(length, after: day).last else { throw .outOfRange }
            return zone.start(of: last.day) + (instant - zone.start(of: day))
        }
    }
}
