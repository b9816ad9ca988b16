import Glibc
import Platform

/// A bound and listening TCP socket on a loopback address. It is closed once: by `close`, or with its owner.
final class ListenSocket: Sendable {
    let descriptor: Int32
    let port: UInt16
    private let isOpen = Locked(true)

    /// - Throws: `HTTPError` for an address beyond this machine, a port that is taken, and the like.
    init(address: String, port: UInt16) throws(HTTPError) {
        var parsed = try SocketAddress(numeric: address, port: port)
        guard parsed.isLoopback else { throw .plainHTTPBeyondLoopback(address: address) }
        let descriptor = socket(Int32(parsed.family), Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ListenSocket.error(address, port) }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setDescriptorFlags(descriptor), setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size) == 0,
            parsed.withPointer({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, Int32(SOMAXCONN)) == 0,
            parsed.fill({ getsockname(descriptor, $0, $1) }) == 0
        else {
            let error = ListenSocket.error(address, port)
            Glibc.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.port = parsed.port
    }

    deinit { close() }

    func close() {
        isOpen.change { isOpen in
            if isOpen { Glibc.close(descriptor) }
            isOpen = false
        }
    }

    func waitUntilClosed() {
        _ = isOpen.wait { $0 ? nil : true }
    }

    private static func error(_ address: String, _ port: UInt16) -> HTTPError {
        switch errno {
        case EADDRINUSE: .portInUse(address: address, port: port)
        case EACCES: .portForbidden(address: address, port: port)
        case EADDRNOTAVAIL: .badAddress(address: address)
        case let systemError: .cannotListen(address: address, port: port, systemError: systemError)
        }
    }
}

/// Never blocks, and is not passed on to a child process.
func setDescriptorFlags(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 && fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
}
