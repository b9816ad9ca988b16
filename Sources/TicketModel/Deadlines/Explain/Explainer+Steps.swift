// Writing single steps.
extension Explainer {
    mutating func addInstant(
        _ kind: ExplanationStep.Kind, _ chinese: String, _ english: String, _ instant: Int64,
        _ facts: [(name: String, value: ExplanationStep.Fact)] = []
    ) {
        let shown = zone.text(at: instant)
        steps.append(
            ExplanationStep(
                kind, "\(chinese):\(shown)", "\(english): \(shown)",
                [("at", .integer(instant)), ("shown", .text(shown))] + facts))
    }

    mutating func addTimes(_ times: ClockTimes) {
        switch times {
        case .known(let known): addKnown(known)
        case .unknown(let reason):
            steps.append(
                ExplanationStep(
                    .undetermined, "时限未定:\(reason.label.chinese)", "undetermined: \(reason.label.english)",
                    [("reason", .text(reason.label.english))]))
        }
    }

    mutating func addKnown(_ times: DueTimes) {
        addInstant(.due, "截止", "due", times.due)
        guard let warn = times.warn else { return }
        addInstant(.warn, "预警(已用×10 ≥ 时限×9)", "warns (elapsed × 10 ≥ limit × 9)", warn)
    }

    mutating func addDays(_ days: [Reckoner.LookedAt], _ kind: ExplanationStep.Kind) {
        for day in days {
            let date = CivilTime.date(dayNumber: day.day).text
            let (weekday, label) = (Weekday.label(of: day.day), day.label)
            let chinese = day.number.map { "计第\($0)日" } ?? "不计"
            let english = day.number.map { "counts as day \($0)" } ?? "does not count"
            var facts: [(name: String, value: ExplanationStep.Fact)] = [
                ("date", .text(date)), ("weekday", .integer(Int64(Weekday.index(of: day.day) + 1))),
                ("counts", .flag(day.number != nil)), ("reason", .text(day.code)),
            ]
            if let number = day.number { facts.append(("number", .integer(number))) }
            steps.append(
                ExplanationStep(
                    kind, "\(date) \(weekday.chinese):\(label.chinese),\(chinese)",
                    "\(date) \(weekday.english): \(label.english), \(english)", facts))
        }
    }
}
