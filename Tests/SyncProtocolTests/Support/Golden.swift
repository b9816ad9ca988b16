import Platform
import SyncProtocol

/// The messages whose bytes are written down in PROTOCOL.md: what must not change without a new version.
enum Golden {
    static let branch = Incarnation(rawValue: 0x1111_1111_1111_1111)
    static let province = Incarnation(rawValue: 0x2222_2222_2222_2222)
    static let log: UInt64 = 0x0a0a_0a0a_0a0a_0a0a
    static let session: UInt64 = 0x0102_0304_0506_0708
    static let noon: Int64 = 1_790_000_000_000
    static let start = Cursor(startOf: log)
    private static let hash = SHA256.function

    static let everything = ReconcileSet(sorted: [element]).whole

    /// In the order of the document.
    static let messages: [(name: String, message: Message)] = [
        ("hello", message { $0.hello = hello(tokens: nil) }),
        ("hello-with-tokens", message { $0.hello = hello(tokens: TokenPair(confirmed: 7, fresh: 8)) }),
        ("verdict", message { $0.verdict = TokenVerdict(token: 8, isStaleCopy: true, isSuspended: false) }),
        (
            "poll",
            message {
                $0.receipt = Cursor(log: log, sequence: 3, chain: ChainHash(high: 1, low: 2))
                $0.confirmed = Cursor(log: log + 1, sequence: 5, chain: ChainHash(high: 3, low: 4))
                $0.wait = true
            }
        ),
        ("created-ticket", message { $0.batch = batch([.action(creation, bodies: [body])]) }),
        ("echo", message { $0.batch = batch([.echo(first: Dot(branch, 3), count: 40)]) }),
        ("bodies", message { $0.batch = batch([.bodies(creation.record.dot, [body])]) }),
        ("unknown-operation", message { $0.surplus = Batch(loose: [.action(fromTheFuture, bodies: [])]) }),
        ("compare", message { $0.question = NumberedQuestion(number: 1, question: .compare([everything])) }),
        (
            "compared",
            message {
                let cut = RangeFingerprint(lower: .lowest, upper: element.key, fingerprint: .empty)
                $0.reply = NumberedReply(number: 1, reply: .compared([.same, .elements([element]), .split([cut])]))
            }
        ),
        ("fetch", message { $0.question = NumberedQuestion(number: 2, question: .fetch([creation.record.dot])) }),
        ("lost-place", message { $0.tail = Cursor(log: log, sequence: 9, chain: ChainHash(high: 5, low: 6)) }),
        (
            "drained",
            message {
                $0.fingerprint = element.fingerprint
                $0.headOfficeHolds = 300
                $0.hasMore = true
                $0.needsHello = true
            }
        ),
    ]

    private static func message(_ change: (inout Message) -> Void) -> Message {
        var message = Message(session: session)
        change(&message)
        return message
    }

    private static func hello(tokens: TokenPair?) -> Hello {
        Hello(node: "b1", topology: SHA256.digest([1]), incarnation: branch, clock: noon, tokens: tokens)
    }

    private static func batch(_ items: [BatchItem]) -> Batch {
        var batch = Batch(start: start, end: start, items: items)
        batch.end.sequence = items.reduce(0) { $0 + $1.entryCount }
        batch.end.chain = batch.recomputedChain(hash)
        return batch
    }

    static let body = CarriedBody(
        part: .personal,
        envelope: BodyEnvelope(
            operations: [.write(FieldID(rawValue: 200), .text("secret"))],
            salt: (0x5a5a_5a5a_5a5a_5a5a, 0xa5a5_a5a5_a5a5_a5a5)
        ).encoded())

    /// A branch opens a ticket: home, one regulated field, one personal body.
    static let creation = SealedRecord(
        CoreRecord(
            dot: Dot(branch, 2), document: DocumentID(createdBy: Dot(branch, 2)), dependencies: .empty,
            stamp: HybridTime(milliseconds: noon), post: "clerk", kind: 1,
            claim: CustodyClaim(leg: 0, version: Dot(branch, 2)),
            operations: [.create(home: "b1"), .assign(FieldID(rawValue: 1), .text("x"))],
            bodies: [BodyReference(part: .personal, hash: SHA256.digest(body.envelope), size: body.envelope.count)],
            previous: SHA256.digest([2])),
        hash)

    /// An operation that no version so far knows.
    static let fromTheFuture = SealedRecord(
        CoreRecord(
            dot: Dot(province, 9), document: creation.record.document, dependencies: VersionVector(Dot(branch, 2)),
            stamp: HybridTime(milliseconds: noon + 5), post: "chief", kind: 999,
            operations: [.unknown(tag: 1000, bytes: [1, 2, 3])], epoch: 2, previous: SHA256.digest([3])),
        hash)

    static let element: ReconcileElement = {
        var fingerprint = Fingerprint.empty
        fingerprint.add(recordHash: creation.hash)
        fingerprint.add(body: .personal, ofRecordHash: creation.hash)
        let key = ReconcileKey(stamp: creation.record.stamp, dot: creation.record.dot)
        return ReconcileElement(key: key, fingerprint: fingerprint)
    }()

    /// Canonical forms that the document shows too.
    static let records: [(name: String, bytes: [UInt8])] = [
        ("core-record", creation.bytes), ("body-envelope", body.envelope),
    ]

    static var blocks: [(name: String, bytes: [UInt8])] {
        messages.map { ($0.name, Frame.encode($0.message, .plain)) } + records
    }
}
