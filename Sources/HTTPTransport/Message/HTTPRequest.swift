/// A whole request, with its body collected.
public struct HTTPRequest: Sendable {
    public let method: HTTPMethod
    /// Path and query, decoded.
    public let target: HTTPTarget
    public let headers: HTTPHeaders
    public let body: [UInt8]
    /// The address of the other end without its port, such as `127.0.0.1`.
    public let peer: String

    /// For tests of what handles requests; the server makes its own.
    public init(method: HTTPMethod, target: HTTPTarget, headers: HTTPHeaders = [:], body: [UInt8] = [], peer: String) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}
