/// An answer. `Content-Length` is added by the server; nothing else is, so a short answer stays short.
public struct HTTPResponse: Sendable, Equatable {
    /// 200 … 599.
    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]

    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        precondition((200...599).contains(status), "a final status is 200 to 599")
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A body with its media type, such as `application/json`.
    public init(status: Int, type: String, body: [UInt8]) {
        self.init(status: status, headers: ["Content-Type": type], body: body)
    }

    /// Problem details (RFC 9457) with our stable code, sentence and hint.
    public static func problem(status: Int, code: String, sentence: String, hint: String) -> HTTPResponse {
        var json = "{\"type\":\"urn:syncnode:problem:\(escaped(code))\",\"status\":\(status)"
        for (name, text) in [("code", code), ("title", sentence), ("detail", sentence), ("hint", hint)] {
            json += ",\"\(name)\":\"\(escaped(text))\""
        }
        json += ",\"errors\":[]}\n"
        return HTTPResponse(status: status, type: "application/problem+json", body: Array(json.utf8))
    }

    /// Text between the quotes of a JSON string (RFC 8259 §7).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<"\u{10}": result += "\\u000" + String(scalar.value, radix: 16)
            case "\u{10}"..<"\u{20}": result += "\\u00" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
