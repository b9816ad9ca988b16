import SyncProtocol

/// The code that binds a printed form to what it shows: ten symbols of a hash and a check character, `XXXX-XXXX-XXX`.
///
/// 50 bits tell a changed figure from the printed one; they are no signature (docs/decisions). The symbols are digits and
/// letters without I, L, O and U, so that a person can type them; the last one finds slips of the finger.
public struct CheckCode: Hashable, Sendable, CustomStringConvertible {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let symbols = 10

    /// Eleven symbols.
    public let text: String

    public init(_ form: FilledForm, _ hash: HashFunction) {
        var counter = 0
        while true {
            let digest = Array("\(counter)\n\(form.canonical)".utf8).withUnsafeBytes { hash($0) }
            let bits = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let symbols = (0..<CheckCode.symbols).map {
                CheckCode.alphabet[Int(truncatingIfNeeded: bits >> UInt64(59 - 5 * $0)) & 31]
            }
            counter += 1
            // As with ticket numbers: drawn on until the check is a symbol that people can tell from others.
            guard let check = CheckCharacter.value(of: symbols), check < 36,
                CheckCode.alphabet.contains(CheckCharacter.alphabet[check])
            else { continue }
            text = String(decoding: symbols + [CheckCharacter.alphabet[check]], as: UTF8.self)
            return
        }
    }

    /// Reads what a person typed: any case, with or without hyphens and blanks, letters for the digits that they look
    /// like. nil for a slip of the finger.
    public init?(typed: String) {
        guard typed.utf8.count <= 64 else { return nil }
        var symbols: [UInt8] = []
        for byte in typed.utf8 {
            switch byte {
            case 0x20, 0x2D: continue
            case 0x4F, 0x6F: symbols.append(0x30)
            case 0x49, 0x69, 0x4C, 0x6C: symbols.append(0x31)
            case 0x61...0x7A: symbols.append(byte - 0x20)
            default: symbols.append(byte)
            }
        }
        guard symbols.count == CheckCode.symbols + 1, symbols.allSatisfy(CheckCode.alphabet.contains),
            let value = CheckCharacter.value(of: symbols.dropLast()), value < 36,
            CheckCharacter.alphabet[value] == symbols[CheckCode.symbols]
        else { return nil }
        text = String(decoding: symbols, as: UTF8.self)
    }

    /// As it is printed: `XXXX-XXXX-XXX`.
    public var description: String {
        let symbols = Array(text.utf8)
        return [symbols[0..<4], symbols[4..<8], symbols[8...]].map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: "-")
    }
}
