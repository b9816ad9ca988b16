import SyncProtocol
import TicketModel
import TicketStore

/// A desk's own day (day §6.1 step 11), by the bank's calendar: what this node did, and what is left.
struct TodayReport: Sendable {
    /// The acts that are counted, with the names of their counts.
    private static let counted: [(name: String, act: TicketAct, label: Wording)] = [
        ("recorded", .register, Wording("登记(按登记时间)", "recorded (by time of recording)")),
        ("answered_on_spot", .answerOnSpot, Wording("现场答复", "answered on the spot")),
        ("sent_up", .submitUp, Wording("提交上级", "sent up")),
        ("refused", .refuse, Wording("不予受理", "refused")),
        ("taken", .take, Wording("接单", "taken")),
        ("fed_back", .feedBack, Wording("反馈", "fed back")),
        ("dispatched", .dispatch, Wording("派单", "dispatched")),
        ("replied", .reply, Wording("答复客户", "replied")),
        ("closed", .close, Wording("结案", "closed")),
    ]

    let day: ReportPeriod
    let at: Int64
    /// Tickets of this unit by their time of receipt, as `consolidated` counts them: what an import brings in is recorded
    /// today and was received long ago.
    let received: Int
    let acts: [UInt16: Int]
    let left: Left

    /// What is left of the tickets that are in this node's hands.
    struct Left: Sendable {
        var open = 0
        var overdue = 0
        var followUpsTomorrow = 0
        /// Open promises to customers: beyond their time, due today, due tomorrow (RF-20).
        var promisesOverdue = 0
        var promisesToday = 0
        var promisesTomorrow = 0
        /// Questions to a superior that nobody has answered (ST-13).
        var questions = 0
        /// Customers who are owed an interim reply (EX-06).
        var interimReplies = 0
    }

    static func take(
        _ runtime: NodeRuntime, _ zone: BankZone, _ listed: ListedTickets
    ) throws -> TodayReport {
        let store = runtime.store
        let now = store.wallMilliseconds()
        let rules = try store.rules()
        let node = runtime.node.id
        let day = ReportPeriod(.day, at: now, in: zone)
        let tomorrow = ReportPeriod(.day, at: day.before, in: zone)
        let kept = try listed.keptDocuments()
        let acts = try store.foldActs(from: day.from, before: day.before, into: [UInt16: Int]()) { counts, act in
            if act.node == node, !kept.contains(act.document) { counts[act.kind, default: 0] += 1 }
        }
        let left = try store.fold(.open, into: Left()) { left, ticket in
            guard ticket.custodian == node, !listed.hides(ticket) else { return }
            let facts = IndicatorTicket(ticket, rules: rules, now: now)
            let range = tomorrow.from..<tomorrow.before
            left.open += 1
            if facts.isOverdue { left.overdue += 1 }
            if let due = facts.due(ofStage: "follow_up"), range.contains(due) { left.followUpsTomorrow += 1 }
            for promise in ticket.openPromises {
                if promise.due < now { left.promisesOverdue += 1 }
                if (now..<tomorrow.from).contains(promise.due) { left.promisesToday += 1 }
                if range.contains(promise.due) { left.promisesTomorrow += 1 }
            }
            left.questions += ticket.questions.count { $0.answer == nil }
            if ticket.pressing.interimReplyFrom.map({ $0 <= now }) ?? false { left.interimReplies += 1 }
        }
        let received = try store.receivedCount(
            from: day.from, before: day.before, org: runtime.node.orgCode, keptFrom: listed.target)
        return TodayReport(day: day, at: now, received: received, acts: acts, left: left)
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.today, runtime, at: at)
            writer.member("date", day.name)
            writer.named("counts") { writer in
                writer.array { writer in
                    write("received", Wording("收到(按收到时间)", "received (by time of receipt)"), received, &writer)
                    for entry in Self.counted { write(entry.name, entry.label, acts[entry.act.rawValue] ?? 0, &writer) }
                    write("open", Wording("未结在手", "open in hand"), left.open, &writer)
                    write("overdue", Wording("超时", "overdue"), left.overdue, &writer)
                    write(
                        "follow_ups_tomorrow", Wording("明日到期回访", "follow-ups due tomorrow"), left.followUpsTomorrow,
                        &writer)
                    write("promises_overdue", Wording("逾期承诺", "promises overdue"), left.promisesOverdue, &writer)
                    write("promises_today", Wording("今日到期承诺", "promises due today"), left.promisesToday, &writer)
                    write("questions", Wording("待批示的请示", "questions to a superior"), left.questions, &writer)
                    write("interim_due", Wording("须过程回复", "interim replies due"), left.interimReplies, &writer)
                    write(
                        "promises_tomorrow", Wording("明日到期承诺", "promises due tomorrow"), left.promisesTomorrow, &writer)
                }
            }
        }
    }

    private func write(_ name: String, _ label: Wording, _ count: Int, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("label", label)
            writer.member("count", count)
        }
    }
}
