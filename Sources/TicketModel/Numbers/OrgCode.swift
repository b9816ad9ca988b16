/// The code of an organisation in the topology and in ticket numbers.
public enum OrgCode {
    public static let charactersMin = 2
    public static let charactersMax = 16

    /// 2…16 upper-case ASCII letters and digits.
    public static func isWellFormed(_ text: String) -> Bool { isWellFormed(text.utf8.span) }

    static func isWellFormed(_ text: Span<UInt8>) -> Bool {
        guard (charactersMin...charactersMax).contains(text.count) else { return false }
        for index in text.indices where !isCharacter(text[index]) { return false }
        return true
    }

    static func isCharacter(_ byte: UInt8) -> Bool { AsciiText.isDigit(byte) || (0x41...0x5A).contains(byte) }

    /// The code that a person typed, in upper case; nil where it is none.
    public static func canonical(_ text: String) -> String? {
        let upper = AsciiText.upperCased(AsciiText.trimmed(text))
        return isWellFormed(upper) ? upper : nil
    }
}
