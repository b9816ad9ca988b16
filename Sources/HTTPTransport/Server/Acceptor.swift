import Glibc
import Platform

/// The thread that accepts connections and ends those whose clients are too slow.
///
/// Accepting outside of libmicrohttpd keeps three things in our hands: what happens at a limit (503 instead of silence),
/// the deadline of every connection, and closing the port while requests finish (the library's own way to do that can
/// abort the process when it races with a worker).
final class Acceptor: Sendable {
    private enum Order { case accept, reap, quit }

    /// The state that `run` owns.
    private struct Loop {
        /// Out of descriptors: do not listen before this moment.
        var pausedUntilMilliseconds: Int64 = 0
    }

    static let reapIntervalMilliseconds: Int32 = 250
    static let pauseMilliseconds: Int64 = 100
    static let acceptsPerRoundMax = 64

    private let listener: ListenSocket
    private let wakeReader: Int32
    private let wakeWriter: Int32
    private let table: ConnectionTable
    private let headerMilliseconds: Int64
    private let workers: WorkerPool
    private let order = Locked(Order.accept)

    /// - Throws: `.cannotStart` without descriptors for the wake-up pipe.
    init(
        listener: ListenSocket, table: ConnectionTable, workers: WorkerPool, headerMilliseconds: Int
    ) throws(HTTPError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .cannotStart }
        _ = ends.allSatisfy(setDescriptorFlags)
        (wakeReader, wakeWriter) = (ends[0], ends[1])
        self.listener = listener
        self.table = table
        self.headerMilliseconds = Int64(headerMilliseconds)
        self.workers = workers
    }

    deinit {
        close(wakeReader)
        close(wakeWriter)
    }

    /// The body of the thread.
    func run() {
        var loop = Loop()
        while true {
            switch order.withLock({ $0 }) {
            case .accept: waitAndAccept(&loop)
            case .reap:
                listener.close()
                wait(listening: false)
            case .quit: return listener.close()
            }
            table.shutDownLate(atMilliseconds: SystemClock.monotonicMilliseconds())
        }
    }

    /// Closes the port and returns when it is closed; connections live on.
    func stopListening() {
        give(.reap)
        listener.waitUntilClosed()
    }

    /// Ends the thread; join it afterwards.
    func quit() {
        give(.quit)
    }

    private func give(_ new: Order) {
        order.withLock { $0 = new }
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte.
        _ = write(wakeWriter, &byte, 1)
    }

    private func waitAndAccept(_ loop: inout Loop) {
        let isPaused = SystemClock.monotonicMilliseconds() < loop.pausedUntilMilliseconds
        guard wait(listening: !isPaused) else { return }
        for _ in 0..<Acceptor.acceptsPerRoundMax {
            var address = SocketAddress()
            let socket = address.fill { accept(listener.descriptor, $0, $1) }
            if socket >= 0 {
                admit(socket, from: address)
                continue
            }
            if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM {
                loop.pausedUntilMilliseconds = SystemClock.monotonicMilliseconds() + Acceptor.pauseMilliseconds
            }
            // ECONNABORTED and EINTR are worth another try, EAGAIN is not: the next round tells them apart.
            return
        }
    }

    /// Sleeps until a connection waits (true), a wake-up comes or it is time to reap.
    @discardableResult
    private func wait(listening: Bool) -> Bool {
        var watched = [pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)]
        if listening { watched.append(pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)) }
        let isIdle = listening && table.count == 0
        guard poll(&watched, nfds_t(watched.count), isIdle ? -1 : Acceptor.reapIntervalMilliseconds) > 0 else {
            return false
        }
        if watched[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            _ = read(wakeReader, &bytes, bytes.count)
        }
        return listening && watched[1].revents != 0
    }

    private func admit(_ socket: Int32, from address: SocketAddress) {
        let deadline = SystemClock.monotonicMilliseconds() + headerMilliseconds
        guard setDescriptorFlags(socket),
            let connection = table.insert(socket: socket, peer: address.host, deadlineMilliseconds: deadline)
        else { return Acceptor.refuse(socket) }
        do throws(HTTPError) {
            if try !workers.add(connection, from: address) { table.remove(connection) }
        } catch {
            // No room for another thread: as good as too many connections.
            table.remove(connection)
            Acceptor.refuse(socket)
        }
    }

    /// Too many connections: say so, instead of letting the client wait in the queue of the port.
    private static func refuse(_ socket: Int32) {
        let head =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
            + "Content-Length: 0\r\n\r\n"
        _ = Array(head.utf8).withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(socket, Int32(SHUT_WR))
        close(socket)
    }
}
