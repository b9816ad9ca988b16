import Glibc

/// Randomness from the operating system, fit for keys and identifiers. Only the production world draws from it.
public struct SystemRandom: RandomNumberGenerator, Sendable {
    public init() {}

    /// 64 random bits.
    public mutating func next() -> UInt64 { SystemRandom.word() }

    /// 64 random bits.
    public static func word() -> UInt64 {
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word, fill)
        return word
    }

    /// `count` random bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        precondition(count >= 0)
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes(fill)
        return bytes
    }

    // The kernel gives at most 256 bytes a call. With such a count it can only fail where it has no random source at
    // all, and there no node may run.
    private static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let piece = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(256))
            let outcome = getentropy(piece.baseAddress, piece.count)
            precondition(outcome == 0, "the operating system gives no random bytes")
            rest = rest.dropFirst(piece.count)
        }
    }
}
