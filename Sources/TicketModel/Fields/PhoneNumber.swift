/// The shape of a telephone number as people write it down. Lenient on purpose: it keeps out names, accounts and slips
/// of the finger, and judges no numbering plan.
enum PhoneNumber {
    static let bytesMax = 64
    private static let digits = 5...20
    private static let marks = Set("+-()*./ －（）＋　".unicodeScalars)
    /// What stands before an extension.
    private static let extensions = ["分机", "转", "extension", "ext", "#", "x"]

    /// Digits with the usual marks between them, then at most one extension of digits. A `*` stands for a hidden digit.
    static func isWellFormed(_ text: String) -> Bool {
        let (number, rest) = split(text.lowercased())
        let count = number.unicodeScalars.count { isDigit($0) || $0 == "*" }
        guard digits.contains(count), number.unicodeScalars.allSatisfy({ isDigit($0) || marks.contains($0) }) else {
            return false
        }
        guard let rest else { return true }
        let inner = rest.unicodeScalars.filter { !marks.contains($0) && $0 != ":" && $0 != "：" }
        return (1...8).contains(inner.count) && inner.allSatisfy(isDigit)
    }

    private static func split(_ text: String) -> (number: Substring, rest: Substring?) {
        for word in extensions {
            if let found = range(of: word, in: text) { return (text[..<found.lowerBound], text[found.upperBound...]) }
        }
        return (text[...], nil)
    }

    static func range(of word: String, in text: String) -> Range<String.Index>? {
        var rest = text.utf8[...]
        while !rest.isEmpty {
            if rest.starts(with: word.utf8) {
                return rest.startIndex..<rest.index(rest.startIndex, offsetBy: word.utf8.count)
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }
}
