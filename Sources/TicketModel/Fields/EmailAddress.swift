/// The shape of an e-mail address: keeps out what is none, and judges no mail system.
enum EmailAddress {
    /// RFC 5321 §4.5.3.1.3, without the angle brackets.
    static let bytesMax = 254

    /// `x@y.z`: one `@`, something before it, behind it two labels or more; no blanks.
    static func isWellFormed(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.allSatisfy({ $0 > 0x20 }) else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }
}
