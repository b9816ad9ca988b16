@testable import TicketModel

/// A third person with paper: takes the facts of an explanation alone, knows no engine, no calendar and no pack, counts
/// again with a date arithmetic of its own, and says what it cannot follow.
struct ThirdPerson {
    private var unit = ""
    private var amount: Int64 = 0
    private var endsOnWorkingDay = false
    private var offset: Int64 = 0
    private var start: Int64 = 0
    private var days: [ExplanationStep] = []
    private var shift: [ExplanationStep] = []
    private var pauseDays: [ExplanationStep] = []
    /// Which days are working days, as far as the steps told so far say it.
    private var works: [Int64: Bool] = [:]
    private var warns = false
    private var due: Int64?
    private var warn: Int64?
    /// The warning that has to follow the end that was told last.
    private var owedWarning: Int64?
    private(set) var objections: [String] = []
    /// The last end that was recounted.
    var lastDue: Int64? { due }

    init(_ explanation: Explanation) {
        for step in explanation.steps { read(step) }
        object(owedWarning == nil, "a warning left out")
    }

    private mutating func read(_ step: ExplanationStep) {
        if step.kind != .warn {
            object(owedWarning == nil, "a warning left out")
            owedWarning = nil
        }
        switch step.kind {
        case .rule:
            unit = step.text(of: "unit") ?? "?"
            amount = step.integer(of: "amount") ?? -1
            endsOnWorkingDay = step.flag(of: "ends_on_working_day") ?? false
            warns = step.flag(of: "warns") ?? false
            days = []
        case .zone: offset = (step.integer(of: "offset_minutes") ?? 0) * 60_000
        case .start: start = step.integer(of: "at") ?? -1
        case .extended:
            amount = step.integer(of: "amount") ?? -1
            days = []
        case .day: days.append(step)
        case .pauseDay: pauseDays.append(step)
        case .shiftDay: shift.append(step)
        case .resumed:
            if let length = step.integer(of: "length") { putOn(length, step) }
        case .due: checkDue(step.integer(of: "at") ?? -1)
        case .warn: checkWarn(step.integer(of: "at") ?? -1)
        case .packMissing, .calendarMissing, .disagrees, .undetermined: objections.append(step.kind.rawValue)
        case .capped: recounted = (due: min(due ?? .max, step.integer(of: "at") ?? .max), warning: .fromStart)
        case .calendar, .paused, .repinned, .stopped, .dropped, .now: break
        }
    }

    // MARK: Dates on paper: a count of days by walking years and months.

    private static func isLeap(_ year: Int64) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

    /// Days from 1970-01-01 to a written date.
    private static func number(_ date: String) -> Int64 {
        let parts = date.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3 else { return .min }
        var days: Int64 = 0
        for year in 1970..<parts[0] { days += isLeap(year) ? 366 : 365 }
        let months: [Int64] = [31, isLeap(parts[0]) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for month in 0..<Int(parts[1] - 1) { days += months[month] }
        return days + parts[2] - 1
    }

    /// 1 is Monday; 1970-01-05 was one.
    private static func weekday(_ date: String) -> Int64 { (number(date) - 4) % 7 + 1 }

    private func endOfDay(_ date: String) -> Int64 { (ThirdPerson.number(date) + 1) * 86_400_000 - offset - 1 }
    private func dayOfStart() -> Int64 { (start + offset) / 86_400_000 }

    // MARK: Counting

    private enum Warning {
        case fromStart
        case at(Int64?)
    }

    /// What follows from a pause or a cap, until it is told.
    private var recounted: (due: Int64, warning: Warning)?

    private mutating func checkDue(_ told: Int64) {
        let warning: Int64?
        if let recounted {
            object(recounted.due == told, "the moved end")
            switch recounted.warning {
            case .fromStart: warning = start + ThirdPerson.nineTenths(told - start)
            case .at(let moved): warning = moved
            }
            self.recounted = nil
        } else if unit == "elapsed" {
            object(told == start + amount * 60_000, "elapsed end")
            warning = start + ThirdPerson.nineTenths(amount * 60_000)
        } else {
            checkDays(told)
            warning = firstWarning()
        }
        due = told
        owedWarning = warns ? warning.map { min($0, told) } : nil
    }

    private mutating func checkWarn(_ told: Int64) {
        object(told == owedWarning, "the warning")
        owedWarning = nil
        warn = told
    }

    // MARK: Warnings: all but a tenth of the time is gone.

    private static let dayLength: Int64 = 86_400_000
    private static func nineTenths(_ length: Int64) -> Int64 { length - length / 10 }

    private func startOfDay(_ day: Int64) -> Int64 { day * ThirdPerson.dayLength - offset }

    /// Of days: nine tenths of the counted ones, used up one after the other.
    private func firstWarning() -> Int64? {
        guard amount > 0 else { return nil }
        var left = ThirdPerson.nineTenths(amount * ThirdPerson.dayLength)
        if unit == "natural_day" { return startOfDay(dayOfStart() + 1) + left }
        for step in days where step.flag(of: "counts") == true {
            let day = ThirdPerson.number(step.text(of: "date") ?? "")
            if left <= ThirdPerson.dayLength { return startOfDay(day) + left }
            left -= ThirdPerson.dayLength
        }
        return nil
    }

    /// The warning after a pause that began at `from`: given before, it stays.
    private func movedWarning(_ length: Int64, from: Int64) -> Int64? {
        guard let warn, warn > from, length > 0 else { return warn }
        switch unit {
        case "elapsed": return warn + length
        case "natural_day": return warn + length * ThirdPerson.dayLength
        default:
            // Midnight is the end of a day, not the beginning of one.
            let first = (warn - 1 + offset) / ThirdPerson.dayLength
            var (day, left) = (first, length)
            while left > 0 {
                day += 1
                guard let isWorking = works[day] else { return nil }
                if isWorking { left -= 1 }
            }
            return warn + (day - first) * ThirdPerson.dayLength
        }
    }

    private mutating func checkDays(_ told: Int64) {
        walk(days, from: amount == 0 ? dayOfStart() : dayOfStart() + 1)
        let counted = days.filter { $0.flag(of: "counts") == true }
        if unit == "natural_day", amount == 0, days.isEmpty {
            object(told == (dayOfStart() + 1) * 86_400_000 - offset - 1, "the same day")
            return
        }
        object(counted.count == max(amount, unit == "working_day" ? 1 : 0), "number of days")
        guard let last = days.last?.text(of: "date") else { return objections.append("no day") }
        object(told == endOfDay(last), "end of the last day")
    }

    /// The days follow one another, each with its weekday, counted for a reason that the weekday bears out.
    private mutating func walk(_ days: [ExplanationStep], from first: Int64) {
        var number: Int64 = 0
        for (index, step) in days.enumerated() {
            let date = step.text(of: "date") ?? ""
            object(ThirdPerson.number(date) == first + Int64(index), "a day left out at \(date)")
            object(step.integer(of: "weekday") == ThirdPerson.weekday(date), "weekday of \(date)")
            if step.text(of: "reason") != "natural_day" {
                let isWorking = ["weekday", "moved_working_day"].contains(step.text(of: "reason"))
                works[ThirdPerson.number(date)] = isWorking
            }
            let isWeekend = ThirdPerson.weekday(date) > 5
            let counts = step.flag(of: "counts") == true
            if counts {
                number += 1
                object(step.integer(of: "number") == number, "numbering at \(date)")
            }
            switch step.text(of: "reason") {
            case "weekday": object(!isWeekend && (counts || endsOnWorkingDay), "weekday \(date)")
            case "weekend": object(isWeekend && !counts, "weekend \(date)")
            case "moved_working_day": object(isWeekend && (counts || endsOnWorkingDay), "moved \(date)")
            case "holiday": object(!counts, "holiday \(date)")
            case "natural_day": object(counts, "natural \(date)")
            default: objections.append("no reason at \(date)")
            }
        }
    }

    private mutating func putOn(_ length: Int64, _ step: ExplanationStep) {
        guard let due, let from = step.integer(of: "from"), let to = step.integer(of: "to") else {
            return objections.append("a pause without times")
        }
        var moved = due
        switch unit {
        case "elapsed":
            object(length == to - from, "length of the pause")
            moved = due + length
        case "natural_day":
            object(length == (to + offset) / 86_400_000 - (from + offset) / 86_400_000, "days of the pause")
            moved = due + length * ThirdPerson.dayLength
            if endsOnWorkingDay, length > 0 {
                walk(shift, from: (due + offset) / 86_400_000 + length)
                object(shift.count { $0.flag(of: "counts") == true } == 1, "the first working day")
                moved = shift.last?.text(of: "date").map(endOfDay) ?? due
            }
        default:
            walk(pauseDays, from: (from + offset) / 86_400_000 + 1)
            object(pauseDays.count { $0.flag(of: "counts") == true } == length, "working days of the pause")
            walk(shift, from: (due + offset) / 86_400_000 + 1)
            object(shift.count { $0.flag(of: "counts") == true } == length, "working days put on")
            moved = shift.last?.text(of: "date").map(endOfDay) ?? due
        }
        recounted = (moved, .at(movedWarning(length, from: from)))
        pauseDays = []
        shift = []
    }

    private mutating func object(_ holds: Bool, _ what: String) {
        if !holds { objections.append(what) }
    }
}
