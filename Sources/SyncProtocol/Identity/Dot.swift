/// One life of a node's writer: a random 64-bit number minted at every process start that writes (rule R3).
///
/// Because it is never reused, a restored, rolled-back or cloned disk can never issue the same `Dot` twice.
/// Values below `reservedCount` never name a life; document identifiers use them as name spaces.
public struct Incarnation: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    /// Values 0…65,535 are not lives of nodes.
    public static let reservedCount: UInt64 = 1 << 16

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A fresh life from 64 random bits.
    public init(random: UInt64) {
        rawValue = random < Incarnation.reservedCount ? random &+ Incarnation.reservedCount : random
    }

    public var description: String { Hex.encode(rawValue) }

    public static func < (left: Incarnation, right: Incarnation) -> Bool { left.rawValue < right.rawValue }
}

/// The name of one action: the `sequence`-th act (from 1) of one incarnation (Preguiça et al. 2010).
public struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let incarnation: Incarnation
    public let sequence: UInt64

    public init(_ incarnation: Incarnation, _ sequence: UInt64) {
        self.incarnation = incarnation
        self.sequence = sequence
    }

    public var description: String { "\(incarnation):\(sequence)" }

    public static func < (left: Dot, right: Dot) -> Bool {
        left.incarnation == right.incarnation
            ? left.sequence < right.sequence : left.incarnation < right.incarnation
    }
}
