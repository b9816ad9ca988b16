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

/// One message as bytes: `SN`, version, flags, session, payload, and four bytes of hash over all before them.
public enum Frame {
    /// The version of the wire format, shown by `--version`.
    public static let version: UInt8 = 1
    private static let magic: [UInt8] = [0x53, 0x4e]
    private static let compressed: UInt8 = 1
    /// Smaller payloads are sent as they are.
    private static let compressFromBytes = 256
    private static let checkBytes = 4
    /// All before the payload.
    private static let headBytes = 12
    /// All but the payload.
    static let overheadBytes = headBytes + checkBytes

    public static func encode(_ message: Message, _ codec: WireCodec) -> [UInt8] {
        var payload = ByteWriter(capacity: 256)
        let work = message.write(to: &payload)
        let plain = payload.bytes
        guard plain.count >= compressFromBytes else { return seal(message.session, 0, codec) { $0.raw(plain) } }
        let packed = codec.compress(plain)
        // A frame pays with its length for what it asks of its reader.
        let size = max(packed.count, WorkBudget.frameBytesNeeded(payloadBytes: plain.count, work: work))
        guard size < plain.count else { return seal(message.session, 0, codec) { $0.raw(plain) } }
        return seal(message.session, compressed, codec) { frame in
            frame.counted(packed)
            frame.raw(repeatElement(0, count: size - packed.count))
        }
    }

    private static func seal(
        _ session: UInt64, _ flags: UInt8, _ codec: WireCodec, _ content: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        var frame = ByteWriter(capacity: 256)
        frame.raw(magic)
        frame.byte(version)
        frame.byte(flags)
        frame.fixed64(session)
        content(&frame)
        frame.raw(check(frame.bytes[...], codec.hash))
        return frame.bytes
    }

    /// - Throws: `WireError`; hostile bytes never trap, and never allocate by a claimed length.
    public static func decode(_ bytes: [UInt8], _ codec: WireCodec) throws(WireError) -> Message {
        try open(bytes, codec).message()
    }

    /// The session that a frame names. Costs the same whatever the frame's length; nothing else of it is looked at.
    ///
    /// - Throws: `WireError` for what is no frame.
    public static func session(of bytes: [UInt8]) throws(WireError) -> UInt64 {
        guard bytes.count <= Limits.frameBytesMax else { throw .tooLarge }
        guard bytes.count >= 4 else { throw .truncated }
        guard bytes[..<2].elementsEqual(magic), bytes[2] == version, bytes[3] & ~compressed == 0 else {
            throw .unsupported
        }
        guard bytes.count >= overheadBytes else { throw .truncated }
        var reader = ByteReader(bytes[4..<headBytes])
        return try reader.fixed64()
    }

    /// Checks and unpacks a frame and reads its first parts.
    ///
    /// - Parameter payloadBytesMax: it is not unpacked beyond this.
    /// - Throws: `WireError`.
    public static func open(
        _ bytes: [UInt8], _ codec: WireCodec, payloadBytesMax: Int = Limits.frameBytesMax
    ) throws(WireError) -> OpenFrame {
        let session = try session(of: bytes)
        let payload = try payload(bytes, codec, payloadBytesMax: payloadBytesMax)
        return try OpenFrame(
            session: session, payload: payload, budget: WorkBudget(frameBytes: bytes.count), hash: codec.hash)
    }

    /// The payload of a frame, checked and unpacked but not interpreted.
    public static func payload(
        _ bytes: [UInt8], _ codec: WireCodec, payloadBytesMax: Int = Limits.frameBytesMax
    ) throws(WireError) -> [UInt8] {
        _ = try session(of: bytes)
        let end = bytes.count - checkBytes
        guard bytes[end...].elementsEqual(check(bytes[..<end], codec.hash)) else { throw .hashMismatch }
        let content = bytes[headBytes..<end]
        guard bytes[3] & compressed != 0 else {
            guard content.count <= payloadBytesMax else { throw .tooLarge }
            return Array(content)
        }
        var reader = ByteReader(content)
        let packed = try reader.counted(max: Limits.frameBytesMax)
        guard try reader.raw(reader.remaining).allSatisfy({ $0 == 0 }) else { throw .trailingBytes }
        let limit = min(payloadBytesMax, WorkBudget(frameBytes: bytes.count).payloadBytesMax)
        guard let plain = codec.decompress(Array(packed), limit) else { throw .compression }
        return plain
    }

    private static func check(_ bytes: ArraySlice<UInt8>, _ hash: HashFunction) -> [UInt8] {
        Array(bytes.withUnsafeBytes { hash($0) }.bytes.prefix(checkBytes))
    }
}
