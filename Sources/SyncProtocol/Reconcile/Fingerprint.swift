/// Count and sum of a set of actions and bodies: equal sets have equal fingerprints, and one changes in O(1) when the
/// set grows. The terms are cut from SHA-256 hashes, so that a sum says what an exclusive-or would not: how often.
public struct Fingerprint: Hashable, Sendable {
    public private(set) var count: UInt64
    public private(set) var high: UInt64
    public private(set) var low: UInt64

    public static let empty = Fingerprint(count: 0, high: 0, low: 0)

    public init(count: UInt64, high: UInt64, low: UInt64) {
        self.count = count
        self.high = high
        self.low = low
    }

    /// Adds the core record with this hash.
    public mutating func add(recordHash hash: Digest) { add(hash.words.0, hash.words.1) }

    /// Adds the presence of one body of the record with this hash.
    public mutating func add(body part: Part, ofRecordHash hash: Digest) {
        add(hash.words.2 ^ UInt64(part.rawValue), hash.words.3)
    }

    /// The fingerprint of both sets together, where they share nothing.
    public mutating func add(_ other: Fingerprint) {
        count &+= other.count
        addWords(other.high, other.low)
    }

    /// The fingerprint without a part that it contains.
    public mutating func remove(_ other: Fingerprint) {
        count &-= other.count
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        low = difference
        high = high &- other.high &- (borrow ? 1 : 0)
    }

    private mutating func add(_ high: UInt64, _ low: UInt64) {
        count &+= 1
        addWords(high, low)
    }

    private mutating func addWords(_ high: UInt64, _ low: UInt64) {
        let (sum, carry) = self.low.addingReportingOverflow(low)
        self.low = sum
        self.high = self.high &+ high &+ (carry ? 1 : 0)
    }
}

/// One action in the order of reconciliation: by stamp, then by dot.
public struct ReconcileElement: Hashable, Sendable {
    public var key: ReconcileKey
    /// The record and those of its bodies that both sides may hold and that are here.
    public var fingerprint: Fingerprint

    public init(key: ReconcileKey, fingerprint: Fingerprint) {
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// A place in the order of reconciliation.
public struct ReconcileKey: Hashable, Comparable, Sendable {
    public var stamp: HybridTime
    public var dot: Dot

    public init(stamp: HybridTime, dot: Dot) {
        self.stamp = stamp
        self.dot = dot
    }

    public static let lowest = ReconcileKey(
        stamp: HybridTime(rawValue: 0), dot: Dot(Incarnation(rawValue: 0), 0))
    public static let highest = ReconcileKey(
        stamp: HybridTime(rawValue: .max), dot: Dot(Incarnation(rawValue: .max), .max))

    public static func < (left: ReconcileKey, right: ReconcileKey) -> Bool {
        left.stamp == right.stamp ? left.dot < right.dot : left.stamp < right.stamp
    }
}
