/// A hybrid logical clock stamp (Kulkarni et al. 2014): 48 bits of milliseconds since 1970, 16 bits of counter.
///
/// For display and for a stable order of listing only. No clock ever decides a regulated field (rule R12).
public struct HybridTime: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public init(milliseconds: Int64, counter: UInt16 = 0) {
        rawValue = UInt64(clamping: max(0, min(milliseconds, Limits.clockMillisecondsMax))) << 16 | UInt64(counter)
    }

    /// Milliseconds since 1970 UTC.
    public var milliseconds: Int64 { Int64(rawValue >> 16) }
    public var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    public static func < (left: HybridTime, right: HybridTime) -> Bool { left.rawValue < right.rawValue }
}

/// The clock of one node: never goes back, even where the wall clock does.
public struct HybridClock: Sendable {
    public private(set) var last: HybridTime

    public init(last: HybridTime = HybridTime(rawValue: 0)) { self.last = last }

    /// The stamp of a new act. `now` is the wall clock in milliseconds since 1970.
    public mutating func tick(now: Int64) -> HybridTime {
        let wall = HybridTime(milliseconds: now)
        last = wall > last ? wall : HybridTime(rawValue: last.rawValue + 1)
        return last
    }

    /// Takes note of a stamp that arrived. One that is more than the skew bound ahead of `now` is not followed, so a
    /// single wild clock cannot drag the whole bank into the future.
    public mutating func observe(_ stamp: HybridTime, now: Int64) {
        guard stamp.milliseconds - Limits.clockSkewMillisecondsMax <= now else { return }
        last = max(last, stamp)
    }
}
