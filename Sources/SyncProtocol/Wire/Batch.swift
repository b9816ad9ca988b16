/// What one item of a batch brings.
public enum BatchItem: Hashable, Sendable {
    /// An action with the bodies that travel along.
    case action(SealedRecord, bodies: [CarriedBody])
    /// Bodies for an action that the reader has.
    case bodies(Dot, [CarriedBody])
    /// Entries that the reader has proved to hold: `count` actions of one incarnation from `first` on (rule R9).
    case echo(first: Dot, count: UInt64)

    /// The log entries that this item stands for.
    public var entryCount: UInt64 {
        switch self {
        case .action, .bodies: 1
        case .echo(_, let count): count
        }
    }
}

/// A body under way: the encoded envelope.
public struct CarriedBody: Hashable, Sendable {
    public var part: Part
    public var envelope: [UInt8]

    public init(part: Part, envelope: [UInt8]) {
        self.part = part
        self.envelope = envelope
    }
}

/// A stretch of one neighbour log, or, with `log` 0, actions without a place in a log (reconciliation).
public struct Batch: Hashable, Sendable {
    /// The cursor that the reader must have.
    public var start: Cursor
    /// The cursor that the reader has afterwards.
    public var end: Cursor
    public var items: [BatchItem]

    public init(start: Cursor, end: Cursor, items: [BatchItem]) {
        self.start = start
        self.end = end
        self.items = items
    }

    /// Actions outside any log.
    public init(loose items: [BatchItem]) {
        self.init(start: Cursor(startOf: 0), end: Cursor(startOf: 0), items: items)
    }

    /// True where the items are no stretch of a log.
    public var isLoose: Bool { start.log == 0 }

    /// True where the reader is told of nothing but its own acts.
    public var isEcho: Bool { items.allSatisfy { if case .echo = $0 { true } else { false } } }

    /// The chain hash that the items lead to.
    public func recomputedChain(_ hash: HashFunction) -> ChainHash {
        var chain = start.chain
        for item in items {
            switch item {
            case .action(let sealed, _): chain = chain.appending(.action(sealed.record.dot), hash)
            case .bodies(let dot, _): chain = chain.appending(.bodies(dot), hash)
            case .echo(let first, let count):
                for offset in 0..<count {
                    chain = chain.appending(.action(Dot(first.incarnation, first.sequence + offset)), hash)
                }
            }
        }
        return chain
    }
}

extension BatchItem {
    /// The action that the item is about; nil for echoes.
    public var dot: Dot? {
        switch self {
        case .action(let sealed, _): sealed.record.dot
        case .bodies(let dot, _): dot
        case .echo: nil
        }
    }
}
