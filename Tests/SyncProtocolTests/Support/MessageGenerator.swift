import Platform
import SyncProtocol

/// Messages of every kind, as a bank that uses all of the format would send them.
struct MessageGenerator {
    var dice: Dice
    private var lives: [Incarnation]
    private var heads: [Incarnation: (sequence: UInt64, hash: Digest)] = [:]
    private var documents: [DocumentID: VersionVector] = [:]

    init(seed: UInt64) {
        dice = Dice(seed: seed)
        lives = []
        for _ in 0...dice.below(4) { lives.append(Incarnation(random: dice.next())) }
    }

    // MARK: Small values

    mutating func dot() -> Dot { Dot(dice.pick(lives), UInt64(1 + dice.below(300))) }

    mutating func digest() -> Digest { Digest(words: (dice.next(), dice.next(), dice.next(), dice.next())) }

    mutating func node() -> NodeID { dice.pick(["b1", "p1", "ho", "branch-0101-of-a-very-long-name0"]) }

    mutating func stamp() -> HybridTime {
        HybridTime(milliseconds: 1_790_000_000_000 + Int64(dice.below(4)), counter: UInt16(dice.below(3)))
    }

    mutating func text() -> String {
        dice.pick(["", "a", "客户投诉", "e\u{301}", "\u{0}", String(repeating: "x", count: 200)])
    }

    mutating func value() -> Value {
        dice.pick([.empty, .integer(0), .integer(.min), .integer(.max), .integer(-1), .text(text()), .text(text())])
    }

    mutating func field() -> FieldID { FieldID(rawValue: dice.pick([0, 1, 127, 128, 300, .max])) }

    mutating func cursor() -> Cursor {
        Cursor(
            log: dice.next(), sequence: dice.next() % Limits.sequenceMax,
            chain: ChainHash(high: dice.next(), low: dice.next()))
    }

    mutating func fingerprint() -> Fingerprint { Fingerprint(count: dice.next(), high: dice.next(), low: dice.next()) }

    // MARK: Operations and bodies

    mutating func operation() -> Operation {
        let leg = Leg(dice.below(256))
        let predecessor = dice.hits(50) ? dot() : nil
        let birth = Birth(
            node: node(), tier: dice.pick(Tier.allCases), predecessor: predecessor, lost: [DotRange(dot())])
        let all: [Operation] = [
            .create(home: node()), .involve(node()), .widen(dice.pick(Disclosure.allCases)), .assign(field(), value()),
            .write(field(), value()), .add(field(), value()), .offer(leg: leg, to: node()),
            .accept(leg: leg, offer: dot()),
            .recall(leg: leg, offer: dot(), immediate: dice.hits(50)), .decline(leg: leg, offer: dot()),
            .seize(leg: leg, approver: "post"), .rule(winner: dot(), overruled: [dot(), dot()]),
            .void(dot(), rule: "R7"),
            .birth(birth), .lost([DotRange(dot()), DotRange(dot())]), .suspend, .adopt(dice.pick(lives)),
            .correctClock(dot(), stamp()),
            .publish, .mark((0..<16).map { UInt8($0) }), .settle(dot(), digest()),
            .withheld([
                WithheldAct(
                    dot: dot(), document: DocumentID(createdBy: dot()), hash: digest(),
                    reason: WithheldReason(rawValue: UInt8(dice.below(256))), field: dice.hits(50) ? field() : nil)
            ]), .unknown(tag: 24 + dice.next() % 1000, bytes: [1, 2, 3]), .unknown(tag: .max, bytes: []),
        ]
        return dice.pick(all)
    }

    mutating func operations() -> [Operation] { (0..<dice.below(4)).map { _ in operation() } }

    mutating func envelope() -> BodyEnvelope {
        var envelope = BodyEnvelope(operations: operations(), salt: (dice.next(), dice.next()))
        if dice.hits(20) { envelope.keyID = dice.next() }
        return envelope
    }

    mutating func bodies() -> [CarriedBody] {
        [Part.casework, .personal].compactMap { part in
            dice.hits(40) ? CarriedBody(part: part, envelope: dice.hits(90) ? envelope().encoded() : [7]) : nil
        }
    }

    // MARK: Records and batches

    private mutating func document(_ dot: Dot) -> DocumentID {
        if dice.hits(60), let known = documents.keys.sorted().randomElement(using: &dice) { return known }
        switch dice.below(4) {
        case 0: return DocumentID(recordOf: node())
        case 1: return DocumentID(space: UInt64(dice.below(1 << 16)), number: dice.next())
        case 2: return DocumentID(createdBy: self.dot())
        default: return DocumentID(createdBy: dot)
        }
    }

    /// The next act of a life, mostly at the end of its chain, mostly knowing what this batch knows.
    mutating func record(_ bodies: [CarriedBody]) -> CoreRecord {
        let life = dice.pick(lives)
        var place = heads[life] ?? (0, .zero)
        if dice.hits(10) { place = (UInt64(dice.below(1000)), digest()) }
        let dot = Dot(life, place.sequence + 1)
        let id = document(dot)
        var vector = documents[id] ?? .empty
        if dice.hits(30) {
            vector = VersionVector(entries: lives.shuffled(using: &dice).prefix(2).map { Dot($0, 9) }) ?? .empty
        }
        var claim: CustodyClaim?
        if dice.hits(30) { claim = CustodyClaim(leg: Leg(dice.below(2)), version: self.dot()) }
        if dice.hits(30), id.isTicket { claim = CustodyClaim(leg: 0, version: id.creator) }
        return CoreRecord(
            dot: dot, document: id, dependencies: vector, stamp: stamp(), post: dice.pick(["", "clerk", "chief"]),
            kind: UInt16(dice.below(2000)), claim: claim, operations: operations(),
            bodies: bodies.map {
                BodyReference(part: $0.part, hash: SHA256.digest($0.envelope), size: $0.envelope.count)
            },
            epoch: UInt16(dice.below(3)), previous: place.hash)
    }

    mutating func action() -> BatchItem {
        let bodies = bodies()
        let sealed = SealedRecord(record(bodies), SHA256.function)
        let record = sealed.record
        heads[record.dot.incarnation] = (record.dot.sequence, sealed.hash)
        var vector = record.dependencies
        vector.insert(record.dot, Lineage(History.bank))
        documents[record.document] = vector
        return .action(sealed, bodies: dice.hits(70) ? bodies : bodies.filter { $0.part == .casework })
    }

    mutating func batch(isLoose: Bool = false, most: Int = 12) -> Batch {
        var items: [BatchItem] = []
        for _ in 0..<dice.below(most + 1) {
            switch dice.below(isLoose ? 9 : 10) {
            case 0...7: items.append(action())
            case 8: items.append(.bodies(dot(), bodies()))
            default: items.append(.echo(first: dot(), count: UInt64(1 + dice.below(200))))
            }
        }
        if isLoose { return Batch(loose: items) }
        let start = cursor()
        var batch = Batch(start: start, end: start, items: items)
        batch.end.sequence += items.reduce(0) { $0 + $1.entryCount }
        batch.end.chain = batch.recomputedChain(SHA256.function)
        return batch
    }

    // MARK: Messages

    private mutating func range() -> RangeFingerprint {
        let lower = dice.hits(30) ? ReconcileKey.lowest : ReconcileKey(stamp: stamp(), dot: dot())
        let upper = dice.hits(30) ? ReconcileKey.highest : ReconcileKey(stamp: stamp(), dot: dot())
        return RangeFingerprint(lower: lower, upper: upper, fingerprint: fingerprint())
    }

    private mutating func answer() -> RangeAnswer {
        switch dice.below(3) {
        case 0: return .same
        case 1:
            let key = ReconcileKey(stamp: stamp(), dot: dot())
            return .elements([ReconcileElement(key: key, fingerprint: fingerprint())])
        default: return .split([range(), range()])
        }
    }

    private mutating func hello() -> Hello {
        Hello(
            node: node(), topology: digest(), incarnation: dice.hits(50) ? dice.pick(lives) : nil,
            clock: Int64(dice.below(1 << 40)),
            tokens: dice.hits(50) ? TokenPair(confirmed: dice.next(), fresh: dice.next()) : nil)
    }

    mutating func message() -> Message {
        var message = Message(session: dice.next())
        if dice.hits(20) { message.hello = hello() }
        if dice.hits(20) {
            message.verdict = TokenVerdict(token: dice.next(), isStaleCopy: dice.hits(50), isSuspended: dice.hits(50))
        }
        if dice.hits(30) { message.receipt = cursor() }
        if dice.hits(30) { message.confirmed = cursor() }
        if dice.hits(20) { message.tail = cursor() }
        if dice.hits(60) { message.batch = batch() }
        if dice.hits(20) { message.surplus = batch(isLoose: true) }
        if dice.hits(20) {
            let question = dice.hits(50) ? ReconcileQuestion.compare([range(), range()]) : .fetch([dot(), dot()])
            message.question = NumberedQuestion(number: dice.next(), question: question)
        }
        if dice.hits(20) {
            let reply = dice.hits(50) ? ReconcileReply.compared([answer(), answer()]) : .fetched(batch(isLoose: true))
            message.reply = NumberedReply(number: UInt64(dice.below(1000)), reply: reply)
        }
        if dice.hits(20) { message.fingerprint = fingerprint() }
        if dice.hits(20) { message.headOfficeHolds = dice.next() % Limits.sequenceMax }
        message.hasMore = dice.hits(50)
        message.wait = dice.hits(50)
        message.needsHello = dice.hits(50)
        return message
    }
}
