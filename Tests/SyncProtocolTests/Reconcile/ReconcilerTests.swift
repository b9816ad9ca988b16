import SyncProtocol
import Testing

@Suite("Range comparison finds exactly what differs") struct ReconcilerTests {
    /// Two sets with some elements on one side only and some with other bodies.
    private struct Pair {
        var own: [ReconcileElement] = []
        var theirs: [ReconcileElement] = []
        var wanted: Set<Dot> = []
        var surplus: Set<Dot> = []

        init(seed: UInt64, size: Int, differences: Int) {
            var dice = Dice(seed: seed)
            var odd: Set<Int> = []
            while odd.count < min(differences, size) { odd.insert(dice.below(size)) }
            var stamp: UInt64 = 1 << 40
            for index in 0..<size {
                stamp += UInt64(dice.below(3))
                let dot = Dot(Incarnation(rawValue: 1 << 32 + UInt64(dice.below(5))), UInt64(index + 1))
                let key = ReconcileKey(stamp: HybridTime(rawValue: stamp), dot: dot)
                let element = ReconcileElement(
                    key: key, fingerprint: Fingerprint(count: 1, high: dice.next(), low: dice.next()))
                var other = element
                other.fingerprint = Fingerprint(count: 2, high: dice.next(), low: dice.next())
                switch odd.contains(index) ? dice.below(3) : 3 {
                case 0:
                    own.append(element)
                    surplus.insert(dot)
                case 1:
                    theirs.append(element)
                    wanted.insert(dot)
                case 2:
                    own.append(element)
                    theirs.append(other)
                    wanted.insert(dot)
                    surplus.insert(dot)
                default:
                    own.append(element)
                    theirs.append(element)
                }
            }
            own.sort { $0.key < $1.key }
            theirs.sort { $0.key < $1.key }
        }
    }

    /// Asks until nothing is open; bytes are those of the real frames both ways.
    private func compare(_ pair: Pair, codec: WireCodec) throws -> (reconciler: Reconciler, rounds: Int, bytes: Int) {
        var reconciler = Reconciler(ReconcileSet(sorted: pair.own))
        let other = ReconcileSet(sorted: pair.theirs)
        var rounds = 0
        var bytes = 0
        while reconciler.isComparing {
            rounds += 1
            try #require(rounds < 2_000)
            var message = Message(session: 1)
            message.question = NumberedQuestion(number: UInt64(rounds), question: .compare(reconciler.nextQuestion()))
            let asked = Frame.encode(message, codec)
            let question = try Frame.decode(asked, codec).question
            guard case .compare(let ranges)? = question?.question else { return (reconciler, 0, 0) }
            var answer = Message(session: 1)
            let reply = ReconcileReply.compared(ranges.map { other.answer(to: $0) })
            answer.reply = NumberedReply(number: UInt64(rounds), reply: reply)
            let answered = Frame.encode(answer, codec)
            let read = try Frame.decode(answered, codec).reply
            guard case .compared(let answers)? = read?.reply else { return (reconciler, 0, 0) }
            bytes += asked.count + answered.count
            try reconciler.receive(answers)
        }
        return (reconciler, rounds, bytes)
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 500, 513, 5_000])
    func `sets of any size`(size: Int) throws {
        for seed in UInt64(0)..<4 {
            for differences in [0, 1, 10, size / 2, size] {
                let pair = Pair(seed: seed, size: size, differences: differences)
                let found = try compare(pair, codec: .plain).reconciler
                #expect(Set(found.wanted) == pair.wanted && found.wanted.count == pair.wanted.count, "seed \(seed)")
                #expect(Set(found.surplus) == pair.surplus && found.surplus.count == pair.surplus.count, "seed \(seed)")
            }
        }
    }

    @Test func `small sets, many of them`() throws {
        for seed in lawCases(300) {
            var dice = Dice(seed: seed)
            let size = dice.below(120)
            let pair = Pair(seed: seed, size: size, differences: dice.below(size + 1))
            let found = try compare(pair, codec: .plain).reconciler
            #expect(Set(found.wanted) == pair.wanted && Set(found.surplus) == pair.surplus, "seed \(seed)")
        }
    }

    @Test func `an empty side and a full one`() throws {
        var pair = Pair(seed: 1, size: 5_000, differences: 0)
        pair.own = []
        let fetched = try compare(pair, codec: .plain)
        #expect(fetched.reconciler.wanted == pair.theirs.map(\.key.dot), "in the order of their stamps")
        #expect(fetched.rounds <= 3)
        swap(&pair.own, &pair.theirs)
        #expect(try compare(pair, codec: .plain).reconciler.surplus == pair.own.map(\.key.dot))
    }

    @Test func `ten differences in 100,000 cost a few rounds and a few kilobytes`() throws {
        let pair = Pair(seed: 3, size: 100_000, differences: 10)
        let found = try compare(pair, codec: .tests())
        #expect(Set(found.reconciler.wanted) == pair.wanted && Set(found.reconciler.surplus) == pair.surplus)
        print("10 differences in 100,000: \(found.rounds) rounds, \(found.bytes) bytes")
        #expect(found.rounds <= 6)
        #expect(found.bytes < 64 * 1024)
    }

    @Test func `what has arrived is asked for no more`() throws {
        let pair = Pair(seed: 5, size: 100, differences: 40)
        var reconciler = try compare(pair, codec: .plain).reconciler
        let first = try #require(reconciler.wanted.first)
        reconciler.settle(wanted: [first, Dot(first.incarnation, 99_999)])
        #expect(reconciler.wanted.count == pair.wanted.count - 1)
        reconciler.settle(surplus: Array(reconciler.surplus.prefix(1)))
        #expect(reconciler.surplus.count == pair.surplus.count - 1)
        reconciler.settle(surplus: [])
        reconciler.settle(surplus: reconciler.surplus)
        #expect(reconciler.surplus.isEmpty)
    }

    @Test func `a question is repeated until it is answered`() {
        var reconciler = Reconciler(ReconcileSet(sorted: Pair(seed: 1, size: 10, differences: 0).own))
        #expect(reconciler.nextQuestion() == reconciler.nextQuestion())
        #expect(reconciler.isComparing)
    }

    @Test func `a range says what its elements add up to`() {
        let elements = Pair(seed: 6, size: 300, differences: 0).own
        let set = ReconcileSet(sorted: elements)
        var dice = Dice(seed: 6)
        for _ in 0..<200 {
            let (lower, upper) = (elements[dice.below(300)].key, elements[dice.below(300)].key)
            var sum = Fingerprint.empty
            for element in elements where lower <= element.key && element.key < upper { sum.add(element.fingerprint) }
            #expect(set.range(lower, upper).fingerprint == sum)
        }
    }

    // MARK: A peer that plays games

    @Test func `a question that names one range again and again is not answered with all of it each time`() {
        let elements = Pair(seed: 7, size: 500, differences: 0).own
        let set = ReconcileSet(sorted: elements)
        let all = RangeFingerprint(lower: .lowest, upper: .highest, fingerprint: .empty)
        let answers = set.answers(to: [RangeFingerprint](repeating: all, count: Limits.reconcileRangesPerQuestion))
        let listed = answers.reduce(0) { sum, answer in
            if case .elements(let elements) = answer { sum + elements.count } else { sum }
        }
        #expect(listed > 0 && listed <= Limits.reconcileIDsPerReply)
        #expect(answers.contains { if case .split(let parts) = $0 { parts.count > 1 } else { false } })
    }

    private func asking() -> (Reconciler, RangeFingerprint, [ReconcileElement]) {
        let elements = Pair(seed: 8, size: 50, differences: 0).own
        var reconciler = Reconciler(ReconcileSet(sorted: elements))
        let question = reconciler.nextQuestion()
        return (reconciler, question[0], elements)
    }

    @Test func `answers that do not fit the question are refused`() {
        let (reconciler, range, elements) = asking()
        let other = Fingerprint(count: 9, high: 9, low: 9)
        func part(_ lower: ReconcileKey, _ upper: ReconcileKey) -> RangeFingerprint {
            RangeFingerprint(lower: lower, upper: upper, fingerprint: other)
        }
        let (low, middle, high) = (elements[10].key, elements[20].key, elements[30].key)
        let outside = ReconcileElement(key: .highest, fingerprint: other)
        let answers: [[RangeAnswer]] = [
            [], [.same, .same],
            [.elements([elements[1], elements[0]])], [.elements([elements[1], elements[1]])], [.elements([outside])],
            [.split([])], [.split([part(range.lower, range.upper)])],
            [.split([part(range.lower, middle), part(high, range.upper)])],
            [.split([part(range.lower, middle), part(low, range.upper)])],
            [.split([part(low, middle), part(middle, range.upper)])],
            [.split([part(range.lower, middle), part(middle, high)])],
            [.split([part(range.lower, range.lower), part(range.lower, range.upper)])],
        ]
        for answer in answers {
            var victim = reconciler
            #expect(throws: WireError.malformed) { try victim.receive(answer) }
            #expect(victim.isComparing, "the question stands")
        }
    }

    @Test func `a peer that cuts for ever is stopped`() throws {
        var (reconciler, range, _) = asking()
        var cuts = 0
        while cuts < 10_000 {
            let middle = ReconcileKey(stamp: HybridTime(rawValue: range.lower.stamp.rawValue + 1), dot: range.lower.dot)
            let other = Fingerprint(count: 9, high: 9, low: 9)
            let first = RangeFingerprint(lower: range.lower, upper: middle, fingerprint: .empty)
            let second = RangeFingerprint(lower: middle, upper: range.upper, fingerprint: other)
            do { try reconciler.receive([.split([first, second])]) } catch { break }
            cuts += 1
            range = try #require(reconciler.nextQuestion().last)
        }
        #expect(cuts == Limits.reconcileDepthMax)
    }
}
