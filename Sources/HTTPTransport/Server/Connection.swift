import Synchronization

/// One accepted socket. Its deadline is moved by the thread that serves it and read by the reaper.
final class Connection: Sendable {
    let socket: Int32
    let peer: String
    /// Which worker serves it.
    let worker: Int
    private let deadlineMilliseconds: Atomic<Int64>

    init(socket: Int32, peer: String, worker: Int, deadlineMilliseconds: Int64) {
        self.socket = socket
        self.peer = peer
        self.worker = worker
        self.deadlineMilliseconds = Atomic(deadlineMilliseconds)
    }

    /// Until this moment of the monotonic clock the client has time for what it is doing; nil while it waits for us.
    func setDeadline(milliseconds: Int64?) {
        deadlineMilliseconds.store(milliseconds ?? .max, ordering: .relaxed)
    }

    func isLate(atMilliseconds now: Int64) -> Bool {
        deadlineMilliseconds.load(ordering: .relaxed) < now
    }
}
