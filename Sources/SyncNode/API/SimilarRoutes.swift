import HTTPTransport
import TicketModel
import TicketStore

// Duplicates at entry: what may be the same matter, before and after registering.
extension APIRoute {
    static let similarToFields = APIRoute(
        method: .post, path: "/api/v1/tickets/similar", operation: "findSimilarTickets",
        summary: Wording(
            "登记前查重:同一客户、可能同一事件的未结与近期工单",
            "Before registering: open and recent tickets of the same customer and of probably the same event"),
        parameters: actorHeaders,
        body: Body(schema: "RegistrationBody", isRequired: true, bytesMax: registrationBytesMax),
        answers: [Answer(status: 200, summary: Wording("相似工单,从新到旧", "newest first"), schema: "SimilarList")],
        problems: [415, 422],
        handler: .worker { call in
            let given = try RequestBody.read(call) { fields, mistakes in
                fields.required("fields", &mistakes) == nil ? nil : fields.ticketFields(&mistakes)
            }
            let unknown = given.keys.filter { FieldTable.definition(named: $0) == nil }.sorted()
            guard unknown.isEmpty else { throw APIProblem.unknownFields(unknown) }
            let found = try call.store.similar(toFields: given, org: call.runtime.node.orgCode)
            // Found by a number or a name: who may not read those learns nothing by trying them out.
            let listed = try ListedTickets(call)
            return similar(try found.filter { try listed.containsWords(.document($0.row.document)) })
        })

    static let similarToTicket = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/similar", operation: "getSimilarTickets",
        summary: Wording("与某工单相似的工单", "Tickets that may be the same matter as this one"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("相似工单,从新到旧", "newest first"), schema: "SimilarList")],
        problems: [404],
        handler: .worker { call in
            _ = try TicketReading.detail(call)
            let found = try call.store.similar(to: try call.ticket())
            let listed = try ListedTickets(call)
            return similar(try found.filter { try listed.containsWords(.document($0.row.document)) })
        })

    private static func similar(_ tickets: [SimilarTicket]) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.member("similar", array: { writer in for ticket in tickets { writer.value(ticket) } })
            }
        }
    }
}

extension JSONWriter {
    /// Core columns only: a likeness opens nobody's words.
    mutating func value(_ similar: SimilarTicket) {
        object { writer in
            writer.member("number", similar.number)
            writer.member("document", similar.row.document.description)
            writer.member("same_person", similar.isSamePerson)
            writer.member("same_event", similar.isSameEvent)
            writer.member(
                "labels",
                array: { writer in
                    if similar.isSamePerson { writer.value(Wording(Enumeration.link.label(of: "same_person"))) }
                    if similar.isSameEvent { writer.value(Wording(Enumeration.link.label(of: "same_event"))) }
                })
            writer.named("fields") { writer in
                writer.object { writer in
                    for name in ["kind", "state", "received_at", "business_class", "symptom", "event_org"] {
                        guard let value = similar.row.value(name) else { continue }
                        writer.name(name)
                        writer.value(value)
                    }
                }
            }
        }
    }
}
