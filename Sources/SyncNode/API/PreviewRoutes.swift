import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// What the rules make of a registration or an act, before anybody carries it out (day §6.1 step 4, §6.2 steps 2 and 3).
extension APIRoute {
    static let previews = [previewRegistration, previewAct]

    private static let previewRegistration = APIRoute(
        method: .post, path: "/api/v1/tickets/preview", operation: "previewRegistration",
        summary: Wording("登记前预览:级别、时限、派单规则、缺项", "What the rules make of a registration; nothing is saved"),
        parameters: actorHeaders,
        body: Body(schema: "RegistrationBody", isRequired: true, bytesMax: registrationBytesMax),
        answers: [Answer(status: 200, summary: Wording("预览", "the preview"), schema: "Preview")],
        problems: [415, 422],
        handler: .worker { call in
            let registration: Registration = try RequestBody.read(call) { fields, mistakes in
                guard fields.required("fields", &mistakes) != nil else { return nil }
                let given = fields.ticketFields(&mistakes)
                let token = fields.optionalText("target_person_token", bytesMax: 64, &mistakes)
                return Registration(fields: given, targetPersonToken: token)
            }
            return try answer(.register(registration), on: nil, call)
        })

    private static let previewAct = APIRoute(
        method: .post, path: "/api/v1/tickets/{ref}/acts/{act}/preview", operation: "previewAct",
        summary: Wording(
            "办理前预览:可否办理、时限变化、知悉范围", "Whether an act is allowed, and what would come of it; nothing is saved"),
        parameters: actorHeaders,
        body: Body(schema: "ActBody", isRequired: false, bytesMax: bodyBytesMax),
        answers: [Answer(status: 200, summary: Wording("预览", "the preview"), schema: "Preview")],
        problems: [404, 415, 422],
        handler: .worker { call in
            guard let name = call.values["act"], let act = TicketAct.named(name),
                ActCatalogue.definition(act) != nil
            else { throw APIProblem.noSuchAct }
            let fields = try RequestBody.read(call, isRequired: false) { fields, mistakes in
                fields.ticketFields(&mistakes)
            }
            return try answer(.perform(act, fields), on: try call.ticket(), call)
        })

    /// Who may not open the ticket learns nothing of it from a preview; the attempt is recorded as any other.
    private static func readable(_ reference: TicketReference, _ call: APICall) throws -> TicketView {
        let view = try TicketReading.view(reference, call)
        // Refuses, and records where there is something to record it in.
        guard view.document != nil, try TicketReading(call).refusal(of: view) == nil else {
            return try TicketReading.detail(call).detail.view
        }
        return view
    }

    private static func answer(
        _ command: TicketCommand, on reference: TicketReference?, _ call: APICall
    ) throws -> HTTPResponse {
        let view = try reference.map { try readable($0, call) } ?? .unborn
        let actor = try RequestActor(call).actor(for: command, on: view, at: call.runtime)
        try AlertOwnership.check(command, view, by: actor, call)
        let preview = try call.store.preview(
            TicketRequest(command: command, ticket: reference, actor: actor))
        let json = try PreviewJSON(preview, for: actor, at: call.runtime)
        return .json { json.write(to: &$0) }
    }
}

extension APIProblem {
    static let noSuchAct = APIProblem(
        404, "act.not-found", Wording("没有这个环节", "There is no such act."),
        hint: Wording("清单见 /api/v1/acts", "See /api/v1/acts."))
}
