import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// What an operator's commands ask of the running node: `/control/…`. None opens the node's files behind its back.
final class ControlRoutes: Sendable {
    let runtime: NodeRuntime
    private let pool: WorkerPool

    /// - Throws: `WorkerThreadError`.
    init(_ runtime: NodeRuntime) throws {
        self.runtime = runtime
        pool = try WorkerPool(name: "control", threads: 2, jobsMax: 16)
    }

    func close() { pool.close() }

    /// The most bytes that a request may bring.
    static func bodyLimit(_ target: HTTPTarget) -> Int {
        target.segments == ["control", "publish"] ? PublishOperation.bodyBytesMax : APIRoute.strayBodyBytesMax
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard request.method == .post else {
            return ExchangeFailure.refuseMethod("control.method", "Operations are posted.", responder)
        }
        do {
            try ControlGate.checkForm(request)
            guard let operation = ControlOperation(segments: request.target.segments) else {
                throw RefusedOperation.unknown
            }
            let post = try ControlGate.post(of: request, for: operation, runtime)
            try ControlParameters.check(operation, request)
            try submit(operation, by: post, request, responder)
        } catch {
            _ = responder.respond(ExchangeFailure.response(to: error))
        }
    }

    private func submit(
        _ operation: ControlOperation, by post: String, _ request: HTTPRequest, _ responder: HTTPResponder
    ) throws(RefusedOperation) {
        let isTaken = pool.submit { [self] in
            runtime.log.say(
                LogEvent(.info, "operation", "An operator asks for an operation.")
                    .with("subject", operation.rawValue).with("post", post))
            do {
                try run(operation, by: post, request, responder)
            } catch {
                runtime.log.say(.failed(operation.rawValue, code: ExchangeFailure.code(of: error)))
                _ = responder.respond(ExchangeFailure.response(to: error))
            }
        }
        guard isTaken else { throw .busy }
    }

    private func run(
        _ operation: ControlOperation, by post: String, _ request: HTTPRequest, _ responder: HTTPResponder
    ) throws {
        switch operation {
        case .sync: try sync(responder)
        case .pull: try pull(request, responder)
        case .requestMissing: try requestMissing(request, responder)
        case .backup: try backup(request, responder)
        case .verify: check(operation, try runtime.store.verify(), responder)
        case .repair: check(operation, try runtime.repair(), responder)
        case .adopt: try adopt(request, responder)
        case .adoptSelf: try adoptSelf(by: post, request, responder)
        case .restored: try openPast(responder)
        case .readmit: try readmit(request, responder)
        case .publish: _ = responder.respond(try PublishOperation.run(request, by: post, runtime))
        }
    }

    private func sync(_ responder: HTTPResponder) throws(RefusedOperation) {
        guard runtime.node.parent != nil else { throw .noParent }
        runtime.syncNow()
        runtime.log.say(.done("sync", "An operator asked to try the line now."))
        _ = responder.respond(HTTPResponse(status: 202, type: "application/json", body: Array("{}\n".utf8)))
    }

    /// Dials the children one after the other; a line of JSON for each as it goes.
    private func pull(_ request: HTTPRequest, _ responder: HTTPResponder) throws {
        let children = runtime.topology.children(of: runtime.node.id)
        let wanted = request.target.queryValue("child").flatMap { NodeID($0) }
        guard !children.isEmpty else {
            _ = responder.respond(
                .explained(
                    status: 409, code: "control.no-children", sentence: "There is no node below this one to pull from.",
                    hint: "Try the line to the node above with `syncnode sync`."))
            return
        }
        guard request.target.queryValue("child") == nil || wanted.map(children.contains) == true else {
            return refuseUnknownChild(responder)
        }
        guard let stream = responder.stream(headers: ["Content-Type": "application/x-ndjson"]) else { return }
        let abort = HTTPAbort()
        for child in wanted.map({ [$0] }) ?? children {
            var rounds = 0
            do {
                try runtime.pull(child, abort: abort) {
                    rounds += 1
                    if !report(child, rounds, "pulling", nil, to: stream) { abort.raise() }
                }
                _ = report(child, rounds, "done", nil, to: stream)
                runtime.log.say(.done("pull", "A child was pulled until drained.").with("peer", child.text))
            } catch {
                runtime.log.say(.failed("pull", code: ExchangeFailure.code(of: error)).with("peer", child.text))
                _ = report(child, rounds, "failed", ExchangeFailure.code(of: error), to: stream)
            }
        }
        stream.close()
    }

    /// Asks the neighbour towards a node for what is missing of it (day §6.3 step 2): exchanges until drained, compares
    /// what both share, and tells what the node's own count said before and after.
    private func requestMissing(_ request: HTTPRequest, _ responder: HTTPResponder) throws {
        guard let node = request.target.queryValue("from").flatMap({ NodeID($0) }),
            let via = runtime.neighbour(towards: node)
        else { return refuseUnknownChild(responder) }
        func balance() throws -> Balance? {
            guard let org = runtime.topology.node(node)?.orgCode else { return nil }
            return try runtime.store.balances(of: [(node, org)]).first
        }
        let before = try balance()
        var failure: String?
        do {
            try runtime.pull(via)
            runtime.log.say(.done("request-missing", "What was missing was asked for.").with("peer", via.text))
        } catch {
            failure = ExchangeFailure.code(of: error)
            runtime.log.say(.failed("request-missing", code: failure ?? "").with("peer", via.text))
        }
        let after = try balance()
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("node", node.text)
            writer.member("via", via.text)
            writer.member("error", orNull: failure)
            for (name, balance) in [("before", before), ("after", after)] {
                writer.name(name)
                if let balance { writer.value(balance) } else { writer.null() }
            }
        }
        _ = responder.respond(HTTPResponse(status: 200, type: "application/json", body: writer.bytes + [0x0A]))
    }

    func refuseUnknownChild(_ responder: HTTPResponder) {
        let children = runtime.topology.children(of: runtime.node.id).prefix(20).map(\.text)
        _ = responder.respond(
            .explained(
                status: 404, code: "control.unknown-child", sentence: "That is no node below this one.",
                hint: children.isEmpty
                    ? "This node has none below it." : "Name one of: \(children.joined(separator: ", "))."))
    }

    private func report(_ child: NodeID, _ rounds: Int, _ phase: String, _ code: String?, to stream: HTTPStream) -> Bool
    {
        let line = runtime.lines.withLock { $0[child] }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("node", child.text)
            writer.member("phase", phase)
            writer.member("round_trips", rounds)
            writer.member("bytes_received", Int(line?.bytesReceived ?? 0))
            if let code { writer.member("error", code) }
        }
        return stream.send(writer.bytes + [0x0A])
    }

    private func backup(_ request: HTTPRequest, _ responder: HTTPResponder) throws {
        let path: String
        do {
            path = try BackupPath.resolved(request.target.queryValue("to") ?? "", outside: runtime.store.folder)
        } catch let error as BackupPathError {
            _ = responder.respond(
                .explained(status: 422, code: error.code, sentence: error.sentence, hint: error.hint))
            return
        }
        let began = SystemClock.monotonicMilliseconds()
        try runtime.store.backup(to: path)
        runtime.log.say(
            .done("backup", "A backup was written and is durable.").with("path", path)
                .with("milliseconds", SystemClock.monotonicMilliseconds() - began))
        var writer = JSONWriter()
        writer.object { writer in writer.member("backup", path) }
        _ = responder.respond(HTTPResponse(status: 200, type: "application/json", body: writer.bytes + [0x0A]))
    }

    /// A person's decision which of two live copies of a child goes on. Without a life it lists those to choose from.
    private func adopt(_ request: HTTPRequest, _ responder: HTTPResponder) throws {
        guard let child = request.target.queryValue("child").flatMap({ NodeID($0) }),
            runtime.topology.parent(of: child) == runtime.node.id
        else { return refuseUnknownChild(responder) }
        let lives = try runtime.store.lives(of: child)
        if let text = request.target.queryValue("life") {
            guard let life = lives.first(where: { $0.description == text }) else {
                _ = responder.respond(
                    .explained(
                        status: 422, code: "control.unknown-life", sentence: "The child never spoke under that life.",
                        hint: "Ask without a life for the list."))
                return
            }
            try runtime.store.adopt(life, asLineOf: child)
            runtime.log.say(
                .done("adopt", "One of two copies of a child was adopted.").with("peer", child.text)
                    .with("subject", text))
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("child", child.text)
            writer.member("lives", texts: lives.map(\.description))
        }
        _ = responder.respond(HTTPResponse(status: 200, type: "application/json", body: writer.bytes + [0x0A]))
    }

    private func check(_ operation: ControlOperation, _ report: VerifyReport, _ responder: HTTPResponder) {
        let isSound = report.findings.isEmpty
        runtime.log.say(
            LogEvent(
                isSound ? .info : .error, operation.rawValue,
                isSound ? "The store is sound." : "The store is damaged; `syncnode repair` asks the neighbours."
            )
            .with("actions", report.actions).with("findings", report.findings.count)
            .with("first", report.findings.first?.code.rawValue))
        respond(report, responder)
    }

    private func respond(_ report: VerifyReport, _ responder: HTTPResponder) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("actions", report.actions)
            writer.member("documents", report.documents)
            writer.member("is_sound", report.findings.isEmpty)
            writer.name("findings")
            writer.array { writer in
                for finding in report.findings {
                    writer.object { writer in
                        writer.member("code", finding.code.rawValue)
                        writer.member("subject", finding.subject)
                    }
                }
            }
        }
        _ = responder.respond(HTTPResponse(status: 200, type: "application/json", body: writer.bytes + [0x0A]))
    }
}
