import Platform
import SyncProtocol

/// What a forged act is made of; what is left out is as an honest node would have it.
struct Forgery {
    /// nil for an act that makes a ticket.
    var document: DocumentID?
    var operations: [Operation]
    var claim: CustodyClaim?
    var claimsOwn = false
    /// nil for what the liar knows of the document.
    var dependencies: VersionVector?
    var bodies: [CarriedBody] = []
    var post = "clerk"
    var kind: UInt16 = 900
    /// Nobody may take it, not even as an act without effect.
    var isNeverTaken = false

    init(on document: DocumentID?, _ operations: Operation...) {
        self.document = document
        self.operations = operations
    }
}

extension Liar {
    private static let birthAct: UInt16 = 1001

    /// The first act of another life of its own: an honest birth.
    mutating func beginLife() -> BatchItem {
        let before = last.sequence > 0 ? Dot(life, last.sequence) : formerEnd
        life = Incarnation(random: random.next())
        last = (0, .zero)
        nodes[life] = node
        return write(birth(Birth(node: node, tier: tier, predecessor: before, lost: [])))
    }

    var tier: Tier { hierarchy.tier(of: node) ?? .branch }

    func birth(_ birth: Birth) -> Forgery {
        var forgery = Forgery(on: DocumentID(recordOf: birth.node), .birth(birth))
        forgery.kind = Liar.birthAct
        forgery.post = ""
        return forgery
    }

    /// The next act of its own life, with a good number, hash and chain.
    mutating func write(_ forgery: Forgery) -> BatchItem {
        last.sequence += 1
        let sealed = seal(forgery, as: Dot(life, last.sequence), after: last.hash)
        last.hash = sealed.hash
        return .action(sealed, bodies: forgery.bodies)
    }

    /// An act under any name.
    mutating func seal(_ forgery: Forgery, as dot: Dot, after previous: Digest) -> SealedRecord {
        let document = forgery.document ?? DocumentID(createdBy: dot)
        if forgery.document == nil { ownTickets.append(document) }
        milliseconds += 1
        let record = CoreRecord(
            dot: dot, document: document, dependencies: forgery.dependencies ?? past(of: document),
            stamp: HybridTime(milliseconds: milliseconds), post: forgery.post, kind: forgery.kind,
            claim: forgery.claimsOwn ? CustodyClaim(leg: 0, version: dot) : forgery.claim,
            operations: forgery.operations,
            bodies: forgery.bodies.map {
                BodyReference(
                    part: $0.part, hash: $0.envelope.withUnsafeBytes { codec.hash($0) }, size: $0.envelope.count)
            },
            previous: previous)
        let sealed = SealedRecord(record, codec.hash)
        forged.insert(sealed.hash)
        if forgery.isNeverTaken { neverTaken.insert(sealed.hash) }
        records[dot] = record
        lives[dot.incarnation] = max(lives[dot.incarnation] ?? 0, dot.sequence)
        return sealed
    }

    /// A ticket of its own, as an honest node makes one.
    mutating func register() -> BatchItem {
        counter += 1
        var forgery = Forgery(
            on: nil, .create(home: node), .assign(SimulatedField.status, .text("own-\(counter)")))
        forgery.claimsOwn = true
        forgery.dependencies = .empty
        forgery.bodies = bodies("own-\(counter)", salt: (random.next(), random.next()))
        return write(forgery)
    }

    /// One more or less honest act on a ticket of its own: offers, notes, openings.
    mutating func ownAct() -> BatchItem {
        guard let document = maybe(ownTickets), chance(70) else { return register() }
        counter += 1
        var forgery = Forgery(on: document)
        forgery.claim = CustodyClaim(leg: 0, version: document.creator)
        switch random.next() % 5 {
        case 0: forgery.operations = [.offer(leg: 0, to: pick(hierarchy.nodes))]
        case 1: forgery.operations = [.assign(SimulatedField.status, .text("own-\(counter)"))]
        case 2: forgery.operations = [.involve(foreignNode())]
        case 3: forgery.operations = [.widen(.full)]
        default:
            forgery.claim = nil
            forgery.bodies = bodies("own-\(counter)", salt: (random.next(), random.next()))
        }
        return write(forgery)
    }

    /// Somebody else's ticket, or one of its own.
    mutating func anyTicket() -> DocumentID {
        guard let own = maybe(ownTickets), chance(25) else { return foreignTicket() }
        return own
    }

    /// A forged act on a ticket; nil where the lie is of another kind.
    mutating func act(_ lie: Lie) -> [BatchItem]? {
        let document = anyTicket()
        let claim = CustodyClaim(leg: 0, version: document.creator)
        var forgery = Forgery(on: document)
        if chance(40) { forgery.claim = claim }
        if chance(30) { forgery.dependencies = .empty }
        if chance(20) { forgery.bodies = forbiddenBodies(of: document) }
        switch lie {
        case .involveSelf: forgery.operations = [.involve(node)]
        case .involveOther: forgery.operations = [.involve(pick(hierarchy.nodes))]
        case .involveUnderClaim:
            forgery.operations = [.involve(node)]
            forgery.claim = claim
            forgery.dependencies = VersionVector(document.creator)
        case .widen: forgery.operations = [.widen(.full)]
        case .widenWithEntry: forgery.operations = wideningWithEntry()
        case .createOtherHome:
            forgery = Forgery(on: nil, .create(home: foreignNode()))
            forgery.claimsOwn = true
            forgery.isNeverTaken = true
        case .createAgain:
            forgery.operations = [.create(home: node)]
            forgery.claimsOwn = true
        case .publish: forgery.operations = [.publish]
        case .offerToSelf:
            forgery.operations = [.offer(leg: 0, to: node)]
            forgery.claim = claim
        case .acceptOwnOffer: return acceptOwnOffer(document)
        case .acceptOfOther:
            forgery.operations = [.accept(leg: 0, offer: act(of: document))]
            forgery.claimsOwn = true
        case .seize:
            forgery.operations = [.seize(leg: 0, approver: "second")]
            forgery.claim = claim
        case .decline: forgery.operations = [.decline(leg: 0, offer: anyOffer(document))]
        case .recall: forgery.operations = [.recall(leg: 0, offer: anyOffer(document), immediate: true)]
        case .rule:
            forgery.operations = [.rule(winner: act(of: document), overruled: [act(of: document), document.creator])]
        case .void: forgery.operations = [.void(act(of: document), rule: "r10")]
        case .voidOfVoid: forgery.operations = [.void(Dot(life, max(1, last.sequence)), rule: "r10")]
        case .assignWithoutClaim:
            forgery.operations = [.assign(SimulatedField.status, .text("stolen-1"))]
            forgery.claim = nil
        case .assignUnderClaim:
            forgery.operations = [.assign(SimulatedField.status, .text("stolen-2"))]
            forgery.claim = claim
        case .write: forgery.operations = [.write(SimulatedField.priority, .text("stolen-3"))]
        case .correctClock:
            forgery.operations = [.correctClock(act(of: document), HybridTime(milliseconds: 1))]
            forgery.kind = 1005
        case .unknownOperation: forgery.operations = [.unknown(tag: 9_999, bytes: Array("newer".utf8))]
        case .reservedSpace:
            forgery.document = DocumentID(space: 1 + random.next() % 65_535, number: random.next())
            forgery.operations = [.create(home: node), .involve(foreignNode())]
            forgery.isNeverTaken = true
        default: return nil
        }
        return [write(forgery)]
    }

    private mutating func wideningWithEntry() -> [Operation] {
        let entry = "needs_head_office@full@lead@\(node)@\(milliseconds)@-"
        return [.widen(.full), .add(FieldID(rawValue: 86), .text(entry))]
    }

    private mutating func anyOffer(_ document: DocumentID) -> Dot {
        let offers = records.values.filter { record in
            record.operations.contains { if case .offer = $0 { true } else { false } }
        }
        return maybe(offers.map(\.dot).sorted()) ?? act(of: document)
    }

    private mutating func acceptOwnOffer(_ document: DocumentID) -> [BatchItem] {
        var offer = Forgery(on: document, .offer(leg: 0, to: node))
        offer.claim = CustodyClaim(leg: 0, version: document.creator)
        offer.dependencies = VersionVector(document.creator)
        let first = write(offer)
        var accept = Forgery(on: document, .accept(leg: 0, offer: Dot(life, last.sequence)))
        accept.claimsOwn = true
        accept.dependencies = VersionVector(entries: [document.creator, Dot(life, last.sequence)])
        return [first, write(accept)]
    }
}
