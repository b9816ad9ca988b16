import Platform

/// Why a request got no answer. It names no address and no path: both may tell about customers.
public enum HTTPClientError: ExplainedError, Equatable {
    /// The URL or a header cannot be sent.
    case badRequest
    case cannotResolve
    case refused
    case unreachable
    case connectTimedOut
    case timedOut
    /// The other side ended the connection before its answer was complete.
    case closed
    case notHTTP
    /// Nobody who is trusted vouches for the other side's certificate, or it is another host's.
    case badCertificate
    /// The file of certificates to trust is missing or holds none.
    case badTrustFile
    case tooLarge(limitBytes: Int)
    /// The abort token was raised, or the reader of the pieces wanted no more.
    case aborted
    /// Anything else, with the library's number for it.
    case failed(libraryError: UInt32)

    public var code: String {
        switch self {
        case .badRequest: "http-client.bad-request"
        case .cannotResolve: "http-client.cannot-resolve"
        case .refused: "http-client.refused"
        case .unreachable: "http-client.unreachable"
        case .connectTimedOut: "http-client.connect-timed-out"
        case .timedOut: "http-client.timed-out"
        case .closed: "http-client.closed"
        case .notHTTP: "http-client.not-http"
        case .badCertificate: "http-client.bad-certificate"
        case .badTrustFile: "http-client.bad-trust-file"
        case .tooLarge: "http-client.too-large"
        case .aborted: "http-client.aborted"
        case .failed: "http-client.failed"
        }
    }

    public var sentence: String {
        switch self {
        case .badRequest: "The URL or a header of the request cannot be sent."
        case .cannotResolve: "The name of the other node is not known."
        case .refused: "The other node refuses connections on this port."
        case .unreachable: "There is no way to the other node."
        case .connectTimedOut: "The other node did not take the connection in time."
        case .timedOut: "The other node did not answer in time."
        case .closed: "The other node ended the connection before its answer was complete."
        case .notHTTP: "What answered does not speak HTTP."
        case .badCertificate: "The other side's certificate is not trusted, or belongs to another host."
        case .badTrustFile: "The file of certificates to trust cannot be used."
        case .tooLarge(let limitBytes): "The answer is larger than \(limitBytes) bytes."
        case .aborted: "The request was ended from this side."
        case .failed(let libraryError): "The request failed (libcurl error \(libraryError))."
        }
    }

    public var hint: String {
        switch self {
        case .badRequest: "Write the URL as http://host:port/path, percent-encoded."
        case .cannotResolve: "Check the host in the configuration, or write a numeric address."
        case .refused: "Check that the other node runs and that the port is right."
        case .unreachable, .connectTimedOut: "Check the line; it is tried again by itself."
        case .timedOut, .closed: "It is tried again by itself; if it goes on, look at the other node's log."
        case .notHTTP: "Check the port: another program listens there, or it expects TLS."
        case .badCertificate:
            "Check the host in the address; trust the authority that signed it (caFile, or the system's)."
        case .badTrustFile: "Write the authority's certificates into it as PEM."
        case .tooLarge: "Ask for less at once."
        case .aborted: "Nothing is to be done."
        case .failed: "Look the number up in libcurl-errors(3)."
        }
    }
}
