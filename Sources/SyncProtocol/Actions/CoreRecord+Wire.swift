/// The canonical form of one core record: what its hash covers, and what the store keeps.
extension CoreRecord {
    private static let version: UInt8 = 1

    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: 192)
        write(to: &writer)
        return writer.bytes
    }

    public func write(to writer: inout ByteWriter) {
        writer.byte(CoreRecord.version)
        writer.dot(dot)
        writer.fixed64(document.space)
        writer.fixed64(document.number)
        writer.dots(dependencies.entries)
        writer.fixed64(stamp.rawValue)
        writer.text(post)
        writer.varint(UInt64(kind))
        writer.claim(claim)
        Operation.writeList(operations, &writer)
        writer.varint(bodies.count)
        for body in bodies {
            writer.byte(body.part.rawValue)
            writer.digest(body.hash)
            writer.varint(body.size)
        }
        writer.varint(UInt64(epoch))
        writer.digest(previous)
    }

    /// - Throws: `WireError` for anything that `encoded()` would not have written.
    public init(decoding bytes: [UInt8]) throws(WireError) {
        guard bytes.count <= Limits.coreRecordBytesMax else { throw .tooLarge }
        var reader = ByteReader(bytes)
        guard try reader.byte() == CoreRecord.version else { throw .unsupported }
        dot = try reader.dot()
        document = DocumentID(space: try reader.fixed64(), number: try reader.fixed64())
        guard document.isWellFormed else { throw .malformed }
        dependencies = try reader.vector()
        stamp = try reader.stamp()
        post = try reader.text(max: Limits.postBytesMax)
        kind = try reader.small()
        claim = try reader.claim()
        operations = try Operation.readList(&reader)
        bodies = []
        for _ in 0..<(try reader.count(max: 2)) {
            let part = try reader.bodyPart()
            if let last = bodies.last, part <= last.part { throw .malformed }
            let hash = try reader.digest()
            bodies.append(BodyReference(part: part, hash: hash, size: try reader.count(max: Limits.bodyBytesMax)))
        }
        epoch = try reader.small()
        previous = try reader.digest()
        try reader.finish()
    }

    /// The hash of the canonical form: the action's identity together with its dot.
    public func hash(_ function: HashFunction) -> Digest {
        encoded().withUnsafeBytes { function($0) }
    }
}

/// A core record together with its canonical bytes and their hash, computed once.
public struct SealedRecord: Hashable, Sendable {
    public let record: CoreRecord
    public let bytes: [UInt8]
    public let hash: Digest

    /// Encodes and hashes.
    public init(_ record: CoreRecord, _ function: HashFunction) {
        self.init(record, encoded: record.encoded(), function)
    }

    /// Hashes what the record was encoded to.
    init(_ record: CoreRecord, encoded bytes: [UInt8], _ function: HashFunction) {
        self.record = record
        self.bytes = bytes
        hash = bytes.withUnsafeBytes { function($0) }
    }

    /// What the store kept; the hash is taken on trust (the scrub and every send check it).
    public init(stored bytes: [UInt8], hash: Digest) throws(WireError) {
        record = try CoreRecord(decoding: bytes)
        self.bytes = bytes
        self.hash = hash
    }

    public static func == (left: SealedRecord, right: SealedRecord) -> Bool {
        left.hash == right.hash && left.bytes == right.bytes
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension ByteWriter {
    fileprivate mutating func claim(_ claim: CustodyClaim?) {
        guard let claim else { return byte(0) }
        byte(1)
        byte(claim.leg)
        dot(claim.version)
    }
}

extension ByteReader {
    /// A vector with its entries in order.
    mutating func vector(max: Int = Limits.vectorEntriesMax) throws(WireError) -> VersionVector {
        guard let vector = VersionVector(ascending: try dots(max: max)) else { throw .malformed }
        return vector
    }

    /// A stamp within the range that clocks can have.
    mutating func stamp() throws(WireError) -> HybridTime {
        let stamp = HybridTime(rawValue: try fixed64())
        guard stamp.milliseconds <= Limits.clockMillisecondsMax else { throw .malformed }
        return stamp
    }

    mutating func small() throws(WireError) -> UInt16 {
        guard let value = UInt16(exactly: try varint()) else { throw .malformed }
        return value
    }

    mutating func bodyPart() throws(WireError) -> Part {
        guard let part = Part(rawValue: try byte()), part != .core else { throw .malformed }
        return part
    }

    fileprivate mutating func claim() throws(WireError) -> CustodyClaim? {
        guard try flag() else { return nil }
        return CustodyClaim(leg: try byte(), version: try dot())
    }
}
