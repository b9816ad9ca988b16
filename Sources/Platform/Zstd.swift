import CZstd

/// Compression of frames and files with Zstandard (RFC 8878).
///
/// One instance keeps one pair of contexts and belongs to one thread at a time; making contexts anew costs 10 to 25 %.
public final class Zstd {
    private let compressor: OpaquePointer
    private let decompressor: OpaquePointer

    public init() {
        guard let compressor = ZSTD_createCCtx(), let decompressor = ZSTD_createDCtx() else {
            preconditionFailure("no memory for a Zstandard context")
        }
        self.compressor = compressor
        self.decompressor = decompressor
    }

    deinit {
        ZSTD_freeCCtx(compressor)
        ZSTD_freeDCtx(decompressor)
    }

    /// One frame that names its content size. Level 3 is the measured best for our frames; 1 … 19 are allowed.
    public func compress(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8] {
        precondition((1...19).contains(level))
        let bound = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            let written = bytes.withUnsafeBytes { input in
                ZSTD_compressCCtx(compressor, output.baseAddress, output.count, input.baseAddress, input.count, level)
            }
            precondition(ZSTD_isError(written) == 0, "Zstandard cannot compress into its own bound")
            count = written
        }
    }

    /// The content of exactly one frame.
    ///
    /// The frame's claimed size is compared with the limit before anything is allocated.
    /// - Throws: `ZstdError` for a frame that is damaged, names no size, or claims more than `limitBytes`.
    public func decompress(_ bytes: [UInt8], limitBytes: Int) throws(ZstdError) -> [UInt8] {
        precondition(limitBytes >= 0)
        let size = try Zstd.contentBytes(of: bytes, limitBytes: limitBytes)
        var outcome = 0
        let content = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            outcome = bytes.withUnsafeBytes { input in
                ZSTD_decompressDCtx(decompressor, output.baseAddress, size, input.baseAddress, input.count)
            }
            count = outcome == size ? size : 0
        }
        guard ZSTD_isError(outcome) == 0, outcome == size else { throw .damaged }
        return content
    }

    /// The size that the frame claims, once the frame is known to be the only one and the size to be allowed.
    private static func contentBytes(of bytes: [UInt8], limitBytes: Int) throws(ZstdError) -> Int {
        let (size, frameBytes) = bytes.withUnsafeBytes { input in
            (
                ZSTD_getFrameContentSize(input.baseAddress, input.count),
                ZSTD_findFrameCompressedSize(input.baseAddress, input.count)
            )
        }
        // "Unknown" and "error" are the two greatest numbers of 64 bits, see ZSTD_CONTENTSIZE_UNKNOWN.
        if size == UInt64.max { throw .sizeUnknown }
        if size == UInt64.max - 1 { throw .damaged }
        guard size <= UInt64(limitBytes) else { throw .tooLarge(limitBytes: limitBytes) }
        guard ZSTD_isError(frameBytes) == 0, frameBytes == bytes.count else { throw .damaged }
        return Int(size)
    }
}
