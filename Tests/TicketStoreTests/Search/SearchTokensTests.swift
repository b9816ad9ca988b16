import Testing

@testable import TicketStore

@Suite struct SearchTokensTests {
    @Test(arguments: [
        ("", ""), ("投", "投"), ("投诉", "投诉 诉"), ("投诉处理", "投诉 诉处 处理 理"), ("ATM机", "atm 机"), ("在ATM上", "在 atm 上"),
        ("Café Ünal", "café ünal"), ("e\u{301}t", "e\u{301}t"), ("ＡＢＣ１２３", "abc123"), ("138-0013", "138 0013"),
        ("你，我", "你 我"),
        ("１３８００１３８０００", "13800138000"), ("\"; DROP--", "drop"), ("𠮷野家", "𠮷野 野家 家"), ("\u{301}x", "x"),
        ("カード한국", "カー ード ド한 한국 국"),
    ])
    func `text becomes tokens`(text: String, tokens: String) {
        #expect(SearchTokens.indexed(text) == tokens)
    }

    @Test(arguments: [
        ("投", "\"投\" *"), ("投诉", "\"投诉\""), ("投诉处", "\"投诉 诉处\""), ("atm", "\"atm\" *"), ("ATM机", "\"atm 机\" *"),
        ("投诉ATM", "\"投诉 诉 atm\" *"), ("投诉 1380", "\"投诉\" AND \"1380\" *"), ("a a A", "\"a\" *"),
        ("NOT OR", "\"not\" * AND \"or\" *"),
    ])
    func `a query becomes quoted phrases`(query: String, expression: String) {
        #expect(SearchTokens.expression(query) == expression)
    }

    @Test(arguments: ["", "   ", "\"", "*", "()", "，。！", "\u{0}", "\u{301}", "🎉", "-", "\u{fffd}"])
    func `a query without a word has no expression`(query: String) {
        #expect(SearchTokens.expression(query) == nil)
    }

    @Test func `a hostile query is cut, not refused`() throws {
        let words = (0..<1000).map { "词\($0)" }.joined(separator: " ")
        let expression = try #require(SearchTokens.expression(words))
        #expect(expression.components(" AND ") == SearchLimits.queryWordsMax)
        let long = try #require(SearchTokens.expression(String(repeating: "长", count: 100_000)))
        #expect(long.unicodeScalars.count < 4 * SearchLimits.queryWordScalarsMax)
    }
}

extension String {
    /// How many parts a separator makes.
    fileprivate func components(_ separator: String) -> Int {
        var count = 1
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
