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
    /// The sums of the first 0, 1, 2 … elements: a range costs two of them, however long it is.
    private let sums: [Fingerprint]

    /// - Precondition: sorted by key.
    public init(sorted elements: [ReconcileElement]) {
        self.elements = elements
        var sum = Fingerprint.empty
        var sums = [sum]
        sums.reserveCapacity(elements.count + 1)
        for element in elements {
            sum.add(element.fingerprint)
            sums.append(sum)
        }
        self.sums = sums
    }

    public var whole: RangeFingerprint { range(ReconcileKey.lowest, ReconcileKey.highest) }

    public func range(_ lower: ReconcileKey, _ upper: ReconcileKey) -> RangeFingerprint {
        let own = slice(lower, upper)
        var fingerprint = sums[own.endIndex]
        fingerprint.remove(sums[own.startIndex])
        return RangeFingerprint(lower: lower, upper: upper, fingerprint: fingerprint)
    }

    /// The elements between two keys.
    public func slice(_ lower: ReconcileKey, _ upper: ReconcileKey) -> ArraySlice<ReconcileElement> {
        let from = firstIndex(notBelow: lower)
        let to = max(from, firstIndex(notBelow: upper))
        return elements[from..<to]
    }

    /// The answers to the ranges of one question. Together they list no more than one message carries; the ranges behind are
    /// cut into parts, to be asked about again.
    public func answers(to question: [RangeFingerprint]) -> [RangeAnswer] {
        var left = Limits.reconcileIDsPerReply
        return question.map { range in
            let answer = answer(to: range, listing: left)
            if case .elements(let elements) = answer { left -= elements.count }
            return answer
        }
    }

    /// Says "same", lists what is here, or cuts the range into parts.
    public func answer(to question: RangeFingerprint, listing left: Int = .max) -> RangeAnswer {
        let own = slice(question.lower, question.upper)
        let fingerprint = range(question.lower, question.upper).fingerprint
        if fingerprint == question.fingerprint { return .same }
        let listMax = question.fingerprint.count == 0 ? ReconcileSet.listToEmptyMax : ReconcileSet.listMax
        // One element cannot be cut.
        if own.count <= listMax, own.count <= max(left, 1) { return .elements(Array(own)) }
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
