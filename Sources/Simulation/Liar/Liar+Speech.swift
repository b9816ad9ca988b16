import Platform
import SyncProtocol

/// What the liar sends: messages that the real wire carries, with parts that nobody honest would put into them.
extension Liar {
    /// The next message, and what is untrue in it.
    mutating func nextMessage(topology: Digest) -> Message {
        lies = []
        if !hasGreeted { session = random.next() }
        var message = Message(session: session)
        if !hasGreeted || chance(3) { message.hello = hello(topology) }
        message.receipt = cursor
        var items: [BatchItem] = []
        if last.sequence == 0 { items.append(beginLife()) }
        if chance(35) { items.append(ownAct()) }
        for _ in 0..<(1 + random.next() % 2) { say(pick(Lie.allCases), &message, &items) }
        if !items.isEmpty { send(items, in: &message) }
        return message
    }

    /// The line was refused or lost: it begins anew.
    mutating func hangUp() { hasGreeted = false }

    private mutating func hello(_ topology: Digest) -> Hello {
        let pair = tokens
        tokens = TokenPair(confirmed: tokens.fresh, fresh: random.next())
        return Hello(
            node: node, topology: topology, incarnation: last.sequence > 0 ? life : nil, clock: milliseconds,
            tokens: pair)
    }

    private mutating func send(_ items: [BatchItem], in message: inout Message) {
        guard let start = parentsCursor, !chance(10) else {
            lies.append(.looseActs)
            message.surplus = Batch(loose: items)
            return
        }
        var batch = Batch(start: start, end: start, items: items)
        let entries = items.reduce(0) { $0 + $1.entryCount }
        batch.end = Cursor(
            log: start.log, sequence: start.sequence + entries, chain: batch.recomputedChain(codec.hash))
        message.batch = batch
    }

    private mutating func say(_ lie: Lie, _ message: inout Message, _ items: inout [BatchItem]) {
        if let acts = act(lie) ?? nodeAct(lie) ?? birth(lie) ?? name(lie) ?? words(lie) ?? bodies(lie) {
            items += acts
        } else if !sayPart(lie, &message) {
            return
        }
        lies.append(lie)
    }

    /// Bodies that are not what the record says, or not for the reader; nil where the lie is of another kind.
    private mutating func bodies(_ lie: Lie) -> [BatchItem]? {
        let salt = (random.next(), random.next())
        switch lie {
        case .wrongBody: return [.bodies(act(of: anyTicket()), bodies(Liar.bodyWords, salt: salt))]
        case .forbiddenBody:
            let document = foreignTicket()
            var forgery = Forgery(on: document)
            forgery.bodies = forbiddenBodies(of: document)
            return [write(forgery)]
        case .bodiesOfOthers: return maybe(copies).map { [$0] } ?? []
        default: return nil
        }
    }

    /// A lie that is a part of the message itself.
    private mutating func sayPart(_ lie: Lie, _ message: inout Message) -> Bool {
        switch lie {
        case .verdict:
            let token = pick([0, tokens.confirmed, tokens.fresh, random.next()])
            message.verdict = TokenVerdict(token: token, isStaleCopy: chance(50), isSuspended: true)
            // A hello with tokens would be judged, and the verdict not looked at.
            if hasGreeted { message.hello = nil }
        case .headOfficeHolds: message.headOfficeHolds = random.next() % Limits.sequenceMax
        case .receipt: message.receipt = anyCursor()
        case .confirmed: message.confirmed = anyCursor()
        case .tail: message.tail = anyCursor()
        case .fingerprint:
            message.fingerprint = Fingerprint(
                count: random.next() % 100, high: random.next(), low: random.next())
        case .question: message.question = NumberedQuestion(number: random.next() % 5, question: question())
        case .reply: message.reply = NumberedReply(number: random.next() % 5, reply: .compared([.same]))
        case .tokens: tokens = TokenPair(confirmed: random.next(), fresh: random.next())
        case .hello: hasGreeted = false
        default: return false
        }
        return true
    }

    private mutating func anyCursor() -> Cursor {
        let log = pick([cursor?.log ?? 1, parentsCursor?.log ?? 2, random.next()])
        let chain = cursor?.chain ?? .start
        return Cursor(log: log, sequence: random.next() % 400, chain: chance(50) ? chain : .start)
    }

    /// Asks for everything, or for acts of others by name.
    private mutating func question() -> ReconcileQuestion {
        if chance(40) {
            return .compare([RangeFingerprint(lower: .lowest, upper: .highest, fingerprint: .empty)])
        }
        let wanted = (0..<20).map { _ in
            chance(50) ? foreignTicket().creator : Dot(foreignLife(), 1 + random.next() % 30)
        }
        return .fetch(Array(Set(wanted)).sorted())
    }
}
