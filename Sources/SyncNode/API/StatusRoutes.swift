import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

// How things stand at the node.
extension APIRoute {
    static let status = APIRoute(
        method: .get, path: "/api/v1/status", operation: "getStatus",
        summary: Wording(
            "节点状态；工单件数须注明岗位",
            "How things stand at this node; where posts are registered, how many tickets for a named post only"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("状态", "the status"), schema: "Status")],
        handler: .worker { call in
            let listed = try ListedTickets(ifNamed: call)
            let status = try call.store.status(keptFrom: listed?.target)
            let lines = call.runtime.lines.withLock { $0 }
            let uplink = try call.store.uplink(keptFrom: listed?.target)
            return .json {
                StatusJSON(call.runtime, status, listed == nil ? nil : status.figures, lines, uplink).write(to: &$0)
            }
        })

    /// Clients that work by a topology file ask this first, and nothing else of a node that is not the one named there.
    static let node = APIRoute(
        method: .get, path: "/api/v1/node", operation: "getNode",
        summary: Wording("本节点是谁:节点、银行、拓扑摘要", "Which node this is: its id, its bank, the digest of its topology"),
        answers: [Answer(status: 200, summary: Wording("身份", "the identity"), schema: "NodeIdentity")],
        handler: .inline { call in
            .json { $0.value(NodeIdentity(call.runtime.topology, call.runtime.node.id)) }
        })

    static let incidents = APIRoute(
        method: .get, path: "/api/v1/incidents", operation: "listIncidents",
        summary: Wording("事件记录", "Incidents, newest first"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("事件", "the incidents"), schema: "IncidentList")],
        handler: .worker { call in
            // Some are about a ticket.
            let listed = try ListedTickets(call)
            let incidents = try call.store.incidents().filter { incident in
                try incident.subject.map { try listed.contains(TicketReference($0)) } ?? true
            }
            return .json { writer in
                writer.object { writer in
                    writer.named("incidents") { writer in
                        writer.array { writer in
                            for incident in incidents { writer.value(incident) }
                        }
                    }
                }
            }
        })

    static let healthz = APIRoute(
        method: .get, path: "/healthz", operation: "getHealth",
        summary: Wording("进程存活", "The process is alive"),
        answers: [Answer(status: 200, summary: Wording("存活", "alive"), schema: "Health")],
        handler: .inline { _ in .json { $0.health("ok") } })

    static let readyz = APIRoute(
        method: .get, path: "/readyz", operation: "getReadiness",
        summary: Wording("可以受理", "The node takes work"),
        answers: [Answer(status: 200, summary: Wording("可以受理", "ready"), schema: "Health")],
        handler: .worker { call in
            guard !call.runtime.isStopping.withLock({ $0 }) else { throw APIProblem.stopping }
            if let reason = call.store.halted { throw WriterError.halted(cause: reason) }
            try call.store.checkFiles()
            return .json { $0.health("ready") }
        })
}

extension JSONWriter {
    fileprivate mutating func health(_ word: String) { object { $0.member("status", word) } }

    fileprivate mutating func value(_ incident: Incident) {
        object { writer in
            writer.member("at", incident.at)
            writer.member("code", incident.code)
            writer.member("node", orNull: incident.node)
            writer.member("subject", orNull: incident.subject)
            writer.member("count", incident.count)
            // Null for one that another version of this program has recorded.
            writer.name("hint")
            if let code = IncidentCode(rawValue: incident.code) { writer.value(code.hint) } else { writer.null() }
        }
    }
}

/// The status of a node as JSON.
struct StatusJSON {
    private let runtime: NodeRuntime
    private let status: StoreStatus
    /// nil for nobody.
    private let figures: TicketFigures?
    private let lines: [NodeID: LinkStatus]
    private let uplink: Uplink?

    init(
        _ runtime: NodeRuntime, _ status: StoreStatus, _ figures: TicketFigures?, _ lines: [NodeID: LinkStatus],
        _ uplink: Uplink?
    ) {
        self.uplink = uplink
        self.figures = figures
        self.runtime = runtime
        self.status = status
        self.lines = lines
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.named("node") { writeNode(to: &$0) }
            writer.named("versions") { writeVersions(to: &$0) }
            writer.member("now", runtime.store.wallMilliseconds())
            writer.member("incarnation", orNull: status.incarnation?.description)
            writer.member("apply_sequence", status.applySequence)
            for (name, count) in [
                ("tickets", figures?.all), ("open_tickets", figures?.open), ("conflicts", figures?.conflicts),
                ("undetermined", figures?.undetermined),
            ] {
                writer.member(name, numberOrNull: count.map(Int64.init))
            }
            writer.member("parked_actions", status.parkedActions)
            writer.member("incidents", status.incidents)
            writer.member("is_suspended", status.isSuspended)
            writer.member("is_past_open", status.isPastOpen)
            writer.member("is_stopping", runtime.isStopping.withLock { $0 })
            writer.member("halted", orNull: (runtime.store.halted as? any ExplainedError)?.code)
            writer.named("people") { writer in
                writer.object { $0.register(runtime.store.people, runtime.node.id) }
            }
            writer.named("uplink") { uplink.write(to: &$0, runtime, at: runtime.store.wallMilliseconds()) }
            writer.named("neighbours") { writer in
                writer.array { writer in
                    for neighbour in status.neighbours { write(neighbour, to: &writer) }
                }
            }
        }
    }

    private func writeNode(to writer: inout JSONWriter) {
        let node = runtime.node
        writer.object { writer in
            writer.member("id", node.id.text)
            writer.member("tier", node.tier.roleName)
            writer.member("name", node.name)
            writer.member("org", node.orgCode)
            writer.member("parent", orNull: node.parent?.text)
            writer.member("bank", runtime.topology.bank)
            writer.member("topology_digest", runtime.topology.digest(SHA256.function).description)
        }
    }

    private func writeVersions(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("syncnode", ProgramVersion.text)
            writer.member("protocol", Int(Frame.version))
            writer.member("sqlite", sqliteVersion)
        }
    }

    private func write(_ neighbour: NeighbourStatus, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("node", neighbour.node.text)
            writer.member("name", runtime.name(of: neighbour.node))
            writer.member("is_parent", neighbour.isParent)
            writer.member("waiting", neighbour.waiting)
            writer.member("log_length", neighbour.logLength)
            writer.member("head_office_holds", numberOrNull: neighbour.headOfficeHolds)
            writer.member("read", neighbour.read)
            writer.member("contact", numberOrNull: neighbour.contact)
            writer.member("is_suspended", neighbour.isSuspended)
            writer.member("is_quarantined", neighbour.isQuarantined)
            writer.member("withheld", neighbour.withheld)
            writer.named("shared") { writer in
                writer.object { writer in
                    writer.member("count", neighbour.sharedCount)
                    writer.member(
                        "fingerprint",
                        Hex.encode(neighbour.sharedFingerprint.high) + Hex.encode(neighbour.sharedFingerprint.low))
                }
            }
            writer.name("line")
            if let line = lines[neighbour.node] { write(line, to: &writer) } else { writer.null() }
        }
    }

    private func write(_ line: LinkStatus, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("phase", line.phase.rawValue)
            writer.member("last_error", orNull: line.lastError)
            writer.member("hint", orNull: line.lastHint)
            writer.member("failing_since", numberOrNull: line.failingSince)
            writer.member("next_attempt", numberOrNull: line.nextAttempt)
            writer.member("last_success", numberOrNull: line.lastSuccess)
            writer.member("attempts_failed", line.attemptsFailed)
            writer.member("bytes_sent", line.bytesSent)
            writer.member("bytes_received", line.bytesReceived)
            writer.member("exchanges", line.exchanges)
        }
    }
}

/// The program's own version, the same in `--version`, status and metrics.
enum ProgramVersion {
    static let text = "0.1.0"
}
