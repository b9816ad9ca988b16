import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// One supervision order for several tickets (DL-11, DL-12; day §6.3 step 5): a ticket of its own that links them, handed
/// to the province that has them, and a note of it on each.
struct SupervisionOrder: Sendable {
    static let ticketsMax = 50

    /// As they were typed.
    let tickets: [String]
    /// Milliseconds since 1970 UTC.
    let answerBy: Int64
    /// A code of `Enumeration.supervisionReason`.
    let reason: String
    /// Where it goes; nil for the one unit below that all tickets belong to.
    let to: NodeID?
    /// Makes a repetition harmless: every step has a key of its own.
    let key: String?

    /// Carries all steps out, or none: where one ticket may not be supervised no order stays behind.
    func issue(_ call: APICall) throws -> (order: TicketReceipt, to: NodeID, noted: Int) {
        let (runtime, who) = (call.runtime, try RequestActor(call))
        // A ticket that is named twice, by number and by document perhaps, is supervised once.
        var seen: Set<DocumentID> = []
        let views = try tickets.enumerated().map { try view($1, at: $0, who, call) }
            .filter { $0.document.map { seen.insert($0).inserted } ?? false }
        let target = try to ?? unit(of: views, runtime)
        guard target == runtime.node.id || runtime.topology.node(target)?.parent == runtime.node.id else {
            throw APIProblem(
                422, "supervision.not-below", Wording("该单位不是本级直属单位", "That unit is not right below this node."),
                hint: Wording("用 to 指定直属单位,由其转办", "Name a unit right below with to; it passes the order on."))
        }
        let register = try request(.register(Registration(fields: fields(views))), on: .unborn, "order", runtime, who)
        let notes = try views.enumerated().map { index, view in
            try request(.perform(.supervise, note), on: view, "note-\(index)", runtime, who)
        }
        let dispatch =
            try target == runtime.node.id
            ? nil : request(.perform(.dispatch, ["unit": target.text]), on: .unborn, "dispatch", runtime, who)
        do {
            let order = try runtime.store.execute(register) { order in
                guard var dispatch else { return notes }
                dispatch.ticket = .document(order.document)
                return notes + [dispatch]
            }
            return (order, target, views.count)
        } catch let refused as StepRefused {
            throw problem(refused, views)
        }
    }

    private func fields(_ views: [TicketView]) -> [String: String] {
        let links = views.compactMap(\.document).map { TicketLink(kind: "child_of", document: $0).text }
        return ["kind": "supervision", "answer_by": String(answerBy), "links": links.joined(separator: ",")]
    }

    /// Says which of the tickets it was.
    private func problem(_ refused: StepRefused, _ views: [TicketView]) -> APIProblem {
        var problem = APIProblem(refused.refusal)
        guard refused.index < views.count else { return problem }
        let number = views[refused.index].text(TicketField.ticketNo) ?? "-"
        problem.items.insert(
            APIProblem.Item(
                field: "tickets", rule: problem.rule ?? problem.code,
                detail: Wording("工单 \(number) 不能督办,未下达任何督办", "\(number) cannot be supervised: nothing was ordered")
                    .both,
                hint: Wording("去掉该工单后重新下达", "leave it out and give the order again").both),
            at: 0)
        return problem
    }

    private var note: [String: String] { ["reason": reason, "until": String(answerBy)] }

    /// Over the whole order: another one under the same key is refused.
    private var digest: Digest {
        let texts = tickets + [String(answerBy), reason, to?.text ?? ""]
        return SHA256.digest(Array(texts.joined(separator: "\n").utf8))
    }

    /// One of several tickets. Which one is not here is said by its place and, where it is a number at all, by that.
    /// One that the post may not open is not here.
    private func view(_ text: String, at place: Int, _ who: RequestActor, _ call: APICall) throws -> TicketView {
        let reference: TicketReference
        do {
            reference = try APICall.ticket(typed: text)
        } catch {
            throw SupervisionOrder.notHere(text, place, error.detail, error.hint)
        }
        let view = try TicketReading.view(reference, call)
        let actor = try who.actor(for: .perform(.supervise, note), on: view, at: call.runtime)
        guard view.document != nil, TicketReading(actor, call).refusal(of: view) == nil else {
            throw SupervisionOrder.notHere(
                text, place, APIProblem.noSuchTicket.detail, APIProblem.noSuchTicket.hint)
        }
        return view
    }

    private static func notHere(_ text: String, _ place: Int, _ detail: Wording, _ hint: Wording) -> APIProblem {
        let name = isNumber(text) ? " \(text)" : ""
        let which = Wording("第 \(place + 1) 张\(name):\(detail.zh)", "Ticket \(place + 1)\(name): \(detail.en)")
        return APIProblem(
            404, APIProblem.noSuchTicket.code, detail, hint: hint,
            items: [
                APIProblem.Item(
                    field: "/tickets/\(place)", rule: "unknown-ticket", detail: which.both, hint: hint.both)
            ])
    }

    /// True also with a slip of the finger in it; words are never repeated.
    private static func isNumber(_ text: String) -> Bool {
        do throws(TicketNumberError) {
            _ = try TicketNumber(text)
            return true
        } catch {
            return error == .wrongCheckCharacter
        }
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

    private func request(
        _ command: TicketCommand, on view: TicketView, _ step: String, _ runtime: NodeRuntime, _ who: RequestActor
    ) throws -> TicketRequest {
        TicketRequest(
            command: command, ticket: view.document.map { .document($0) },
            actor: try who.actor(for: command, on: view, at: runtime), idempotencyKey: key.map { "\($0)/\(step)" },
            digest: digest)
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
                    tickets: tickets, answerBy: instant(by, zone, now) ?? 0,
                    reason: reason,
                    to: to, key: key)
            }
            guard !order.tickets.isEmpty else {
                throw invalid(
                    "tickets", "mandatory", "缺少工单", "no ticket is named", "写明一张或多张工单", "name one ticket or more")
            }
            guard order.answerBy > now else {
                throw invalid(
                    "answer_by", "not_an_instant", "答复期限有误或已过", "the time to answer is none, or it is over",
                    "例如 15:00 或 2026-11-16 15:00", "for example 15:00, or 2026-11-16 15:00")
            }
            let done = try order.issue(call)
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
