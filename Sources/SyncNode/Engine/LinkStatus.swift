import SyncProtocol

/// How the line to one neighbour is doing, for screens and metrics.
struct LinkStatus: Sendable {
    enum Phase: String, Sendable {
        /// Nothing was tried yet.
        case idle
        /// Exchanging.
        case syncing
        /// Drained; a long poll waits for news.
        case connected
        /// The last attempt failed; the next one is at `nextAttempt`.
        case waiting
    }

    let peer: NodeID
    var phase = Phase.idle
    /// Stable code of the last failure; nil after a success.
    var lastError: String?
    /// The next step for a person, in both languages; nil after a success.
    var lastHint: String?
    /// Milliseconds since 1970 of the first failure since the last success; nil after a success.
    var failingSince: Int64?
    /// Milliseconds since 1970 of the next attempt; nil where one is under way.
    var nextAttempt: Int64?
    /// Milliseconds since 1970 of the last finished exchange.
    var lastSuccess: Int64?
    var attemptsFailed = 0
    /// Bytes on the wire, HTTP headers included, and exchanges, since the process started.
    var bytesSent: Int64 = 0
    var bytesReceived: Int64 = 0
    var exchanges: Int64 = 0

    /// An attempt failed, or was refused.
    mutating func failed(_ error: any Error, at now: Int64) {
        let report = ExchangeFailure.report(of: error)
        lastError = report.code
        lastHint = report.hint
        failingSince = failingSince ?? now
    }

    /// An exchange came to its end.
    mutating func succeeded(at now: Int64) {
        lastError = nil
        lastHint = nil
        failingSince = nil
        lastSuccess = now
    }
}
