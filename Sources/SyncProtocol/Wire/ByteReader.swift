/// Reads what `ByteWriter` wrote, from bytes that nobody vouches for: it never traps, and never allocates by a claimed
/// length before that many bytes are seen to be there.
public struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    public init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    public var remaining: Int { bytes.endIndex - position }
    public var isAtEnd: Bool { position == bytes.endIndex }

    /// Call after the last value.
    public func finish() throws(WireError) {
        if !isAtEnd { throw .trailingBytes }
    }

    public mutating func byte() throws(WireError) -> UInt8 {
        guard position < bytes.endIndex else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    public mutating func varint() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            if shift == 63, next > 1 { throw .malformed }
            value |= UInt64(next & 0x7f) << shift
            if next & 0x80 == 0 {
                if next == 0, shift > 0 { throw .malformed }
                return value
            }
            shift += 7
            if shift > 63 { throw .malformed }
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
        var value: UInt64 = 0
        for index in position..<position + 8 { value = value << 8 | UInt64(bytes[index]) }
        position += 8
        return value
    }

    public mutating func digest() throws(WireError) -> Digest {
        Digest(words: (try fixed64(), try fixed64(), try fixed64(), try fixed64()))
    }

    public mutating func raw(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count >= 0, remaining >= count else { throw .truncated }
        defer { position += count }
        return bytes[position..<position + count]
    }

    public mutating func counted(max: Int) throws(WireError) -> ArraySlice<UInt8> {
        try raw(try count(max: max))
    }

    /// UTF-8 text; anything that is not valid UTF-8 is malformed.
    public mutating func text(max: Int) throws(WireError) -> String {
        guard let text = String(validating: try counted(max: max), as: UTF8.self) else { throw .malformed }
        return text
    }
}
