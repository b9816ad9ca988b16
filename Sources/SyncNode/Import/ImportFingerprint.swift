import SyncProtocol

/// Stands for one imported file: its size and a digest of its beginning.
struct ImportFingerprint: Hashable, Sendable {
    typealias Hash = HashFunction

    /// Nil for a pipe.
    let byteCount: Int64?
    /// Digest of the first `ImportLimits.fingerprintHeadBytes` bytes.
    let head: Digest

    init(byteCount: Int64?, head: Digest) {
        self.byteCount = byteCount
        self.head = head
    }

    init(byteCount: Int64?, head: [UInt8], _ hash: Hash) {
        self.init(
            byteCount: byteCount, head: head.prefix(ImportLimits.fingerprintHeadBytes).withUnsafeBytes { hash($0) })
    }

    /// The key under which a row is recorded at most once, however often it is sent (`Idempotency-Key`).
    /// - Parameter row: `ImportRow.number`.
    func idempotencyKey(row: Int) -> String {
        let size = byteCount.map(String.init) ?? "pipe"
        return "import-\(size)-\(Hex.encode(head.bytes.prefix(16)))-\(row)"
    }
}
