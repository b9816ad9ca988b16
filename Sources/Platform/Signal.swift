/// A bell between threads: `raise` is remembered, so a waiter that comes late still hears it.
public final class Signal: Sendable {
    private let raised = Locked(UInt64(0))

    public init() {}

    /// How often the bell has rung. Read it before looking at the shared state, then `wait(after:)` misses nothing.
    public var count: UInt64 { raised.withLock { $0 } }

    public func raise() {
        raised.change { $0 &+= 1 }
    }

    /// Blocks until the bell has rung more often than `seen`.
    ///
    /// - Parameter deadlineNanoseconds: a moment of `SystemClock.monotonicNanoseconds()`; nil waits without end.
    /// - Returns: the new count, or nil when the deadline passed first.
    @discardableResult
    public func wait(after seen: UInt64, untilNanoseconds deadlineNanoseconds: Int64? = nil) -> UInt64? {
        raised.wait(untilNanoseconds: deadlineNanoseconds) { $0 == seen ? nil : $0 }
    }
}
