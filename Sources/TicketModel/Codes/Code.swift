/// The shape of a code: what may stand in a core record instead of words.
public enum Code {
    /// Longest code, in bytes.
    public static let bytesMax = 48

    /// Lower-case ASCII letters, digits, `_`, `-` and `.`, starting with a letter or digit, 1…48 bytes.
    public static func isWellFormed(_ text: String) -> Bool { isWellFormed(text.utf8.span) }

    static func isWellFormed(_ text: Span<UInt8>) -> Bool {
        guard (1...bytesMax).contains(text.count), isLetterOrDigit(text[0]) else { return false }
        for index in text.indices {
            let byte = text[index]
            guard isLetterOrDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E else { return false }
        }
        return true
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

/// Sets of codes as one text: sorted, joined by commas, no doubles, so that equal sets are equal bytes everywhere.
public enum CodeSet {
    /// Most members of one set.
    public static let membersMax = 64

    /// The canonical text of some codes.
    public static func joined(_ codes: some Sequence<String>) -> String {
        var sorted = Array(codes)
        sorted.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var text = ""
        var last: String?
        for code in sorted where code != last {
            if last != nil { text += "," }
            text += code
            last = code
        }
        return text
    }

    /// The members of a text, in its order; blanks around a member are dropped, empty members too.
    public static func members(_ text: String) -> [String] {
        text.utf8.split(separator: 0x2C).map { AsciiText.trimmed(String(Substring($0))) }.filter { !$0.isEmpty }
    }
}
