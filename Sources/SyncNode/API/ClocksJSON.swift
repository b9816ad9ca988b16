import SyncProtocol
import TicketModel
import TicketStore

/// The deadlines of a ticket, each derived step by step, and who had the ticket meanwhile.
struct ClocksJSON {
    private let view: TicketView
    private let rules: RuleBook
    private let now: Int64
    private let timeline: CustodyTimeline

    init(_ detail: TicketDetail, _ store: ReplicaStore) throws {
        view = detail.view
        rules = try store.rules()
        now = store.wallMilliseconds()
        let offer = try view.pendingOffer.flatMap { try store.times(ofOffer: $0.dot) }
        timeline = CustodyTimeline(of: view, offered: offer?.offered, arrived: offer?.arrived)
    }

    func write(to writer: inout JSONWriter) {
        let clocks = TicketClocks(of: view)
        let given = ClockStep.given(view)
        writer.object { writer in
            writer.member("number", orNull: view.text(TicketField.ticketNo))
            writer.member("now", now)
            writer.member("unreadable", clocks.foreignCount)
            writer.member(
                "clocks",
                array: { writer in
                    for placed in clocks.all {
                        ExplanationJSON(rules.explain(placed.clock, at: now)).write(to: &writer) { writer in
                            writeTold(placed.clock, given, to: &writer)
                            writeTime(placed.clock, to: &writer)
                        }
                    }
                })
            writer.member("custody", array: { writer in for span in timeline.spans { write(span, to: &writer) } })
        }
    }

    /// Which steps were told, to whom.
    private func writeTold(_ clock: Clock, _ given: Set<String>, to writer: inout JSONWriter) {
        writer.member(
            "told",
            array: { writer in
                for (threshold, moment) in ClockStep.told(clock, given) {
                    writer.object { writer in
                        writer.member("step", threshold.rawValue)
                        writer.member("label", Wording(threshold.label))
                        writer.member("at", moment)
                        writer.member("to", texts: rules.recipients(of: clock, [threshold], at: now))
                    }
                }
            })
    }

    /// Whose the time was: on the line, at rest, the stage's own; and who had the ticket beyond the end.
    private func writeTime(_ clock: Clock, to writer: inout JSONWriter) {
        let share = clock.attribution(of: timeline.transit, at: now)
        writer.named("minutes") { writer in
            writer.object { writer in
                writer.member("transit", share.transit / 60_000)
                writer.member("paused", share.paused / 60_000)
                writer.member("own", share.own / 60_000)
                writer.member("own_lateness", share.ownLateness / 60_000)
            }
        }
        writer.member(
            "overdue",
            array: { writer in
                for (holder, milliseconds) in timeline.overdue(clock, at: now) {
                    writer.object { writer in
                        write(holder, to: &writer)
                        writer.member("minutes", milliseconds / 60_000)
                    }
                }
            })
    }

    private func write(_ span: CustodyTimeline.Span, to writer: inout JSONWriter) {
        writer.object { writer in
            write(span.holder, to: &writer)
            writer.member("from", span.from)
            writer.member("to", numberOrNull: span.to)
            writer.member("minutes", max(0, (span.to ?? now) - span.from) / 60_000)
        }
    }

    private func write(_ holder: CustodyTimeline.Holder, to writer: inout JSONWriter) {
        writer.member("holder", holder.code)
        writer.member("label", Wording(holder.label))
        writer.member("node", orNull: holder.node?.text)
    }
}
