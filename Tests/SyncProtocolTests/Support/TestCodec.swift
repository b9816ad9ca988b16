import Platform
import SyncProtocol

/// How many generated cases a law is tried on. `LAW_CASES=10000` asks for more than the everyday number.
func lawCases(_ everyday: Int) -> Range<UInt64> {
    let asked = environment("LAW_CASES").flatMap { Int($0) }
    return 0..<UInt64(max(1, asked ?? everyday))
}

extension WireCodec {
    /// SHA-256 and zstd, as real nodes speak.
    static func tests() -> WireCodec {
        let zstd = Locked(Zstd())
        return WireCodec(
            hash: SHA256.function,
            compress: { bytes in zstd.withLock { $0.compress(bytes) } },
            decompress: { bytes, limit in
                zstd.withLock { zstd in
                    do { return try zstd.decompress(bytes, limitBytes: limit) } catch { return nil }
                }
            })
    }

    /// Without compression, so that damage meets the decoder itself.
    static let plain = WireCodec(
        hash: SHA256.function, compress: { $0 }, decompress: { bytes, limit in bytes.count <= limit ? bytes : nil })
}
