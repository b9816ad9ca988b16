import HTTPTransport

/// `syncnode events`: shows what changes at a node as it happens.
enum EventsCommand {
    static let spec = CommandSpec(
        name: "events", summary: Wording("实时变化", "Show changes as they happen"),
        details: Wording("每次提交一行,直到 Ctrl-C。", "A line for each commit, until Ctrl-C."),
        flags: FlagSpec.reach + [
            FlagSpec(
                "count", .integer(placeholder: "events", 1...1_000_000), help: Wording("收到几条后结束", "end after so many")),
            FlagSpec("after", .text(placeholder: "sequence"), help: Wording("上次收到的序号", "the sequence seen last")),
        ],
        examples: ["syncnode events --count 1 --topology topology.example.json --node branch-0101"],
        exitCodes: TicketCommands.exits, reads: true
    ) { invocation in
        var reader = EventReader()
        var left = invocation.arguments.integer("count") ?? .max
        let console = invocation.console
        let client = try NodeClient(invocation)
        var extra: HTTPHeaders = [:]
        extra["Last-Event-ID"] = invocation.arguments.text("after")
        do {
            try client.listen("/api/v1/events", extra: extra) { chunk in
                for event in reader.add(chunk) where left > 0 {
                    left -= 1
                    console.print(
                        DisplayText.safe(invocation.wantsJSON ? event.data : "\(event.name)  \(event.data)"))
                    console.flush()
                }
                // Nobody reads on (`| head`): nothing more to show.
                return left > 0 && console.outputFailure == nil
            }
        } catch let error as NodeUnreachable
            where error.cause == .aborted && (left == 0 || console.outputFailure != nil)
        {
            // Ended from this side, with all that was asked for.
            return .success
        }
        return .success
    }
}

/// Cuts a stream of server-sent events into events (WHATWG HTML §9.2).
struct EventReader {
    struct Event: Hashable, Sendable {
        var name = "message"
        var data = ""
        var id: String?
    }

    private var rest: [UInt8] = []
    private var event = Event()
    private static let lineBytesMax = 64 * 1024

    /// The events that are complete now.
    mutating func add(_ chunk: UnsafeRawBufferPointer) -> [Event] {
        rest += chunk
        var events: [Event] = []
        while let end = rest.firstIndex(of: 0x0A) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest.removeSubrange(...end)
            if let event = take(line) { events.append(event) }
        }
        if rest.count > EventReader.lineBytesMax { rest = [] }
        return events
    }

    private mutating func take(_ line: String) -> Event? {
        if line.isEmpty {
            defer { event = Event() }
            return event.data.isEmpty ? nil : event
        }
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = String(parts[1].first == " " ? parts[1].dropFirst() : parts[1])
        switch parts[0] {
        case "event": event.name = value
        case "data": event.data += event.data.isEmpty ? value : "\n" + value
        case "id": event.id = value
        default: break
        }
        return nil
    }
}
