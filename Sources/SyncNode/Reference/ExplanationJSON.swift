import SyncProtocol
import TicketModel

/// An explanation as JSON: the steps with their facts for programs, and the same in words.
struct ExplanationJSON {
    private let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    /// - Parameter more: writes further members of the clock.
    func write(to writer: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
        let clock = explanation.clock
        writer.object { writer in
            writer.member("clock", clock.key.text)
            writer.member("pack", clock.key.pack)
            writer.member("pack_version", clock.currentPackVersion)
            writer.member("policy", clock.key.policy)
            writer.member("leg", Int(clock.key.leg))
            writer.member("round", clock.key.round)
            writer.name("name")
            if let name = explanation.policyName { write(name, to: &writer) } else { writer.null() }
            writer.member("calendar", orNull: clock.calendar?.text)
            writer.member("started_at", clock.startedAt)
            writer.member("due_at", numberOrNull: clock.times.due)
            writer.member("warn_at", numberOrNull: clock.times.warn)
            writer.member("phase", explanation.phase.rawValue)
            writer.named("phase_label") { write(explanation.phase.label, to: &$0) }
            writer.name("agrees")
            if let agrees = explanation.agrees { writer.value(agrees) } else { writer.null() }
            writer.named("steps") { writer in
                writer.array { writer in
                    for step in explanation.steps { write(step, to: &writer) }
                }
            }
            writer.named("text") { writer in
                writer.object { writer in
                    writer.member("zh", texts: explanation.lines(.chinese))
                    writer.member("en", texts: explanation.lines(.english))
                }
            }
            more(&writer)
        }
    }

    private func write(_ step: ExplanationStep, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("step", step.kind.rawValue)
            for (name, fact) in step.facts {
                switch fact {
                case .text(let text): writer.member(name, text)
                case .integer(let number): writer.member(name, number)
                case .flag(let flag): writer.member(name, flag)
                }
            }
            writer.named("text") { write(step.text, to: &$0) }
        }
    }

    private func write(_ text: Bilingual, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("zh", text.chinese)
            writer.member("en", text.english)
        }
    }
}
