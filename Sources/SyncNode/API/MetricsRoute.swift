import HTTPTransport
import SyncProtocol
import TicketStore

extension APIRoute {
    static let metrics = APIRoute(
        method: .get, path: "/metrics", operation: "getMetrics",
        summary: Wording("监控指标", "Figures for Prometheus"),
        answers: [
            Answer(
                status: 200, summary: Wording("Prometheus 文本", "Prometheus text"), schema: "PlainText",
                mediaType: Metrics.mediaType)
        ],
        handler: .worker { call in
            let status = try call.store.status()
            let lines = call.runtime.lines.withLock { $0 }
            var metrics = Metrics()
            metrics.add(status)
            metrics.add(status.neighbours)
            metrics.add(lines.values.sorted { $0.peer < $1.peer })
            metrics.add(call.services)
            metrics.add(try call.store.noticeCounts(), call.runtime.notices.state)
            return HTTPResponse(status: 200, type: Metrics.mediaType, body: Array(metrics.text.utf8))
        })
}

/// Prometheus' text format, version 0.0.4: each family with its help and type, then its samples.
struct Metrics {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        case gauge, counter
    }

    private(set) var text = ""

    /// One family. Labels are names of ours or node ids: nothing in them needs escaping but what is escaped here.
    mutating func family(
        _ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: [(String, String)], value: Int64)]
    ) {
        let name = "syncnode_\(name)"
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.0)=\"\(Metrics.escaped($0.1))\"" }.joined(separator: ",")
            text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
        }
    }

    mutating func gauge(_ name: String, _ help: String, _ value: some BinaryInteger) {
        family(name, .gauge, help, [([], Int64(clamping: value))])
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

extension Metrics {
    mutating func add(_ status: StoreStatus) {
        family(
            "build_info", .gauge, "Versions; the value is always 1.",
            [
                (
                    [
                        ("version", ProgramVersion.text), ("protocol", String(Frame.version)),
                        ("sqlite", sqliteVersion), ("node", status.node.text),
                    ], 1
                )
            ])
        gauge("apply_sequence", "Acts applied at this node.", status.applySequence)
        gauge("tickets", "Tickets held here.", status.figures.all)
        gauge("open_tickets", "Tickets on which somebody still has to act.", status.figures.open)
        gauge(
            "conflicted_tickets", "Tickets with fields that have several values side by side.", status.figures.conflicts
        )
        gauge(
            "undetermined_tickets", "Tickets with a deadline whose end no calendar tells.", status.figures.undetermined)
        gauge("parked_actions", "Acts that wait for an earlier one.", status.parkedActions)
        gauge("incidents", "Kinds of incidents recorded.", status.incidents)
        gauge("suspended", "1 while two copies of this node are known to be alive.", status.isSuspended ? 1 : 0)
    }

    mutating func add(_ neighbours: [NeighbourStatus]) {
        func samples(_ value: (NeighbourStatus) -> Int64) -> [(labels: [(String, String)], value: Int64)] {
            neighbours.map { ([("peer", $0.node.text)], value($0)) }
        }
        family(
            "waiting", .gauge, "Log entries that the neighbour has not read.", samples { Int64(clamping: $0.waiting) })
        family("log_length", .gauge, "Log entries kept for the neighbour.", samples { Int64(clamping: $0.logLength) })
        family("log_read", .gauge, "Entries read of the neighbour's log.", samples { Int64(clamping: $0.read) })
        family(
            "last_contact_milliseconds", .gauge, "Milliseconds since 1970 of the last contact; 0 for none.",
            samples { $0.contact ?? 0 })
        family(
            "shared_entries", .gauge, "Entries that both sides hold.", samples { Int64(clamping: $0.sharedCount) })
    }

    mutating func add(_ lines: [LinkStatus]) {
        func samples(_ value: (LinkStatus) -> Int64) -> [(labels: [(String, String)], value: Int64)] {
            lines.map { ([("peer", $0.peer.text)], value($0)) }
        }
        family(
            "line_connected", .gauge, "1 while the line is exchanging or waits drained for news.",
            samples { $0.phase == .connected || $0.phase == .syncing ? 1 : 0 })
        family(
            "line_failed_attempts", .gauge, "Attempts that failed since the last success.",
            samples { Int64($0.attemptsFailed) })
        family("line_bytes_sent_total", .counter, "Bytes sent, headers included.", samples(\.bytesSent))
        family("line_bytes_received_total", .counter, "Bytes received, headers included.", samples(\.bytesReceived))
        family("line_exchanges_total", .counter, "Exchanges.", samples(\.exchanges))
    }

    mutating func add(_ services: APIServices) {
        family(
            "http_responses_total", .counter, "Answers of the HTTP interface by family of status.",
            services.counters.families.map { ([("status", $0.name)], $0.count) })
        gauge("event_streams", "Clients that listen to server-sent events.", services.events.count)
    }
}
