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

    /// HMAC-SHA-256 (RFC 2104) of a message under a key; 32 bytes.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        precondition(!key.isEmpty, "a key has bytes")
        var code = [UInt8](repeating: 0, count: 32)
        // The library wants an address, which an empty message need not have.
        let outcome = gnutls_hmac_fast(
            GNUTLS_MAC_SHA256, key, key.count, message.isEmpty ? [0] : message, message.count, &code)
        precondition(outcome == 0, "the TLS library refuses HMAC-SHA-256: \(outcome)")
        return code
    }
}
