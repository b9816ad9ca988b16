extension Explanation {
    /// The explanation for people, a numbered line a step; runs of days of one kind share a line.
    public func lines(_ language: Language) -> [String] {
        var lines = [title(language)]
        var index = 0
        while index < steps.count {
            let run = Explanation.run(of: steps[index...])
            let number = lines.count
            lines.append("\(number). " + Explanation.text(of: run, language))
            index += run.count
        }
        return lines
    }

    private func title(_ language: Language) -> String {
        let name = policyName?.text(language) ?? clock.key.policy
        return "\(name) (\(clock.key.text)) — \(phase.label.text(language))"
    }

    private static let dayKinds: [ExplanationStep.Kind] = [.day, .pauseDay, .shiftDay]

    /// The steps at the front that say the same of consecutive days.
    private static func run(of steps: ArraySlice<ExplanationStep>) -> ArraySlice<ExplanationStep> {
        guard let first = steps.first, dayKinds.contains(first.kind) else { return steps.prefix(1) }
        return steps.prefix { step in
            step.kind == first.kind && step.text(of: "reason") == first.text(of: "reason")
                && step.flag(of: "counts") == first.flag(of: "counts")
        }
    }

    private static func text(of run: ArraySlice<ExplanationStep>, _ language: Language) -> String {
        guard let first = run.first, let last = run.last, run.count > 2 else {
            return run.map { $0.text.text(language) }.joined(separator: language == .chinese ? ";" : "; ")
        }
        return first.text.text(language) + " … " + last.text.text(language)
    }
}
