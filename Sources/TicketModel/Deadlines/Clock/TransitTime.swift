/// Time on the way between two nodes: booked to the stage `transit` and to nobody (model §2.5). `CustodyTimeline` says
/// when that was.
public enum TransitTime {
    /// From an offer of custody to its acceptance; `to` is nil while it is still on the way.
    public struct Span: Hashable, Sendable {
        public let from: Int64
        public let to: Int64?

        public init(from: Int64, to: Int64?) {
            self.from = from
            self.to = to
        }
    }

    /// Milliseconds of `from`…`to` during which the ticket was on its way; spans that overlap count once.
    public static func milliseconds(_ spans: [Span], from: Int64, to: Int64) -> Int64 {
        let cut = spans.map { (max($0.from, from), min($0.to ?? to, to)) }.filter { $0.0 < $0.1 }
            .sorted { $0.0 < $1.0 }
        var total: Int64 = 0
        var reached = from
        for (begin, end) in cut where end > reached {
            total += end - max(begin, reached)
            reached = end
        }
        return total
    }

}

extension Clock {
    /// Whose time it was, in milliseconds from the start to the end (or `now`): on the way, at rest, and the rest that
    /// the stage itself took. A line that was down is nobody's fault; the customer's clock runs on all the same.
    public struct Attribution: Hashable, Sendable {
        public let transit: Int64
        public let paused: Int64
        public let own: Int64
        /// Milliseconds beyond the limit that transit does not account for.
        public let ownLateness: Int64
    }

    public func attribution(of spans: [TransitTime.Span], at now: Int64) -> Attribution {
        let until = max(startedAt, end?.at ?? now)
        var resting = pauses.map { TransitTime.Span(from: $0.from, to: $0.to) }
        if let since = pausedSince { resting.append(TransitTime.Span(from: since, to: nil)) }
        let paused = TransitTime.milliseconds(resting, from: startedAt, to: until)
        let both = TransitTime.milliseconds(resting + spans, from: startedAt, to: until)
        return Attribution(
            transit: both - paused, paused: paused, own: until - startedAt - both,
            ownLateness: max(0, lateness(at: now) - (both - paused)))
    }
}
