import SyncProtocol
import TicketModel
import TicketStore

/// A centre's day (day §6.2 step 11): timeliness per stage, what bounced, how fast warnings were answered, and whether
/// every node below is in step.
struct DayReport: Sendable {
    /// A warning should be answered within so long (DL-11).
    static let answerMilliseconds: Int64 = 30 * 60_000

    let day: ReportPeriod
    let at: Int64
    let acts: Acts
    let stages: [String: Stage]
    let warnings: Warnings
    let neighbours: [NeighbourStatus]
    /// What the nodes below said of themselves at the end of a day.
    let balances: [Balance]
    /// Tickets by their time of receipt, as `today` and `consolidated` count them.
    let received: Int

    /// What was done that day, over everything that has arrived here.
    struct Acts: Sendable {
        /// People's acts of that day, and of the half hour after it, by ticket: when.
        var moments: [DocumentID: [Int64]] = [:]
        /// Tickets that were touched since the day began.
        var touched: Set<DocumentID> = []
        var counts: [UInt16: Int] = [:]

        func count(_ acts: [TicketAct]) -> Int { acts.reduce(0) { $0 + (counts[$1.rawValue] ?? 0) } }
    }

    static let received = (name: "received", label: Wording("收到(按收到时间)", "received (by time of receipt)"))
    /// The acts that are counted, with the names of their counts.
    static let counted: [(name: String, acts: [TicketAct], label: Wording)] = [
        ("recorded", [.register], Wording("登记(按登记时间,含补录与内部工单)", "recorded that day, imports and orders included")),
        ("dispatched", [.dispatch, .dispatchAgain], Wording("派单", "dispatched")),
        ("bounced", [.notMine], Wording("退单", "bounced")),
        ("transferred", [.transfer], Wording("转办", "transferred")),
        ("feedback_rejected", [.rejectFeedback], Wording("退回反馈", "feedback rejected")),
        ("replied", [.reply, .answerOnSpot, .answerAtCentre], Wording("答复客户", "replied")),
        ("closed", [.close, .approveUnresolvable], Wording("结案", "closed")),
    ]

    /// A stage, or one limit of it. A stage may have several limits (filling the form, deciding whether to accept), so one
    /// ticket may count more than once.
    struct Stage: Hashable, Sendable {
        var visits = 0
        var inTime = 0
        /// By the id of the policy.
        var limits: [String: Limit] = [:]

        mutating func count(_ limit: Policy, _ isInTime: Bool) {
            visits += 1
            inTime += isInTime ? 1 : 0
            var counted = limits[limit.id] ?? Limit(name: limit.name)
            counted.ended += 1
            counted.inTime += isInTime ? 1 : 0
            limits[limit.id] = counted
        }
    }

    struct Limit: Hashable, Sendable {
        let name: Bilingual
        var ended = 0
        var inTime = 0
    }

    struct Warnings: Hashable, Sendable {
        var given = 0
        var answered = 0
        /// Given, not answered, and the half hour is not over.
        var waiting = 0
    }

    private struct Figures: Sendable {
        var stages: [String: Stage] = [:]
        var warnings = Warnings()
    }

    static func take(
        _ runtime: NodeRuntime, _ zone: BankZone, date: Int64?, _ listed: ListedTickets
    ) throws -> DayReport {
        let store = runtime.store
        let now = store.wallMilliseconds()
        let rules = try store.rules()
        let day = ReportPeriod(.day, at: date ?? now, in: zone)
        let kept = try listed.keptDocuments()
        let acts = try store.foldActs(
            from: day.from, before: max(day.before + answerMilliseconds, now + 1), into: Acts()
        ) { acts, act in
            guard act.document.isTicket, !kept.contains(act.document) else { return }
            acts.touched.insert(act.document)
            guard act.kind < 1000, act.at < day.before + answerMilliseconds else { return }
            acts.moments[act.document, default: []].append(act.at)
            if act.at < day.before { acts.counts[act.kind, default: 0] += 1 }
        }
        @Sendable func add(_ figures: inout Figures, _ ticket: TicketView) {
            guard !listed.hides(ticket) else { return }
            let facts = IndicatorTicket(ticket, rules: rules, now: now)
            for end in facts.stageEnds(from: day.from, before: day.before) {
                figures.stages[end.stage, default: Stage()].count(end.limit, end.isInTime)
            }
            let moments = ticket.document.flatMap { acts.moments[$0] } ?? []
            for warning in facts.warnings(from: day.from, before: day.before) {
                let limit = warning + answerMilliseconds
                figures.warnings.given += 1
                if moments.contains(where: { $0 >= warning && $0 <= limit }) {
                    figures.warnings.answered += 1
                } else if now <= limit {
                    figures.warnings.waiting += 1
                }
            }
        }
        // A stage that ended that day, or a warning of it, is on a ticket that is open or that somebody touched since.
        var figures = try store.fold(.open, into: Figures()) { figures, ticket in
            if ticket.document.map(acts.touched.contains) != true { add(&figures, ticket) }
        }
        figures = try store.fold(acts.touched.sorted(), into: figures, add)
        return DayReport(
            day: day, at: now, acts: acts, stages: figures.stages, warnings: figures.warnings,
            neighbours: try store.status().neighbours,
            balances: try store.balances(
                of: runtime.subtree.filter { $0.id != runtime.node.id }.map { ($0.id, $0.orgCode) }),
            received: try store.receivedCount(from: day.from, before: day.before, keptFrom: listed.target))
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.day, runtime, at: at)
            writer.member("date", day.name)
            writer.named("stages") { writeStages(to: &$0) }
            writer.named("counts") { writer in
                writer.object { writer in
                    writer.member(DayReport.received.name, received)
                    for entry in DayReport.counted { writer.member(entry.name, acts.count(entry.acts)) }
                }
            }
            writer.named("warnings") { writer in
                writer.object { writer in
                    writer.member("given", warnings.given)
                    writer.member("answered_in_30_min", warnings.answered)
                    writer.member("waiting", warnings.waiting)
                }
            }
            writer.named("balance") { writeBalance(to: &$0, runtime) }
        }
    }

    private func writeStages(to writer: inout JSONWriter) {
        writer.array { writer in
            for code in Enumeration.stage.codes {
                guard let stage = stages[code] else { continue }
                writer.object { writer in
                    writer.member("stage", code)
                    writer.member("label", Wording(Enumeration.stage.label(of: code)))
                    writer.member("visits", stage.visits)
                    writer.member("in_time", stage.inTime)
                    writer.member("permille", stage.inTime * 1000 / max(1, stage.visits))
                    writer.member("limits", array: { writer in writeLimits(of: stage, to: &writer) })
                }
            }
        }
    }

    private func writeLimits(of stage: Stage, to writer: inout JSONWriter) {
        for (policy, limit) in stage.limits.sorted(by: { $0.key < $1.key }) {
            writer.object { writer in
                writer.member("policy", policy)
                writer.member("label", Wording(limit.name))
                writer.member("ended", limit.ended)
                writer.member("in_time", limit.inTime)
            }
        }
    }

    /// In step: in touch, not refused, and nothing waits. Whether all tickets of a node below are here is its own word
    /// against what arrived (`equal`).
    private func writeBalance(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        let lines = runtime.lines.withLock { $0 }
        writer.array { writer in
            for neighbour in neighbours {
                writer.object { writer in
                    writer.member("node", neighbour.node.text)
                    writer.member("name", runtime.name(of: neighbour.node))
                    writer.member("is_parent", neighbour.isParent)
                    writer.member("waiting", neighbour.waiting)
                    writer.member("contact", numberOrNull: neighbour.contact)
                    let isInTouch =
                        !Board.isSilent(neighbour.contact, at: at) && lines[neighbour.node]?.lastError == nil
                    writer.member("in_step", isInTouch && !neighbour.isSuspended && neighbour.waiting == 0)
                    let balance = balances.first { $0.node == neighbour.node }
                    writer.name("equal")
                    if let balance { writer.value(balance.missing == 0) } else { writer.null() }
                    writer.name("tally")
                    if let balance { writer.value(balance) } else { writer.null() }
                }
            }
        }
    }
}
