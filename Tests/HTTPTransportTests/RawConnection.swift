import Glibc
import Platform

/// A socket that says exactly what a test wants, well-formed or not.
final class RawConnection {
    private let socket: Int32
    private var received: [UInt8] = []

    /// - Parameter receiveBufferBytes: a small one makes a reader that is soon behind.
    init(port: UInt16, receiveBufferBytes: Int32? = nil) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        precondition(socket >= 0)
        if var bytes = receiveBufferBytes {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let outcome = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        isConnected = outcome == 0
        self.socket = socket
    }

    let isConnected: Bool

    deinit { close(socket) }

    /// False when the other side has closed.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Everything until the other side closes or resets; nil when it does neither in time.
    func readToEnd(withinMilliseconds milliseconds: Int = 10_000) -> String? {
        let deadline = SystemClock.monotonicMilliseconds() + Int64(milliseconds)
        while let count = receive(deadline: deadline) {
            if count == 0 { return String(decoding: received, as: UTF8.self) }
        }
        return nil
    }

    /// Everything up to and with the given text; nil when it does not come in time or the other side closes before.
    func read(until text: String, withinMilliseconds milliseconds: Int = 10_000) -> String? {
        let deadline = SystemClock.monotonicMilliseconds() + Int64(milliseconds)
        while true {
            let seen = String(decoding: received, as: UTF8.self)
            if let end = seen.firstRange(of: text)?.upperBound {
                let head = String(seen[..<end])
                received.removeFirst(head.utf8.count)
                return head
            }
            guard let count = receive(deadline: deadline), count > 0 else { return nil }
        }
    }

    /// One answer with a Content-Length: its status and body.
    func readResponse() -> (status: Int, head: String, body: String)? {
        guard let head = read(until: "\r\n\r\n") else { return nil }
        let lines = head.split(separator: "\r\n")
        let length = lines.compactMap { line -> Int? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
            return Int(parts[1].filter { $0 != " " })
        }
        let count = length.first ?? 0
        let deadline = SystemClock.monotonicMilliseconds() + 10_000
        while received.count < count {
            guard let more = receive(deadline: deadline), more > 0 else { return nil }
        }
        let body = String(decoding: received.prefix(count), as: UTF8.self)
        received.removeFirst(count)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (status ?? 0, head, body)
    }

    /// How many bytes came; 0 at the end or a reset; nil at the deadline.
    private func receive(deadline: Int64) -> Int? {
        let left = deadline - SystemClock.monotonicMilliseconds()
        var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard left > 0, poll(&watched, 1, Int32(left)) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &bytes, bytes.count, 0)
        guard count > 0 else { return 0 }
        received += bytes.prefix(count)
        return count
    }
}
