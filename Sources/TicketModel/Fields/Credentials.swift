/// Recognises credentials (class C3: PIN, CVV, passwords, one-time codes) in words, so that they are refused at entry
/// (model §2.8, rule 1).
///
/// Simple on purpose: one of a few words, at most some connecting characters, then 3…8 digits that are no amount and no
/// count. "密码 123456" and "CVV: 123" are refused, "密码输错3次" and "密码被盗,损失20000元" are not.
enum Credentials {
    private static let chineseMarks = ["密码", "口令", "安全码", "验证码", "动态码", "校验码"]
    private static let latinMarks = ["pin", "cvv", "cvv2", "cvc", "cvc2", "password", "passcode", "otp"]
    private static let connectors = Set("是为:：=码号 \t\"'“”「『（(".unicodeScalars)
    private static let connectorsMax = 6
    private static let countingWords = Set("元块万千百次个年月日天号点时分秒%.,".unicodeScalars)

    static func areSuspected(in text: String) -> Bool {
        // Most words have none of the marks: look for their first characters before anything costly.
        guard text.utf8.contains(where: isDigitOrWide) else { return false }
        let scalars = Array(AsciiText.lowerCased(text).unicodeScalars)
        return scalars.indices.contains { index in
            guard let end = markEnd(scalars, at: index) else { return false }
            return isFollowedByDigits(scalars, from: end)
        }
    }

    private static func isDigitOrWide(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == 0xEF }

    /// Where a mark that begins at `index` ends; nil where none begins.
    private static func markEnd(_ scalars: [Unicode.Scalar], at index: Int) -> Int? {
        for mark in chineseMarks where matches(scalars, mark, at: index) { return index + mark.unicodeScalars.count }
        guard isLatin(scalars[index]), index == 0 || !isLatin(scalars[index - 1]) else { return nil }
        for mark in latinMarks where matches(scalars, mark, at: index) {
            let end = index + mark.unicodeScalars.count
            if end == scalars.count || !isLatin(scalars[end]) { return end }
        }
        return nil
    }

    private static func matches(_ scalars: [Unicode.Scalar], _ mark: String, at index: Int) -> Bool {
        var position = index
        for scalar in mark.unicodeScalars {
            guard position < scalars.count, scalars[position] == scalar else { return false }
            position += 1
        }
        return true
    }

    private static func isFollowedByDigits(_ scalars: [Unicode.Scalar], from start: Int) -> Bool {
        var position = start
        while position < scalars.count, position - start < connectorsMax, connectors.contains(scalars[position]) {
            position += 1
        }
        let first = position
        while position < scalars.count, isDigit(scalars[position]) { position += 1 }
        guard (3...8).contains(position - first) else { return false }
        return position == scalars.count || !countingWords.contains(scalars[position])
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value) }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }
}
