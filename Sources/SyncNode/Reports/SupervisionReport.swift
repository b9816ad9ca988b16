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

    /// An order that nobody has answered: a ticket of its own, or the note of one on the ticket that it is about.
    struct Order: Sendable {
        /// Of the ticket that it stands on.
        var number: String
        /// The key of a note (`answer_supervision`); nil where the ticket itself is the order.
        var key: String?
        /// Who gave it, and where.
        var post: String
        var node: String?
        /// Who has to answer.
        var custodian: NodeID?
        /// A code of `Enumeration.supervisionReason`; nil for a ticket, which has its reasons in what it links.
        var reason: String?
        var answerBy: Int64
    }

    private struct Found: Sendable {
        var rows: [Row] = []
        var orders: [Order] = []
        var looked = 0
    }

    let at: Int64
    let looked: Int
    let omitted: Int
    let omittedOrders: Int
    /// Without an order first; of these the one with most calls, then the one due first.
    let rows: [Row]
    /// The one to be answered first at the front.
    let orders: [Order]

    static func take(_ runtime: NodeRuntime, rowsMax: Int, listed: ListedTickets) throws -> SupervisionReport {
        let now = runtime.store.wallMilliseconds()
        let found = try runtime.store.fold(.open, into: Found()) { found, ticket in
            guard !listed.hides(ticket) else { return }
            found.looked += 1
            found.orders += Order.open(on: ticket)
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
        let orders = found.orders.sorted { ($0.answerBy, $0.number) < ($1.answerBy, $1.number) }
        return SupervisionReport(
            at: now, looked: found.looked, omitted: max(0, sorted.count - rowsMax),
            omittedOrders: max(0, orders.count - rowsMax),
            rows: try sorted.prefix(rowsMax).filter { try listed.contains(.number($0.number)) },
            orders: try orders.prefix(rowsMax).filter { try listed.contains(.number($0.number)) })
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.supervision, runtime, at: at)
            writer.member("looked_at", looked)
            writer.member("omitted", omitted)
            writer.member("omitted_orders", omittedOrders)
            writer.member("orders", array: { writer in for order in orders { write(order, to: &writer) } })
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

extension SupervisionReport {
    private func write(_ order: Order, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("number", order.number)
            writer.member("order", orNull: order.key)
            writer.member("ordered_by", order.post)
            writer.member("ordered_at_node", orNull: order.node)
            writer.member("custodian", orNull: order.custodian?.text)
            writer.member("reason", orNull: order.reason)
            writer.member(
                "label",
                order.reason.map { Wording(Enumeration.supervisionReason.label(of: $0)) }
                    ?? Wording(Enumeration.kind.label(of: "supervision")))
            writer.member("answer_by", order.answerBy)
            writer.member("is_overdue", order.answerBy < at)
        }
    }
}

extension SupervisionReport.Order {
    /// The orders on an open ticket that wait for an answer.
    fileprivate static func open(on ticket: TicketView) -> [SupervisionReport.Order] {
        let number = ticket.text(TicketField.ticketNo) ?? ""
        var orders = ticket.supervisions.filter { $0.answer == nil }.map { order in
            SupervisionReport.Order(
                number: number, key: order.key, post: order.post, node: order.node.text, custodian: ticket.custodian,
                reason: order.reason, answerBy: order.answerBy)
        }
        if ticket.text(TicketField.kind) == "supervision", ticket.value(TicketField.orderAnswer) == nil,
            let by = ticket.integer(TicketField.answerBy)
        {
            orders.append(
                SupervisionReport.Order(
                    number: number, key: nil, post: ticket.text(TicketField.recorder) ?? "", node: ticket.home?.text,
                    custodian: ticket.text(TicketField.leadLeg).flatMap { NodeID($0) } ?? ticket.custodian, reason: nil,
                    answerBy: by))
        }
        return orders
    }
}

extension SupervisionReport.Row {
    fileprivate var order: [Int64] {
        [answerBy == nil ? 0 : 1, -Int64(calls.count), dueAt ?? CivilTime.instantMax]
    }
}

extension ReportText {
    static func print(supervision json: JSONElement, on console: Console) {
        printOrders(json, console)
        console.print("")
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

    /// The orders themselves, those beyond their time marked.
    private static func printOrders(_ json: JSONElement, _ console: Console) {
        var table = TextTable([
            .init("未答复的督办 OPEN ORDERS"), .init("编号 KEY"), .init("答复期限 ANSWER BY"), .init("超期 OVERDUE"),
            .init("须答复 WHO ANSWERS"), .init("下达岗位 ORDERED BY"), .init("理由 REASON"),
        ])
        for row in json["orders"]?.array ?? [] {
            table.add([
                row["number"]?.string ?? "?", row["order"]?.string ?? "督办单 order",
                TicketText.time(row["answer_by"]?.integer), row["is_overdue"]?.bool == true ? "超期 overdue" : "",
                row["custodian"]?.string ?? "", row["ordered_by"]?.string ?? "", TicketText.both(row["label"]),
            ])
        }
        table.show(on: console)
        if let omitted = json["omitted_orders"]?.integer, omitted > 0 { console.note("另有 omitted \(omitted)") }
    }
}
