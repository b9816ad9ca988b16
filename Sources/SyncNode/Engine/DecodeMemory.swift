import Platform
import SyncProtocol

/// Memory for all messages that are being read at the same time: who finds none waits.
final class DecodeMemory: Sendable {
    /// Two of the largest.
    static let bytesMax = 2 * costMax
    /// The largest payload, its records and their structures.
    private static let costMax =
        Limits.frameBytesMax + Limits.batchRecordBytesMax + Limits.batchEntriesMax * Limits.workBytesPerItem

    private let used = Locked(0)

    /// Runs `body` while the memory that a frame of this length may need is set aside.
    func reserve<Result>(frameBytes: Int, _ body: () throws -> Result) rethrows -> Result {
        let perByte = Limits.payloadBytesPerFrameByte + Limits.workBytesPerFrameByte
        let cost = min(2 * Limits.workBytesFree + frameBytes * perByte, DecodeMemory.costMax)
        _ = used.wait { used -> Bool? in
            guard used + cost <= DecodeMemory.bytesMax else { return nil }
            used += cost
            return true
        }
        defer { used.change { $0 -= cost } }
        return try body()
    }
}
