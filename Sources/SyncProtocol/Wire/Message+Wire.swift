/// A payload: a bit for each part that is there, then the parts in the order of their bits. The session is outside of it.
extension Message {
    enum Field: Int, CaseIterable {
        case hello, verdict, receipt, confirmed, tail, batch, surplus, question, reply, fingerprint, headOfficeHolds
        case hasMore, wait, needsHello
        var bit: UInt64 { 1 << UInt64(rawValue) }
        static let all: UInt64 = allCases.reduce(0) { $0 | $1.bit }
    }

    private var present: UInt64 {
        var bits: UInt64 = 0
        func mark(_ field: Field, _ isThere: Bool) { if isThere { bits |= field.bit } }
        mark(.hello, hello != nil)
        mark(.verdict, verdict != nil)
        mark(.receipt, receipt != nil)
        mark(.confirmed, confirmed != nil)
        mark(.tail, tail != nil)
        mark(.batch, batch != nil)
        mark(.surplus, surplus != nil)
        mark(.question, question != nil)
        mark(.reply, reply != nil)
        mark(.fingerprint, fingerprint != nil)
        mark(.headOfficeHolds, headOfficeHolds != nil)
        mark(.hasMore, hasMore)
        mark(.wait, wait)
        mark(.needsHello, needsHello)
        return bits
    }

    /// - Returns: what reading it costs (`WorkBudget`).
    @discardableResult
    func write(to writer: inout ByteWriter) -> Int {
        var work = 0
        writer.varint(present)
        if let hello { writer.hello(hello) }
        if let verdict {
            writer.fixed64(verdict.token)
            writer.byte((verdict.isStaleCopy ? 1 : 0) | (verdict.isSuspended ? 2 : 0))
        }
        if let receipt { writer.cursor(receipt) }
        if let confirmed { writer.cursor(confirmed) }
        if let tail { writer.cursor(tail) }
        if let batch { work += BatchEncoder.encode(batch, to: &writer) }
        if let surplus { work += BatchEncoder.encode(surplus, to: &writer) }
        if let question {
            writer.varint(question.number)
            writer.question(question.question)
        }
        if let reply {
            writer.varint(reply.number)
            work += writer.reply(reply.reply)
        }
        if let fingerprint { writer.fingerprint(fingerprint) }
        if let headOfficeHolds { writer.varint(headOfficeHolds) }
        return work
    }

    /// Bytes of the payload before compression.
    var payloadBytes: Int {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes.count
    }

    /// The parts that cost next to nothing to read; the others are behind them.
    init(_ session: UInt64, head reader: inout ByteReader, _ present: UInt64) throws(WireError) {
        self.session = session
        guard present & ~Field.all == 0 else { throw .unsupported }
        func has(_ field: Field) -> Bool { present & field.bit != 0 }
        if has(.hello) { hello = try reader.hello() }
        if has(.verdict) { verdict = try reader.verdict() }
        if has(.receipt) { receipt = try reader.cursor() }
        if has(.confirmed) { confirmed = try reader.cursor() }
        if has(.tail) { tail = try reader.cursor() }
        hasMore = has(.hasMore)
        wait = has(.wait)
        needsHello = has(.needsHello)
    }

    /// The other parts, each no further than the budget reaches.
    mutating func readRest(
        _ reader: inout ByteReader, _ present: UInt64, _ hash: @escaping HashFunction, _ budget: inout WorkBudget
    ) throws(WireError) {
        func has(_ field: Field) -> Bool { present & field.bit != 0 }
        if has(.batch) { batch = try BatchDecoder.decode(&reader, hash: hash, &budget) }
        if has(.surplus) { surplus = try BatchDecoder.decode(&reader, hash: hash, &budget) }
        if has(.question) { question = NumberedQuestion(number: try reader.varint(), question: try reader.question()) }
        if has(.reply) { reply = NumberedReply(number: try reader.varint(), reply: try reader.reply(hash, &budget)) }
        if has(.fingerprint) { fingerprint = try reader.fingerprint() }
        if has(.headOfficeHolds) { headOfficeHolds = try reader.varint(atMost: Limits.sequenceMax) }
        if let batch, batch.isLoose { throw .malformed }
        if let surplus, !surplus.isLoose { throw .malformed }
    }
}

extension ByteWriter {
    fileprivate mutating func hello(_ hello: Hello) {
        text(hello.node.text)
        digest(hello.topology)
        signed(hello.clock)
        byte((hello.incarnation == nil ? 0 : 1) | (hello.tokens == nil ? 0 : 2))
        if let incarnation = hello.incarnation { fixed64(incarnation.rawValue) }
        if let tokens = hello.tokens {
            fixed64(tokens.confirmed)
            fixed64(tokens.fresh)
        }
    }

    fileprivate mutating func fingerprint(_ fingerprint: Fingerprint) {
        varint(fingerprint.count)
        fixed64(fingerprint.high)
        fixed64(fingerprint.low)
    }

    private mutating func key(_ key: ReconcileKey) {
        fixed64(key.stamp.rawValue)
        fixed64(key.dot.incarnation.rawValue)
        varint(key.dot.sequence)
    }

    private mutating func ranges(_ ranges: [RangeFingerprint]) {
        varint(ranges.count)
        for range in ranges {
            key(range.lower)
            key(range.upper)
            fingerprint(range.fingerprint)
        }
    }

    fileprivate mutating func question(_ question: ReconcileQuestion) {
        switch question {
        case .compare(let list):
            byte(0)
            ranges(list)
        case .fetch(let list):
            byte(1)
            dots(list)
        }
    }

    /// - Returns: what reading it costs.
    fileprivate mutating func reply(_ reply: ReconcileReply) -> Int {
        switch reply {
        case .compared(let answers):
            byte(0)
            varint(answers.count)
            for answer in answers { self.answer(answer) }
            return 0
        case .fetched(let batch):
            byte(1)
            return BatchEncoder.encode(batch, to: &self)
        }
    }

    private mutating func answer(_ answer: RangeAnswer) {
        switch answer {
        case .same: byte(0)
        case .elements(let elements):
            byte(1)
            varint(elements.count)
            for element in elements {
                key(element.key)
                fingerprint(element.fingerprint)
            }
        case .split(let parts):
            byte(2)
            ranges(parts)
        }
    }
}

extension ByteReader {
    fileprivate mutating func hello() throws(WireError) -> Hello {
        let node = try node()
        let topology = try digest()
        let clock = try signed()
        guard (0...Limits.clockMillisecondsMax).contains(clock) else { throw .malformed }
        let bits = try byte()
        guard bits < 4 else { throw .malformed }
        let incarnation = bits & 1 == 0 ? nil : try incarnation()
        let tokens = bits & 2 == 0 ? nil : TokenPair(confirmed: try fixed64(), fresh: try fixed64())
        return Hello(node: node, topology: topology, incarnation: incarnation, clock: clock, tokens: tokens)
    }

    fileprivate mutating func verdict() throws(WireError) -> TokenVerdict {
        let token = try fixed64()
        let bits = try byte()
        guard bits < 4 else { throw .malformed }
        return TokenVerdict(token: token, isStaleCopy: bits & 1 != 0, isSuspended: bits & 2 != 0)
    }

    fileprivate mutating func fingerprint() throws(WireError) -> Fingerprint {
        Fingerprint(count: try varint(), high: try fixed64(), low: try fixed64())
    }

    private mutating func key() throws(WireError) -> ReconcileKey {
        ReconcileKey(
            stamp: HybridTime(rawValue: try fixed64()),
            dot: Dot(Incarnation(rawValue: try fixed64()), try varint()))
    }

    private mutating func ranges(max: Int) throws(WireError) -> [RangeFingerprint] {
        var list: [RangeFingerprint] = []
        for _ in 0..<(try count(max: max)) {
            let lower = try key()
            let upper = try key()
            list.append(RangeFingerprint(lower: lower, upper: upper, fingerprint: try fingerprint()))
        }
        return list
    }

    fileprivate mutating func question() throws(WireError) -> ReconcileQuestion {
        switch try byte() {
        case 0: return .compare(try ranges(max: Limits.reconcileRangesPerQuestion))
        case 1: return .fetch(try dots(max: Limits.fetchDotsMax))
        default: throw .malformed
        }
    }

    fileprivate mutating func reply(
        _ hash: @escaping HashFunction, _ budget: inout WorkBudget
    ) throws(WireError) -> ReconcileReply {
        switch try byte() {
        case 0:
            var answers: [RangeAnswer] = []
            for _ in 0..<(try count(max: Limits.reconcileRangesMax)) { answers.append(try answer()) }
            return .compared(answers)
        case 1:
            let batch = try BatchDecoder.decode(&self, hash: hash, &budget)
            guard batch.isLoose else { throw .malformed }
            return .fetched(batch)
        default: throw .malformed
        }
    }

    private mutating func answer() throws(WireError) -> RangeAnswer {
        switch try byte() {
        case 0: return .same
        case 1:
            var elements: [ReconcileElement] = []
            for _ in 0..<(try count(max: Limits.reconcileIDsMax)) {
                let key = ReconcileKey(stamp: try stamp(), dot: try dot())
                elements.append(ReconcileElement(key: key, fingerprint: try fingerprint()))
            }
            return .elements(elements)
        case 2: return .split(try ranges(max: Limits.reconcileRangesMax))
        default: throw .malformed
        }
    }
}
