import HTTPTransport
import TicketModel

// Tables that clients show forms and labels from.
extension APIRoute {
    static let fields = APIRoute(
        method: .get, path: "/api/v1/fields", operation: "listFields",
        summary: Wording("字段表", "All fields of a ticket"),
        answers: [Answer(status: 200, summary: Wording("字段", "the fields"), schema: "FieldList")],
        handler: .inline { _ in .json(bytes: fieldTable) })

    static let codes = APIRoute(
        method: .get, path: "/api/v1/codes", operation: "listCodes",
        summary: Wording("代码表", "All lists of codes, with labels"),
        answers: [Answer(status: 200, summary: Wording("代码", "the codes"), schema: "CodeLists")],
        handler: .inline { _ in .json(bytes: codeTables) })

    private static let fieldTable: [UInt8] = {
        let enterable = Set(Registration.enterable.map(\.id))
        let columns = Set(TicketRowSchema.shown.map(\.name))
        var writer = JSONWriter()
        writer.object { writer in
            writer.named("fields") { writer in
                writer.array { writer in
                    for field in FieldTable.all {
                        write(
                            field, isEnterable: enterable.contains(field.id), isColumn: columns.contains(field.name),
                            &writer)
                    }
                }
            }
            writer.member("columns", texts: TicketRowSchema.shown.map(\.name))
        }
        return writer.bytes
    }()

    private static func write(
        _ field: FieldDefinition, isEnterable: Bool, isColumn: Bool, _ writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("id", Int(field.id.rawValue))
            writer.member("name", field.name)
            writer.member("label", Wording(field.label))
            writer.member("part", field.part.code)
            writer.member("merge", field.merge.rawValue)
            writer.member("type", field.type.name)
            writer.member("codes", orNull: field.type.enumeration?.name)
            writer.member("bytes_max", field.type.bytesMax)
            writer.member("source", field.source.rawValue)
            writer.member("required_from", field.required.rawValue)
            writer.member("default", orNull: field.defaultText)
            writer.member("at_registration", isEnterable)
            writer.member("is_column", isColumn)
        }
    }

    private static let codeTables: [UInt8] = {
        var writer = JSONWriter()
        writer.object { writer in
            writer.named("lists") { writer in
                writer.array { writer in
                    for list in Enumeration.all { write(list, &writer) }
                }
            }
        }
        return writer.bytes
    }()

    private static func write(_ list: Enumeration, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", list.name)
            writer.member("label", Wording(list.label))
            writer.member("is_open", list.isOpen)
            writer.named("codes") { writer in
                writer.array { writer in
                    for entry in list.entries {
                        writer.object { writer in
                            writer.member("code", entry.code)
                            writer.member("label", Wording(entry.label))
                        }
                    }
                }
            }
        }
    }
}
