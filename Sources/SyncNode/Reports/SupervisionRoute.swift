import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// One supervision order for several tickets (DL-11, DL-12; day §6.3 step 5): a ticket of its own that links them, handed
/// to the province that has them, and a note of it on each.
struct SupervisionOrder: Sendable {
    static let ticketsMax = 50

    let references: [TicketReference]
    /// Milliseconds since 1970 UTC.
    let answerBy: Int64
    /// A code of `Enumeration.supervisionReason`.
    let reason: String
    /// Where it goes; nil for the one unit below that all tickets belong to.
    let to: NodeID?
    /// Makes a repetition harmless: every step under a key of its own.
    let key: String?

    /// Carries the steps out one after the other. Cut off in between, the same request under the same key goes on.
    func issue(_ runtime: NodeRuntime, _ who: RequestActor) throws -> (order: TicketReceipt, to: NodeID, noted: Int) {
        // A ticket that is named twice, by number and by document perhaps, is supervised once.
        var seen: Set<DocumentID> = []
        let views = try references.map { try runtime.store.ticket($0).view }
            .filter { $0.document.map { seen.insert($0).inserted } ?? false }
        let target = try to ?? unit(of: views, runtime)
        try check(target, runtime, who)
        let links = views.compactMap(\.document).map { TicketLink(kind: "child_of", document: $0).text }
        let fields = [
            "kind": "supervision", "answer_by": String(answerBy), "links": links.joined(separator: ","),
        ]
        let order = try run(.register(Registration(fields: fields)), nil, "order", runtime, who)
        let reference = TicketReference.document(order.document)
        if target != runtime.node.id {
            _ = try run(.perform(.dispatch, ["unit": target.text]), reference, "dispatch", runtime, who)
        }
        for (index, view) in views.enumerated() {
            guard let document = view.document else { continue }
            _ = try run(.perform(.supervise, note), .document(document), "note-\(index)", runtime, who)
        }
        return (order, target, views.count)
    }

    /// What would refuse a later step refuses the first one; a repetition goes on where it was cut off.
    private func check(_ target: NodeID, _ runtime: NodeRuntime, _ who: RequestActor) throws {
        if let key, try runtime.store.knowsRequest("\(key)/order") { return }
        guard target == runtime.node.id || runtime.topology.node(target)?.parent == runtime.node.id else {
            throw APIProblem(
                422, "supervision.not-below", Wording("该单位不是本级直属单位", "That unit is not right below this node."),
                hint: Wording("用 to 指定直属单位,由其转办", "Name a unit right below with to; it passes the order on."))
        }
        for reference in references {
            let view = try runtime.store.ticket(reference).view
            let command = TicketCommand.perform(.supervise, note)
            let actor = try who.actor(for: command, on: view, at: runtime)
            let preview = try runtime.store.preview(
                TicketRequest(command: command, ticket: reference, actor: actor))
            if let refusal = preview.refusal { throw refusal }
        }
    }

    private var note: [String: String] { ["reason": reason, "until": String(answerBy)] }

    /// Over the whole order: another one under the same key is refused.
    private var digest: Digest {
        let texts = references.map { "\($0)" } + [String(answerBy), reason, to?.text ?? ""]
        return SHA256.digest(Array(texts.joined(separator: "\n").utf8))
    }

    /// The child that all tickets lie below.
    private func unit(of views: [TicketView], _ runtime: NodeRuntime) throws -> NodeID {
        let units = Set(views.map { view in view.home.flatMap { runtime.neighbour(towards: $0) } ?? runtime.node.id })
        guard units.count == 1, let unit = units.first else {
            throw APIProblem(
                422, "supervision.several-units", Wording("这些工单不属于同一单位", "The tickets do not belong to one unit."),
                hint: Wording("分开下达,或用 to 指定", "Give an order for each unit, or name one with to."))
        }
        return unit
    }

    private func run(
        _ command: TicketCommand, _ reference: TicketReference?, _ step: String, _ runtime: NodeRuntime,
        _ who: RequestActor
    ) throws -> TicketReceipt {
        let view = try reference.map { try runtime.store.ticket($0).view } ?? .unborn
        let stepKey = key.map { "\($0)/\(step)" }
        return try runtime.store.execute(
            TicketRequest(
                command: command, ticket: reference, actor: try who.actor(for: command, on: view, at: runtime),
                idempotencyKey: stepKey,
                digest: digest))
    }
}

extension APIRoute {
    static let supervise = APIRoute(
        method: .post, path: "/api/v1/supervisions", operation: "superviseTickets",
        summary: Wording("督办多张工单:生成督办工单并下达", "Order supervision of several tickets with one order"),
        parameters: actorHeaders + [idempotencyKey],
        body: Body(schema: "SupervisionBody", isRequired: true, bytesMax: 64 * 1024),
        answers: [Answer(status: 201, summary: Wording("已下达", "ordered"), schema: "Supervision")],
        problems: [403, 404, 409, 415, 422, 507],
        handler: .worker { call in
            let zone = try call.store.rules().zone
            let now = call.store.wallMilliseconds()
            let key = try Repetition.key(call)
            let order: SupervisionOrder = try RequestBody.read(call) { fields, mistakes in
                let items = fields.list("tickets", countMax: SupervisionOrder.ticketsMax, &mistakes) ?? []
                let tickets = items.compactMap { $0.text(bytesMax: 64, &mistakes) }
                let by = fields.text("answer_by", bytesMax: 40, &mistakes)
                let reason = fields.optionalText("reason", bytesMax: Code.bytesMax, &mistakes) ?? "order"
                let to = fields.optionalNode("to", &mistakes)
                guard let by, !tickets.isEmpty || items.isEmpty else { return nil }
                return SupervisionOrder(
                    references: tickets.map { TicketReference($0) }, answerBy: instant(by, zone, now) ?? 0,
                    reason: reason,
                    to: to, key: key)
            }
            guard !order.references.isEmpty else {
                throw invalid(
                    "tickets", "mandatory", "缺少工单", "no ticket is named", "写明一张或多张工单", "name one ticket or more")
            }
            guard order.answerBy > now else {
                throw invalid(
                    "answer_by", "not_an_instant", "答复期限有误或已过", "the time to answer is none, or it is over",
                    "例如 15:00 或 2026-11-16 15:00", "for example 15:00, or 2026-11-16 15:00")
            }
            let done = try order.issue(call.runtime, try RequestActor(call))
            return .json(201) { writer in
                writer.object { writer in
                    writer.member("number", done.order.number)
                    writer.member("document", done.order.document.description)
                    writer.member("to", done.to.text)
                    writer.member("answer_by", order.answerBy)
                    writer.member("tickets", done.noted)
                }
            }
        })

    /// `15:00` of today, or a whole instant.
    private static func instant(_ text: String, _ zone: BankZone, _ now: Int64) -> Int64? {
        if let instant = CivilTime.instant(from: text) { return instant }
        let today = ReportPeriod(.day, at: now, in: zone)
        return CivilTime.instant(from: "\(today.name) \(text)")
    }

    private static func invalid(
        _ field: String, _ rule: String, _ chinese: String, _ english: String, _ hint: String, _ hintEnglish: String
    ) -> APIProblem {
        APIProblem(
            422, "refused.invalid_fields", Wording("有 1 项内容需要更正", "1 value(s) need attention."),
            hint: Wording("逐项见 errors", "See errors, one by one."),
            items: [
                APIProblem.Item(
                    field: field, rule: rule, detail: Wording(chinese, english).both,
                    hint: Wording(hint, hintEnglish).both)
            ])
    }
}
