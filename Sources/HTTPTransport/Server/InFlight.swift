import Platform

/// The requests between their header and their completion, and whether new ones may enter.
final class InFlight: Sendable {
    enum Phase: Comparable {
        case serving
        /// New requests are refused; those inside may finish.
        case draining
        case stopped
    }

    private struct State {
        var phase = Phase.serving
        var replies: [ObjectIdentifier: Reply] = [:]
    }

    private let state = Locked(State())

    var count: Int { state.withLock { $0.replies.count } }

    var isServing: Bool { state.withLock { $0.phase == .serving } }

    /// False when the server is stopping.
    func enter(_ reply: Reply) -> Bool {
        state.withLock { state in
            guard state.phase == .serving else { return false }
            state.replies[ObjectIdentifier(reply)] = reply
            return true
        }
    }

    func leave(_ reply: Reply) {
        state.change { $0.replies[ObjectIdentifier(reply)] = nil }
    }

    /// False when somebody else has begun to stop.
    func beginDraining() -> Bool {
        state.change { state in
            guard state.phase == .serving else { return false }
            state.phase = .draining
            return true
        }
    }

    func markStopped() {
        state.change { $0.phase = .stopped }
    }

    func waitUntilStopped() {
        _ = state.wait { $0.phase == .stopped ? true : nil }
    }

    /// Waits until nothing is in flight; false when the deadline passed first.
    func waitUntilEmpty(deadlineNanoseconds: Int64) -> Bool {
        state.wait(untilNanoseconds: deadlineNanoseconds) { $0.replies.isEmpty ? true : nil } ?? false
    }

    /// Those inside now. While draining, nobody joins them.
    func replies() -> [Reply] {
        state.withLock { Array($0.replies.values) }
    }
}
