import HTTPTransport
import SyncProtocol
import TicketModel

// Every act of the workflow by its name: one address, and a description of what each takes.
extension APIRoute {
    static let catalogue = [perform, actList]

    private static let perform = APIRoute(
        method: .post, path: "/api/v1/tickets/{ref}/acts/{act}", operation: "performAct",
        summary: Wording("按名称办理任一环节,清单见 /api/v1/acts", "Do any act by its name; /api/v1/acts lists them"),
        parameters: actorHeaders + [
            idempotencyKey,
            Parameter(
                name: "If-Match", place: .header,
                summary: Wording("读取时的 ETag", "the ETag that was read; refused where the ticket changed since"),
                schema: .text),
        ],
        body: Body(schema: "ActBody", isRequired: false, bytesMax: bodyBytesMax),
        answers: [Answer(status: 200, summary: Wording("已办理", "done"), schema: "Receipt")],
        problems: [403, 404, 409, 412, 415, 422, 507],
        handler: .deferred { call, reply in
            let version = try ifMatch(call)
            guard let name = call.values["act"], let act = TicketAct.named(name),
                ActCatalogue.definition(act) != nil
            else { throw APIProblem.noSuchAct }
            let fields = try RequestBody.read(call, isRequired: false) { fields, mistakes in
                fields.ticketFields(&mistakes)
            }
            try Commands.run(.perform(act, fields), call, reply, ifVersion: version == "*" ? nil : version)
        })

    private static let actList = APIRoute(
        method: .get, path: "/api/v1/acts", operation: "listActs",
        summary: Wording("环节清单:谁可办、要填什么", "Every act: who may do it and what it takes"),
        answers: [Answer(status: 200, summary: Wording("环节", "the acts"), schema: "ActList")],
        handler: .inline { _ in .json(bytes: actTable) })

    private static let actTable: [UInt8] = {
        var writer = JSONWriter()
        writer.object { writer in
            writer.named("acts") { writer in
                writer.array { writer in for definition in ActCatalogue.all { write(definition, &writer) } }
            }
        }
        return writer.bytes
    }()

    private static func write(_ definition: ActDefinition, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", definition.act.name)
            writer.member("label", Wording(definition.act.label))
            writer.member("lines", texts: definition.lines)
            writer.member("offline", orNull: definition.offline?.rawValue)
            writer.member("roles", texts: definition.whoMay.map(\.rawValue))
            writer.named("parameters") { writer in
                writer.array { writer in
                    for parameter in definition.parameters {
                        writer.object { writer in
                            writer.member("name", parameter.name)
                            writer.member("label", Wording(parameter.label))
                            writer.member("type", parameter.type.name)
                            writer.member("codes", orNull: parameter.type.enumeration?.name)
                            writer.member("required", parameter.isRequired)
                        }
                    }
                }
            }
            let needs = (definition.form?.needs ?? []).map { $0.compactMap { FieldTable.definition($0)?.name } }
            writer.named("needs") { writer in
                writer.array { writer in
                    for group in needs { writer.array { writer in for name in group { writer.value(name) } } }
                }
            }
            let fields = (definition.form?.fields ?? []).compactMap { FieldTable.definition($0)?.name }
            writer.member("fields", texts: fields)
        }
    }
}
