import HTTPTransport
import TicketModel
import TicketStore

// Deadlines and the rules behind them.
extension APIRoute {
    static let clocks = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/clocks", operation: "explainTicketClocks",
        summary: Wording(
            "时限推导及办理时间分布", "The deadlines of a ticket, each derived step by step, and who had the ticket when"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("时限", "the clocks"), schema: "Clocks")],
        problems: [404],
        handler: .worker { call in
            let json = try ClocksJSON(try TicketReading.detail(call).detail, call.store)
            return .json { json.write(to: &$0) }
        })

    static let references = APIRoute(
        method: .get, path: "/api/v1/references", operation: "listReferences",
        summary: Wording("总行发布的规则与日历", "What head office has published, as far as it arrived here"),
        answers: [Answer(status: 200, summary: Wording("清单", "the list"), schema: "ReferenceList")],
        handler: .worker { call in
            let items = try call.store.references()
            return .json { writer in
                writer.object { writer in
                    writer.member(
                        "references",
                        array: { writer in for item in items { write(item, &writer) } })
                }
            }
        })

    private static func write(_ item: ReferenceItem, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", item.kind.rawValue)
            writer.member("label", Wording(item.kind.label))
            writer.member("name", item.name)
            writer.member("version", item.version)
            writer.member("bytes", item.content.utf8.count)
        }
    }
}
