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
        // Listing is also right where the other side has nothing to compare.
        if own.count <= ReconcileSet.listMax { return .elements(Array(own)) }
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

/// The side that asks: compares its set with the other's, range by range, until it knows what each lacks.
public struct Reconciler: Sendable {
    private let set: ReconcileSet
    private var open: [RangeFingerprint]
    /// Ranges of the question that is under way, in its order.
    private var asked: [RangeFingerprint] = []
    /// Actions that the other side has and this one lacks, or has without a body that the other has.
    public private(set) var wanted: [Dot] = []
    /// Actions that this side has and the other lacks, or has without a body.
    public private(set) var surplus: [Dot] = []

    public init(_ set: ReconcileSet) {
        self.set = set
        open = [set.whole]
    }

    public var isComparing: Bool { !open.isEmpty || !asked.isEmpty }

    /// The next ranges to ask about. Asking again before the answer came repeats the question.
    public mutating func nextQuestion() -> [RangeFingerprint] {
        if asked.isEmpty {
            asked = Array(open.prefix(Limits.reconcileRangesMax / 16))
            open.removeFirst(asked.count)
        }
        return asked
    }

    /// Takes the answers, in the order of the question.
    public mutating func receive(_ answers: [RangeAnswer]) throws(WireError) {
        guard answers.count == asked.count else { throw .malformed }
        for (range, answer) in zip(asked, answers) {
            switch answer {
            case .same: continue
            case .elements(let theirs): compare(range, theirs)
            case .split(let parts):
                for part in parts where set.range(part.lower, part.upper).fingerprint != part.fingerprint {
                    guard part.lower < part.upper, range.lower <= part.lower, part.upper <= range.upper else { throw .malformed }
                    open.append(set.range(part.lower, part.upper))
                }
            }
        }
        asked = []
    }

    private mutating func compare(_ range: RangeFingerprint, _ theirs: [ReconcileElement]) {
        var other = Dictionary(theirs.map { ($0.key.dot, $0.fingerprint) }, uniquingKeysWith: { first, _ in first })
        for element in set.slice(range.lower, range.upper) {
            guard let fingerprint = other.removeValue(forKey: element.key.dot) else {
                surplus.append(element.key.dot)
                continue
            }
            guard fingerprint != element.fingerprint else { continue }
            // Same action, other bodies: each side may have one that the other lacks.
            wanted.append(element.key.dot)
            surplus.append(element.key.dot)
        }
        for element in theirs where other[element.key.dot] != nil { wanted.append(element.key.dot) }
    }

    /// Removes what has arrived, or what the other side would not give.
    public mutating func settle(wanted dots: [Dot]) {
        let gone = Set(dots)
        wanted.removeAll { gone.contains($0) }
    }

    /// Removes what was given to the other side.
    public mutating func settle(surplus dots: [Dot]) {
        guard !dots.isEmpty else { return }
        let gone = Set(dots)
        surplus.removeAll { gone.contains($0) }
    }
}
