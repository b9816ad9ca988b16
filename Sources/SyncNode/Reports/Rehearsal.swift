import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

/// A draft pack tried on the past (day §6.3 step 9): which tickets would have broken it, by province and by rule.
struct Rehearsal: Sendable {
    /// Numbers listed.
    static let listedMax = 200

    /// Counts of one province or policy.
    struct Count: Hashable, Sendable {
        var tickets = 0
        var broken = 0
    }

    struct Figures: Sendable {
        var all = Count()
        /// Broken under the draft and under the rules that were in force.
        var brokenAlready = 0
        var provinces: [String: Count] = [:]
        var policies: [String: Int] = [:]
        var numbers: [String] = []
    }

    let draft: PolicyPack
    let at: Int64
    let from: Int64
    let before: Int64
    let figures: Figures

    /// - Parameters:
    ///   - from, before: which tickets by their time of receipt.
    ///   - listed: which tickets may be named.
    static func take(
        _ runtime: NodeRuntime, _ draft: PolicyPack, from: Int64, before: Int64, listed: ListedTickets
    ) throws -> Rehearsal {
        let store = runtime.store
        let now = store.wallMilliseconds()
        let book = try store.rules().rehearsing(draft)
        let provinces = runtime.provincesByOrg
        let lineage = try store.lineage()
        let figures = try store.foldHistories(receivedFrom: from, before: before, into: Figures()) {
            figures, ticket, records in
            guard !ticket.isOrder, !listed.hides(ticket) else { return }
            var replay = ClockReplay(book) { runtime.topology.tier(of: $0) }
            for record in records { replay.take(record, by: lineage.node(of: record.dot.incarnation)) }
            let broken = replay.broken(at: now)
            let org = ticket.text(TicketField.originOrg) ?? ""
            let province = provinces[org]?.text ?? "head_office"
            figures.all.tickets += 1
            figures.provinces[province, default: Count()].tickets += 1
            guard !broken.isEmpty else { return }
            figures.all.broken += 1
            figures.provinces[province, default: Count()].broken += 1
            for policy in broken { figures.policies[policy, default: 0] += 1 }
            let clocks = TicketClocks(of: ticket).all.map(\.clock)
            if clocks.contains(where: { [.breached, .stoppedLate].contains($0.phase(at: now)) }) {
                figures.brokenAlready += 1
            }
            guard figures.numbers.count < listedMax, let number = ticket.text(TicketField.ticketNo),
                try listed.contains(.number(number))
            else { return }
            figures.numbers.append(number)
        }
        return Rehearsal(draft: draft, at: now, from: from, before: before, figures: figures)
    }

    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.member("report", "rehearsal")
            writer.member("node", runtime.node.id.text)
            writer.member("tier", runtime.node.tier.roleName)
            writer.member("at", at)
            writer.member("pack", draft.reference)
            writer.member("from", from)
            writer.member("before", before)
            writer.member("tickets", figures.all.tickets)
            writer.member("broken", figures.all.broken)
            writer.member("broken_already", figures.brokenAlready)
            writer.named("provinces") { writer in
                writer.array { writer in
                    for (province, count) in figures.provinces.sorted(by: { $0.key < $1.key }) {
                        writer.object { writer in
                            writer.member("province", province)
                            writer.member(
                                "name",
                                NodeID(province).flatMap { runtime.name(of: $0) } ?? Tier.headOffice.label as Wording)
                            writer.member("tickets", count.tickets)
                            writer.member("broken", count.broken)
                        }
                    }
                }
            }
            writer.named("policies") { writer in
                writer.array { writer in
                    for (policy, count) in figures.policies.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                        writer.object { writer in
                            writer.member("policy", policy)
                            writer.member("name", draft.policy(policy).map { Wording($0.name) })
                            writer.member("broken", count)
                        }
                    }
                }
            }
            writer.member("numbers", texts: figures.numbers)
        }
    }
}

extension APIRoute {
    static let rehearsal = APIRoute(
        method: .post, path: "/api/v1/reports/rehearsal", operation: "rehearsePack",
        summary: Wording("规则试算:按草案重放已有工单的时限,不发布、不保存", "Try a draft pack on the past; nothing is published or saved"),
        parameters: actorHeaders,
        body: Body(schema: "RehearsalBody", isRequired: true, bytesMax: 2 * ReferenceItem.contentBytesMax + 4096),
        answers: [Answer(status: 200, summary: Wording("试算结果", "what would have been broken"), schema: "Report")],
        problems: [415, 422],
        handler: .worker { call in
            let (content, since, until): (String, String?, String?) = try RequestBody.read(call) { fields, mistakes in
                let content = fields.text("content", bytesMax: ReferenceItem.contentBytesMax, &mistakes)
                let since = fields.optionalText("since", bytesMax: 16, &mistakes)
                let until = fields.optionalText("until", bytesMax: 16, &mistakes)
                return content.map { ($0, since, until) }
            }
            let draft = try draft(content)
            let zone = draft.zone
            let now = call.store.wallMilliseconds()
            // By default the quarter that is over.
            let quarter = ReportPeriod(.quarter, at: now, in: zone).previous
            let from =
                try since.map { ReportPeriod(.day, at: try date("since", $0, zone), in: zone).from } ?? quarter.from
            let before =
                try until.map { ReportPeriod(.day, at: try date("until", $0, zone), in: zone).before } ?? quarter.before
            guard from < before else {
                throw APIProblem.badParameter(
                    "until", "contradiction", Wording("早于起始日", "It lies before since."),
                    hint: Wording("until 不早于 since", "Give an until that is not before since."))
            }
            let daysMax = ReportParameters.reportDaysMax
            guard before - from <= Int64(daysMax) * 86_400_000 else {
                throw APIProblem.badParameter(
                    "since", "out-of-range", Wording("超过 \(daysMax) 天", "It spans more than \(daysMax) days."),
                    hint: Wording(
                        "分年试算,例如 2025-01-01 至 2025-12-31", "Rehearse a year at a time, 2025-01-01 to 2025-12-31."))
            }
            let rehearsal = try Rehearsal.take(
                call.runtime, draft, from: from, before: before, listed: try ListedTickets(call))
            return .json { rehearsal.write(to: &$0, call.runtime) }
        })

    private static func draft(_ content: String) throws -> PolicyPack {
        do {
            let root = try JSONReader.parse(Array(content.utf8), limits: .configuration)
            return try PackReader.read(root, file: "draft")
        } catch let error as ConfigurationError {
            throw APIProblem(
                422, "rehearsal.bad-pack", Wording("草案不是合法的规则包", "The draft is no valid pack: \(error.sentence)"),
                hint: Wording("按提示更正:\(error.hint)", error.hint))
        }
    }

    private static func date(_ name: String, _ text: String, _ zone: BankZone) throws -> Int64 {
        guard let date = CivilTime.date(from: text), date.text == text, date.year >= 1970 else {
            throw APIProblem.badParameter(
                name, "not-a-date", Wording("不是日期", "It is no date."),
                hint: Wording("例如 2026-07-01", "For example 2026-07-01."))
        }
        return zone.noon(of: date)
    }
}
