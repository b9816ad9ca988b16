import SyncProtocol

/// Makes keyed tokens of persons: equal for equal persons under one key, and nothing to anybody without it.
///
/// What a person typed is brought into one form first, so that blanks, full-width digits and a country code do not
/// hide that it is the same number. A number with hidden digits stands for nobody.
public struct PersonTokens: Sendable {
    /// HMAC-SHA-256 under the node's key; nil where there is none.
    private let mac: (@Sendable ([UInt8]) -> [UInt8])?
    private static let bytes = 16
    private static let phoneDigits = 7...20
    private static let idLengthMin = 6

    /// - Parameter mac: a keyed hash of at least 16 bytes.
    public init(mac: @escaping @Sendable ([UInt8]) -> [UInt8]) { self.mac = mac }

    private init() { mac = nil }

    /// Makes no tokens.
    public static let none = PersonTokens()

    /// The token of a telephone number; nil for one that is no whole number.
    public func phone(_ text: String) -> String? {
        let number = PersonTokens.withoutExtension(text).unicodeScalars.compactMap(PersonTokens.plain)
        guard !number.contains("*") else { return nil }
        var digits = number.filter { (0x30...0x39).contains($0.value) }.map { UInt8($0.value) }
        for prefix in ["0086", "86"] where digits.starts(with: prefix.utf8) && digits.count >= prefix.utf8.count + 11 {
            digits.removeFirst(prefix.utf8.count)
            break
        }
        guard PersonTokens.phoneDigits.contains(digits.count) else { return nil }
        return token("phone", digits)
    }

    /// The token of an identity number; nil for one that is too short or has hidden digits.
    public func identityNumber(_ text: String) -> String? {
        let letters = PersonTokens.lowerCase(text)
        guard !letters.contains(UInt8(ascii: "*")) else { return nil }
        let number = letters.filter { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return number.count < PersonTokens.idLengthMin ? nil : token("identity", number)
    }

    /// The token of a name, for a person complained about whom no post stands for.
    public func name(_ text: String) -> String? {
        let letters = PersonTokens.lowerCase(text).filter { $0 > 0x20 }
        return letters.isEmpty ? nil : token("name", letters)
    }

    /// The tokens that stand for the customer of a ticket: what makes two tickets the same person's.
    public func customer(_ value: (FieldID) -> Value?) -> [String] {
        var tokens: [String] = []
        if case .text(let text)? = value(TicketField.complainantPhone), let token = phone(text) { tokens.append(token) }
        if case .text(let text)? = value(TicketField.complainantIDNumber), let token = identityNumber(text) {
            tokens.append(token)
        }
        return tokens
    }

    /// The token of the person complained about: where the words name a post of the register, of whoever sits there,
    /// else of the name.
    public func target(_ text: String, _ people: People) -> String? {
        people.posts(namedIn: text).first.map(\.recusalToken) ?? name(text)
    }

    /// Names the key without telling it: whoever keeps tokens sees by this that the key is another.
    public var keyCheck: String? { token("check", [UInt8]()) }

    private func token(_ kind: String, _ bytes: some Sequence<UInt8>) -> String? {
        mac.map { Hex.encode(Array($0(Array("syncnode \(kind):".utf8) + bytes).prefix(PersonTokens.bytes))) }
    }

    /// Full-width forms as ASCII; blanks of all kinds fall away.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20, 0x09, 0x3000, 0xA0: nil
        default: AsciiText.halfWidth(scalar)
        }
    }

    /// UTF-8 without blanks, ASCII letters small.
    private static func lowerCase(_ text: String) -> [UInt8] {
        var plain = String.UnicodeScalarView()
        plain.append(contentsOf: text.unicodeScalars.compactMap(PersonTokens.plain))
        return Array(AsciiText.lowerCased(String(plain)).utf8)
    }

    private static func withoutExtension(_ text: String) -> Substring {
        let lower = text.lowercased()
        let ends = ["分机", "转", "ext", "#", "x"].compactMap { PhoneNumber.range(of: $0, in: lower)?.lowerBound }
        return lower[..<(ends.min() ?? lower.endIndex)]
    }
}
