import Platform
import SyncProtocol
import Testing

@Suite("A frame pays with its length for what it asks of its reader") struct FrameWorkTests {
    private static let life = Incarnation(rawValue: 0x7777_7777_7777_7777)

    /// One life's acts on one document, each knowing all before it.
    private static func acts(
        _ count: Int, dependencies: [Dot] = [], operations: [Operation] = [], post: (Int) -> String = { _ in "x" }
    ) -> [BatchItem] {
        var previous = Digest.zero
        let document = DocumentID(createdBy: Dot(life, 1))
        return (1...UInt64(count)).map { number in
            let last = number == 1 ? [] : [Dot(life, number - 1)]
            let sealed = SealedRecord(
                CoreRecord(
                    dot: Dot(life, number), document: document,
                    dependencies: VersionVector(entries: dependencies + last) ?? .empty,
                    stamp: HybridTime(milliseconds: 1_790_000_000_000 + Int64(number)), post: post(Int(number)),
                    kind: 1, operations: operations, previous: previous),
                SHA256.function)
            previous = sealed.hash
            return .action(sealed, bodies: [])
        }
    }

    private static func message(_ items: [BatchItem]) -> Message {
        var message = Message(session: 7)
        message.surplus = Batch(loose: items)
        return message
    }

    private static func echo(_ runs: [UInt64]) -> Message {
        var message = Message(session: 7)
        let start = Cursor(startOf: 9)
        var batch = Batch(start: start, end: start, items: runs.map { .echo(first: Dot(life, 1), count: $0) })
        batch.end.sequence = runs.reduce(0, +)
        batch.end.chain = batch.recomputedChain(SHA256.function)
        message.batch = batch
        return message
    }

    private static let words = Operation.assign(FieldID(rawValue: 5), .text(String(repeating: "甲", count: 2_000)))

    private static let bombs: [(name: String, frame: [UInt8])] = {
        let strangers = (0..<255).map { Dot(Incarnation(rawValue: 1 << 40 + UInt64($0)), 1 << 47) }
        return [
            ("dependencies that repeat", squeezed(message(acts(1_500, dependencies: strangers)))),
            ("acts of nothing", squeezed(message(acts(12_000)))),
            ("words that repeat", squeezed(message(acts(300, operations: [words])))),
            ("echoes", squeezed(echo([4_000, 4_000, 4_000]))),
        ]
    }()

    /// What a frame of this length may have hashed: its own check, and what `Limits` grants.
    private static func hashedMax(_ frame: [UInt8]) -> Int {
        let granted = Limits.workBytesFree + frame.count * Limits.workBytesPerFrameByte
        // An entry of a chain is 40 bytes, and there may be as many as echoes, or items.
        return frame.count + granted + 40 * (Limits.echoEntriesMax + granted / Limits.workBytesPerItem)
    }

    @Test func `peer bomb: small frames that ask for much are refused before they are hashed`() {
        for (name, frame) in FrameWorkTests.bombs {
            let hash = CountingHash()
            var refusal: WireError?
            do { _ = try Frame.decode(frame, hash.codec) } catch { refusal = error }
            print("\(name): \(frame.count) bytes, \(hash.count) hashed")
            #expect(refusal == .tooLarge || refusal == .compression, "\(name): \(String(describing: refusal))")
            #expect(hash.count <= FrameWorkTests.hashedMax(frame), "\(name)")
            #expect(frame.count < 3_000, "\(name) is no small frame")
        }
    }

    @Test func `a payload unpacks to no more than its frame pays for`() {
        let zeros = Zstd().compress([UInt8](repeating: 0, count: Limits.frameBytesMax), level: 19)
        #expect(zeros.count < 1_000)
        var writer = ByteWriter()
        writer.raw([0x53, 0x4e, Frame.version, 1])
        writer.fixed64(7)
        writer.counted(zeros)
        let frame = writer.bytes + SHA256.digest(writer.bytes).bytes.prefix(4)
        #expect(throws: WireError.compression) { try Frame.decode(frame, .tests()) }
    }

    /// Honest acts that hardly differ compress beyond what a frame pays for: their writer lengthens it.
    @Test func `whatever an honest writer packs is read, however well it packs`() throws {
        let codec = WireCodec.tests()
        let strangers = (0..<255).map { Dot(Incarnation(rawValue: 1 << 40 + UInt64($0)), 1 << 47) }
        for items in [
            FrameWorkTests.acts(12_000), FrameWorkTests.acts(1_500, dependencies: strangers),
            FrameWorkTests.acts(2_000, post: { "post-\($0)" }),
            FrameWorkTests.acts(40, operations: [FrameWorkTests.words]),
        ] {
            let message = FrameWorkTests.message(items)
            let frame = Frame.encode(message, codec)
            #expect(try Frame.decode(frame, codec) == message)
            print("\(items.count) acts: \(frame.count) bytes, \(squeezed(message).count) without room")
        }
    }

    @Test func `the head of a frame is read without its batch`() throws {
        var message = FrameWorkTests.message(FrameWorkTests.acts(50))
        message.hello = Hello(node: "b1", topology: .zero, incarnation: nil, clock: 1, tokens: nil)
        message.hasMore = true
        let hash = CountingHash()
        let frame = Frame.encode(message, .tests())
        #expect(try Frame.session(of: frame) == 7)
        let open = try Frame.open(frame, hash.codec)
        #expect(open.head.hello == message.hello && open.head.hasMore && open.head.surplus == nil)
        #expect(hash.count == frame.count - 4)
        #expect(try open.message() == message)
    }

    @Test func `zeros behind a packed payload are room, anything else is refused`() throws {
        let message = FrameWorkTests.message(FrameWorkTests.acts(200))
        let frame = squeezed(message)
        func lengthened(_ bytes: [UInt8]) -> [UInt8] {
            let body = Array(frame.dropLast(4)) + bytes
            return body + SHA256.digest(body).bytes.prefix(4)
        }
        #expect(try Frame.decode(lengthened([0, 0, 0]), .tests()) == message)
        #expect(throws: WireError.trailingBytes) { try Frame.decode(lengthened([0, 1]), .tests()) }
    }
}

@Suite("A writer keeps the limits that its reader enforces") struct BatchRoomTests {
    private func act(_ life: UInt64, _ number: UInt64 = 1, dependencies: [Dot] = [], bytes: Int = 0) -> BatchItem {
        let dot = Dot(Incarnation(rawValue: 1 << 40 + life), number)
        let words = (0..<bytes / 60_000).map { Operation.write(FieldID(rawValue: UInt16($0)), .text(text)) }
        return .action(
            SealedRecord(
                CoreRecord(
                    dot: dot, document: DocumentID(createdBy: dot),
                    dependencies: VersionVector(entries: dependencies) ?? .empty,
                    stamp: HybridTime(milliseconds: 1_790_000_000_000), post: "p", kind: 1, operations: words,
                    previous: .zero), SHA256.function), bodies: [])
    }

    private let text = String(repeating: "x", count: 60_000)

    /// Fills a batch until the writer says that it is full, and reads it.
    private func fill(_ item: (UInt64) -> BatchItem) throws -> [BatchItem] {
        var room = BatchRoom()
        var items: [BatchItem] = []
        while items.count <= Limits.batchEntriesMax {
            let next = item(UInt64(items.count))
            guard room.take(next) else { break }
            items.append(next)
        }
        var message = Message(session: 1)
        if case .echo = items.first {
            let start = Cursor(startOf: 9)
            var batch = Batch(start: start, end: start, items: items)
            batch.end.sequence = items.reduce(0) { $0 + $1.entryCount }
            batch.end.chain = batch.recomputedChain(SHA256.function)
            message.batch = batch
        } else {
            message.surplus = Batch(loose: items)
        }
        let frame = Frame.encode(message, .tests())
        #expect(try Frame.decode(frame, .tests()) == message)
        return items
    }

    @Test func `lives`() throws { #expect(try fill { act($0) }.count == Limits.batchIncarnationsMax) }

    @Test func `lives that only dependencies name`() throws {
        let items = try fill { number in
            act(
                0, number + 1,
                dependencies: (0..<100).map { Dot(Incarnation(rawValue: 1 << 50 + number * 100 + $0), 1) })
        }
        #expect(items.count == (Limits.batchIncarnationsMax - 1) / 100)
    }

    @Test func `entries`() throws { #expect(try fill { act(0, $0 + 1) }.count == Limits.batchEntriesMax) }

    @Test func `bytes of records`() throws {
        let items = try fill { act(0, $0 + 1, bytes: 240_000) }
        #expect(items.count == (Limits.frameBytesMax - Limits.batchBytesTarget) / 240_200)
    }

    @Test func `echoes`() throws {
        let dot = Dot(Incarnation(rawValue: 1 << 40), 1)
        #expect(try fill { _ in .echo(first: dot, count: 1_000) }.count == Limits.echoEntriesMax / 1_000)
        var room = BatchRoom()
        #expect(room.echoesLeft == UInt64(Limits.echoEntriesMax))
        let isTaken = room.take(.echo(first: dot, count: 4_000))
        #expect(isTaken)
        #expect(room.echoesLeft == UInt64(Limits.echoEntriesMax) - 4_000)
    }
}
