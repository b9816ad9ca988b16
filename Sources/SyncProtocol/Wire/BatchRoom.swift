/// How much of a batch its writer has filled. A writer keeps the limits that its reader enforces: an item that does not
/// fit is the first of the next batch.
public struct BatchRoom {
    private var items = 0
    private var entries: UInt64 = 0
    private var echoed: UInt64 = 0
    /// Of records and bodies.
    private var bytes = 0
    private var lives: Set<Incarnation> = []
    /// Most items name what the item before named.
    private var latest: Incarnation?

    /// A payload with one more batch of the usual size in it.
    private static let bytesMax = Limits.frameBytesMax - Limits.batchBytesTarget

    public init() {}

    /// Log entries of an echo that still fit.
    public var echoesLeft: UInt64 {
        min(UInt64(Limits.echoEntriesMax) - echoed, UInt64(Limits.batchEntriesMax) - entries)
    }

    /// Counts the item.
    ///
    /// - Returns: false where the batch has to end before it.
    public mutating func take(_ item: BatchItem) -> Bool {
        let count = item.entryCount
        guard items < Limits.batchEntriesMax, entries + count <= UInt64(Limits.batchEntriesMax) else { return false }
        switch item {
        case .action(let sealed, let bodies):
            guard hold(sealed.bytes.count, bodies), name(sealed.record) else { return false }
        case .bodies(let dot, let bodies): guard hold(0, bodies), name(dot.incarnation) else { return false }
        case .echo(let first, _):
            guard echoed + count <= UInt64(Limits.echoEntriesMax), name(first.incarnation) else { return false }
            echoed += count
        }
        items += 1
        entries += count
        return true
    }

    private mutating func hold(_ recordBytes: Int, _ bodies: [CarriedBody]) -> Bool {
        bytes += recordBytes + bodies.reduce(0) { $0 + $1.envelope.count }
        return bytes <= BatchRoom.bytesMax
    }

    private mutating func name(_ record: CoreRecord) -> Bool {
        guard name(record.dot.incarnation) else { return false }
        if record.document.isTicket, !name(record.document.creator.incarnation) { return false }
        if let claim = record.claim, !name(claim.version.incarnation) { return false }
        for entry in record.dependencies.entries where !name(entry.incarnation) { return false }
        return true
    }

    private mutating func name(_ life: Incarnation) -> Bool {
        guard life != latest else { return true }
        latest = life
        guard lives.count >= Limits.batchIncarnationsMax else {
            lives.insert(life)
            return true
        }
        return lives.contains(life)
    }
}
