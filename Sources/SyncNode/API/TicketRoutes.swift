import HTTPTransport
import TicketModel
import TicketStore

// Registering and reading tickets.
extension APIRoute {
    static let register = APIRoute(
        method: .post, path: "/api/v1/tickets", operation: "registerTicket",
        summary: Wording("登记工单", "Register a ticket"),
        parameters: actorHeaders + [idempotencyKey],
        body: Body(schema: "RegistrationBody", isRequired: true, bytesMax: registrationBytesMax),
        answers: [
            Answer(status: 201, summary: Wording("已登记", "registered, durable at this node"), schema: "Receipt"),
            Answer(status: 200, summary: Wording("此键已登记过", "registered before under this key"), schema: "Receipt"),
        ],
        problems: [403, 409, 415, 422, 507],
        handler: .deferred { call, reply in
            let registration: Registration = try RequestBody.read(call) { fields, mistakes in
                guard fields.required("fields", &mistakes) != nil else { return nil }
                return Registration(fields: fields.ticketFields(&mistakes))
            }
            try Commands.register(registration, call, reply)
        })

    /// A registration brings the words of the complaint.
    static let registrationBytesMax = 1024 * 1024

    static let show = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}", operation: "getTicket",
        summary: Wording("读取工单", "Read a ticket"),
        parameters: readerHeaders + [
            Parameter(
                name: "If-None-Match", place: .header,
                summary: Wording("已有的 ETag;未变化答 304", "the ETag at hand; unchanged answers 304"),
                schema: .string(pattern: EntityTag.listPattern), example: EntityTag.example)
        ],
        answers: [
            Answer(status: 200, summary: Wording("工单", "the ticket"), schema: "Ticket"),
            Answer(status: 304, summary: Wording("未变化", "not changed"), schema: nil),
        ],
        problems: [404],
        handler: .worker { call in
            let known = try ifNoneMatch(call)
            let (detail, reading) = try TicketReading.detail(call)
            let next = try NextActs.names(detail.view, try RequestActor(call), at: call.runtime)
            let tag = EntityTag(
                version: detail.version.description,
                level: detail.level.code + (detail.view.isSuspended ? "s" : "")
                    + (reading < detail.view.disclosure ? "-\(reading.code)" : "") + ".\(NextActs.mark(next))")
            let headers: HTTPHeaders = ["ETag": tag.header, "Cache-Control": "no-cache"]
            if known.contains("*") || known.contains(where: { "\"\($0)\"" == tag.header }) {
                return HTTPResponse(status: 304, headers: headers)
            }
            let unnamed = try UnnamedTickets(linkedFrom: detail.view, try TicketReading(call), call.store)
            let merged = try detail.view.mergedInto.flatMap { unnamed.contains($0) ? nil : $0 }.map {
                (document: $0, number: try call.store.number(of: $0))
            }
            var response = HTTPResponse.json {
                TicketJSON(detail, reading, merged, unnamed, next: next, at: call.runtime).write(to: &$0)
            }
            for (name, value) in headers { response.headers[name] = value }
            return response
        })

    static let history = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/history", operation: "getTicketHistory",
        summary: Wording("工单经过", "What happened to a ticket"),
        parameters: readerHeaders,
        answers: [Answer(status: 200, summary: Wording("从早到晚", "oldest first"), schema: "History")],
        problems: [404],
        handler: .worker { call in
            let (detail, reading) = try TicketReading.detail(call)
            let unnamed = try UnnamedTickets(linkedFrom: detail.view, try TicketReading(call), call.store)
            let entries = try call.store.history(try call.ticket())
            return .json { HistoryJSON.write(entries, reading, unnamed, to: &$0) }
        })

    /// The opaque texts of `If-None-Match`; none where the header is not there.
    private static func ifNoneMatch(_ call: APICall) throws -> [String] {
        guard let header = try call.header("If-None-Match") else { return [] }
        guard let tags = EntityTag.list(header) else {
            throw APIProblem.badHeader(
                "If-None-Match", Wording("须为带引号的 ETag", "It must be entity tags in quotes."),
                hint: Wording("原样送回读取时的 ETag", "Send the ETag back as it was read."))
        }
        return tags.map(\.tag)
    }
}
