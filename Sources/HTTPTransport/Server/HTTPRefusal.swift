import Platform

/// Why the transport itself answers a request, without asking the handler.
enum HTTPRefusal: ExplainedError, Equatable, CaseIterable {
    case badTarget
    case badFraming
    case methodUnknown
    case methodNotAllowed
    case lengthRequired
    case bodyTooLarge
    case bodiesTooLarge
    case stopping
    case unanswered
    case badResponse

    var status: Int {
        switch self {
        case .badTarget, .badFraming: 400
        case .methodUnknown, .methodNotAllowed: 405
        case .lengthRequired: 411
        case .bodyTooLarge: 413
        case .bodiesTooLarge, .stopping: 503
        case .unanswered, .badResponse: 500
        }
    }

    var code: String {
        switch self {
        case .badTarget: "http.bad-target"
        case .badFraming: "http.bad-framing"
        case .methodUnknown: "http.method-unknown"
        case .methodNotAllowed: "http.method-not-allowed"
        case .lengthRequired: "http.length-required"
        case .bodyTooLarge: "http.body-too-large"
        case .bodiesTooLarge: "http.bodies-too-large"
        case .stopping: "http.stopping"
        case .unanswered: "http.unanswered"
        case .badResponse: "http.bad-response"
        }
    }

    var sentence: String {
        switch self {
        case .badTarget: "The request target is not a clean path with a query."
        case .badFraming: "The header of the request is malformed or ambiguous."
        case .methodUnknown: "The request method is not known here."
        case .methodNotAllowed: "The request method is not allowed here."
        case .lengthRequired: "The body was sent without a Content-Length."
        case .bodyTooLarge: "The body is larger than this resource takes."
        case .bodiesTooLarge: "The bodies of all requests together are larger than this node takes at once."
        case .stopping: "This node is stopping."
        case .unanswered: "The node gave no answer to this request."
        case .badResponse: "The node made an answer that cannot be sent."
        }
    }

    var hint: String {
        switch self {
        case .badTarget: "Start with a slash and percent-encode what is not a letter or digit, as UTF-8."
        case .badFraming: "Send each of Host, Content-Length and Transfer-Encoding at most once, with plain values."
        case .methodUnknown, .methodNotAllowed: "See the API description for the methods of this resource."
        case .lengthRequired: "Send the body in one piece with a Content-Length header."
        case .bodyTooLarge: "Send it in smaller pieces."
        case .bodiesTooLarge, .stopping: "Try again in a moment."
        case .unanswered, .badResponse: "Report this with the time and the address that you asked for."
        }
    }

    /// Sentence and hint for people who read Chinese: the answer says both.
    var chinese: (sentence: String, hint: String) {
        switch self {
        case .badFraming: ("请求头不正确或有歧义", "Host、Content-Length、Transfer-Encoding 各最多一次")
        case .badResponse: ("节点的应答无法发送", "请报告时间和地址")
        case .badTarget: ("请求目标不是规范的路径", "以 / 开头,特殊字符用百分号编码")
        case .bodiesTooLarge: ("各请求的内容合计过大", "稍后重试")
        case .bodyTooLarge: ("请求内容过大", "分成较小的几份")
        case .lengthRequired: ("请求内容没有注明长度", "一次发送,并带 Content-Length")
        case .methodNotAllowed: ("此处不允许该方法", "可用方法见接口说明")
        case .methodUnknown: ("不认识该方法", "可用方法见接口说明")
        case .stopping: ("节点正在停止", "稍后重试")
        case .unanswered: ("节点没有应答此请求", "请报告时间和地址")
        }
    }

    /// The answer to send. The connection ends with it, because what follows on it cannot be trusted or is not wanted.
    var response: HTTPResponse {
        var response = HTTPResponse.problem(
            status: status, code: code, sentence: "\(chinese.sentence) \(sentence)", hint: "\(chinese.hint) \(hint)")
        response.headers["Connection"] = "close"
        if status == 503 { response.headers["Retry-After"] = "1" }
        return response
    }

    /// The same, with the methods that the resource takes where the method is the mistake (RFC 9110 §15.5.6).
    func response(allowed: [HTTPMethod]) -> HTTPResponse {
        var response = response
        guard status == 405 else { return response }
        // A path without a resource has none, and a field without a value cannot be sent.
        let known = allowed.isEmpty ? HTTPMethod.allCases : allowed
        response.headers["Allow"] = known.map(\.rawValue).joined(separator: ", ")
        return response
    }
}
