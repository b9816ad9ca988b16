/// A body as it is stored and sent: sealed or not, always with 16 random bytes, so that a holder of the core record
/// cannot test guesses of a phone number against the hash, before or after erasure.
public struct BodyEnvelope: Hashable, Sendable {
    /// How `content` is sealed. `none` until sealing exists; the format provides for it from the first frame on.
    public enum Algorithm: UInt8, Sendable { case none = 0 }

    public var algorithm: Algorithm
    public var keyID: UInt64
    public var salt: (UInt64, UInt64)
    /// The encoded operations of the body.
    public var content: [UInt8]

    public init(algorithm: Algorithm = .none, keyID: UInt64 = 0, salt: (UInt64, UInt64), content: [UInt8]) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.salt = salt
        self.content = content
    }

    public static func == (left: BodyEnvelope, right: BodyEnvelope) -> Bool {
        left.algorithm == right.algorithm && left.keyID == right.keyID && left.salt == right.salt
            && left.content == right.content
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(content) }

    /// The bytes that the hash covers: algorithm, key id, salt, content to the end.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: content.count + 20)
        writer.byte(algorithm.rawValue)
        writer.varint(keyID)
        writer.fixed64(salt.0)
        writer.fixed64(salt.1)
        writer.raw(content)
        return writer.bytes
    }

    public init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        guard bytes.count <= Limits.bodyBytesMax else { throw .tooLarge }
        var reader = ByteReader(bytes)
        guard let algorithm = Algorithm(rawValue: try reader.byte()) else { throw .unsupported }
        self.algorithm = algorithm
        keyID = try reader.varint()
        salt = (try reader.fixed64(), try reader.fixed64())
        content = Array(try reader.raw(reader.remaining))
    }

    /// The operations inside, where nothing seals them.
    ///
    /// - Throws: `WireError`, also where the content is not what `init(operations:salt:)` would have written.
    public func operations() throws(WireError) -> [Operation] {
        var reader = ByteReader(content)
        let operations = try Operation.readList(&reader)
        try reader.finish()
        return operations
    }

    /// An unsealed body of these operations.
    public init(operations: [Operation], salt: (UInt64, UInt64)) {
        var writer = ByteWriter(capacity: 256)
        Operation.writeList(operations, &writer)
        self.init(salt: salt, content: writer.bytes)
    }
}
