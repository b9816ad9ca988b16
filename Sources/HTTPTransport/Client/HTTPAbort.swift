import CCurl
import Platform

/// Ends requests that are under way, from another thread and at once, such as a long poll of a node that stops.
///
/// One token may serve several requests and clients. Once raised it stays raised: later requests with it end too.
public final class HTTPAbort: Sendable {
    private struct State {
        var isRaised = false
        /// The libcurl handles that sleep now, as numbers.
        var transfers: Set<UInt> = []
    }

    private let state = Locked(State())

    public init() {}

    public var isRaised: Bool { state.withLock { $0.isRaised } }

    /// Ends every request that carries this token.
    public func raise() {
        state.change { state in
            state.isRaised = true
            // Under the lock: no handle can leave, and be freed, while it is woken.
            for bits in state.transfers { curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: bits)) }
        }
    }

    /// Returns after this time, or as soon as the token is raised.
    public func wait(milliseconds: Int) {
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: milliseconds)
        _ = state.wait(untilNanoseconds: deadline) { $0.isRaised ? true : nil }
    }

    func enter(_ multi: UnsafeMutableRawPointer) {
        state.withLock { _ = $0.transfers.insert(UInt(bitPattern: multi)) }
    }

    func leave(_ multi: UnsafeMutableRawPointer) {
        state.withLock { _ = $0.transfers.remove(UInt(bitPattern: multi)) }
    }
}
