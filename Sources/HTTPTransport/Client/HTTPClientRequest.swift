/// What a client asks, and how long and how much it is ready to take.
public struct HTTPClientRequest: Sendable {
    public var method: HTTPMethod
    /// Absolute, percent-encoded; `https` where `isEncrypted`, else `http`.
    public var url: String
    /// True for TLS, the other side's certificate checked against those that the system trusts.
    public var isEncrypted = false
    /// A file of certificates (PEM) to trust instead of the system's, such as those of a bank's own authority.
    public var trustFile: String?
    /// Sent as they are, after `Host`. Nothing else is sent, no `User-Agent` and no `Accept`.
    public var headers: HTTPHeaders
    public var body: [UInt8]
    /// From the start to the last byte of the answer. For a long poll: its waiting time and some seconds.
    public var timeoutMilliseconds = 30_000
    /// From the start until the connection stands.
    public var connectTimeoutMilliseconds = 5_000
    /// A longer answer ends the request.
    public var responseBytesMax = 16 * 1024 * 1024

    public init(_ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
