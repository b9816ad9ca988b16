import HTTPTransport
import Platform
import TicketModel

/// `sync`, `pull`, `backup`, `verify`, `repair`, `adopt`: what an operator asks of a running node.
enum OperatorCommands {
    static let specs = [sync, pull, requestMissing, backup, verify, repair, adopt]

    private static let reach: [FlagSpec] = FlagSpec.reach + [.operator]

    private static let sync = CommandSpec(
        name: "sync", summary: Wording("立即与上级同步", "Try the line to the parent now"), flags: reach,
        examples: ["syncnode sync --topology topology.example.json --node branch-0101"], exitCodes: [.unavailable]
    ) { invocation in
        _ = try invocation.operate("/control/sync")
        invocation.console.print("已请求,结果见 peers  Requested; see peers for what came of it.")
        return .success
    }

    private static let pull = CommandSpec(
        name: "pull", summary: Wording("立即向下级节点拉取", "Dial the children now and exchange until drained"),
        flags: reach + [FlagSpec("child", .text(placeholder: "ID"), help: Wording("仅此下级", "only this child"))],
        examples: ["syncnode pull --topology topology.example.json --node head-office"], exitCodes: [.unavailable],
        reads: true
    ) { invocation in
        let query = invocation.arguments.text("child").map { "?child=\(PercentText.encode($0))" } ?? ""
        let report = PullReport(invocation.console, json: invocation.wantsJSON)
        var failure: JSONError?
        do {
            _ = try invocation.operate("/control/pull" + query) { chunk in
                do throws(JSONError) { try report.add(chunk) } catch { failure = error }
                return failure == nil
            }
        } catch {
            throw failure ?? error
        }
        report.finish()
        return report.hasFailed ? .failed : .success
    }

    private static let requestMissing = CommandSpec(
        name: "request-missing", summary: Wording("索取缺少的工单", "Ask the neighbours again for what is missing of a node"),
        details: Wording(
            "与通向该节点的下级交换至完,比较双方持有,再与该节点日终自报的件数核对。差额见 consolidated。",
            "Exchanges with the node below that leads there until drained, compares what both hold, then checks against the node's own count of the day. Differences: consolidated."
        ),
        flags: reach + [
            FlagSpec("from", .text(placeholder: "id"), required: true, help: Wording("哪个节点的工单", "whose tickets"))
        ],
        examples: [
            "syncnode request-missing --from branch-0101 --topology topology.example.json --node head-office"
        ],
        exitCodes: [.unavailable], reads: true
    ) { invocation in
        let from = PercentText.encode(invocation.arguments.text("from") ?? "")
        let answer = try JSONReader.parse(try invocation.operate("/control/request-missing?from=\(from)"))
        if invocation.wantsJSON {
            invocation.console.print { $0.value(answer.value) }
        } else {
            OperatorText.print(requested: answer, on: invocation.console)
        }
        let isWhole = answer["after"]?["missing"]?.integer.map { $0 <= 0 } ?? true
        return answer["error"]?.string == nil && isWhole ? .success : .failed
    }

    private static let backup = CommandSpec(
        name: "backup", summary: Wording("备份运行中的节点", "Back up a running node into a new file"),
        arguments: [ArgumentSpec("file", help: Wording("新文件", "the new file"))], flags: reach,
        examples: [
            "syncnode backup /var/backups/branch-0101.sqlite --topology topology.example.json --node branch-0101"
        ],
        exitCodes: [.unavailable]
    ) { invocation in
        // The node writes the file, and works in another folder than the person who asks.
        let path = FolderPath.absolute(invocation.arguments.argument("file"))
        _ = try invocation.operate("/control/backup?to=" + PercentText.encode(path))
        invocation.console.print("已备份 backed up: \(path)")
        return .success
    }

    private static let verify = check(
        "verify", Wording("核验哈希、链、折叠与日志", "Check hashes, chains, folds and logs; writes nothing"))

    private static let repair = check(
        "repair", Wording("核验,并向相邻节点索回损坏的部分", "Check, and get damaged actions back from the neighbours"))

    /// A command that answers with the report of a check.
    private static func check(_ name: String, _ summary: Wording) -> CommandSpec {
        CommandSpec(
            name: name, summary: summary, flags: reach,
            examples: ["syncnode \(name) --topology topology.example.json --node branch-0101"],
            exitCodes: [.damage, .unavailable], reads: true
        ) { invocation in
            let body = try invocation.operate("/control/\(name)")
            let answer = try JSONReader.parse(body)
            if invocation.wantsJSON {
                invocation.console.print { $0.value(answer.value) }
            } else {
                OperatorText.print(check: answer, on: invocation.console)
            }
            return answer["is_sound"]?.bool == true ? .success : .damage
        }
    }

    private static let adopt = CommandSpec(
        name: "adopt", summary: Wording("裁定两个副本中保留哪一个", "Decide which of two live copies of a child goes on"),
        details: Wording(
            "在上级节点执行;不带 --life 时列出可选者,最新的在最后。保留后办理权恢复。",
            "Run at the node above. Without --life it lists the choices, newest last. Custody goes on with the one adopted."
        ),
        flags: reach + [
            FlagSpec("child", .text(placeholder: "id"), required: true, help: Wording("下级节点", "the child")),
            FlagSpec("life", .text(placeholder: "hex"), help: Wording("保留的一支", "the life that goes on")),
        ],
        examples: ["syncnode adopt --child branch-0101 --topology topology.example.json --node province-01"],
        exitCodes: [.unavailable], reads: true
    ) { invocation in
        let child = invocation.arguments.text("child") ?? ""
        let life = invocation.arguments.text("life").map { "&life=\(PercentText.encode($0))" } ?? ""
        let answer = try JSONReader.parse(
            try invocation.operate("/control/adopt?child=\(PercentText.encode(child))" + life))
        if invocation.wantsJSON {
            invocation.console.print { $0.value(answer.value) }
        } else {
            OperatorText.print(lives: answer, adopted: invocation.arguments.text("life"), on: invocation.console)
        }
        return .success
    }
}

extension Invocation {
    /// The post that asks for an operation: the one that is named; else, by the topology, the one that registers usually
    /// have for it, a branch's at its province; `operator` where not even the node's unit is known.
    private func operatingPost(for path: String) throws -> String {
        if let post = arguments.text("post") { return post }
        guard arguments.text("url") == nil else { return "operator" }
        let topology = try Topology.load(topologyPath)
        let node = try node(of: topology)
        return path == "/control/publish"
            ? "\(node.orgCode).\(Role.hoDispatcher.rawValue)" : topology.usualOperator(of: node)
    }

    /// Posts to the running node; a problem document becomes an error of the command.
    func operate(
        _ path: String, json: [UInt8] = [], onChunk: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws -> [UInt8] {
        let address = try nodeAddress()
        try NodeClient(address).prove()
        let base = NodeListener(path: path) == .operation ? address.operationURL : address.url
        var request = HTTPClientRequest(.post, path)
        request.headers = ControlGate.sent(by: try operatingPost(for: path))
        request.body = json
        request.timeoutMilliseconds = 30 * 60 * 1000
        let response: HTTPClientResponse
        do {
            response = try HTTPClient().perform(request, at: base, onChunk: onChunk)
        } catch {
            throw NodeUnreachable(cause: error)
        }
        guard (200..<300).contains(response.status) else { throw NodeRefusal(response) }
        return response.body
    }
}

extension Topology {
    /// The post that registers usually have for the operation of a node: a branch's is its province's.
    func usualOperator(of node: TopologyNode) -> String {
        let centre = node.tier == .branch ? node.parent.flatMap { self.node($0) } ?? node : node
        return "\(centre.orgCode).\(Role.sysadmin.rawValue)"
    }
}

/// No node answers at the address.
struct NodeUnreachable: ExplainedError, ReportableError {
    let cause: HTTPClientError

    var code: String { cause.code }
    var sentence: String { "The node does not answer. \(cause.sentence)" }
    private var chinese: ErrorWords.Text {
        ErrorWords.Text(
            "节点没有应答:\(ErrorWords.text(code)?.sentence ?? code)", "用 syncnode run 启动它,或核对 --node、--topology、--url")
    }
    var hint: String { "Start it with `syncnode run`, or check --node, --topology and --url." }
    var reports: [ErrorReport] { [ErrorReport(code, english: sentence, hint: hint, chinese: chinese)] }
    var exitCode: ExitCode { .unavailable }
}

/// Percent-encoding of one query value (RFC 3986).
enum PercentText {
    static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
