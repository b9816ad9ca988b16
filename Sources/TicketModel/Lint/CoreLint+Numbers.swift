import SyncProtocol

// Telephone numbers, accounts and identity numbers are runs of digits; codes and posts have no long ones, but for the
// codes of the bank's own units.
extension CoreLint {
    /// True for a post that core records can name.
    public func allows(post: String) -> Bool { isPost(post.utf8.span) }

    /// True for a code that core records can hold: the name or version of something published, a policy.
    public func allows(code: String) -> Bool { isCode(code.utf8.span) }

    /// True for a node that core records can name.
    public func allows(_ node: NodeID) -> Bool { isNode(node) }

    /// The shortest run of digits that could be a telephone number.
    static let longNumberDigits = 7

    /// True where a run of seven digits or more stands in the text that is no code of a unit of the bank. What follows
    /// such a code is counted from there, so that `110101001.teller` and `1101010010023` pass in a bank with a unit
    /// `110101001`.
    func hasLongNumber(_ text: Span<UInt8>) -> Bool {
        var start = 0
        for index in 0...text.count where index == text.count || !AsciiText.isDigit(text[index]) {
            if index - start >= CoreLint.longNumberDigits, !isOfUnit(text, start..<index) { return true }
            start = index + 1
        }
        return false
    }

    /// True where the word that the run stands in begins with a unit's code, and few digits are left behind it.
    private func isOfUnit(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
        var word = run.lowerBound
        while word > 0, OrgCode.isCharacter(text[word - 1]) { word -= 1 }
        let longest = min(run.upperBound - word, OrgCode.charactersMax)
        guard longest >= OrgCode.charactersMin else { return false }
        for length in OrgCode.charactersMin...longest {
            let end = word + length
            guard run.upperBound - max(end, run.lowerBound) < CoreLint.longNumberDigits else { continue }
            if orgs.contains(String(decoding: (word..<end).map { text[$0] }, as: UTF8.self)) { return true }
        }
        return false
    }
}
