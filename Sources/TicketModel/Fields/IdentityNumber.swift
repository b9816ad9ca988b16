import SyncProtocol

/// Numbers of identity papers. Passports, permits and military cards are taken as they are written; a number that has the
/// shape of a resident's (GB 11643-1999) has a check character, which finds every single mistyped digit.
enum IdentityNumber {
    static let bytesMax = 64
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

    /// True for eighteen characters with a date of birth in them whose last one does not fit (ISO 7064 MOD 11-2).
    static func isMistyped(_ text: String) -> Bool {
        let characters = Array(AsciiText.trimmed(text).utf8)
        guard characters.count == 18, let check = value(characters[17]),
            case let digits = characters.prefix(17).compactMap({ value($0) }), digits.count == 17, !digits.contains(10),
            hasBirthday(digits)
        else { return false }
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (sum + check) % 11 != 1
    }

    /// Other numbers of eighteen digits, such as a company's, hold no date there.
    private static func hasBirthday(_ digits: [Int]) -> Bool {
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return (1800...2199).contains(number(6..<10))
            && CivilTime.Date(year: number(6..<10), month: number(10..<12), day: number(12..<14)) != nil
    }

    private static func value(_ character: UInt8) -> Int? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0"))
        case UInt8(ascii: "X"), UInt8(ascii: "x"): 10
        default: nil
        }
    }
}
