import Glibc
import Platform

/// A server that does exactly what a test wants: it reads one header, says its piece and then closes or hangs.
final class RawListener: Sendable {
    enum End { case close, hang, reset }

    let port: UInt16
    private let socket: Int32
    private let heard = Locked<[UInt8]>([])
    private let released = Signal()
    private let thread: Locked<WorkerThread?>

    /// - Parameters:
    ///   - answers: one for each connection that comes, in order.
    ///   - backlog: how many connections the system takes by itself.
    init(_ answers: [(bytes: [UInt8], end: End)], backlog: Int32 = 16) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, backlog) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        precondition(isBound)
        port = UInt16(bigEndian: address.sin_port)
        self.socket = socket
        let heard = heard
        let released = released
        thread = Locked(nil)
        if answers.isEmpty { return }
        let worker = try WorkerThread(name: "raw-listener") {
            for answer in answers { RawListener.serve(socket, answer, heard: heard, released: released) }
        }
        thread.withLock { $0 = worker }
    }

    deinit { close(socket) }

    /// What the first connection said so far.
    var bytesHeard: [UInt8] { heard.withLock { $0 } }

    /// Ends a connection that hangs, and waits for the thread.
    func finish() {
        released.raise()
        thread.withLock { $0 }?.join()
    }

    private static func serve(
        _ socket: Int32, _ answer: (bytes: [UInt8], end: End), heard: Locked<[UInt8]>, released: Signal
    ) {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        while !heard.withLock({ isWhole($0) }) {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { return }
            heard.change { $0 += bytes.prefix(count) }
        }
        _ = answer.bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        switch answer.end {
        case .close: break
        case .hang: released.wait(after: 0, untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 20_000))
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    /// Header and the body that its Content-Length names.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let head = text[..<end.lowerBound].lowercased()
        guard let field = head.firstRange(of: "content-length: ") else { return true }
        let digits = head[field.upperBound...].prefix { $0.isNumber }
        return bytes.count >= text[..<end.upperBound].utf8.count + (Int(digits) ?? 0)
    }
}
