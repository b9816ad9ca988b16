import SyncProtocol

/// The last action of this node that was acknowledged: what the database must still hold at the next start.
public struct WitnessRecord: Hashable, Sendable {
    public var incarnation: Incarnation
    /// The number of the action within its incarnation; 0 before the first.
    public var sequence: UInt64
    /// The hash of that action.
    public var hash: Digest

    public init(incarnation: Incarnation, sequence: UInt64, hash: Digest) {
        self.incarnation = incarnation
        self.sequence = sequence
        self.hash = hash
    }
}

/// One slot of the witness file: 72 bytes, all numbers little-endian.
///
///     0   8  the letters "SNWITN01"
///     8   8  generation: the slot with the higher one is the newer
///     16  8  incarnation
///     24  8  sequence
///     32  32 hash
///     64  8  check value: FNV-1a over bytes 0…63
struct WitnessSlot: Hashable {
    var generation: UInt64
    var record: WitnessRecord

    static let byteCount = 72
    private static let letters = Array("SNWITN01".utf8)

    var bytes: [UInt8] {
        var bytes = WitnessSlot.letters
        for number in [generation, record.incarnation.rawValue, record.sequence] { bytes += littleEndian(number) }
        bytes += record.hash.bytes
        return bytes + littleEndian(checkValue(of: bytes[...]))
    }

    /// Nil for anything that `bytes` did not make: a torn or damaged slot.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= WitnessSlot.byteCount, bytes.starts(with: WitnessSlot.letters) else { return nil }
        guard checkValue(of: bytes[..<64]) == number(in: bytes, at: 64) else { return nil }
        generation = number(in: bytes, at: 8)
        record = WitnessRecord(
            incarnation: Incarnation(rawValue: number(in: bytes, at: 16)), sequence: number(in: bytes, at: 24),
            hash: Digest(bytes[32..<64]))
    }

    init(generation: UInt64, record: WitnessRecord) {
        self.generation = generation
        self.record = record
    }
}

private func littleEndian(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }

private func number(in bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
}

/// FNV-1a, 64 bits: finds torn and flipped bytes. It is no protection against a person, and need not be: who can write
/// this file can write the database.
private func checkValue(of bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}
