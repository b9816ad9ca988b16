/// Consecutive acts of one life: a long stretch costs no more than a short one.
public struct DotRange: Hashable, Comparable, Sendable {
    public let incarnation: Incarnation
    /// Numbers of acts, from 1.
    public let sequences: ClosedRange<UInt64>

    /// - Precondition: numbers of acts begin with 1.
    public init(_ incarnation: Incarnation, _ sequences: ClosedRange<UInt64>) {
        precondition(sequences.lowerBound > 0)
        self.incarnation = incarnation
        self.sequences = sequences
    }

    /// The one act.
    public init(_ dot: Dot) { self.init(dot.incarnation, dot.sequence...dot.sequence) }

    public var count: UInt64 { sequences.upperBound - sequences.lowerBound + 1 }

    public func contains(_ dot: Dot) -> Bool {
        dot.incarnation == incarnation && sequences.contains(dot.sequence)
    }

    public static func < (left: DotRange, right: DotRange) -> Bool {
        (left.incarnation, left.sequences.lowerBound, left.sequences.upperBound)
            < (right.incarnation, right.sequences.lowerBound, right.sequences.upperBound)
    }
}

/// A set of acts, kept as the stretches that they form.
struct DotSet: Sendable {
    /// Of each life sorted, apart from one another.
    private var ranges: [Incarnation: [ClosedRange<UInt64>]] = [:]

    func contains(_ dot: Dot) -> Bool {
        guard let known = ranges[dot.incarnation] else { return false }
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].upperBound < dot.sequence { low = middle + 1 } else { high = middle }
        }
        return low < known.count && known[low].contains(dot.sequence)
    }

    /// What of the stretch is not in the set.
    func gaps(in range: DotRange) -> [DotRange] {
        var open: [DotRange] = []
        var next = range.sequences.lowerBound
        for known in ranges[range.incarnation] ?? [] where known.upperBound >= next {
            guard known.lowerBound <= range.sequences.upperBound else { break }
            if known.lowerBound > next { open.append(DotRange(range.incarnation, next...(known.lowerBound - 1))) }
            next = known.upperBound + 1
        }
        if next <= range.sequences.upperBound {
            open.append(DotRange(range.incarnation, next...range.sequences.upperBound))
        }
        return open
    }

    mutating func insert(_ range: DotRange) {
        var (low, high) = (range.sequences.lowerBound, range.sequences.upperBound)
        var apart: [ClosedRange<UInt64>] = []
        for other in ranges[range.incarnation] ?? [] {
            if other.upperBound < low - 1 || (high < .max && other.lowerBound > high + 1) {
                apart.append(other)
            } else {
                low = min(low, other.lowerBound)
                high = max(high, other.upperBound)
            }
        }
        let index = apart.firstIndex { $0.lowerBound > low } ?? apart.endIndex
        apart.insert(low...high, at: index)
        ranges[range.incarnation] = apart
    }
}
