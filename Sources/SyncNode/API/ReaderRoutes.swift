import HTTPTransport
import TicketModel
import TicketStore

// Who was shown a ticket's words at this node (AU-05).
extension APIRoute {
    static let readers = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/readers", operation: "listTicketReaders",
        summary: Wording(
            "查阅记录:谁在何时经何操作看过全文",
            "Who was shown the words of a ticket at this node, when, and for what; newest first"),
        parameters: readerHeaders,
        answers: [Answer(status: 200, summary: Wording("查阅记录", "the readings"), schema: "ReaderList")],
        problems: [404],
        handler: .worker { call in
            let document = try TicketReading.detail(call).detail.document
            let readings = try call.store.readings(of: document, max: readingsMax)
            return .json { writer in
                writer.object { writer in
                    writer.member(
                        "readings",
                        array: { writer in for reading in readings { writer.value(reading) } })
                }
            }
        })

    private static let readingsMax = 1000
}

extension JSONWriter {
    fileprivate mutating func value(_ reading: TicketRead) {
        object { writer in
            writer.member("at", reading.at)
            writer.member("post", reading.post)
            writer.member("operation", reading.operation)
            writer.member("purpose", orNull: reading.purpose)
        }
    }
}

extension APISchema {
    /// What the list of readings answers.
    static let readerAnswers: [(name: String, schema: APISchema)] = [
        (
            "ReaderList",
            .object(
                [
                    (
                        "readings",
                        .array(
                            .object(
                                [
                                    ("at", .int), ("post", .text), ("operation", .text), ("purpose", .nullable(.text)),
                                ], isOpen: true))
                    )
                ], isOpen: true)
        )
    ]
}
