import Platform
import SyncProtocol
import TicketStore

/// A node of the bank that lies: it has a place in the tree and real copies of what it was sent, and speaks to its parent
/// over the real wire in frames of its own making. Everything follows from its seed.
///
/// It owes nobody its own tickets: there it may do what it likes. Whatever else it says must change nothing.
struct Liar {
    /// Words that stand in core records, where no words may stand.
    static let coreWords = "王机密13512345678说的话"
    /// Words in bodies that head office may not have.
    static let bodyWords = "客户赵机密的原话"

    let node: NodeID
    let parent: NodeID
    let hierarchy: Hierarchy
    /// The nodes in whose name it may speak: itself and those below it.
    let subtree: Set<NodeID>
    /// It is told which tickets the others have; else it counts and guesses.
    let knowsOthers: Bool
    var random: SeededRandom
    let codec: WireCodec

    // Its line.
    var session: UInt64 = 0
    var hasGreeted = false
    /// Its place in the parent's log.
    var cursor: Cursor?
    /// The parent's place in its own log.
    var parentsCursor: Cursor?
    var tokens: TokenPair

    // Its life.
    var life: Incarnation
    var last: (sequence: UInt64, hash: Digest)
    /// The last act of its honest life.
    let formerEnd: Dot?
    var milliseconds: Int64

    // What it knows.
    var records: [Dot: CoreRecord] = [:]
    /// Acts of others with all their bodies, as it holds them.
    var copies: [BatchItem] = []
    /// The highest number it saw of each life, by what births and dots told it.
    var lives: [Incarnation: UInt64] = [:]
    var nodes: [Incarnation: NodeID] = [:]
    var ownTickets: [DocumentID] = []
    var otherTickets: [DocumentID] = []
    /// Tickets of which it was sent anything: perhaps it takes part in them.
    private var sent: Set<DocumentID> = []

    // What it did.
    /// Hashes of all records that it made.
    var forged: Set<Digest> = []
    /// Hashes of those that no node may take, whatever their author may do in its own tickets.
    var neverTaken: Set<Digest> = []
    /// Every text that was in anything sent to it.
    private(set) var heard: Set<String> = []
    var counter = 0
    var lies: [Lie] = []

    /// An honest node turns into a liar with all that it holds.
    init(_ honest: SimulatedNode, knowsOthers: Bool, seed: UInt64, _ codec: WireCodec) throws {
        let store = honest.store
        guard let parent = store.hierarchy.parent(of: honest.id) else {
            preconditionFailure("head office does not lie")
        }
        node = honest.id
        self.parent = parent
        hierarchy = store.hierarchy
        subtree = Set([honest.id] + store.hierarchy.children(of: honest.id))
        self.knowsOthers = knowsOthers
        self.codec = codec
        random = SeededRandom(seed: seed)
        cursor = try store.cursor(on: parent)
        tokens = try store.freshTokens(for: parent)
        milliseconds = store.wallMilliseconds()
        // It speaks in a life of its own, begun as an honest one is.
        life = Incarnation(random: random.next())
        last = (0, .zero)
        let former = try store.newestLife()
        formerEnd = try former.flatMap { life in
            try store.holdings().map(\.sealed.record.dot).filter { $0.incarnation == life }.max()
        }
        for holding in try store.holdings() { note(holding.sealed.record) }
        for neighbour in store.hierarchy.neighbours(of: node) {
            copies += try store.items(Array(records.keys.sorted().prefix(64)), for: neighbour)
        }
        ownTickets = records.values.filter { record in
            record.document.isTicket && isOwn(record.document) && record.document.creator == record.dot
        }.map(\.document).sorted()
    }

    // MARK: Chance

    mutating func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }
    mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    mutating func maybe<Element>(_ list: [Element]) -> Element? { list.isEmpty ? nil : pick(list) }

    // MARK: Hearing

    /// Takes note of what a message tells.
    mutating func hear(_ message: Message) throws {
        if message.hello != nil { hasGreeted = true }
        if message.needsHello { hasGreeted = false }
        if let receipt = message.receipt { parentsCursor = receipt }
        if let batch = message.batch {
            for item in batch.items { try hear(item) }
            cursor = batch.end
        }
        if let surplus = message.surplus { for item in surplus.items { try hear(item) } }
        switch message.reply?.reply {
        case .fetched(let batch):
            for item in batch.items { try hear(item) }
        case .compared(let answers):
            for case .elements(let elements) in answers { elements.forEach { note($0.key.dot) } }
        case nil: break
        }
    }

    private mutating func hear(_ item: BatchItem) throws {
        switch item {
        case .action(let sealed, let bodies):
            note(sealed.record)
            hear(sealed.record.operations)
            for body in bodies { try hear(body) }
        case .bodies(_, let bodies):
            for body in bodies { try hear(body) }
        case .echo: break
        }
    }

    private mutating func hear(_ body: CarriedBody) throws {
        hear(try BodyEnvelope(decoding: body.envelope[...]).operations())
    }

    private mutating func hear(_ operations: [Operation]) {
        for operation in operations {
            switch operation {
            case .assign(_, .text(let text)), .write(_, .text(let text)), .add(_, .text(let text)): heard.insert(text)
            default: continue
            }
        }
    }

    private mutating func note(_ dot: Dot) { lives[dot.incarnation] = max(lives[dot.incarnation] ?? 0, dot.sequence) }

    private mutating func note(_ record: CoreRecord) {
        records[record.dot] = record
        note(record.dot)
        sent.insert(record.document)
        for case .birth(let birth) in record.operations { nodes[record.dot.incarnation] = birth.node }
        if record.document.isTicket, !subtree.contains(nodes[Incarnation(rawValue: record.document.space)] ?? "ho") {
            learn([record.document])
        }
    }

    /// Tickets of others that it heard of.
    mutating func learn(_ documents: [DocumentID]) {
        for document in documents where !otherTickets.contains(document) { otherTickets.append(document) }
        otherTickets.removeAll { ownTickets.contains($0) }
    }

    // MARK: What it speaks of

    /// A ticket that was made in a life of its own, or of a node below it.
    func isOwn(_ document: DocumentID) -> Bool {
        nodes[Incarnation(rawValue: document.space)].map(subtree.contains) ?? false
    }

    /// A ticket of somebody else: one that it heard of, or a guess by counting the acts of a life.
    mutating func foreignTicket() -> DocumentID {
        if let known = maybe(otherTickets), chance(80) { return known }
        return DocumentID(createdBy: Dot(foreignLife(), 2 + random.next() % 12))
    }

    /// A life of another node, or an invented one.
    mutating func foreignLife() -> Incarnation {
        let others = lives.keys.filter { !subtree.contains(nodes[$0] ?? node) }.sorted()
        return maybe(others) ?? Incarnation(random: random.next())
    }

    /// Another node's record.
    mutating func foreignNode() -> NodeID { pick(hierarchy.nodes.filter { !subtree.contains($0) }) }

    /// What it knows of a document: all acts of it that it holds.
    func past(of document: DocumentID) -> VersionVector {
        var highest: [Incarnation: UInt64] = [:]
        for record in records.values where record.document == document {
            highest[record.dot.incarnation] = max(highest[record.dot.incarnation] ?? 0, record.dot.sequence)
        }
        return VersionVector(entries: highest.map { Dot($0.key, $0.value) }) ?? .empty
    }

    /// An act of the document that it holds, else the one that made it.
    mutating func act(of document: DocumentID) -> Dot {
        maybe(records.values.filter { $0.document == document }.map(\.dot).sorted()) ?? document.creator
    }

    /// Bodies with words that head office must not have, where they cannot be lawful.
    mutating func forbiddenBodies(of document: DocumentID) -> [CarriedBody] {
        counter += 1
        let isLawful = ownTickets.contains(document) || sent.contains(document)
        return bodies(isLawful ? "own-\(counter)" : Liar.bodyWords, salt: (random.next(), random.next()))
    }

    func bodies(_ text: String, salt: (UInt64, UInt64)) -> [CarriedBody] {
        [
            CarriedBody(
                part: .casework,
                envelope: BodyEnvelope(operations: [.write(SimulatedField.address, .text(text))], salt: salt).encoded()),
            CarriedBody(
                part: .personal,
                envelope: BodyEnvelope(operations: [.write(SimulatedField.phone, .text(text))], salt: salt).encoded()),
        ]
    }
}
