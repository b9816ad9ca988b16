import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// A node in our own hands: it speaks to its parent through the real door, with the real encoder, and says what no
/// honest node would say.
final class LyingPeer {
    let node: NodeID
    let parent: NodeID
    private let door: LiveClient
    private let topology: Topology
    private let codec = WireCodec.production()
    private var session = SystemRandom.word()
    /// The life that it writes under.
    let life = Incarnation(random: SystemRandom.word())
    private var sequence: UInt64 = 0
    private var previous = Digest.zero
    private var tokens = TokenPair(confirmed: 0, fresh: SystemRandom.word())
    private let log = SystemRandom.word()
    /// The parent's place in this node's log.
    private(set) var parentsCursor: Cursor?
    private var cursor: Cursor?
    /// What the parent last said that both share.
    private var fingerprint: Fingerprint?
    /// The plain bytes of everything that was sent to it.
    private(set) var heard: [UInt8] = []
    /// Status of the last answer.
    private(set) var status = 0

    init(_ node: NodeID, in bank: LiveBank) throws {
        self.node = node
        topology = bank.topology
        parent = try #require(bank.topology.node(node)?.parent)
        door = bank.client(parent)
    }

    // MARK: Speaking

    /// Begins a session with an honest hello.
    func greet() throws {
        session = SystemRandom.word()
        let entry = try #require(topology.node(node))
        let shown = tokens
        tokens = TokenPair(confirmed: shown.fresh, fresh: SystemRandom.word())
        try say {
            $0.hello = Hello(
                node: node, topology: NodeProcess.context(topology, entry).topologyDigest, incarnation: life,
                clock: SystemClock.wallMilliseconds(), tokens: shown)
        }
        try #require(status == 200, "the hello was refused: \(status)")
    }

    /// One message and its answer; nil where it is refused.
    @discardableResult
    func say(timeoutMilliseconds: Int = 20_000, _ change: (inout Message) throws -> Void = { _ in }) throws -> Message?
    {
        var message = Message(session: session)
        message.receipt = cursor
        try change(&message)
        let answer = try door.post(
            frame: Frame.encode(message, codec), timeoutMilliseconds: timeoutMilliseconds)
        status = answer.status
        guard answer.status == 200 else { return nil }
        heard += try Frame.payload(answer.body, codec)
        let said = try Frame.decode(answer.body, codec)
        if let receipt = said.receipt { parentsCursor = receipt }
        if let batch = said.batch { cursor = batch.end }
        if let shared = said.fingerprint { fingerprint = shared }
        return said
    }

    /// Sends entries of this node's log.
    @discardableResult
    func send(_ items: [BatchItem]) throws -> Message? {
        let start = parentsCursor ?? Cursor(startOf: log)
        var batch = Batch(start: start, end: start, items: items)
        let entries = items.reduce(0) { $0 + $1.entryCount }
        batch.end = Cursor(
            log: start.log, sequence: start.sequence + entries, chain: batch.recomputedChain(SHA256.function))
        return try say { $0.batch = batch }
    }

    /// Reads what the parent has to tell, and agrees with whatever it says that both share.
    func listen(rounds: Int = 12, timeoutMilliseconds: Int = 20_000) throws {
        for _ in 0..<rounds { try say(timeoutMilliseconds: timeoutMilliseconds) { $0.fingerprint = fingerprint } }
    }

    /// True where any of the texts was in what was sent to it.
    func wasTold(_ words: [String]) -> Bool { words.contains { PlantedText.occurs($0, in: heard) } }

    // MARK: Writing

    /// Its honest birth.
    func born() -> BatchItem {
        let tier = topology.node(node)?.tier ?? .branch
        return .action(
            write(
                on: DocumentID(recordOf: node), kind: 1001, post: "",
                [.birth(Birth(node: node, tier: tier, predecessor: nil, lost: []))]), bodies: [])
    }

    /// An act of its own life.
    ///
    /// - Parameters:
    ///   - document: nil for an act that makes a ticket.
    ///   - dependencies: nil for its own acts alone.
    func act(
        on document: DocumentID?, _ operations: [SyncProtocol.Operation], claim: CustodyClaim? = nil,
        dependencies: VersionVector = .empty, post: String = "clerk", kind: UInt16 = 900, body: String? = nil
    ) -> BatchItem {
        let bodies = body.map { [LyingPeer.personal($0)] } ?? []
        return .action(
            write(
                on: document, claim: claim, dependencies: dependencies, kind: kind, post: post, operations,
                bodies: bodies), bodies: bodies)
    }

    /// A ticket of its own.
    func ticket(_ more: [SyncProtocol.Operation] = [], post: String = "clerk") -> (id: DocumentID, item: BatchItem) {
        let dot = Dot(life, sequence + 1)
        let item = act(
            on: nil, [.create(home: node)] + more, claim: CustodyClaim(leg: 0, version: dot), post: post)
        return (DocumentID(createdBy: dot), item)
    }

    /// A record under any name, outside of its own life.
    static func record(
        _ dot: Dot, on document: DocumentID, kind: UInt16, post: String = "", _ operations: [SyncProtocol.Operation],
        previous: Digest = .zero
    ) -> SealedRecord {
        SealedRecord(
            CoreRecord(
                dot: dot, document: document, dependencies: .empty,
                stamp: HybridTime(milliseconds: SystemClock.wallMilliseconds()), post: post, kind: kind,
                operations: operations, previous: previous), SHA256.function)
    }

    /// The next two records have the same dot.
    func twoContents(_ one: [SyncProtocol.Operation], _ other: [SyncProtocol.Operation], on document: DocumentID)
        -> [BatchItem]
    {
        let second = LyingPeer.record(
            Dot(life, sequence + 1), on: document, kind: 900, post: "clerk", other, previous: previous)
        return [act(on: document, one), .action(second, bodies: [])]
    }

    private func write(
        on document: DocumentID?, claim: CustodyClaim? = nil, dependencies: VersionVector = .empty, kind: UInt16,
        post: String, _ operations: [SyncProtocol.Operation], bodies: [CarriedBody] = []
    ) -> SealedRecord {
        sequence += 1
        let dot = Dot(life, sequence)
        let record = CoreRecord(
            dot: dot, document: document ?? DocumentID(createdBy: dot), dependencies: dependencies,
            stamp: HybridTime(milliseconds: SystemClock.wallMilliseconds()), post: post, kind: kind, claim: claim,
            operations: operations,
            bodies: bodies.map { body in
                BodyReference(
                    part: body.part, hash: body.envelope.withUnsafeBytes { SHA256.function($0) },
                    size: body.envelope.count)
            },
            previous: previous)
        let sealed = SealedRecord(record, SHA256.function)
        previous = sealed.hash
        return sealed
    }

    private static func personal(_ words: String) -> CarriedBody {
        CarriedBody(
            part: .personal,
            envelope: BodyEnvelope(
                operations: [.write(FieldID(rawValue: 120), .text(words))],
                salt: (SystemRandom.word(), SystemRandom.word())
            ).encoded())
    }
}
