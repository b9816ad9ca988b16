/// So much at once, and so much a second on the average.
struct TokenBucket: Sendable {
    private let capacity: Double
    private let perSecond: Double
    private var level: Double
    private var filledAt: Int64

    /// - Parameter now: monotonic milliseconds.
    init(capacity: Int, perSecond: Int, now: Int64) {
        self.capacity = Double(capacity)
        self.perSecond = Double(perSecond)
        level = self.capacity
        filledAt = now
    }

    /// Takes `count`, or nothing.
    ///
    /// - Returns: nil where it was there; else seconds, at least one, after which it will be. More than the capacity is
    ///   given from a full bucket, which then owes the rest.
    mutating func take(_ count: Int, now: Int64) -> Int? {
        level = min(capacity, level + Double(max(0, now - filledAt)) / 1000 * perSecond)
        filledAt = now
        let needed = min(Double(count), capacity)
        guard level < needed else {
            level -= Double(count)
            return nil
        }
        return max(1, Int(((needed - level) / perSecond).rounded(.up)))
    }
}
