import HTTPTransport
import TicketModel

// Problems of the request itself, before any rule of the business is asked.
extension APIProblem {
    static let noSuchPath = APIProblem(
        404, "request.unknown-path", Wording("没有这个地址", "There is nothing at this address."),
        hint: Wording("接口说明见 /api/v1/openapi.json", "See /api/v1/openapi.json."))

    static func wrongMethod(allowed: [HTTPMethod]) -> APIProblem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        var problem = APIProblem(
            405, "request.wrong-method", Wording("此地址不支持该方法", "This address does not take that method."),
            hint: Wording("可用方法:\(names)", "It takes: \(names)."))
        problem.headers["Allow"] = names
        return problem
    }

    static let wrongContentType = APIProblem(
        415, "request.wrong-content-type", Wording("请求内容须为 JSON", "The body must be JSON."),
        hint: Wording("加上 Content-Type: application/json", "Send Content-Type: application/json."))

    static let unexpectedBody = APIProblem(
        400, "request.unexpected-body", Wording("此地址不带内容", "This address takes no body."),
        hint: Wording("去掉内容;参数写在地址中", "Leave the body out; parameters stand in the address."))

    static func tooLarge(bytesMax: Int) -> APIProblem {
        APIProblem(
            413, "request.too-large", Wording("请求内容过大", "The body is larger than this address takes."),
            hint: Wording("不超过 \(bytesMax) 字节", "Keep it to \(bytesMax) bytes."))
    }

    static let crossSite = APIProblem(
        403, "request.cross-site", Wording("拒绝来自其他网站的请求", "Requests from other web sites are refused."),
        hint: Wording("请从本节点自己的页面或命令行操作", "Use this node's own pages or the command line."))

    /// The address is served at another listener of this node.
    static func misdirected(to listener: NodeListener, _ address: ListenAddress) -> APIProblem {
        var problem = APIProblem(
            421, "request.other-listener",
            Wording("此地址由本节点的另一个端口提供", "This address is served at another listener of this node."),
            hint: Wording(
                "\(listener.label.zh)端口:\(address.url)", "The \(listener.label.en) listener is \(address.url)."))
        problem.headers["Location"] = address.url
        return problem
    }

    static let busy = APIProblem(
        503, "node.busy", Wording("排队的请求过多", "Too many requests are waiting."),
        hint: Wording("稍后重试", "Try again in a moment."))

    static let stopping = APIProblem(
        503, "node.stopping", Wording("节点正在停止", "This node is stopping."),
        hint: Wording("节点启动后重试", "Try again when the node runs."))

    static let versionRequired = APIProblem(
        428, "request.if-match-required", Wording("修改须带 If-Match", "An amendment needs If-Match."),
        hint: Wording("先读取工单,把 ETag 放入 If-Match", "Read the ticket and send its ETag as If-Match."))

    static func badHeader(_ name: String, _ detail: Wording, hint: Wording) -> APIProblem {
        APIProblem(
            400, "request.bad-header", Wording("请求头 \(name) 有误", "The header \(name) is not valid."), hint: hint,
            items: [Item(field: name, rule: "bad-header", detail: detail.both, hint: hint.both)])
    }

    /// A header that should hold a post's code.
    static func badPost(_ header: String) -> APIProblem {
        badHeader(
            header, Wording("不是岗位代码", "It is no code of a post."),
            hint: Wording("用英文字母、数字、. _ -，不超过 48 字节", "Use letters, digits, . _ -, at most 48 bytes."))
    }

    static func badParameter(_ name: String, _ rule: String, _ detail: Wording, hint: Wording) -> APIProblem {
        let shown = isPlainName(name) ? name : "?"
        return APIProblem(
            400, "request.bad-parameter", Wording("参数有误", "A query parameter is not valid."), hint: hint,
            items: [Item(field: shown, rule: rule, detail: detail.both, hint: hint.both)])
    }

    /// - Parameter known: what the address takes.
    static func unknownParameter(_ name: String, known: [String]) -> APIProblem {
        let hint =
            known.isEmpty
            ? Wording("此地址不带参数", "This address takes none.")
            : Wording("可用:\(known.joined(separator: "、"))", "It takes: \(known.joined(separator: ", ")).")
        return badParameter(
            name, "unknown-parameter", Wording("没有这个参数", "There is no such parameter."),
            hint: Suggestion.nearest(to: name, among: known).map { Wording("是否指 \($0)?", "Did you mean \($0)?") }
                ?? hint)
    }

    /// Fields that no ticket has, where no rule looks at them.
    static func unknownFields(_ names: [String]) -> APIProblem {
        let fields = FieldTable.all.map(\.name)
        return APIProblem(
            422, "refused.invalid_fields",
            Wording("有 \(names.count) 项内容需要更正", "\(names.count) value(s) need attention."),
            hint: Wording("逐项见 errors", "See errors, one by one."),
            items: names.map { name in
                let near = Suggestion.nearest(to: name, among: fields).map {
                    Wording("是否指 \($0)?", "Did you mean \($0)?")
                }
                return Item(
                    field: isPlainName(name) ? name : "?", rule: FieldRule.unknownField.rawValue,
                    detail: Wording("没有这个字段", "There is no such field.").both,
                    hint: (near ?? Wording("字段见 /api/v1/fields", "See /api/v1/fields.")).both)
            })
    }

    /// A body that is no JSON.
    init(_ error: JSONError) {
        let tooLarge = [.textTooLarge, .tooManyValues, .stringTooLong].contains(error.reason)
        self.init(
            tooLarge ? 413 : 400, error.code,
            Wording("请求内容不是合法的 JSON", "The body is not valid JSON: \(error.sentence)."),
            hint: Wording("见第 \(error.place.line) 行第 \(error.place.column) 列", "\(error.hint)."),
            items: [
                Item(
                    field: "", rule: error.code,
                    detail: ErrorWords.both(ErrorWords.text(error.code)?.sentence, error.sentence),
                    hint: ErrorWords.both(ErrorWords.text(error.code)?.hint, error.hint), place: error.place)
            ])
    }

    /// A body that is JSON of another shape.
    init(_ list: MistakeList) {
        self.init(
            422, "request.invalid-body", Wording("请求内容的结构有误", "The body is not of the right shape."),
            hint: Wording("逐项见 errors", "See errors, one by one."),
            items: list.mistakes.map { mistake in
                let words = mistake.chinese ?? ErrorWords.text("body.\(mistake.code)")
                return Item(
                    field: APIProblem.shown(mistake.path), rule: mistake.code,
                    detail: ErrorWords.both(words?.sentence, mistake.sentence),
                    hint: ErrorWords.both(words?.hint, mistake.hint), place: mistake.place)
            })
    }

    /// A pointer may hold names that the sender made up: repeated only where they cannot be anything but names.
    private static func shown(_ path: JSONPath) -> String {
        let pointer = path.pointer
        return pointer.isEmpty || isPlainName(pointer) ? pointer : "?"
    }

    static func isPlainName(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}
