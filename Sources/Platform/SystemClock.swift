import Glibc

/// The machine's clocks. Only the production world reads them; everything else is handed the time.
public enum SystemClock {
    /// Milliseconds since 1970-01-01T00:00:00Z. It can jump in both directions.
    public static func wallMilliseconds() -> Int64 {
        nanoseconds(of: CLOCK_REALTIME) / 1_000_000
    }

    /// Nanoseconds since some fixed moment of this boot; never goes back.
    public static func monotonicNanoseconds() -> Int64 {
        nanoseconds(of: CLOCK_MONOTONIC)
    }

    /// Milliseconds since some fixed moment of this boot; never goes back.
    public static func monotonicMilliseconds() -> Int64 {
        monotonicNanoseconds() / 1_000_000
    }

    /// The moment of `monotonicNanoseconds()` that lies this far ahead: what `Locked.wait` takes. A time that is already
    /// over is now, and one beyond 292 years is never.
    public static func deadlineNanoseconds(inMilliseconds milliseconds: Int) -> Int64 {
        let delta = Int64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000)
        let deadline = monotonicNanoseconds().addingReportingOverflow(delta.partialValue)
        return delta.overflow || deadline.overflow ? .max : deadline.partialValue
    }

    private static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        let outcome = clock_gettime(clock, &time)
        precondition(outcome == 0, "the system has no clock \(clock)")
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
