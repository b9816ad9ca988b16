import SyncProtocol

/// A step that a running clock has reached, of which somebody is told once: its warning, its end, the rungs of the ladder
/// behind it. Two nodes that both told of it name it alike, so that their acts fold to one. What leaves the bank about it is
/// a `Notice`.
public struct ClockStep: Hashable, Sendable {
    /// The steps of telling, in their order: while nobody acts, each goes to the next one up.
    public enum Threshold: String, Sendable, CaseIterable {
        /// The end cannot be told: an alarm.
        case undetermined
        case warning
        case breach
        case secondStep = "breach2"
        case thirdStep = "breach3"

        /// The place on the pack's ladder; nil for what comes before a breach.
        var rung: Int? {
            switch self {
            case .undetermined, .warning: nil
            case .breach: 0
            case .secondStep: 1
            case .thirdStep: 2
            }
        }

        public var label: Bilingual {
            switch self {
            case .undetermined: Bilingual("时限未定", "undetermined")
            case .warning: Bilingual("预警", "warning")
            case .breach: Bilingual("超时", "breach")
            case .secondStep: Bilingual("超时二级", "breach, second step")
            case .thirdStep: Bilingual("超时三级", "breach, third step")
            }
        }
    }

    public let clock: Clock
    public let threshold: Threshold
    /// When it was due to be told.
    public let moment: Int64

    /// The logical key within the ticket: clock, threshold and its moment, which an extension or a pause may move.
    public var key: String { ClockStep.key(clock, threshold, moment) }

    /// The longest key, in bytes: two codes, a leg, a round, two instants, the threshold.
    static let bytesMax = 2 * Code.bytesMax + 80

    /// The number of the node's own act that says a step was reached, in core records.
    public static let act: UInt16 = 1006
    /// The number of the node's own act by which time alone changes a ticket (CL-13).
    public static let effectAct: UInt16 = 1007
    /// The number of the node's own act that books into clocks what others did (`ClockFact`).
    public static let bookingAct: UInt16 = 1020
    /// The number of the node's own act that finds the end of an undetermined clock when a calendar has arrived.
    public static let foundAct: UInt16 = 1021

    static func key(_ clock: Clock, _ threshold: Threshold, _ moment: Int64) -> String {
        "\(prefix(clock))\(threshold.rawValue).\(moment)"
    }

    private static func prefix(_ clock: Clock) -> String { "\(clock.key.text).\(clock.startedAt)." }

    /// The steps of a clock that were told, oldest first.
    public static func told(_ clock: Clock, _ given: Set<String>) -> [(threshold: Threshold, moment: Int64)] {
        let prefix = prefix(clock)
        return given.compactMap { key in
            guard key.hasPrefix(prefix) else { return nil }
            let parts = key.utf8.dropFirst(prefix.utf8.count).split(separator: UInt8(ascii: "."))
            guard parts.count == 2, let threshold = Threshold(rawValue: String(Substring(parts[0]))),
                let moment = AsciiText.number(parts[1])
            else { return nil }
            return (threshold, moment)
        }.sorted { ($0.moment, $0.threshold.rawValue) < ($1.moment, $1.threshold.rawValue) }
    }

    /// The keys of the steps that a ticket's clocks have reached.
    public static func given(_ core: FieldState) -> Set<String> {
        texts(core.elements(TicketField.clockSteps).map(\.value))
    }

    public static func given(_ ticket: TicketView) -> Set<String> {
        texts(ticket.fields[TicketField.clockSteps] ?? [])
    }

    private static func texts(_ values: [Value]) -> Set<String> {
        Set(values.compactMap { if case .text(let text) = $0 { text } else { nil } })
    }
}
