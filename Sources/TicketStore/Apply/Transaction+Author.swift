import SyncProtocol

/// An act of this node before it has a name.
public struct Draft: Sendable {
    public enum Claim: Hashable, Sendable {
        case none
        /// The custody version that this node holds.
        case held(CustodyClaim)
        /// The version that this act makes.
        case own(Leg)
    }

    /// nil for an act that creates a ticket.
    public var document: DocumentID?
    public var kind: UInt16
    /// The author's post, never a name.
    public var post: String
    public var claim: Claim
    public var core: [Operation]
    public var casework: [Operation]
    public var personal: [Operation]

    public init(
        document: DocumentID?, kind: UInt16, post: String, claim: Claim = .none, core: [Operation],
        casework: [Operation] = [], personal: [Operation] = []
    ) {
        self.document = document
        self.kind = kind
        self.post = post
        self.claim = claim
        self.core = core
        self.casework = casework
        self.personal = personal
    }
}

/// Numbers of the acts of nodes themselves; those of people are the ticket model's and lie below.
public enum NodeAct {
    public static let birth: UInt16 = 1001
    public static let lost: UInt16 = 1002
    public static let suspend: UInt16 = 1003
    public static let adopt: UInt16 = 1004
    public static let correctClock: UInt16 = 1005
    public static let withheld: UInt16 = 1011
    public static let settle: UInt16 = 1012
    public static let void: UInt16 = 1013
    /// The rule that an act without authority broke.
    public static let voidRule = "authority"
    /// The field of an adoption that names the second person.
    public static let secondPerson = FieldID(rawValue: 410)
}

extension Transaction {
    /// Writes an act of this node: names it, seals it into the chain, applies it and puts it into the logs.
    func author(_ draft: Draft) throws -> SealedRecord {
        if memory.current == nil || memory.mustBeReborn { try beginLife() }
        guard let incarnation = memory.current, let last = memory.lastOwn else {
            preconditionFailure("an act without a life")
        }
        let dot = Dot(incarnation, last.dot.sequence + 1)
        let id = draft.document ?? DocumentID(createdBy: dot)
        let claim: CustodyClaim? =
            switch draft.claim {
            case .none: nil
            case .held(let claim): claim
            case .own(let leg): CustodyClaim(leg: leg, version: dot)
            }
        let bodies = [body(.casework, draft.casework), body(.personal, draft.personal)].compactMap { $0 }
        let record = CoreRecord(
            dot: dot, document: id, dependencies: try document(id).state.vector, stamp: memory.clock.tick(now: now),
            post: draft.post, kind: draft.kind, claim: claim, operations: draft.core,
            bodies: bodies.map { body in
                BodyReference(
                    part: body.part, hash: body.envelope.withUnsafeBytes { context.hash($0) }, size: body.envelope.count
                )
            },
            previous: last.hash)
        return try write(record, bodies)
    }

    /// Rule R3: a fresh life before the first act of a process, and whenever the parent says that this copy is stale.
    private func beginLife() throws {
        let incarnation = Incarnation(random: context.world.random())
        let id = DocumentID(recordOf: context.node)
        let birth = Birth(
            node: context.node, tier: context.tier, predecessor: memory.lastOwn?.dot, lost: memory.lostAtStart)
        let record = CoreRecord(
            dot: Dot(incarnation, 1), document: id, dependencies: try document(id).state.vector,
            stamp: memory.clock.tick(now: now), post: "", kind: NodeAct.birth,
            operations: [.birth(birth), .mark(memory.lifeSecret.mark(incarnation, context.hash))],
            previous: memory.lastOwn?.hash ?? .zero)
        memory.current = incarnation
        memory.mustBeReborn = false
        memory.lostAtStart = []
        try Meta.set("incarnation", incarnation.rawValue, connection)
        _ = try write(record, [])
    }

    private func write(_ record: CoreRecord, _ bodies: [CarriedBody]) throws -> SealedRecord {
        let sealed = SealedRecord(record, context.hash)
        try checkLimits(sealed, bodies)
        // What would be kept out above is refused here, where the person still sits.
        if context.protections.contains(.lint), let problem = lint(record) {
            throw StoreError.notACode(field: problem.field)
        }
        memory.lastOwn = (record.dot, sealed.hash)
        memory.unwitnessed = (record.dot, sealed.hash)
        try receive(sealed, bodies: bodies, from: .own)
        return sealed
    }

    /// What no neighbour could read must never get a name: the chain would end there for everybody else. Reading is the
    /// one check that knows every bound.
    ///
    /// - Throws: `StoreError.beyondLimits`; nothing has happened then.
    private func checkLimits(_ sealed: SealedRecord, _ bodies: [CarriedBody]) throws {
        do {
            _ = try CoreRecord(decoding: sealed.bytes)
            for body in bodies { _ = try BodyEnvelope(decoding: body.envelope[...]).operations() }
        } catch {
            throw StoreError.beyondLimits
        }
    }

    private func body(_ part: Part, _ operations: [Operation]) -> CarriedBody? {
        guard !operations.isEmpty else { return nil }
        let envelope = BodyEnvelope(operations: operations, salt: (context.world.random(), context.world.random()))
        return CarriedBody(part: part, envelope: envelope.encoded())
    }

    /// Says of each stamp beyond the bound what to show instead.
    func correctClocks() throws {
        let due = clockCorrections
        clockCorrections = []
        for (document, dot) in due {
            _ = try author(
                Draft(
                    document: document, kind: NodeAct.correctClock, post: "",
                    core: [.correctClock(dot, HybridTime(milliseconds: now))]))
        }
    }
}
