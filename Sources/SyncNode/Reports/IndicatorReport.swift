import SyncProtocol
import TicketModel
import TicketStore

/// The figures of a period beside those of the one before, each with its formula, its sums and what it leaves out
/// (day §6.3 step 10).
struct IndicatorReport: Sendable {
    /// Rows behind one figure; more are counted, not listed.
    static let rowsMax = 2000

    /// One ticket, or one stage of it, behind a figure.
    struct Row: Sendable {
        var number: String
        var stage: String?
        var verdict: Indicator.Verdict
    }

    struct Rows: Sendable {
        var indicator: Indicator
        var rows: [Row] = []
        var omitted = 0
    }

    /// What one pass gathers.
    private struct Pass: Sendable {
        var tally: IndicatorTally
        var rows: Rows?
    }

    let period: ReportPeriod
    let at: Int64
    let isExact: Bool
    let now: IndicatorTally
    let before: IndicatorTally
    let rows: Rows?
    /// Open and beyond a limit now: in no result figure yet, so that nobody looks better by not closing.
    let openOverdue: Int
    let parameters: ReportParameters

    static func take(
        _ runtime: NodeRuntime, _ zone: BankZone, _ parameters: ReportParameters, _ listed: ListedTickets
    ) throws -> IndicatorReport {
        let store = runtime.store
        let at = store.wallMilliseconds()
        let sequence = try store.currentSequence()
        let period = ReportPeriod(parameters.period ?? .month, at: try parameters.date(in: zone) ?? at, in: zone)
        var pass = try pass(over: period, store, at, parameters, listed, rows: parameters.rows)
        try pass.rows?.rows.removeAll { row in try !listed.contains(.number(row.number)) }
        let before = try self.pass(over: period.previous, store, at, parameters, listed, rows: nil)
        let overdue = try store.boardColumns(keptFrom: listed.target).reduce(0) { $0 + $1.overdue }
        return IndicatorReport(
            period: period, at: at, isExact: try store.currentSequence() == sequence, now: pass.tally,
            before: before.tally, rows: pass.rows, openOverdue: overdue, parameters: parameters)
    }

    private static func pass(
        over period: ReportPeriod, _ store: ReplicaStore, _ at: Int64, _ parameters: ReportParameters,
        _ listed: ListedTickets, rows: Indicator?
    ) throws -> Pass {
        let rules = try store.rules()
        var pass = Pass(tally: IndicatorTally(by: parameters.by), rows: rows.map { Rows(indicator: $0) })
        let streams: [(Indicator.Cohort, TicketStream)] = [
            (.received, .received(from: period.from, before: period.before)),
            (.closed, .closed(from: period.from, before: period.before)),
        ]
        for (cohort, stream) in streams {
            pass = try store.fold(stream, into: pass) { pass, ticket in
                guard !listed.hides(ticket) else { return }
                let facts = IndicatorTicket(ticket, rules: rules, now: at)
                pass.tally.add(facts, to: cohort)
                if pass.rows?.indicator.cohort == cohort { pass.rows?.add(facts) }
            }
        }
        return pass
    }

    /// Numbers from outside.
    var outside: [Indicator.OutsideNumber: Int64] {
        var numbers: [Indicator.OutsideNumber: Int64] = [:]
        numbers[.customers] = parameters.customers
        numbers[.calls] = parameters.calls
        return numbers
    }
}

extension IndicatorReport.Rows {
    fileprivate mutating func add(_ ticket: IndicatorTicket) {
        for (stage, verdict) in indicator.verdicts(ticket) {
            guard rows.count < IndicatorReport.rowsMax else {
                omitted += 1
                continue
            }
            let number = ticket.ticket.text(TicketField.ticketNo) ?? ""
            rows.append(IndicatorReport.Row(number: number, stage: stage, verdict: verdict))
        }
    }
}
