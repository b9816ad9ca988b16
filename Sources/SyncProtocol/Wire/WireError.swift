/// Why bytes from a peer, a file or the disk were refused. Closed on purpose: a caller handles every case.
public enum WireError: Error, Hashable, Sendable {
    /// The bytes end before the value does.
    case truncated
    /// Bytes are left over after the value.
    case trailingBytes
    /// Not a frame of this protocol, or of a version that is not spoken here.
    case unsupported
    /// A count or length is above its limit in `Limits`.
    case tooLarge
    /// A value is not in its one canonical form, or has no meaning.
    case malformed
    /// The content does not have the hash that was promised.
    case hashMismatch
    /// The compressed data cannot be read.
    case compression

    /// A stable name for logs, metrics and problem documents.
    public var code: String {
        switch self {
        case .truncated: "frame-truncated"
        case .trailingBytes: "frame-trailing-bytes"
        case .unsupported: "frame-unsupported"
        case .tooLarge: "frame-too-large"
        case .malformed: "frame-malformed"
        case .hashMismatch: "frame-hash-mismatch"
        case .compression: "frame-compression"
        }
    }
}
