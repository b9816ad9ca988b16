/// What one neighbour may ask of this node in a stretch of time. An honest one, with a full log and a fast line, stays
/// below; one that does not waits, and nobody else does.
struct PeerBudget: Sendable {
    /// Hellos under its name, each of which is judged and written down. Anybody can claim a name: they have a budget of their
    /// own, so that the session that the neighbour has goes on.
    private var greetings: TokenBucket
    private var messages: TokenBucket
    /// Of frames, as they come.
    private var bytes: TokenBucket
    /// Questions, by the actions that answering them reads.
    private var answers: TokenBucket

    /// A question that reads all that both share counts as so many actions.
    static let readingCost = 20_000
    private static let mebibyte = 1 << 20

    init(now: Int64) {
        greetings = TokenBucket(capacity: 40, perSecond: 4, now: now)
        messages = TokenBucket(capacity: 1_200, perSecond: 240, now: now)
        bytes = TokenBucket(capacity: 64 * PeerBudget.mebibyte, perSecond: PeerBudget.mebibyte, now: now)
        answers = TokenBucket(capacity: 200_000, perSecond: 2_000, now: now)
    }

    /// - Throws: `PeerBudgetExceeded`.
    mutating func greet(now: Int64) throws(PeerBudgetExceeded) { try PeerBudget.pay(greetings.take(1, now: now)) }

    /// - Throws: `PeerBudgetExceeded`.
    mutating func send(frameBytes: Int, now: Int64) throws(PeerBudgetExceeded) {
        try PeerBudget.pay(messages.take(1, now: now))
        try PeerBudget.pay(bytes.take(frameBytes, now: now))
    }

    /// - Throws: `PeerBudgetExceeded`.
    mutating func ask(reading actions: Int, now: Int64) throws(PeerBudgetExceeded) {
        try PeerBudget.pay(answers.take(actions, now: now))
    }

    private static func pay(_ wait: Int?) throws(PeerBudgetExceeded) {
        if let wait { throw PeerBudgetExceeded(retryAfterSeconds: wait) }
    }
}

/// A neighbour asks for more than its share: status 429, and when to come back.
struct PeerBudgetExceeded: Error {
    let retryAfterSeconds: Int
}
