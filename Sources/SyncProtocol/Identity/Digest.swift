/// 32 bytes of a cryptographic hash, without heap storage.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The bytes as four big-endian words: `words.0` holds bytes 0…7.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    public static let byteCount = 32

    /// All zero: the "previous hash" of the first action of a first life.
    public static let zero = Digest(words: (0, 0, 0, 0))

    public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Exactly 32 bytes; a different count is a mistake of the caller.
    public init(_ bytes: some Collection<UInt8>) {
        precondition(bytes.count == Digest.byteCount)
        var values: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (index, byte) in bytes.enumerated() {
            switch index / 8 {
            case 0: values.0 = values.0 << 8 | UInt64(byte)
            case 1: values.1 = values.1 << 8 | UInt64(byte)
            case 2: values.2 = values.2 << 8 | UInt64(byte)
            default: values.3 = values.3 << 8 | UInt64(byte)
            }
        }
        words = values
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Digest.byteCount)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }

    public var description: String {
        Hex.encode(words.0) + Hex.encode(words.1) + Hex.encode(words.2) + Hex.encode(words.3)
    }

    public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// SHA-256, passed in by the layer that owns the TLS library: this module has no hash of its own.
public typealias HashFunction = @Sendable (UnsafeRawBufferPointer) -> Digest
