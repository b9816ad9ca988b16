import Platform
import SyncProtocol

extension WireCodec {
    /// SHA-256 of the TLS library and zstd: what every real node speaks. Each thread that packs or unpacks has a context of
    /// its own for as long; contexts are kept and used again.
    public static func production() -> WireCodec {
        let contexts = ZstdContexts()
        return WireCodec(
            hash: SHA256.function,
            compress: { bytes in contexts.use { $0.compress(bytes) } },
            decompress: { bytes, limit in
                contexts.use { zstd in
                    do { return try zstd.decompress(bytes, limitBytes: limit) } catch { return nil }
                }
            })
    }
}

/// As many contexts as threads used one at the same time.
private final class ZstdContexts: Sendable {
    private let idle: Locked<[Locked<Zstd>]> = Locked([])

    func use<Result: Sendable>(_ body: (Zstd) -> Result) -> Result {
        let context = idle.withLock { $0.popLast() } ?? Locked(Zstd())
        defer { idle.withLock { $0.append(context) } }
        return context.withLock { body($0) }
    }
}
