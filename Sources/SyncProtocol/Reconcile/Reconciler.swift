/// The side that asks: compares its set with the other's, range by range, until it knows what each lacks.
///
/// It ends whatever the other side answers: parts must tile the range that was asked about, and are cut only so often.
public struct Reconciler: Sendable {
    private struct Open {
        var range: RangeFingerprint
        /// How often it was cut.
        var depth: Int
    }

    private let set: ReconcileSet
    /// Still to be asked about, the highest keys first: the lowest are asked first, so that few stand open at a time.
    private var open: [Open]
    /// Ranges of the question that is under way, in its order.
    private var asked: [Open] = []
    /// Actions that the other side has and this one lacks, or has without a body that the other has.
    public private(set) var wanted: [Dot] = []
    /// Actions that this side has and the other lacks, or has without a body.
    public private(set) var surplus: [Dot] = []

    public init(_ set: ReconcileSet) {
        self.set = set
        open = [Open(range: set.whole, depth: 0)]
    }

    public var isComparing: Bool { !open.isEmpty || !asked.isEmpty }

    /// The next ranges to ask about. Asking again before the answer came repeats the question.
    public mutating func nextQuestion() -> [RangeFingerprint] {
        if asked.isEmpty {
            asked = open.suffix(Limits.reconcileRangesPerQuestion).reversed()
            open.removeLast(asked.count)
        }
        return asked.map(\.range)
    }

    /// Takes the answers, in the order of the question.
    ///
    /// - Throws: `WireError.malformed` for answers that are none to the question; nothing is changed then.
    public mutating func receive(_ answers: [RangeAnswer]) throws(WireError) {
        guard answers.count == asked.count else { throw .malformed }
        for (question, answer) in zip(asked, answers) { try question.range.check(answer, depth: question.depth) }
        var closer: [Open] = []
        for (question, answer) in zip(asked, answers) {
            switch answer {
            case .same: continue
            case .elements(let theirs): compare(question.range, theirs)
            case .split(let parts):
                for part in parts {
                    let own = set.range(part.lower, part.upper)
                    if own.fingerprint != part.fingerprint {
                        closer.append(Open(range: own, depth: question.depth + 1))
                    }
                }
            }
        }
        open.append(contentsOf: closer.reversed())
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

extension RangeFingerprint {
    /// Elements lie in the range in order, parts tile it.
    fileprivate func check(_ answer: RangeAnswer, depth: Int) throws(WireError) {
        switch answer {
        case .same: return
        case .elements(let elements):
            for element in elements where element.key < lower || upper <= element.key { throw .malformed }
            for (one, next) in zip(elements, elements.dropFirst()) where next.key <= one.key { throw .malformed }
        case .split(let parts):
            guard parts.count > 1, depth < Limits.reconcileDepthMax, parts.first?.lower == lower,
                parts.last?.upper == upper
            else { throw .malformed }
            for part in parts where part.upper <= part.lower { throw .malformed }
            for (one, next) in zip(parts, parts.dropFirst()) where one.upper != next.lower { throw .malformed }
        }
    }
}
