import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// Explanation texts and scripts that the whole bank uses alike (IM-10, RF-07).
extension APIRoute {
    static let texts = [textList, textShow, textTickets]

    private static let ticketsMax = 500

    private static let textList = APIRoute(
        method: .get, path: "/api/v1/texts", operation: "listTexts",
        summary: Wording("口径库", "The explanation texts that head office has published, newest versions"),
        parameters: [
            Parameter(
                name: "purpose", place: .query, summary: Wording("用途", "what for"),
                schema: .choice(KnowledgeText.Purpose.allCases.map(\.rawValue)))
        ],
        answers: [Answer(status: 200, summary: Wording("口径", "the texts"), schema: "TextList")],
        handler: .worker { call in
            let purpose = try purpose(call.request.target.query)
            let texts = try call.store.rules().library.texts.filter { purpose == nil || $0.purpose == purpose }
            let now = call.store.wallMilliseconds()
            return .json { writer in
                writer.object { writer in
                    writer.named("texts") { writer in
                        writer.array { writer in for text in texts { write(text, at: now, &writer) } }
                    }
                }
            }
        })

    private static let textShow = APIRoute(
        method: .get, path: "/api/v1/texts/{text}", operation: "getText",
        summary: Wording("查看口径", "One explanation text"),
        answers: [Answer(status: 200, summary: Wording("口径", "the text"), schema: "Text")], problems: [404],
        handler: .worker { call in
            guard let text = try call.store.rules().library.text(call.values["text"] ?? "") else { throw noSuchText }
            let now = call.store.wallMilliseconds()
            return .json { write(text, at: now, &$0) }
        })

    private static let textTickets = APIRoute(
        method: .get, path: "/api/v1/texts/{text}/tickets", operation: "listTicketsOfText",
        summary: Wording("引用该口径的工单", "The tickets that link to a text or were answered with it, newest first"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("工单", "the tickets"), schema: "TextTickets")],
        handler: .worker { call in
            let reader = try TicketReading(listing: call)
            let uses = try call.store.tickets(usingText: call.values["text"] ?? "", max: ticketsMax).filter { use in
                reader.level(of: try call.store.ticket(.document(use.document))) > .nothing
            }
            return .json { writer in
                writer.object { writer in
                    writer.named("tickets") { writer in
                        writer.array { writer in
                            for use in uses {
                                writer.object { writer in
                                    writer.member("number", orNull: use.ticket)
                                    writer.member("document", use.document.description)
                                    writer.member("state", orNull: use.state)
                                    writer.member("received_at", numberOrNull: use.receivedAt)
                                }
                            }
                        }
                    }
                }
            }
        })

    private static func purpose(_ items: [HTTPQueryItem]) throws(APIProblem) -> KnowledgeText.Purpose? {
        var found: KnowledgeText.Purpose?
        let names = KnowledgeText.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
        for item in items {
            found = KnowledgeText.Purpose(rawValue: item.value)
            guard found != nil else {
                throw .badParameter(
                    "purpose", "unknown-code", Wording("没有这种用途", "There is no such purpose."),
                    hint: Wording("可用 \(names)", "One of \(names)."))
            }
        }
        return found
    }

    private static let noSuchText = APIProblem(
        404, "text.not-found", Wording("没有已发布的这条口径", "No such text has been published, or it has not arrived here."),
        hint: Wording("清单见 /api/v1/texts", "See /api/v1/texts."))

    private static func write(_ text: KnowledgeText, at now: Int64, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", text.id)
            writer.member("version", text.version)
            writer.member("purpose", text.purpose.rawValue)
            writer.member("purpose_label", Wording(text.purpose.label))
            writer.member("title", Wording(text.title))
            writer.member("text", Wording(text.text))
            writer.member("valid_from", text.validFrom.text)
            writer.member("valid_until", orNull: text.validUntil?.text)
            writer.member("is_valid", text.isValid(at: now))
            writer.member("business_classes", texts: text.businessClasses)
        }
    }
}

extension APISchema {
    /// What the routes of explanation texts answer.
    static let textAnswers: [(name: String, schema: APISchema)] = [
        ("TextList", all([("texts", .array(.reference("Text")))])),
        (
            "Text",
            all([
                ("id", .text), ("version", .text), ("purpose", .choice(KnowledgeText.Purpose.allCases.map(\.rawValue))),
                ("purpose_label", .reference("Label")), ("title", .reference("Label")), ("text", .reference("Label")),
                ("valid_from", .text), ("valid_until", .nullable(.text)), ("is_valid", .boolean),
                ("business_classes", .array(.text)),
            ])
        ),
        (
            "TextTickets",
            all([
                (
                    "tickets",
                    .array(
                        all([
                            ("number", .nullable(.text)), ("document", .text), ("state", .nullable(.text)),
                            ("received_at", .nullable(.int)),
                        ]))
                )
            ])
        ),
    ]
}
