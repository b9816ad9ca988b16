/// How long to wait after failed attempts: exponential with full jitter, so that a herd of branches does not return at
/// one instant.
struct Backoff: Sendable {
    static let firstMilliseconds: UInt64 = 200
    static let millisecondsMax: UInt64 = 30_000

    private(set) var failures = 0

    mutating func succeeded() { failures = 0 }

    /// Milliseconds until the next attempt; `random` is 64 random bits.
    mutating func failed(random: UInt64) -> Int64 {
        let ceiling = min(Backoff.millisecondsMax, Backoff.firstMilliseconds << UInt64(min(failures, 16)))
        failures += 1
        return Int64(random % ceiling) + 1
    }
}
