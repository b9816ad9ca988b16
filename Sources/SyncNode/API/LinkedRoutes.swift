import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// New tickets that grow out of one that exists: an appeal (T29), a sealed misconduct case (R03).
extension APIRoute {
    static let linked = [
        linked(
            "appeals", "appealTicket", Wording("就已办结工单登记申诉", "Register an appeal against a ticket that has ended")
        ) { .appeal(against: $0.view, received: $0.now) },
        linked(
            "sealed-cases", "sealTicket",
            Wording("违规违纪另立密封工单,不经被投诉网点", "Continue a misconduct case in a ticket that the target's branch never gets")
        ) { .sealing($0.view, at: $0.place) },
    ]

    /// What a linked ticket is made from.
    private struct Origin {
        let view: TicketView
        let place: Place
        let now: Int64
    }

    private static func linked(
        _ name: String, _ operation: String, _ summary: Wording,
        _ registration: @escaping @Sendable (Origin) -> Registration?
    ) -> APIRoute {
        APIRoute(
            method: .post, path: "/api/v1/tickets/{ref}/\(name)", operation: operation, summary: summary,
            parameters: actorHeaders + [idempotencyKey],
            body: Body(schema: "LinkedBody", isRequired: false, bytesMax: registrationBytesMax),
            answers: [
                Answer(status: 201, summary: Wording("已登记", "registered, durable at this node"), schema: "Receipt"),
                Answer(
                    status: 200, summary: Wording("此键已登记过", "registered before under this key"), schema: "Receipt"),
            ],
            problems: [403, 404, 409, 415, 422, 507],
            handler: .deferred { call, reply in
                let given = try RequestBody.read(call, isRequired: false) { fields, mistakes in
                    fields.ticketFields(&mistakes)
                }
                let isTaken = call.services.workers.submit {
                    do {
                        // Who may not read the ticket copies nothing of it, and the attempt is on record.
                        let (detail, reading) = try TicketReading.detail(call)
                        guard reading == .full else { throw wordsNotHere }
                        let origin = Origin(
                            view: detail.view, place: call.runtime.place, now: call.store.wallMilliseconds())
                        guard var new = registration(origin) else { throw wordsNotHere }
                        new.fields.merge(given) { $1 }
                        // What is copied changes with the original and with the clock; what was asked does not.
                        try Commands.register(new, call, reply, digest: try Repetition(call)?.digest)
                    } catch {
                        reply.fail(error)
                    }
                }
                guard isTaken else { throw APIProblem.busy }
            })
    }

    private static let wordsNotHere = APIProblem(
        409, "ticket.words-not-here",
        Wording("本节点没有原工单的全文", "This node does not hold the words of that ticket."),
        hint: Wording("在持有全文的节点登记,或直接登记并填写 links", "Do it at a node that holds them, or register with the field links.")
    )
}
