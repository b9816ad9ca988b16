import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

extension APIRoute {
    static let consolidated = APIRoute(
        method: .get, path: "/api/v1/consolidated", operation: "getConsolidated",
        summary: Wording("汇总视图", "Counts over this node and everything below it, and how complete they are"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("汇总", "the figures"), schema: "Consolidated")],
        handler: .worker { call in
            let taken = try Consolidated.take(call.runtime, try ListedTickets(call))
            return .json { ConsolidatedJSON(taken, call.runtime).write(to: &$0) }
        })
}

/// The consolidated view as JSON.
struct ConsolidatedJSON {
    private let taken: Consolidated
    private let runtime: NodeRuntime

    init(_ taken: Consolidated, _ runtime: NodeRuntime) {
        self.taken = taken
        self.runtime = runtime
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("node", runtime.node.id.text)
            writer.member("tier", runtime.node.tier.roleName)
            writer.member("as_of", taken.asOf)
            writer.member("is_exact", taken.isExact)
            writer.member("at", taken.at)
            writer.member("tickets", taken.cells.reduce(0) { $0 + $1.count })
            writer.member("merged_tickets", taken.merged)
            writer.member("open_tickets", taken.cells.reduce(0) { $0 + ($1.isOpen ? $1.count : 0) })
            writer.named("by_province") { writeProvinces(to: &$0) }
            writer.named("by_kind") { write(.kind, taken.cells.map { ($0.kind, $0) }, to: &$0) }
            writer.named("by_state") { write(.state, taken.cells.map { ($0.state, $0) }, to: &$0) }
            writer.named("by_severity") { write(.severity, taken.cells.map { ($0.severity, $0) }, to: &$0) }
            writer.named("by_age") { writeAges(to: &$0) }
            writer.named("cells") { writeCells(to: &$0) }
            writer.named("age_cells") { writeAgeCells(to: &$0) }
            writer.named("listed") { writer in
                writer.array { writer in
                    for row in taken.listed { writer.value(row) }
                }
            }
            writer.member("more_listed", taken.hasMoreListed)
            writer.named("completeness") { writeCompleteness(to: &$0) }
            writer.named("provinces") { writer in
                writer.array { writer in for province in taken.provinces { write(province, to: &writer) } }
            }
        }
    }

    /// Totals of one list of codes, in the order of the list; codes of newer versions at the end.
    private func write(_ list: Enumeration, _ keyed: [(String, Consolidated.Cell)], to writer: inout JSONWriter) {
        var totals: [String: (all: Int, open: Int)] = [:]
        for (key, cell) in keyed {
            totals[key, default: (0, 0)].all += cell.count
            if cell.isOpen { totals[key, default: (0, 0)].open += cell.count }
        }
        let keys = totals.keys.sorted {
            (list.position(of: $0) ?? .max, $0) < (list.position(of: $1) ?? .max, $1)
        }
        writer.array { writer in
            for key in keys {
                let total = totals[key] ?? (0, 0)
                writer.total(key, Wording(list.label(of: key)), total.all, open: total.open)
            }
        }
    }

    private func writeProvinces(to writer: inout JSONWriter) {
        let cells = Dictionary(grouping: taken.cells) { $0.province }
        let keys = cells.keys.sorted { ($0?.text ?? "") < ($1?.text ?? "") }
        writer.array { writer in
            for key in keys {
                let found = cells[key] ?? []
                writer.total(
                    key?.text ?? "head_office", runtime.name(of: key) ?? Tier.headOffice.label as Wording,
                    found.reduce(0) { $0 + $1.count }, open: found.reduce(0) { $0 + ($1.isOpen ? $1.count : 0) })
            }
        }
    }

    private func write(_ province: Consolidated.Province, to writer: inout JSONWriter) {
        let figures = province.figures
        let different = province.balances.filter { $0.missing != 0 }
        writer.object { writer in
            writer.member("node", orNull: province.node?.text)
            writer.member("name", runtime.name(of: province.node) ?? Tier.headOffice.label as Wording)
            writer.member("received", figures.received)
            writer.member("received_today", figures.receivedToday)
            writer.member("recorded_today", figures.recordedToday)
            writer.member("open", figures.open)
            writer.member("warned", figures.warned)
            writer.member("overdue", figures.overdue)
            writer.member("escalated", figures.escalated)
            writer.member("appeals", figures.appeals)
            writer.member("oldest_at", numberOrNull: figures.oldestAt)
            writer.named("balance") { writer in
                writer.object { writer in
                    // Nodes whose own count of a day has arrived: none before the end of the first day.
                    writer.member("compared", province.balances.count)
                    writer.member("equal", province.balances.count - different.count)
                    writer.member("different", different.count)
                    writer.member("missing", different.reduce(0) { $0 + max(0, $1.missing) })
                    writer.named("differences") { writer in
                        writer.array { writer in for balance in different { writer.value(balance) } }
                    }
                }
            }
        }
    }

    private func writeAges(to writer: inout JSONWriter) {
        writer.array { writer in
            for band in AgeBand.allCases {
                let count = taken.ages.reduce(0) { $0 + ($1.band == band ? $1.count : 0) }
                writer.total(band.rawValue, band.label, count, open: count)
            }
        }
    }

    private func writeCells(to writer: inout JSONWriter) {
        writer.array { writer in
            for cell in taken.cells {
                writer.object { writer in
                    writer.member("province", orNull: cell.province?.text)
                    writer.member("kind", cell.kind)
                    writer.member("state", cell.state)
                    writer.member("severity", cell.severity)
                    writer.member("is_open", cell.isOpen)
                    writer.member("count", cell.count)
                }
            }
        }
    }

    private func writeAgeCells(to writer: inout JSONWriter) {
        writer.array { writer in
            for cell in taken.ages {
                writer.object { writer in
                    writer.member("age", cell.band.rawValue)
                    writer.member("province", orNull: cell.province?.text)
                    writer.member("severity", cell.severity)
                    writer.member("count", cell.count)
                }
            }
        }
    }

    private func writeCompleteness(to writer: inout JSONWriter) {
        writer.array { writer in
            for row in taken.completeness {
                writer.object { writer in
                    writer.member("node", row.node.text)
                    writer.member("name", runtime.name(of: row.node))
                    writer.member("tier", orNull: runtime.topology.tier(of: row.node)?.roleName)
                    writer.member("via", orNull: row.via?.text)
                    writer.member("tickets", row.tickets)
                    writer.member("open_tickets", row.openTickets)
                    writer.member("contact", numberOrNull: row.contact)
                    writer.member("read", numberOrNull: row.read)
                }
            }
        }
    }
}

extension JSONWriter {
    /// A node's own count of a day beside what is here.
    mutating func value(_ balance: Balance) {
        object { writer in
            writer.member("node", balance.node.text)
            writer.member("day", balance.tally.day)
            writer.member("registered", balance.tally.registered)
            writer.member("here", balance.here)
            writer.member("missing", balance.missing)
            // The last registration of that day: since then what is missing exists.
            writer.member("since", numberOrNull: balance.tally.lastAt > 0 ? balance.tally.lastAt : nil)
        }
    }

    fileprivate mutating func total(_ key: String, _ label: Wording, _ count: Int, open: Int) {
        object { writer in
            writer.member("key", key)
            writer.member("label", label)
            writer.member("count", count)
            writer.member("open", open)
        }
    }
}
