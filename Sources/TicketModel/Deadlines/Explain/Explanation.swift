/// How a clock came to its times, step by step, so that a third person with paper and calendar comes to the same second.
public struct Explanation: Sendable {
    public let clock: Clock
    /// When it was explained; only the last step depends on it.
    public let now: Int64
    public let phase: ClockPhase
    /// nil where this node does not hold the pack.
    public let policyName: Bilingual?
    public let steps: [ExplanationStep]
    /// True where counting again by the pinned versions gives the pinned times; nil where they are not all here.
    public let agrees: Bool?
}

/// One step: a kind, the facts of it for programs, and a sentence for people.
public struct ExplanationStep: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case rule
        case packMissing = "pack_missing"
        case zone
        case start
        case calendar
        case calendarMissing = "calendar_missing"
        /// A day that was looked at, counted or skipped.
        case day
        case due
        case warn
        case undetermined
        case capped
        case paused
        /// A day of a pause, counted where it is put on at the end.
        case pauseDay = "pause_day"
        /// A day behind the old end onto which the pause is put.
        case shiftDay = "shift_day"
        case resumed
        case extended
        case repinned
        case disagrees
        case stopped
        case dropped
        case now
    }

    /// One fact. Instants are milliseconds since 1970 UTC.
    public enum Fact: Hashable, Sendable {
        case text(String)
        case integer(Int64)
        case flag(Bool)
    }

    public let kind: Kind
    public let text: Bilingual
    /// By name, in the order in which they are written.
    public let facts: [(name: String, value: Fact)]

    init(_ kind: Kind, _ chinese: String, _ english: String, _ facts: [(name: String, value: Fact)] = []) {
        self.kind = kind
        text = Bilingual(chinese, english)
        self.facts = facts
    }

    public func fact(_ name: String) -> Fact? { facts.first { $0.name == name }?.value }

    public func text(of name: String) -> String? {
        if case .text(let text)? = fact(name) { text } else { nil }
    }

    public func integer(of name: String) -> Int64? {
        if case .integer(let number)? = fact(name) { number } else { nil }
    }

    public func flag(of name: String) -> Bool? {
        if case .flag(let flag)? = fact(name) { flag } else { nil }
    }

    public static func == (left: ExplanationStep, right: ExplanationStep) -> Bool {
        left.kind == right.kind && left.text == right.text
            && left.facts.elementsEqual(right.facts) { $0.name == $1.name && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(text)
    }
}
