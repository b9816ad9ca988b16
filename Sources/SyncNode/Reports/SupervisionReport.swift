import SyncProtocol
import TicketModel
import TicketStore

/// Tickets that call for supervision by themselves (DL-13, DL-26): what a supervisor looks through before giving an
/// order (`supervise`). From core fields, so that head office sees it of every province.
struct SupervisionReport: Sendable {
    struct Row: Sendable {
        var number: String
        var custodian: NodeID?
        var severity: String
        var calls: [SupervisionCall]
        var dueAt: Int64?
        /// The time to answer of an order that stands already; nil where none does.
        var answerBy: Int64?
    }

    private struct Found: Sendable {
        var rows: [Row] = []
        var looked = 0
    }

    let at: Int64
    let looked: Int
    let omitted: Int
    /// Without an order first; of these the one with most calls, then the one due first.
    let rows: [Row]

    static func take(_ runtime: NodeRuntime, rowsMax: Int, listed: ListedTickets) throws -> SupervisionReport {
        let now = runtime.store.wallMilliseconds()
        let found = try runtime.store.fold(.open, into: Found()) { found, ticket in
            found.looked += 1
            let calls = SupervisionCall.calls(of: ticket, at: now)
            guard !calls.isEmpty else { return }
            found.rows.append(
                Row(
                    number: ticket.text(TicketField.ticketNo) ?? "", custodian: ticket.custodian,
                    severity: ticket.text(TicketField.severity) ?? "", calls: calls,
                    dueAt: ticket.pressing.earliestDue,
                    answerBy: ticket.supervisions.filter { $0.answer == nil }.map(\.answerBy).min()))
        }
        let sorted = found.rows.sorted { $0.order.lexicographicallyPrecedes($1.order) }
        return SupervisionReport(
            at: now, looked: found.looked, omitted: max(0, sorted.count - rowsMax),
            rows: try sorted.prefix(rowsMax).filter { try listed.contains(.number($0.number)) })
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.supervision, runtime, at: at)
            writer.member("looked_at", looked)
            writer.member("omitted", omitted)
            writer.named("tickets") { writer in
                writer.array { writer in
                    for row in rows {
                        writer.object { writer in
                            writer.member("number", row.number)
                            writer.member("custodian", orNull: row.custodian?.text)
                            writer.member("severity", row.severity)
                            writer.member("severity_label", Wording(Enumeration.severity.label(of: row.severity)))
                            writer.member("calls", texts: row.calls.map(\.rawValue))
                            writer.member(
                                "label",
                                Wording(
                                    row.calls.map(\.label.chinese).joined(separator: "、"),
                                    row.calls.map(\.label.english).joined(separator: ", ")))
                            writer.member("due_at", numberOrNull: row.dueAt)
                            writer.member("answer_by", numberOrNull: row.answerBy)
                        }
                    }
                }
            }
        }
    }
}

extension SupervisionReport.Row {
    fileprivate var order: [Int64] {
        [answerBy == nil ? 0 : 1, -Int64(calls.count), dueAt ?? CivilTime.instantMax]
    }
}

extension ReportText {
    static func print(supervision json: JSONElement, on console: Console) {
        var table = TextTable([
            .init("工单号 NUMBER"), .init("办理权 CUSTODY"), .init("严重 SEVERITY"), .init("缘由 CALLS FOR IT BECAUSE"),
            .init("截止 DUE"), .init("已督办,答复期限 ORDERED, ANSWER BY"),
        ])
        for row in json["tickets"]?.array ?? [] {
            table.add([
                row["number"]?.string ?? "?", row["custodian"]?.string ?? "",
                row["severity_label"]?["zh"]?.string ?? "", TicketText.both(row["label"]),
                TicketText.time(row["due_at"]?.integer), TicketText.time(row["answer_by"]?.integer),
            ])
        }
        table.show(on: console)
        if let omitted = json["omitted"]?.integer, omitted > 0 { console.note("另有 omitted \(omitted)") }
        let open = (json["tickets"]?.array ?? []).filter { $0["answer_by"]?.isNull ?? true }
        guard let first = open.first?["number"]?.string else { return }
        console.note(DisplayText.safe("督办 to order: syncnode supervise \(first) … --answer-by 15:00 --reason …"))
    }
}
