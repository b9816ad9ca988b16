/// Reads what `ByteWriter` wrote, from bytes that nobody vouches for: it never traps, and never allocates by a claimed
/// length before that many bytes are seen to be there.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    public init(_ bytes: ArraySlice<UInt8>) { self.init(Array(bytes)) }

    private init(_ bytes: [UInt8], from position: Int, to end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    public var remaining: Int { end - position }
    public var isAtEnd: Bool { position == end }

    /// Call after the last value.
    public func finish() throws(WireError) {
        if !isAtEnd { throw .trailingBytes }
    }

    public mutating func byte() throws(WireError) -> UInt8 {
        guard position < end else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    public mutating func varint() throws(WireError) -> UInt64 {
        let first = try byte()
        return first < 0x80 ? UInt64(first) : try longVarint(first)
    }

    private mutating func longVarint(_ first: UInt8) throws(WireError) -> UInt64 {
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while true {
            let next = try byte()
            if shift == 63, next > 1 { throw .malformed }
            value |= UInt64(next & 0x7f) << shift
            if next & 0x80 == 0 {
                if next == 0 { throw .malformed }
                return value
            }
            shift += 7
        }
    }

    /// A count or length of at most `max`.
    public mutating func count(max: Int) throws(WireError) -> Int {
        let value = try varint()
        guard value <= UInt64(max) else { throw .tooLarge }
        return Int(value)
    }

    public mutating func signed() throws(WireError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
    }

    public mutating func fixed64() throws(WireError) -> UInt64 {
        guard remaining >= 8 else { throw .truncated }
        defer { position += 8 }
        return word(at: position)
    }

    public mutating func digest() throws(WireError) -> Digest {
        guard remaining >= Digest.byteCount else { throw .truncated }
        defer { position += Digest.byteCount }
        return Digest(
            words: (word(at: position), word(at: position + 8), word(at: position + 16), word(at: position + 24)))
    }

    private func word(at offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }

    public mutating func raw(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count >= 0, remaining >= count else { throw .truncated }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A reader of the next `count` bytes, which this one skips.
    mutating func part(_ count: Int) throws(WireError) -> ByteReader {
        guard count >= 0, remaining >= count else { throw .truncated }
        defer { position += count }
        return ByteReader(bytes, from: position, to: position + count)
    }

    public mutating func counted(max: Int) throws(WireError) -> ArraySlice<UInt8> {
        try raw(try count(max: max))
    }

    /// UTF-8 text; anything that is not valid UTF-8 is malformed.
    public mutating func text(max: Int) throws(WireError) -> String {
        let count = try count(max: max)
        guard remaining >= count else { throw .truncated }
        defer { position += count }
        let text = bytes.withUnsafeBufferPointer { all -> String? in
            let utf8 = UnsafeBufferPointer(rebasing: all[position..<position + count])
            // Decoding repairs what is not valid, so that only valid bytes come back unchanged.
            var text = String(decoding: utf8, as: UTF8.self)
            return text.withUTF8 { $0.elementsEqual(utf8) } ? text : nil
        }
        guard let text else { throw .malformed }
        return text
    }
}
