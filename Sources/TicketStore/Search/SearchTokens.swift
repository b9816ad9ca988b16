/// Cuts text into the tokens of the full-text index, and queries into the tokens that find them.
///
/// Chinese is written without spaces, so a run of Chinese characters becomes its overlapping pairs, and its last
/// character alone: 投诉处理 → 投诉 诉处 处理 理. Any two consecutive characters are thus one token, longer words are
/// phrases of pairs, and a single character is the beginning of a token wherever it stands (the idea of Lucene's
/// CJKBigramFilter, with the tail added). Letters and digits form words in lower case; a letter next to a digit does
/// not end one ("M15" is a word). Full-width letters and digits count as the plain ones. Everything else separates.
enum SearchTokens {
    /// The tokens of a text, in its order, separated by spaces, in UTF-8, for FTS5's `ascii` tokenizer.
    static func indexed(_ text: String) -> String {
        var writer = TokenWriter(capacity: text.utf8.count * 5 / 2)
        for scalar in text.unicodeScalars { writer.add(scalar) }
        writer.endRun(withTail: true)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The FTS5 expression that finds a query's words, each as a phrase; nil where the query has no word.
    ///
    /// The last token of each word matches by its beginning, except a pair, which is already whole. All is quoted and
    /// holds only letters and digits, so no text can be a syntax error or an operator.
    static func expression(_ query: String) -> String? {
        var phrases: [String] = []
        for word in query.unicodeScalars.split(whereSeparator: { $0.searchKind == .separator }) {
            guard phrases.count < SearchLimits.queryWordsMax else { break }
            let phrase = phrase(word.prefix(SearchLimits.queryWordScalarsMax))
            if let phrase, !phrases.contains(phrase) { phrases.append(phrase) }
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }

    /// Nil for accents without a letter.
    private static func phrase(_ word: Substring.UnicodeScalarView) -> String? {
        var writer = TokenWriter(capacity: 64)
        for scalar in word { writer.add(scalar) }
        let endsWithPair = writer.isAfterPair
        writer.endRun(withTail: !endsWithPair)
        guard !writer.bytes.isEmpty else { return nil }
        return "\"\(String(decoding: writer.bytes, as: UTF8.self))\"" + (endsWithPair ? "" : " *")
    }
}

/// Writes tokens one character at a time, without memory but the output.
struct TokenWriter {
    private(set) var bytes: [UInt8] = []
    private var run = Run.none
    /// In an unspaced run: a pair has been written.
    private(set) var isAfterPair = false

    private enum Run {
        case none
        case word
        /// The last character, which begins the next pair.
        case unspaced(Unicode.Scalar)
    }

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func add(_ scalar: Unicode.Scalar) {
        switch (scalar.searchKind, run) {
        case (.separator, .none), (.mark, .none), (.mark, .unspaced): return
        case (.separator, _): endRun(withTail: true)
        case (.unspaced, .unspaced(let first)):
            beginToken()
            append(first)
            append(scalar)
            isAfterPair = true
            run = .unspaced(scalar)
        case (.unspaced, _):
            endRun(withTail: true)
            run = .unspaced(scalar)
        // An accent written as a character of its own belongs to its letter.
        case (.word, .word), (.mark, .word): appendLowercase(scalar)
        case (.word, _):
            endRun(withTail: true)
            beginToken()
            appendLowercase(scalar)
            run = .word
        }
    }

    /// - Parameter withTail: whether an unspaced run ends with its last character as a token of its own.
    mutating func endRun(withTail: Bool) {
        if case .unspaced(let last) = run, withTail {
            beginToken()
            append(last)
        }
        run = .none
        isAfterPair = false
    }

    private mutating func beginToken() {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func appendLowercase(_ scalar: Unicode.Scalar) {
        let scalar = scalar.withoutWidth
        guard scalar.isASCII else { return bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8) }
        let isUpper = scalar >= "A" && scalar <= "Z"
        bytes.append(UInt8(truncatingIfNeeded: scalar.value) | (isUpper ? 0x20 : 0))
    }
}

/// What a character is to the index.
enum SearchKind { case separator, unspaced, word, mark }

extension Unicode.Scalar {
    /// Full-width forms, as Chinese keyboards make them, are the plain characters.
    fileprivate var withoutWidth: Unicode.Scalar {
        guard value >= 0xff01, value <= 0xff5e else { return self }
        return Unicode.Scalar(UInt8(truncatingIfNeeded: value - 0xfee0))
    }

    fileprivate var searchKind: SearchKind {
        switch withoutWidth.value {
        // Ideographs with their extensions, kana, hangul.
        case 0x4e00...0x9fff, 0x3400...0x4dbf, 0xf900...0xfaff, 0x3041...0x3096, 0x30a1...0x30fa, 0x30fc,
            0xac00...0xd7a3, 0x2_0000...0x3_ffff:
            return .unspaced
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return .word
        case 0..<0x80, 0x3000...0x303f: return .separator
        default: return kindByCategory
        }
    }

    private var kindByCategory: SearchKind {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            .word
        case .nonspacingMark, .spacingMark, .enclosingMark: .mark
        default: .separator
        }
    }
}

/// Bounds of a search.
public enum SearchLimits {
    /// Words of one query; further ones are ignored.
    public static let queryWordsMax = 16
    /// Characters of one word of a query; further ones are ignored.
    public static let queryWordScalarsMax = 64
    /// Results of one search.
    public static let resultsMax = 1_000
}
