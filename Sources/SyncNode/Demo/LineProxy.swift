import Glibc
import Platform

/// A line between two nodes that can be cut: a TCP relay on loopback that counts what crosses it and, where asked,
/// keeps it for a later search.
final class LineProxy: Sendable {
    private struct State {
        var listener: Int32
        var connections: [Int32] = []
        var isCut = false
        var isClosed = false
        var bytesUp: Int64 = 0
        var bytesDown: Int64 = 0
        var capture: Int32?
    }

    /// Where the dialling node finds its neighbour.
    let port: UInt16
    private let target: UInt16
    private let state: Locked<State>

    /// - Parameters:
    ///   - target: the loopback port of the node behind the line.
    ///   - capturePath: a file for all bytes that the dialling side sends; nil keeps nothing.
    /// - Throws: `LineProxyError`, `WorkerThreadError`.
    init(to target: UInt16, capturePath: String?) throws {
        let (listener, port) = try LineProxy.listen(on: 0)
        self.port = port
        self.target = target
        var initial = State(listener: listener)
        if let capturePath {
            initial.capture = open(capturePath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        }
        state = Locked(initial)
        _ = try WorkerThread(name: "line-\(port)", stackBytes: 128 * 1024, body: { [self] in accept() })
    }

    /// Bytes that crossed: from the dialling side, and back.
    var traffic: (up: Int64, down: Int64) { state.withLock { ($0.bytesUp, $0.bytesDown) } }

    /// Ends every connection; new ones are refused until `restore`.
    func cut() {
        state.change { state in
            state.isCut = true
            for descriptor in state.connections { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    func restore() { state.change { $0.isCut = false } }

    /// Ends the line for good.
    func close() {
        state.change { state in
            state.isClosed = true
            for descriptor in state.connections { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
            _ = shutdown(state.listener, Int32(SHUT_RDWR))
            if let capture = state.capture { Glibc.close(capture) }
            state.capture = nil
        }
    }

    private func accept() {
        let listener = state.withLock { $0.listener }
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else {
                if state.withLock({ $0.isClosed }) { break }
                continue
            }
            guard !state.withLock({ $0.isCut || $0.isClosed }), let server = LineProxy.connect(to: target) else {
                Glibc.close(client)
                continue
            }
            relay(client, server)
        }
        Glibc.close(listener)
    }

    /// Two threads a connection; the second to end closes both sides.
    private func relay(_ client: Int32, _ server: Int32) {
        LineProxy.sendAtOnce(client)
        LineProxy.sendAtOnce(server)
        state.change { $0.connections += [client, server] }
        let remaining = Locked(2)
        let finish: @Sendable () -> Void = { [self] in
            _ = shutdown(client, Int32(SHUT_RDWR))
            _ = shutdown(server, Int32(SHUT_RDWR))
            guard
                remaining.withLock({
                    $0 -= 1; return $0 == 0
                })
            else { return }
            state.change { $0.connections.removeAll { $0 == client || $0 == server } }
            Glibc.close(client)
            Glibc.close(server)
        }
        do {
            _ = try WorkerThread(
                name: "up-\(port)", stackBytes: 256 * 1024,
                body: { [self] in
                    pump(from: client, to: server, isUp: true)
                    finish()
                })
        } catch { finish() }
        do {
            _ = try WorkerThread(
                name: "down-\(port)", stackBytes: 256 * 1024,
                body: { [self] in
                    pump(from: server, to: client, isUp: false)
                    finish()
                })
        } catch { finish() }
    }

    private func pump(from source: Int32, to sink: Int32, isUp: Bool) {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            note(buffer[..<count], isUp: isUp)
            guard LineProxy.send(buffer[..<count], to: sink) else { return }
        }
    }

    private func note(_ bytes: ArraySlice<UInt8>, isUp: Bool) {
        state.withLock { state in
            if isUp { state.bytesUp += Int64(bytes.count) } else { state.bytesDown += Int64(bytes.count) }
            if isUp, let capture = state.capture {
                _ = bytes.withUnsafeBytes { write(capture, $0.baseAddress, $0.count) }
            }
        }
    }

    // MARK: Sockets

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    /// A listening socket and its port; 0 lets the system choose.
    static func listen(on port: UInt16) throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LineProxyError(systemError: errno) }
        var address = address(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        guard bound == 0, Glibc.listen(descriptor, 128) == 0 else {
            Glibc.close(descriptor)
            throw LineProxyError(systemError: errno)
        }
        var actual = sockaddr_in()
        var length = size
        _ = withUnsafeMutablePointer(to: &actual) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return (descriptor, UInt16(bigEndian: actual.sin_port))
    }

    /// Ports that are held until they are released, so that none is given twice.
    struct ReservedPorts {
        fileprivate(set) var ports: [UInt16] = []
        fileprivate var descriptors: [Int32] = []

        func release() { for descriptor in descriptors { Glibc.close(descriptor) } }
    }

    static func reserve(_ count: Int) throws -> ReservedPorts {
        var reserved = ReservedPorts()
        do {
            for _ in 0..<count {
                let (descriptor, port) = try listen(on: 0)
                reserved.descriptors.append(descriptor)
                reserved.ports.append(port)
            }
        } catch {
            reserved.release()
            throw error
        }
        return reserved
    }

    private static func connect(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = address(port)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func sendAtOnce(_ descriptor: Int32) {
        var on: Int32 = 1
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func send(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// No socket for a line.
struct LineProxyError: ExplainedError {
    let systemError: Int32

    var code: String { "demo.no-line" }
    var sentence: String { "A line of the demonstration cannot be opened (\(String(cString: strerror(systemError))))." }
    var hint: String { "Check the limit of open files and the loopback interface." }
}
