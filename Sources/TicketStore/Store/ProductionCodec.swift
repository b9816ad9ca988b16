import Platform
import SyncProtocol

extension WireCodec {
    /// SHA-256 of the TLS library and zstd: what every real node speaks. Contexts are reused, one user at a time.
    public static func production() -> WireCodec {
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
}
