/// The readable number of a ticket, `org-yyyymmdd-rrrr-c`, made at the node without a central counter (model §2.2).
///
/// `org` is the unit's code, the date is China's, `rrrr` are four random base-32 characters (Crockford's alphabet: no
/// I, L, O, U), because paper may outlive the disk that issued it, and `c` is a check character over all the rest
/// (ISO/IEC 7064 MOD 37-2 over the length of `org`, then `org`, date and random part; the hyphens carry nothing).
///
/// Four characters are 2^20 numbers a unit and day: a node that issues hundreds a day must look whether it has issued
/// the number before and ask again with other random bits.
public struct TicketNumber: Hashable, Sendable, CustomStringConvertible {
    public let org: String
    public let date: CivilTime.Date
    /// Four characters of Crockford's base 32.
    public let random: String
    /// The check character.
    public let check: String

    /// Longest number, in bytes.
    public static let bytesMax = OrgCode.charactersMax + 1 + 8 + 1 + 4 + 1 + 1

    static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    static let randomValues: UInt64 = 1 << 20

    /// A new number of a unit. `milliseconds` is now; the lowest 20 bits of `randomness` choose the random part, the
    /// next one whose check character is in Crockford's alphabet is taken. nil where `org` is not a unit's code.
    public init?(org: String, at milliseconds: Int64, randomness: UInt64) {
        guard OrgCode.isWellFormed(org) else { return nil }
        let date = CivilTime.chinaDate(at: milliseconds)
        for step in 0..<TicketNumber.randomValues {
            let bits = (randomness &+ step) % TicketNumber.randomValues
            let random = TicketNumber.randomText(bits)
            guard let check = TicketNumber.check(org: org, date: date, random: random) else { continue }
            self.org = org
            self.date = date
            self.random = random
            self.check = check
            return
        }
        return nil
    }

    /// Reads a number that somebody typed: any case, blanks at the ends, and I, L, O for 1, 1, 0 in the last two parts.
    /// Throws what is wrong with it.
    public init(_ text: String) throws(TicketNumberError) {
        let upper = AsciiText.upperCased(AsciiText.trimmed(text))
        let bytes = Array(upper.utf8)
        guard bytes.count <= TicketNumber.bytesMax else { throw .tooLong }
        let parts = bytes.split(separator: 0x2D, omittingEmptySubsequences: false).map(Array.init)
        guard parts.count == 4 else { throw .wrongShape }
        org = String(decoding: parts[0], as: UTF8.self)
        guard OrgCode.isWellFormed(org) else { throw .badOrg }
        date = try TicketNumber.date(parts[1])
        random = try TicketNumber.readCrockford(parts[2], count: 4, orElse: .badRandomPart)
        check = try TicketNumber.readCrockford(parts[3], count: 1, orElse: .badCheckCharacter)
        guard TicketNumber.check(org: org, date: date, random: random) == check else { throw .wrongCheckCharacter }
    }

    public var description: String { "\(org)-\(date.compactText)-\(random)-\(check)" }

    private static func date(_ bytes: [UInt8]) throws(TicketNumberError) -> CivilTime.Date {
        guard bytes.count == 8, let number = AsciiText.number(bytes) else { throw .badDate }
        let (year, month, day) = (Int(number / 10_000), Int(number / 100 % 100), Int(number % 100))
        guard let date = CivilTime.Date(year: year, month: month, day: day) else { throw .badDate }
        return date
    }

    /// Characters of Crockford's alphabet; those that it leaves out for their looks are read as what they look like.
    private static func readCrockford(
        _ bytes: [UInt8], count: Int, orElse error: TicketNumberError
    ) throws(TicketNumberError) -> String {
        let plain = bytes.map { (byte: UInt8) -> UInt8 in
            switch byte {
            case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
            case UInt8(ascii: "O"): UInt8(ascii: "0")
            default: byte
            }
        }
        guard plain.count == count, plain.allSatisfy(crockford.contains) else { throw error }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func randomText(_ bits: UInt64) -> String {
        let characters = stride(from: 15, through: 0, by: -5).map { crockford[Int(bits >> UInt64($0)) & 31] }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The check character; nil where it would not be in Crockford's alphabet, for such numbers are not issued.
    private static func check(org: String, date: CivilTime.Date, random: String) -> String? {
        // The unit's length goes first, so that a lost leading zero is noticed too.
        let length = CheckCharacter.alphabet[org.utf8.count]
        let text = [length] + (org + date.compactText + random).utf8
        guard let value = CheckCharacter.value(of: text), value < CheckCharacter.alphabet.count else { return nil }
        let character = CheckCharacter.alphabet[value]
        return crockford.contains(character) ? String(decoding: [character], as: UTF8.self) : nil
    }
}

/// What is wrong with a text that should be a ticket number; the raw value is the stable code.
public enum TicketNumberError: String, Error, Sendable, CaseIterable {
    case tooLong = "number_too_long"
    case wrongShape = "number_wrong_shape"
    case badOrg = "number_bad_org"
    case badDate = "number_bad_date"
    case badRandomPart = "number_bad_random_part"
    case badCheckCharacter = "number_bad_check_character"
    case wrongCheckCharacter = "number_wrong_check_character"

    public var sentence: Bilingual {
        switch self {
        case .tooLong: Bilingual("工单编号过长", "the ticket number is too long")
        case .wrongShape: Bilingual("工单编号应为四段", "a ticket number has four parts")
        case .badOrg: Bilingual("工单编号的机构段有误", "the unit in the ticket number is malformed")
        case .badDate: Bilingual("工单编号的日期段不是日期", "the date in the ticket number is no date")
        case .badRandomPart: Bilingual("工单编号第三段应为四个字符", "the third part of a ticket number has four characters")
        case .badCheckCharacter: Bilingual("工单编号最后一段应为一个校验字符", "the last part of a ticket number is one character")
        case .wrongCheckCharacter: Bilingual("工单编号校验不符", "the check character of the ticket number does not fit")
        }
    }

    public var hint: Bilingual {
        switch self {
        case .wrongCheckCharacter:
            Bilingual("有一个字符抄错或两个字符颠倒,请对照原件", "one character is wrong or two are swapped: compare with the paper")
        default:
            Bilingual(
                "格式:机构-年月日-四位字符-校验,如 GD01-20260301-7K4M-Q",
                "format: org-yyyymmdd-rrrr-c, for example GD01-20260301-7K4M-Q")
        }
    }
}
