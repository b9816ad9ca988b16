import HTTPTransport

extension APIRoute {
    static let events = APIRoute(
        method: .get, path: "/api/v1/events", operation: "streamEvents",
        summary: Wording("变化事件流", "Server-sent events: one after each commit, or burst of commits"),
        parameters: [
            Parameter(
                name: "Last-Event-ID", place: .header,
                summary: Wording("上次收到的序号;有新变化时立即告知", "the sequence seen last; what came since is told at once"),
                schema: .string(pattern: "^[0-9]{1,18}$"))
        ],
        answers: [
            Answer(
                status: 200, summary: Wording("事件流", "the stream"), schema: "EventStream",
                mediaType: "text/event-stream")
        ],
        handler: .deferred { call, reply in
            let last = try lastEvent(call)
            guard !call.services.events.isFull else { throw APIProblem.busy }
            let isTaken = call.services.workers.submit {
                let headers: HTTPHeaders = ["Content-Type": "text/event-stream"]
                guard let stream = reply.stream(headers: headers) else { return }
                call.services.events.add(stream)
                do {
                    EventStreams.greet(stream, after: last, now: try call.store.currentSequence())
                } catch {
                    // The client comes again, and is told then what is wrong.
                    stream.close()
                }
            }
            guard isTaken else { throw APIProblem.busy }
        })

    private static func lastEvent(_ call: APICall) throws -> Int64? {
        guard let text = try call.header("Last-Event-ID") else { return nil }
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let sequence = Int64(text)
        else {
            throw APIProblem.badHeader(
                "Last-Event-ID", Wording("不是序号", "It is no sequence number."),
                hint: Wording("原样送回事件的 id", "Send the id of an event back as it was."))
        }
        return sequence
    }
}
