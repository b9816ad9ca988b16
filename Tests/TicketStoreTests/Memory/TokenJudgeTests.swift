import SyncProtocol
import Testing

@testable import TicketStore

/// Rule R6: only a disk that was put back is told to begin anew; the weather on the line proves nothing.
@Suite("Tokens of hellos") struct TokenJudgeTests {
    private var judge = TokenJudge()
    private var mints: UInt64 = 100

    /// A hello that shows this token as confirmed.
    private mutating func hello(confirming token: UInt64) -> TokenPair {
        mints += 1
        return TokenPair(confirmed: token, fresh: mints)
    }

    /// A hello and its verdict, both delivered.
    private mutating func greet(confirming token: UInt64) -> UInt64 {
        let tokens = hello(confirming: token)
        #expect(judge.judge(tokens) == .sound)
        judge.noteTaken(tokens.fresh)
        return tokens.fresh
    }

    @Test mutating func `a disk that was put back shows an older token and is told`() {
        let old = greet(confirming: 0)
        _ = greet(confirming: old)
        let copy = hello(confirming: old)
        #expect(judge.judge(copy) == .stale)
        // The verdict was lost: the next hello of the copy is told again.
        #expect(judge.judge(hello(confirming: old)) == .stale)
    }

    @Test mutating func `the same hello once more gets the same verdict`() {
        let old = greet(confirming: 0)
        _ = greet(confirming: old)
        let copy = hello(confirming: old)
        #expect(judge.judge(copy) == .stale)
        #expect(judge.judge(copy) == .repeated(isStale: true))
        let sound = hello(confirming: judge.accepted[0])
        #expect(judge.judge(sound) == .sound)
        #expect(judge.judge(sound) == .repeated(isStale: false))
    }

    @Test mutating func `a copy that took its verdict goes on, and the disk that it replaced is the older one`() {
        let old = greet(confirming: 0)
        let original = greet(confirming: old)
        let copy = hello(confirming: old)
        #expect(judge.judge(copy) == .stale)
        let next = greet(confirming: copy.fresh)
        #expect(judge.judge(hello(confirming: original)) == .stale)
        #expect(judge.judge(hello(confirming: next)) == .sound)
    }

    @Test mutating func `a hello that was long on the way does not make an older copy of whoever sent it`() {
        let token = greet(confirming: 0)
        let late = hello(confirming: token)
        let other = greet(confirming: token)
        #expect(judge.judge(late) == .stale)
        // Nobody takes that verdict; the child goes on with what it has.
        #expect(judge.judge(hello(confirming: other)) == .sound)
    }

    @Test mutating func `of two hellos at once either verdict may be the one that arrives`() {
        let token = greet(confirming: 0)
        let (one, two) = (hello(confirming: token), hello(confirming: token))
        #expect(judge.judge(one) == .sound)
        #expect(judge.judge(two) == .sound)
        judge.noteTaken(one.fresh)
        #expect(judge.judge(hello(confirming: one.fresh)) == .sound)
        #expect(judge.judge(hello(confirming: token)) == .stale)
    }

    @Test mutating func `a child whose first verdicts are lost says nothing else and is believed`() {
        for _ in 0..<3 { #expect(judge.judge(hello(confirming: 0)) == .sound) }
    }

    @Test mutating func `an old hello that arrives again forgets nothing`() {
        let first = hello(confirming: 0)
        #expect(judge.judge(first) == .sound)
        let token = greet(confirming: first.fresh)
        #expect(judge.judge(first) == .repeated(isStale: false))
        judge.noteTaken(first.fresh)
        #expect(judge.judge(hello(confirming: token)) == .sound)
    }

    @Test mutating func `what it remembers has a bound`() {
        let token = greet(confirming: 0)
        for _ in 0..<100 { #expect(judge.judge(hello(confirming: token)) == .sound) }
        #expect(judge.accepted.count <= TokenJudge.acceptedMax)
        #expect(judge.shown.count <= TokenJudge.shownMax)
    }
}
