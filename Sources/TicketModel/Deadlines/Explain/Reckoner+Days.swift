// The days that a count looks at, for people.
extension Reckoner {
    /// Every day that a limit looks at, from the day after the start; empty for elapsed time.
    func daysLookedAt(_ limit: ClockLimit, from start: Int64) throws(Undetermined) -> [LookedAt] {
        guard limit.isInRange else { throw .outOfRange }
        let first = zone.day(at: start)
        switch limit {
        case .elapsed: return []
        case .workingDays(let days): return try workingDays(days, after: first)
        case .naturalDays(let days, let endsOnWorkingDay):
            var found: [LookedAt] = []
            for number in 0..<days { found.append(LookedAt(natural: first + 1 + number, number: number + 1)) }
            guard endsOnWorkingDay else { return found }
            let walked = try workingDays(0, after: first + days)
            guard walked.count > 1 else { return found }
            // The last natural day is off: the end moves on to the working day at the end of the walk.
            found += walked.dropFirst().map {
                LookedAt(day: $0.day, verdict: $0.verdict, number: nil, isNatural: false)
            }
            return found
        }
    }
}

extension Reckoner.LookedAt {
    init(day: Int64, verdict: DayVerdict, number: Int64?) {
        self.init(day: day, verdict: verdict, number: number, isNatural: false)
    }

    /// A calendar day, which counts whatever day it is.
    init(natural day: Int64, number: Int64) {
        self.init(
            day: day, verdict: Weekday.isWeekend(day) ? .weekend : .weekday, number: number, isNatural: true)
    }

    var code: String { isNatural ? "natural_day" : verdict.code }
    var label: Bilingual { isNatural ? Bilingual("自然日", "a calendar day") : verdict.label }
}

extension ClockLimit {
    var endsOnWorkingDay: Bool {
        if case .naturalDays(_, let ends) = self { ends } else { false }
    }
}
