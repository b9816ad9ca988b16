import Platform
import SyncProtocol
import TicketStore

/// The production codec: SHA-256 and zstd.
public enum ProductionCodec {
    public static let codec = WireCodec(
        hash: SHA256.function, compress: { Zstd.compress($0) },
        decompress: { try? Zstd.decompress($0, limitBytes: $1) })
}
