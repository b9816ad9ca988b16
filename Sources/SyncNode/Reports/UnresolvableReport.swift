import SyncProtocol
import TicketModel
import TicketStore

/// Cases that were declared unresolvable and wait for the quarter's signature (ST-19, day §6.3 step 10).
struct UnresolvableReport: Sendable {
    struct Row: Sendable {
        var number: String
        var org: String
        var reason: String
        var declaredBy: String
        var receivedAt: Int64?
    }

    private struct Found: Sendable {
        var rows: [Row] = []
        var omitted = 0
    }

    let at: Int64
    let quarter: ReportPeriod
    let rows: [Row]
    let omitted: Int

    static func take(_ runtime: NodeRuntime, rowsMax: Int, listed: ListedTickets) throws -> UnresolvableReport {
        let store = runtime.store
        let now = store.wallMilliseconds()
        let found = try store.fold(.open, into: Found()) { found, ticket in
            guard ticket.state == .closing, let by = ticket.text(TicketField.unresolvableBy),
                let document = ticket.document, try listed.contains(.document(document))
            else { return }
            guard found.rows.count < rowsMax else {
                found.omitted += 1
                return
            }
            found.rows.append(
                Row(
                    number: ticket.text(TicketField.ticketNo) ?? "", org: ticket.text(TicketField.originOrg) ?? "",
                    reason: ticket.text(TicketField.unresolvableReason) ?? "", declaredBy: by,
                    receivedAt: ticket.integer(TicketField.receivedAt)))
        }
        return UnresolvableReport(
            at: now, quarter: ReportPeriod(.quarter, at: now, in: try store.rules().zone), rows: found.rows,
            omitted: found.omitted)
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.unresolvable, runtime, at: at)
            // As `approve_unresolvable` takes it.
            writer.member("quarter", quarter.name)
            writer.member("omitted", omitted)
            writer.named("tickets") { writer in
                writer.array { writer in
                    for row in rows {
                        writer.object { writer in
                            writer.member("number", row.number)
                            writer.member("org", row.org)
                            writer.member("reason", row.reason)
                            writer.member("label", Wording(Enumeration.unresolvableReason.label(of: row.reason)))
                            writer.member("declared_by", row.declaredBy)
                            writer.member("received_at", numberOrNull: row.receivedAt)
                        }
                    }
                }
            }
        }
    }
}
