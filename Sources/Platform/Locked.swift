import Glibc

/// A value that several threads share: every access happens under one lock.
///
/// The lock is a pthread mutex, because ThreadSanitizer knows it (it reports false races for `Synchronization.Mutex`
/// on Linux). Taking the lock twice on one thread is a mistake of ours and stops the process.
///
/// This is the only type of the project that promises `Sendable` by hand.
public final class Locked<State>: @unchecked Sendable {
    private var state: State
    // On the heap: a pthread object must never move.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>

    public init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        var mutexKind = pthread_mutexattr_t()
        require(pthread_mutexattr_init(&mutexKind))
        require(pthread_mutexattr_settype(&mutexKind, Int32(PTHREAD_MUTEX_ERRORCHECK)))
        require(pthread_mutex_init(mutex, &mutexKind))
        require(pthread_mutexattr_destroy(&mutexKind))
        var conditionKind = pthread_condattr_t()
        require(pthread_condattr_init(&conditionKind))
        // Deadlines must not move when somebody sets the wall clock.
        require(pthread_condattr_setclock(&conditionKind, CLOCK_MONOTONIC))
        require(pthread_cond_init(changed, &conditionKind))
        require(pthread_condattr_destroy(&conditionKind))
    }

    deinit {
        require(pthread_cond_destroy(changed))
        require(pthread_mutex_destroy(mutex))
        changed.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` with the state, alone. Keep it short and call nothing that could take the same lock.
    public func withLock<Result, Failure: Error>(
        _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        require(pthread_mutex_lock(mutex))
        defer { require(pthread_mutex_unlock(mutex)) }
        return try body(&state)
    }

    /// Runs `body` like `withLock`, then wakes every thread in `wait`.
    public func change<Result, Failure: Error>(
        _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        require(pthread_mutex_lock(mutex))
        defer {
            require(pthread_cond_broadcast(changed))
            require(pthread_mutex_unlock(mutex))
        }
        return try body(&state)
    }

    /// Blocks until `ready` gives a value and returns it. `ready` runs under the lock: at once, and after every `change`.
    ///
    /// - Parameter deadlineNanoseconds: a moment of `SystemClock.monotonicNanoseconds()`; nil waits without end.
    /// - Returns: nil when the deadline passed first.
    public func wait<Result>(
        untilNanoseconds deadlineNanoseconds: Int64? = nil, for ready: (inout sending State) -> sending Result?
    ) -> sending Result? {
        require(pthread_mutex_lock(mutex))
        defer { require(pthread_mutex_unlock(mutex)) }
        while true {
            if let result = ready(&state) { return result }
            guard sleep(untilNanoseconds: deadlineNanoseconds) else { return nil }
        }
    }

    /// Gives up the lock until the next `change`; false when the deadline has passed.
    private func sleep(untilNanoseconds deadline: Int64?) -> Bool {
        guard let deadline else {
            require(pthread_cond_wait(changed, mutex))
            return true
        }
        guard SystemClock.monotonicNanoseconds() < deadline else { return false }
        var moment = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
        let outcome = pthread_cond_timedwait(changed, mutex, &moment)
        // After a time-out `ready` is asked once more: the change and the deadline may have met.
        precondition(outcome == 0 || outcome == ETIMEDOUT, "pthread error \(outcome)")
        return true
    }
}

/// A pthread call on a well-formed object fails only by a mistake of ours.
private func require(_ outcome: Int32) {
    precondition(outcome == 0, "pthread error \(outcome)")
}
