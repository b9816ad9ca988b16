import SyncProtocol

/// What a parent remembers of a child's tokens, to tell an older copy of it from the child itself (rule R6).
///
/// A hello shows the token that the child last had confirmed, and a fresh one. Hellos may overtake one another, arrive twice
/// or late, and their verdicts may be lost: none of that makes an honest child an older copy.
struct TokenJudge: Equatable {
    enum Judgement: Equatable {
        case sound
        /// The token shown as confirmed is none that this child could still have.
        case stale
        /// This very hello was judged before; the verdict is the same.
        case repeated(isStale: Bool)

        var isStale: Bool { self == .stale || self == .repeated(isStale: true) }
    }

    /// Hellos that may be on the way at once.
    static let acceptedMax = 8
    /// Hellos that are known again when they arrive once more.
    static let shownMax = 16

    /// Tokens that the child may show as confirmed, oldest first: the last one that it did show, and the fresh tokens of the
    /// hellos since. Empty before its first hello.
    private(set) var accepted: [UInt64] = []
    /// Fresh tokens of the last hellos, oldest first.
    private(set) var shown: [UInt64] = []
    /// The fresh token of the last hello that was judged stale. That hello may only have been long on the way: whoever
    /// takes the verdict is the older copy.
    private(set) var stale: UInt64?

    init() {}

    /// As it was written down.
    init(accepted: [UInt64], shown: [UInt64], stale: UInt64?) {
        (self.accepted, self.shown, self.stale) = (accepted, shown, stale)
    }

    mutating func judge(_ tokens: TokenPair) -> Judgement {
        if shown.contains(tokens.fresh) { return .repeated(isStale: stale == tokens.fresh) }
        shown = shown.suffix(TokenJudge.shownMax - 1) + [tokens.fresh]
        if accepted.isEmpty { accepted = [tokens.confirmed] }
        guard accept(tokens.confirmed) else {
            stale = tokens.fresh
            return .stale
        }
        // The one that was shown stays: on a bad line any number of verdicts may be lost.
        if accepted.count == TokenJudge.acceptedMax { accepted.remove(at: 1) }
        accepted.append(tokens.fresh)
        return .sound
    }

    /// The child has taken the verdict on this token: it can show none that is older.
    mutating func noteTaken(_ token: UInt64) { _ = accept(token) }

    /// - Returns: false where the child cannot have this token.
    private mutating func accept(_ token: UInt64) -> Bool {
        if stale == token {
            accepted = [token]
            stale = nil
            return true
        }
        guard let index = accepted.firstIndex(of: token) else { return false }
        accepted.removeFirst(index)
        return true
    }
}
