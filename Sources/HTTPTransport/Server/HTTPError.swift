import Platform

/// Why a server could not start.
public enum HTTPError: ExplainedError, Equatable {
    /// Plain HTTP leaves this machine only with TLS.
    case plainHTTPBeyondLoopback(address: String)
    /// Not a numeric address of this machine.
    case badAddress(address: String)
    case portInUse(address: String, port: UInt16)
    /// Below 1024, or forbidden by policy.
    case portForbidden(address: String, port: UInt16)
    /// The system's error number is kept for the log.
    case cannotListen(address: String, port: UInt16, systemError: Int32)
    /// No memory, threads or descriptors for the daemon.
    case cannotStart

    public var code: String {
        switch self {
        case .plainHTTPBeyondLoopback: "http.plain-beyond-loopback"
        case .badAddress: "http.bad-address"
        case .portInUse: "http.port-in-use"
        case .portForbidden: "http.port-forbidden"
        case .cannotListen: "http.cannot-listen"
        case .cannotStart: "http.cannot-start"
        }
    }

    public var sentence: String {
        switch self {
        case .plainHTTPBeyondLoopback(let address): "Plain HTTP is refused on \(address): it is no loopback address."
        case .badAddress(let address): "\"\(address)\" is not an address that this machine can listen on."
        case .portInUse(let address, let port): "Port \(port) of \(address) is in use by another program."
        case .portForbidden(let address, let port): "The system does not let this user listen on \(address):\(port)."
        case .cannotListen(let address, let port, let systemError):
            "Listening on \(address):\(port) failed (system error \(systemError))."
        case .cannotStart: "The HTTP server found no memory, threads or descriptors to start with."
        }
    }

    public var hint: String {
        switch self {
        case .plainHTTPBeyondLoopback: "Listen on 127.0.0.1 or ::1."
        case .badAddress: "Write a numeric address such as 127.0.0.1 or ::1."
        case .portInUse: "Stop that program, or choose another port (0 finds a free one)."
        case .portForbidden: "Choose a port from 1024 upwards."
        case .cannotListen: "Check that the address belongs to this machine."
        case .cannotStart: "Raise the limits of this process, then start it again."
        }
    }
}
