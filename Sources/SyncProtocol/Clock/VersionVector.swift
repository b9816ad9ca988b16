/// What one replica knows of a document: for each line of incarnations, how far.
///
/// Sorted by incarnation. Along a chain of births the younger life stands for the older ones, so there is one entry a
/// node, plus one for each real fork (`Lineage`).
public struct VersionVector: Hashable, Sendable {
    public private(set) var entries: [Dot]

    public static let empty = VersionVector()

    public init() { entries = [] }

    /// From entries in any order; nil where an incarnation is named twice or there are too many.
    public init?(entries: [Dot]) {
        guard entries.count <= Limits.vectorEntriesMax else { return nil }
        let sorted = entries.sorted()
        for (one, next) in zip(sorted, sorted.dropFirst()) where one.incarnation == next.incarnation { return nil }
        self.entries = sorted
    }

    /// From entries in order, as they are stored and sent; nil where they are not.
    public init?(ascending entries: [Dot]) {
        for (one, next) in zip(entries, entries.dropFirst()) where one.incarnation >= next.incarnation { return nil }
        self.entries = entries
    }

    /// The vector that knows one line up to `dot`.
    public init(_ dot: Dot) { entries = [dot] }

    /// True where the act is in the past that this vector names, births followed.
    public func covers(_ dot: Dot, _ lineage: borrowing Lineage) -> Bool {
        for entry in entries {
            if entry.incarnation == dot.incarnation {
                if entry.sequence >= dot.sequence { return true }
            } else if lineage.inherited(by: entry.incarnation, from: dot.incarnation) >= dot.sequence {
                return true
            }
        }
        return false
    }

    /// True where every act of `other` is in this vector's past.
    public func covers(_ other: VersionVector, _ lineage: borrowing Lineage) -> Bool {
        for entry in other.entries where !covers(entry, lineage) { return false }
        return true
    }

    /// Adds one act, and drops the entries that its line already stands for.
    public mutating func insert(_ dot: Dot, _ lineage: borrowing Lineage) {
        if entries.count == 1, entries[0].incarnation == dot.incarnation {
            entries[0] = max(entries[0], dot)
            return
        }
        if covers(dot, lineage) { return }
        entries.removeAll { entry in
            entry.incarnation == dot.incarnation
                || lineage.inherited(by: dot.incarnation, from: entry.incarnation) >= entry.sequence
        }
        let index = entries.firstIndex { $0.incarnation > dot.incarnation } ?? entries.endIndex
        entries.insert(dot, at: index)
    }

    /// The least vector above both.
    public mutating func merge(_ other: VersionVector, _ lineage: borrowing Lineage) {
        for entry in other.entries { insert(entry, lineage) }
    }
}
