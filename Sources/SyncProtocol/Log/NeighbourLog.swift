/// One entry of the log that a node keeps for a neighbour.
public enum LogEntry: Hashable, Sendable {
    /// The action itself, with the bodies that the neighbour may hold.
    case action(Dot)
    /// Bodies of an action that the neighbour has already: they came late, or it may hold more than before.
    case bodies(Dot)

    public var dot: Dot {
        switch self {
        case .action(let dot), .bodies(let dot): dot
        }
    }
}

/// The hash over a log up to one entry, cut to 16 bytes: two logs with one chain hash at one place are the same log.
public struct ChainHash: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public static let start = ChainHash(high: 0, low: 0)

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The chain hash after one more entry.
    public func appending(_ entry: LogEntry, _ hash: HashFunction) -> ChainHash {
        let kind: UInt64
        switch entry {
        case .action: kind = 1
        case .bodies: kind = 2
        }
        let words = (
            high.bigEndian, low.bigEndian, kind.bigEndian, entry.dot.incarnation.rawValue.bigEndian,
            entry.dot.sequence.bigEndian
        )
        let digest = withUnsafeBytes(of: words) { hash($0) }
        return ChainHash(high: digest.words.0, low: digest.words.1)
    }
}

/// A place in a neighbour's log, owned by its reader and committed together with the data (rule R7).
public struct Cursor: Hashable, Sendable {
    /// Random name of the log.
    public var log: UInt64
    /// Entries read.
    public var sequence: UInt64
    public var chain: ChainHash

    public init(log: UInt64, sequence: UInt64, chain: ChainHash) {
        self.log = log
        self.sequence = sequence
        self.chain = chain
    }

    /// The beginning of a log.
    public init(startOf log: UInt64) { self.init(log: log, sequence: 0, chain: .start) }
}
