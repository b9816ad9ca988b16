/// Base64 with padding (RFC 4648 §4).
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = min(3, bytes.count - index)
            let word = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < rest ? UInt32(bytes[index + $1]) : 0) }
            for place in 0..<4 {
                text.append(place <= rest ? alphabet[Int(word >> UInt32(18 - 6 * place)) & 63] : 0x3D)
            }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil for anything but whole groups of the alphabet with their padding.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        let padding = characters.suffix(2).count { $0 == 0x3D }
        var bytes: [UInt8] = []
        var word: UInt32 = 0
        for (index, character) in characters.enumerated() {
            let isPadding = index >= characters.count - padding
            guard isPadding == (character == 0x3D) else { return nil }
            let value = isPadding ? 0 : alphabet.firstIndex(of: character)
            guard let value else { return nil }
            word = word << 6 | UInt32(value)
            guard index % 4 == 3 else { continue }
            bytes += [UInt8(word >> 16 & 0xFF), UInt8(word >> 8 & 0xFF), UInt8(word & 0xFF)]
            word = 0
        }
        bytes.removeLast(min(padding, bytes.count))
        // One text for one value: bits that stand for nothing are zero.
        return encode(bytes).utf8.elementsEqual(characters) ? bytes : nil
    }
}
