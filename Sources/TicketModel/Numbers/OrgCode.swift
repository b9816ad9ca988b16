/// The code of an organisation in the topology and in ticket numbers.
public enum OrgCode {
    public static let charactersMin = 2
    public static let charactersMax = 16

    /// 2…16 upper-case ASCII letters and digits.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        return (charactersMin...charactersMax).contains(bytes.count)
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }

    /// The code that a person typed, in upper case; nil where it is none.
    public static func canonical(_ text: String) -> String? {
        let upper = AsciiText.upperCased(AsciiText.trimmed(text))
        return isWellFormed(upper) ? upper : nil
    }
}
