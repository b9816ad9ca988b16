import HTTPTransport
import TicketModel

extension APIRoute {
    static let openAPI = APIRoute(
        method: .get, path: "/api/v1/openapi.json", operation: "getOpenAPI",
        summary: Wording("接口说明", "This description"),
        answers: [Answer(status: 200, summary: Wording("OpenAPI 3.1", "OpenAPI 3.1"), schema: "Anything")],
        handler: .inline { _ in .json(bytes: OpenAPI.document) })
}

/// The interface description (OpenAPI 3.1), made from the table of routes: it cannot say anything else than they do.
enum OpenAPI {
    static let document: [UInt8] = {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.named("info") { writer in
                writer.object { writer in
                    writer.member("title", "SyncNode")
                    writer.member("version", ProgramVersion.text)
                    writer.member(
                        "description",
                        "银行投诉工单节点的接口。A node of a bank's complaint tickets: tickets, worklists, status and events. "
                            + "健康与指标在运维端口提供,在此答 421。Health and metrics are served at the operation listener; "
                            + "this one answers them with 421.")
                }
            }
            writer.named("paths") { writePaths(to: &$0) }
            writer.named("components") { writer in
                writer.object { writer in writer.named("schemas") { writeSchemas(to: &$0) } }
            }
        }
        return writer.bytes
    }()

    private static func writePaths(to writer: inout JSONWriter) {
        var paths: [String] = []
        for route in APIRoute.all where !paths.contains(route.path) { paths.append(route.path) }
        writer.object { writer in
            for path in paths {
                writer.named(path) { writer in
                    writer.object { writer in
                        for route in APIRoute.all where route.path == path { write(route, to: &writer) }
                    }
                }
            }
        }
    }

    private static func write(_ route: APIRoute, to writer: inout JSONWriter) {
        writer.named(route.method.rawValue.lowercased()) { writer in
            writer.object { writer in
                writer.member("operationId", route.operation)
                writer.member("summary", route.summary.both)
                writeParameters(of: route, to: &writer)
                if let body = route.body { write(body, to: &writer) }
                writer.named("responses") { writeAnswers(of: route, to: &$0) }
            }
        }
    }

    /// Anything else names no ticket: 404, or 400 where it is no clean address.
    private static let referencePattern = "^[0-9A-Za-z-]{1,64}$"

    private static func writeParameters(of route: APIRoute, to writer: inout JSONWriter) {
        let names = route.pieces.filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
        guard !names.isEmpty || !route.parameters.isEmpty else { return }
        writer.named("parameters") { writer in
            writer.array { writer in
                for name in names {
                    let (summary, schema) = describe(name)
                    writer.object { write(name, "path", true, summary, schema, &$0) }
                }
                for parameter in route.parameters {
                    writer.object { writer in
                        write(
                            parameter.name, parameter.place.rawValue, parameter.isRequired, parameter.summary,
                            parameter.schema, &writer)
                        if let example = parameter.example { writer.member("example", example) }
                    }
                }
            }
        }
    }

    /// What a name in the path stands for.
    private static func describe(_ name: String) -> (Wording, APISchema) {
        guard name != "act" else {
            return (Wording("环节名称", "the act's name"), .choice(ActCatalogue.all.map(\.act.name)))
        }
        return (Wording("工单号或 32 位标识", "number or 32-digit id of the ticket"), .string(pattern: referencePattern))
    }

    private static func write(
        _ name: String, _ place: String, _ isRequired: Bool, _ summary: Wording, _ schema: APISchema,
        _ writer: inout JSONWriter
    ) {
        writer.member("name", name)
        writer.member("in", place)
        if isRequired { writer.member("required", true) }
        writer.member("description", summary.both)
        writer.name("schema")
        schema.write(to: &writer)
    }

    private static func write(_ body: APIRoute.Body, to writer: inout JSONWriter) {
        writer.named("requestBody") { writer in
            writer.object { writer in
                writer.member("required", body.isRequired)
                writer.member("description", "至多 at most \(body.bytesMax) bytes")
                writer.named("content") { write("application/json", body.schema, to: &$0) }
            }
        }
    }

    private static func writeAnswers(of route: APIRoute, to writer: inout JSONWriter) {
        writer.object { writer in
            for answer in route.answers {
                writer.named(String(answer.status)) { writer in
                    writer.object { writer in
                        writer.member("description", answer.summary.both)
                        if let schema = answer.schema {
                            writer.named("content") { write(answer.mediaType, schema, to: &$0) }
                        }
                    }
                }
            }
            for status in route.allProblems {
                writer.named(String(status)) { writer in
                    writer.object { writer in
                        writer.member("description", APIProblem.title(of: status).both)
                        writer.named("content") { write(APIProblem.mediaType, "Problem", to: &$0) }
                    }
                }
            }
        }
    }

    private static func write(_ mediaType: String, _ schema: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.named(mediaType) { writer in
                writer.object { writer in
                    writer.name("schema")
                    APISchema.reference(schema).write(to: &writer)
                }
            }
        }
    }

    private static func writeSchemas(to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, schema) in APISchema.named {
                writer.name(name)
                schema.write(to: &writer)
            }
        }
    }
}
