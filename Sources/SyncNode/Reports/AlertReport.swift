import SyncProtocol
import TicketModel
import TicketStore

/// Clusters of like complaints with their colour (day §6.2 step 10): what to name an owner for, and which tickets to
/// link to one explanation text (`link_text`).
struct AlertReport: Sendable {
    /// Tickets looked at; beyond it the oldest are left out, and the report says so.
    static let ticketsMax = 200_000
    /// Numbers listed of one cluster.
    static let listedMax = 100

    private struct Found: Sendable {
        var tickets: [AlertTicket] = []
        var omitted = 0
    }

    let at: Int64
    let rules: AlertRules
    let alerts: [Alert]
    let looked: Int
    let omitted: Int
    /// The numbers that are listed of each alert.
    private let numbers: [[String]]

    static func take(
        _ runtime: NodeRuntime, _ zone: BankZone, date: Int64?, listed: ListedTickets
    ) throws -> AlertReport {
        let store = runtime.store
        // A past day is looked at as of its end.
        let now = date.map { ReportPeriod(.day, at: $0, in: zone).before - 1 } ?? store.wallMilliseconds()
        let rules = try AlertRules.published(try store.references())
        let days = rules.rules.map(\.days).max() ?? 1
        let found = try store.fold(
            .received(from: now - Int64(days) * 86_400_000, before: now + 1), into: Found()
        ) { found, ticket in
            guard !listed.hides(ticket), let ticket = AlertTicket(ticket) else { return }
            guard found.tickets.count < ticketsMax else {
                found.omitted += 1
                return
            }
            found.tickets.append(ticket)
        }
        let provinces = runtime.provincesByOrg
        let alerts = Alert.find(among: found.tickets, rules: rules.rules, at: now) { org in
            provinces[org]?.text
        }
        let numbers = try alerts.map { alert in
            try alert.tickets.prefix(listedMax).map(\.number).filter { try listed.contains(.number($0)) }
        }
        return AlertReport(
            at: now, rules: rules, alerts: alerts, looked: found.tickets.count, omitted: found.omitted,
            numbers: numbers)
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.alerts, runtime, at: at)
            writer.member("rules", rules.reference)
            writer.member("looked_at", looked)
            writer.member("omitted", omitted)
            writer.named("alerts") { writer in
                writer.array { writer in
                    for (alert, numbers) in zip(alerts, numbers) { write(alert, numbers, to: &writer) }
                }
            }
        }
    }

    private func write(_ alert: Alert, _ numbers: [String], to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("colour", alert.colour.rawValue)
            writer.member("label", Wording(alert.colour.label))
            writer.member("rule", alert.rule.id)
            writer.member("sureness", alert.rule.sureness.rawValue)
            writer.member("days", alert.rule.days)
            writer.member("business_class", alert.business)
            writer.member("business_label", Wording(Enumeration.businessClass.label(of: alert.business)))
            writer.member("symptom", alert.symptom)
            writer.member("symptom_label", Wording(Enumeration.symptom.label(of: alert.symptom)))
            writer.member("unit", orNull: alert.unit)
            writer.member("owner", orNull: alert.owner?.post)
            writer.member("owned_since", numberOrNull: alert.owner?.at)
            writer.member("count", alert.tickets.count)
            writer.member("branches", texts: alert.branches)
            writer.member("provinces", texts: alert.provinces)
            writer.member("first_received", numberOrNull: alert.tickets.first?.receivedAt)
            writer.member("last_received", numberOrNull: alert.tickets.last?.receivedAt)
            writer.member("texts", texts: alert.texts)
            writer.member("without_text", alert.withoutText)
            writer.member("tickets", texts: numbers)
        }
    }
}
