import CGnuTLS
import SyncProtocol

/// SHA-256 (FIPS 180-4) of the TLS library.
public enum SHA256 {
    /// What the pure modules are given as their hash.
    public static let function: HashFunction = { digest($0) }

    public static func digest(_ bytes: UnsafeRawBufferPointer) -> Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let outcome = withUnsafeMutableBytes(of: &words) { output in
            withExtendedLifetime(bytes) {
                // An empty buffer may have no address, and the library wants one.
                if let start = bytes.baseAddress {
                    gnutls_hash_fast(GNUTLS_DIG_SHA256, start, bytes.count, output.baseAddress)
                } else {
                    gnutls_hash_fast(GNUTLS_DIG_SHA256, "", 0, output.baseAddress)
                }
            }
        }
        precondition(outcome == 0, "the TLS library refuses SHA-256: \(outcome)")
        return Digest(
            words: (
                UInt64(bigEndian: words.0), UInt64(bigEndian: words.1), UInt64(bigEndian: words.2),
                UInt64(bigEndian: words.3)
            ))
    }

    public static func digest(_ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes(digest)
    }
}
