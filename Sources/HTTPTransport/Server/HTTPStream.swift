import CMicroHTTPD
import Platform

/// A body that goes on: what is sent is passed to the client at once, such as server-sent events.
///
/// A client that has gone is noticed only by sending, within two messages: send a heartbeat now and then.
public final class HTTPStream: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// How much of `waiting` the connection has already taken.
        var taken = 0
        var isEnded = false
        var isGone = false
        var isParked = false
    }

    private let state = Locked(State())
    private let connection: ConnectionReference
    private let bytesMax: Int
    private let whenStalled: @Sendable () -> Void

    init(connection: ConnectionReference, bytesMax: Int, whenStalled: @escaping @Sendable () -> Void) {
        self.connection = connection
        self.bytesMax = bytesMax
        self.whenStalled = whenStalled
    }

    /// Passes bytes on, from any thread.
    ///
    /// - Returns: false when nobody reads any more: the client has gone, the stream was closed, or the client is so
    ///   far behind that its buffer is full, which ends the stream. Drop the stream then.
    public func send(_ bytes: [UInt8]) -> Bool {
        let outcome = state.withLock { state -> (accepted: Bool, stalled: Bool) in
            guard !state.isEnded, !state.isGone else { return (false, false) }
            guard state.waiting.count - state.taken + bytes.count <= bytesMax else {
                end(&state)
                return (false, true)
            }
            state.waiting += bytes
            wake(&state)
            return (true, false)
        }
        if outcome.stalled { whenStalled() }
        return outcome.accepted
    }

    /// Ends the body properly after what was sent. Further calls do nothing.
    public func close() {
        state.withLock { state in
            guard !state.isEnded, !state.isGone else { return }
            end(&state)
        }
    }

    /// Fills the connection's buffer; called by its thread only.
    /// - Returns: 0 when the connection was put to sleep; nil at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        state.withLock { state in
            let count = min(buffer.count, state.waiting.count - state.taken)
            if count == 0 {
                if state.isEnded { return nil }
                // Under the lock, so that no `send` can come between the look and the sleep.
                MHD_suspend_connection(connection.pointer)
                state.isParked = true
                return 0
            }
            state.waiting.withUnsafeBytes { waiting in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: waiting[state.taken..<state.taken + count]))
            }
            state.taken += count
            if state.taken == state.waiting.count {
                state.waiting.removeAll(keepingCapacity: state.waiting.capacity <= 4096)
                state.taken = 0
            }
            return count
        }
    }

    /// The connection is over; its pointer must not be used again.
    func leave() {
        state.withLock { state in
            state.isGone = true
            state.waiting = []
            state.taken = 0
        }
    }

    private func end(_ state: inout State) {
        state.isEnded = true
        wake(&state)
    }

    private func wake(_ state: inout State) {
        guard state.isParked else { return }
        state.isParked = false
        MHD_resume_connection(connection.pointer)
    }
}
