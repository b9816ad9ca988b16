/// Recognises credentials (class C3: PIN, CVV, passwords, one-time codes) in words, so that they are refused at entry
/// (model §2.8, rule 1).
///
/// Simple on purpose: one of a few words, at most some connecting characters, then 3…8 digits that are no amount and no
/// count. "密码 123456" and "CVV: 123" are refused, "密码输错3次" and "密码被盗,损失20000元" are not.
enum Credentials {
    private static let marks: [[Unicode.Scalar]] = [
        "密码", "口令", "安全码", "验证码", "动态码", "校验码",
        "pin", "cvv2", "cvv", "cvc2", "cvc", "password", "passcode", "otp",
    ].map { Array($0.unicodeScalars) }
    private static let connectors = Set("是为:：=码号 \t\"'“”「『（(".unicodeScalars)
    private static let connectorsMax = 6
    private static let digitsOfSecret = 3...8
    private static let countingWords = Set("元块万千百次个年月日天号点时分秒%".unicodeScalars)

    static func areSuspected(in text: String) -> Bool {
        let scalars = text.unicodeScalars
        return candidates(text).contains { offset in
            let position = text.utf8.index(text.startIndex, offsetBy: offset)
            let previous = position > text.startIndex ? lowerCased(scalars[scalars.index(before: position)]) : nil
            guard let end = mark(in: scalars, at: position, first: lowerCased(scalars[position]), after: previous)
            else {
                return false
            }
            return isFollowedBySecret(scalars, from: end)
        }
    }

    /// Byte offsets where a mark may begin, by its first three bytes: words are long and marks are rare, so this one
    /// look at each byte is nearly all that the check costs.
    private static func candidates(_ text: String) -> [Int] {
        text.utf8.withContiguousStorageIfAvailable(candidates) ?? Array(text.utf8).withUnsafeBufferPointer(candidates)
    }

    private static func candidates(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var found: [Int] = []
        var window: UInt32 = 0
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            let plain = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            window = (window << 8 | UInt32(plain)) & 0xFF_FFFF
            if isStartOfMark(window) { found.append(offset - 2) }
            offset += 1
        }
        return found
    }

    /// 密 口 安 验 动 校 pin cvv cvc pas otp.
    private static func isStartOfMark(_ bytes: UInt32) -> Bool {
        switch bytes {
        case 0xE5AF86, 0xE58FA3, 0xE5AE89, 0xE9AA8C, 0xE58AA8, 0xE6A0A1: true
        case 0x70696E, 0x637676, 0x637663, 0x706173, 0x6F7470: true
        default: false
        }
    }

    /// Where a mark that begins here ends; nil where none begins. A Latin mark is a word of its own.
    private static func mark(
        in scalars: String.UnicodeScalarView, at position: String.Index, first: Unicode.Scalar,
        after previous: Unicode.Scalar?
    ) -> String.Index? {
        for mark in marks where mark[0] == first {
            guard let end = end(of: mark, in: scalars, at: position) else { continue }
            guard isLatin(first) else { return end }
            let isInsideWord = previous.map(isLatin) ?? false
            let goesOn = end < scalars.endIndex && isLatin(lowerCased(scalars[end]))
            if !isInsideWord && !goesOn { return end }
        }
        return nil
    }

    private static func end(
        of mark: [Unicode.Scalar], in scalars: String.UnicodeScalarView, at position: String.Index
    ) -> String.Index? {
        var position = position
        for scalar in mark {
            guard position < scalars.endIndex, lowerCased(scalars[position]) == scalar else { return nil }
            position = scalars.index(after: position)
        }
        return position
    }

    /// Some connecting characters, then as many digits as a secret has, with nothing behind that makes them a count.
    private static func isFollowedBySecret(_ scalars: String.UnicodeScalarView, from mark: String.Index) -> Bool {
        var rest = scalars[mark...]
        var connected = 0
        while let next = rest.first, connected < connectorsMax, connectors.contains(next) {
            rest.removeFirst()
            connected += 1
        }
        let digits = rest.prefix(while: isDigit)
        guard digitsOfSecret.contains(digits.count) else { return false }
        rest = rest[digits.endIndex...]
        guard let next = rest.first else { return true }
        if next == "." || next == "," { return rest.dropFirst().first.map(isDigit) != true }
        return !countingWords.contains(next)
    }

    private static func lowerCased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value) }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }
}
