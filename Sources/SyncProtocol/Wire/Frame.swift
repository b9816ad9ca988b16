/// What the wire needs from outside: this module has no hash and no compression of its own.
public struct WireCodec: Sendable {
    public var hash: HashFunction
    public var compress: @Sendable ([UInt8]) -> [UInt8]
    /// The second argument is the largest size accepted; nil where the bytes are damaged or larger.
    public var decompress: @Sendable ([UInt8], Int) -> [UInt8]?

    public init(
        hash: @escaping HashFunction, compress: @escaping @Sendable ([UInt8]) -> [UInt8],
        decompress: @escaping @Sendable ([UInt8], Int) -> [UInt8]?
    ) {
        self.hash = hash
        self.compress = compress
        self.decompress = decompress
    }
}

/// One message as bytes: `SN`, version, flags, payload, and four bytes of hash over all before them.
public enum Frame {
    /// The version of the wire format, shown by `--version`.
    public static let version: UInt8 = 1
    private static let magic: [UInt8] = [0x53, 0x4e]
    private static let compressed: UInt8 = 1
    /// Smaller payloads are sent as they are.
    private static let compressFromBytes = 256
    private static let checkBytes = 4

    public static func encode(_ message: Message, _ codec: WireCodec) -> [UInt8] {
        var payload = ByteWriter(capacity: 256)
        message.write(to: &payload)
        var flags: UInt8 = 0
        var body = payload.bytes
        if body.count >= compressFromBytes {
            let packed = codec.compress(body)
            if packed.count < body.count {
                body = packed
                flags = compressed
            }
        }
        var frame = ByteWriter(capacity: body.count + 8)
        frame.raw(magic)
        frame.byte(version)
        frame.byte(flags)
        frame.raw(body)
        frame.raw(check(frame.bytes[...], codec.hash))
        return frame.bytes
    }

    /// - Throws: `WireError`; hostile bytes never trap, and never allocate by a claimed length.
    public static func decode(_ bytes: [UInt8], _ codec: WireCodec) throws(WireError) -> Message {
        var reader = ByteReader(try payload(bytes, codec))
        let message = try Message(&reader, codec.hash)
        try reader.finish()
        return message
    }

    /// The payload of a frame, checked and unpacked but not interpreted.
    public static func payload(_ bytes: [UInt8], _ codec: WireCodec) throws(WireError) -> [UInt8] {
        guard bytes.count <= Limits.frameBytesMax else { throw .tooLarge }
        guard bytes.count >= magic.count + 2 + checkBytes else { throw .truncated }
        guard Array(bytes.prefix(2)) == magic, bytes[2] == version, bytes[3] & ~compressed == 0 else {
            throw .unsupported
        }
        let end = bytes.count - checkBytes
        guard Array(bytes[end...]) == check(bytes[..<end], codec.hash) else { throw .hashMismatch }
        guard bytes[3] & compressed != 0 else { return Array(bytes[4..<end]) }
        guard let plain = codec.decompress(Array(bytes[4..<end]), Limits.frameBytesMax) else { throw .compression }
        return plain
    }

    private static func check(_ bytes: ArraySlice<UInt8>, _ hash: HashFunction) -> [UInt8] {
        Array(bytes.withUnsafeBytes { hash($0) }.bytes.prefix(checkBytes))
    }
}
