/// Writes the canonical form of values: one way to write each value, and no other.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// LEB128: seven bits a byte, least significant first, no padding.
    public mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    public mutating func varint(_ value: Int) { varint(UInt64(value)) }

    /// Zigzag, so that small negative numbers are short.
    public mutating func signed(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    /// Eight bytes, most significant first.
    public mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func digest(_ value: Digest) {
        let words = value.words
        let big = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        withUnsafeBytes(of: big) { bytes.append(contentsOf: $0) }
    }

    public mutating func raw(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

    /// Length, then the bytes.
    public mutating func counted(_ value: some Collection<UInt8>) {
        varint(value.count)
        bytes.append(contentsOf: value)
    }

    /// Length, then what the closure writes.
    mutating func counted(_ write: (inout ByteWriter) -> Void) {
        let place = bytes.count
        bytes.append(0)
        write(&self)
        let length = bytes.count - place - 1
        if length < 0x80 {
            bytes[place] = UInt8(length)
        } else {
            var prefix = ByteWriter()
            prefix.varint(length)
            bytes.replaceSubrange(place...place, with: prefix.bytes)
        }
    }

    /// Length in UTF-8 bytes, then the text.
    public mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            varint(utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }
}
