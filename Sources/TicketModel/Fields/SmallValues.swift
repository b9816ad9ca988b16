import SyncProtocol

/// Amounts as text.
public enum Money {
    /// Fen from a text in yuan with at most two decimals (`2000`, `2000.5`, `2000.50`); nil for anything else.
    public static func fen(from text: String) -> Int64? {
        let parts = AsciiText.trimmed(text).utf8.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole.count <= 14, let yuan = AsciiText.number(whole) else { return nil }
        guard parts.count == 2 else { return yuan * 100 }
        guard parts[1].count <= 2, let decimals = AsciiText.number(parts[1]) else { return nil }
        return yuan * 100 + (parts[1].count == 1 ? decimals * 10 : decimals)
    }

    /// `2000.50` for 200050 fen.
    public static func text(fen: Int64) -> String {
        let magnitude = fen.magnitude
        let cents = AsciiText.padded(Int64(magnitude % 100), width: 2)
        return "\(fen < 0 ? "-" : "")\(magnitude / 100).\(cents)"
    }

    /// As people read it, with the unit.
    static func words(fen: Int64) -> Bilingual { Bilingual("\(text(fen: fen)) 元", "\(text(fen: fen)) yuan") }
}

/// Yes and no as text.
enum Flag {
    static func value(from text: String) -> Bool? {
        switch AsciiText.lowerCased(text) {
        case "true", "yes", "1", "是": true
        case "false", "no", "0", "否": false
        default: nil
        }
    }
}

/// The code of a post.
public enum Post {
    /// ASCII letters, digits, `.`, `_`, `-`; 1…48 bytes. No Chinese: a post is never a person's name.
    public static func isWellFormed(_ text: String) -> Bool { isWellFormed(text.utf8.span) }

    static func isWellFormed(_ text: Span<UInt8>) -> Bool {
        guard (1...Limits.postBytesMax).contains(text.count) else { return false }
        for index in text.indices where !isCodeByte(text[index]) { return false }
        return true
    }

    static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x5F, 0x2D: true
        default: false
        }
    }

    static func isCodeScalar(_ scalar: Unicode.Scalar) -> Bool { UInt8(exactly: scalar.value).map(isCodeByte) ?? false }
}

/// Stands for a person without a name: keyed (`PersonTokens`), or a post's code where the register knows no person.
public enum Token {
    static let bytesMax = 128

    /// 16…128 lower-case hexadecimal digits.
    public static func isWellFormed(_ text: String) -> Bool { isWellFormed(text.utf8.span) }

    static func isWellFormed(_ text: Span<UInt8>) -> Bool {
        guard (16...bytesMax).contains(text.count) else { return false }
        for index in text.indices where !AsciiText.isDigit(text[index]) && !(0x61...0x66).contains(text[index]) {
            return false
        }
        return true
    }

    /// Of whoever sits on a post: needs no key and no register, so that every node finds the same one. It tells which
    /// post it is, and of the person nothing.
    static func ofPost(_ post: String) -> String { Hex.encode(Array("post code:\(post)".utf8)) }
}

/// A code and an instant, `code@milliseconds`: how core records list what happened without words.
public struct TimedCode: Hashable, Sendable {
    public let code: String
    /// Milliseconds since 1970 UTC.
    public let at: Int64

    /// An entry of `list`, or nil where the code is not in it or the instant is before 1970 or after 9999.
    init?(_ code: String, at instant: Int64, of list: Enumeration) {
        guard list.accepts(code), (0...CivilTime.instantMax).contains(instant) else { return nil }
        self.code = code
        self.at = instant
    }

    /// Reads the text form; nil for anything else.
    public init?(_ text: String, of list: Enumeration) {
        let parts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        guard parts.count == 2, let instant = AsciiText.number(parts[1]) else { return nil }
        self.init(String(Substring(parts[0])), at: instant, of: list)
    }

    public var text: String { "\(code)@\(at)" }
}

/// A link to another ticket, `kind@document`.
public struct TicketLink: Hashable, Sendable {
    public let kind: String
    public let document: DocumentID

    /// An officer looked at both and said that they are not the same matter: nobody is asked again.
    public static let differentMatter = "different_matter"

    /// Reads the text form; nil for anything else.
    public init?(_ text: String, of list: Enumeration = .link) {
        let parts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        guard parts.count == 2, let document = DocumentID(String(Substring(parts[1]))) else { return nil }
        kind = String(Substring(parts[0]))
        self.document = document
        guard list.accepts(kind) else { return nil }
    }

    public init(kind: String, document: DocumentID) {
        self.kind = kind
        self.document = document
    }

    public var text: String { "\(kind)@\(document)" }
}
