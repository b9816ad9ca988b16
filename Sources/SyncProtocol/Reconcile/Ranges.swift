/// Elements from `lower` up to but not including `upper`, as one side sees them.
public struct RangeFingerprint: Hashable, Sendable {
    public var lower: ReconcileKey
    public var upper: ReconcileKey
    public var fingerprint: Fingerprint

    public init(lower: ReconcileKey, upper: ReconcileKey, fingerprint: Fingerprint) {
        self.lower = lower
        self.upper = upper
        self.fingerprint = fingerprint
    }
}

/// What the other side says to one range.
public enum RangeAnswer: Hashable, Sendable {
    case same
    /// Few enough to list.
    case elements([ReconcileElement])
    /// Look closer: the range cut into parts.
    case split([RangeFingerprint])
}

/// One side's elements, sorted, for comparing ranges (range-based set reconciliation: Meyer 2022, Hoyte 2023).
public struct ReconcileSet: Sendable {
    private static let fanOut = 16
    private static let listMax = 32
    /// Where the other side has nothing, cutting only costs rounds.
    private static let listToEmptyMax = 512
    private let elements: [ReconcileElement]

    /// - Precondition: sorted by key.
    public init(sorted elements: [ReconcileElement]) { self.elements = elements }

    public var whole: RangeFingerprint { range(ReconcileKey.lowest, ReconcileKey.highest) }

    public func range(_ lower: ReconcileKey, _ upper: ReconcileKey) -> RangeFingerprint {
        var fingerprint = Fingerprint.empty
        for element in slice(lower, upper) { fingerprint.add(element.fingerprint) }
        return RangeFingerprint(lower: lower, upper: upper, fingerprint: fingerprint)
    }

    /// The elements between two keys.
    public func slice(_ lower: ReconcileKey, _ upper: ReconcileKey) -> ArraySlice<ReconcileElement> {
        let from = firstIndex(notBelow: lower)
        let to = max(from, firstIndex(notBelow: upper))
        return elements[from..<to]
    }

    /// Says "same", lists what is here, or cuts the range into parts.
    public func answer(to question: RangeFingerprint) -> RangeAnswer {
        let own = slice(question.lower, question.upper)
        let fingerprint = range(question.lower, question.upper).fingerprint
        if fingerprint == question.fingerprint { return .same }
        let listMax = question.fingerprint.count == 0 ? ReconcileSet.listToEmptyMax : ReconcileSet.listMax
        if own.count <= listMax { return .elements(Array(own)) }
        var parts: [RangeFingerprint] = []
        var lower = question.lower
        let step = (own.count + ReconcileSet.fanOut - 1) / ReconcileSet.fanOut
        for index in stride(from: own.startIndex + step, to: own.endIndex, by: step) {
            parts.append(range(lower, own[index].key))
            lower = own[index].key
        }
        parts.append(range(lower, question.upper))
        return .split(parts)
    }

    private func firstIndex(notBelow key: ReconcileKey) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
