/// The check character of ticket numbers: ISO/IEC 7064 MOD 37-2 over digits and upper-case letters.
///
/// 37 is prime and 2 is a primitive root of it, so every single substitution and every transposition of two different
/// characters, adjacent or not, changes the check (for texts of up to 35 characters and their check). The standard's
/// 37th check character `*` is never issued: the random part is drawn on until the check is easy to read.
enum CheckCharacter {
    /// 0…9, A…Z: the value of a character is its position.
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// The check value (0…36) of a text of digits and upper-case letters; nil where another character occurs.
    static func value(of text: some Sequence<UInt8>) -> Int? {
        var sum = 0
        for byte in text {
            guard let value = value(ofCharacter: byte) else { return nil }
            sum = (sum + value) * 2 % 37
        }
        return (38 - sum) % 37
    }

    /// 0…35 for a digit or an upper-case letter.
    static func value(ofCharacter byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x5A: Int(byte) - 0x41 + 10
        default: nil
        }
    }
}
