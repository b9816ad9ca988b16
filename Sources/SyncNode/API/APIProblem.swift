import HTTPTransport

/// Why a request was not carried out, as problem details (RFC 9457). Never carries a value that a person entered.
struct APIProblem: Error, Sendable {
    /// One thing that is wrong in the request: which field, which rule, what to do.
    struct Item: Hashable, Sendable {
        /// The field's stable name, a JSON pointer, or the name of a parameter or header.
        var field: String
        /// Stable code of the rule that is broken.
        var rule: String
        /// The requirement or regulation behind the rule (`DM-05`); nil where there is none.
        var source: String?
        var detail: String
        var hint: String
        /// Where it stands in the body; nil where that says nothing.
        var place: JSONPlace?

        init(
            field: String, rule: String, source: String? = nil, detail: String, hint: String, place: JSONPlace? = nil
        ) {
            self.field = field
            self.rule = rule
            self.source = source
            self.detail = detail
            self.hint = hint
            self.place = place
        }
    }

    /// More are counted, not listed.
    static let itemsMax = 100
    static let mediaType = "application/problem+json"

    let status: Int
    /// Stable, such as `ticket.not-found`.
    let code: String
    /// One sentence in both languages.
    let detail: Wording
    let hint: Wording
    var items: [Item] = []
    /// The transition or guard that refused.
    var rule: String?
    /// The codes of the roles that may do it.
    var whoMay: [String] = []
    var headers: HTTPHeaders = [:]

    init(_ status: Int, _ code: String, _ detail: Wording, hint: Wording, items: [Item] = []) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.items = items
        if status == 503 { headers["Retry-After"] = "1" }
    }

    var response: HTTPResponse {
        var writer = JSONWriter()
        write(to: &writer)
        var response = HTTPResponse(status: status, type: APIProblem.mediaType, body: writer.bytes + [0x0A])
        for (name, value) in headers { response.headers.add(name, value) }
        return response
    }

    private func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "urn:syncnode:problem:\(code)")
            writer.member("title", APIProblem.title(of: status).both)
            writer.member("status", status)
            writer.member("code", code)
            writer.member("detail", detail.both)
            writer.member("hint", hint.both)
            if let rule { writer.member("rule", rule) }
            if !whoMay.isEmpty { writer.member("who_may", texts: whoMay) }
            writer.name("errors")
            writer.array { writer in
                for item in items.prefix(APIProblem.itemsMax) { item.write(to: &writer) }
            }
            if items.count > APIProblem.itemsMax { writer.member("omitted_errors", items.count - APIProblem.itemsMax) }
        }
    }

    /// What a status means, for people.
    static func title(of status: Int) -> Wording {
        switch status {
        case 400: Wording("请求有误", "Bad request")
        case 403: Wording("不允许", "Forbidden")
        case 404: Wording("不存在", "Not found")
        case 405: Wording("方法不允许", "Method not allowed")
        case 409: Wording("与当前状态冲突", "Conflict with the present state")
        case 411: Wording("须注明长度", "Length required")
        case 412: Wording("版本已变化", "Changed meanwhile")
        case 413: Wording("内容过大", "Too large")
        case 415: Wording("内容类型不支持", "Unsupported media type")
        case 421: Wording("端口不对", "Another listener")
        case 422: Wording("内容不符合规则", "Content breaks rules")
        case 428: Wording("须注明版本", "Version required")
        case 501: Wording("尚未提供", "Not built yet")
        case 503: Wording("暂不可用", "Unavailable for now")
        case 507: Wording("空间不足", "No space left")
        default: Wording("节点内部错误", "Internal error")
        }
    }
}

extension APIProblem.Item {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("field", field)
            writer.member("rule", rule)
            if let source { writer.member("source", source) }
            writer.member("detail", detail)
            writer.member("hint", hint)
            if let place {
                writer.member("line", place.line)
                writer.member("column", place.column)
            }
        }
    }
}
