/// An answer, and what it cost on the line.
public struct HTTPClientResponse: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    /// Empty when it was given away in pieces.
    public let body: [UInt8]
    /// Request line, headers and body.
    public let bytesSent: Int
    /// Status line, headers and body; without the sizes between the chunks of a chunked answer.
    public let bytesReceived: Int
    /// True when an open connection was used again.
    public let wasConnectionReused: Bool
}
