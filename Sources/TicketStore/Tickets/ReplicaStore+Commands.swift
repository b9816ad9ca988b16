import SyncProtocol
import TicketModel

/// A command as it comes from a person's client.
public struct TicketRequest: Sendable {
    public var command: TicketCommand
    /// nil for a registration.
    public var ticket: TicketReference?
    public var actor: Actor
    /// The version that the caller saw; the command is refused where the ticket changed since.
    public var ifVersion: String?
    /// Makes a repetition harmless: the same request under the same key gets the answer that it had.
    public var idempotencyKey: String?
    /// Over the request's content, to tell a repetition from another request under the same key.
    public var digest: Digest

    public init(
        command: TicketCommand, ticket: TicketReference?, actor: Actor,
        ifVersion: String? = nil, idempotencyKey: String? = nil, digest: Digest = .zero
    ) {
        self.command = command
        self.ticket = ticket
        self.actor = actor
        self.ifVersion = ifVersion
        self.idempotencyKey = idempotencyKey
        self.digest = digest
    }
}

/// One of several requests that go together was refused, so none was carried out.
public struct StepRefused: Error {
    /// Its place among those that follow the first.
    public let index: Int
    public let refusal: Refusal
}

extension ReplicaStore {
    /// Decides and, where it is allowed, carries out. When this returns the act is durable (acknowledgement level L1).
    ///
    /// - Throws: `Refusal` by a rule; `StoreError`; errors of SQLite, after which nothing has happened.
    public func execute(_ request: TicketRequest) throws -> TicketReceipt {
        try write { try $0.execute(request) }
    }

    /// Carries out a request and those that follow from it, all of them or none.
    ///
    /// - Parameter more: the requests after the first, by what came of that one.
    /// - Throws: `StepRefused` for one of those that follow; else as above.
    public func execute(
        _ first: TicketRequest, then more: @escaping @Sendable (TicketReceipt) -> [TicketRequest]
    ) throws -> TicketReceipt {
        try write { transaction in
            let receipt = try transaction.execute(first)
            for (index, request) in more(receipt).enumerated() {
                // What the steps before made is looked up in the tables.
                try transaction.flush()
                do {
                    _ = try transaction.execute(request)
                } catch let refusal as Refusal {
                    throw StepRefused(index: index, refusal: refusal)
                }
            }
            return receipt
        }
    }

    /// The same without waiting; concurrent commands share one commit.
    public func execute(
        _ request: TicketRequest, completion: @escaping @Sendable (Result<TicketReceipt, any Error>) -> Void
    ) {
        write({ try $0.execute(request) }, completion: completion)
    }
}

extension Transaction {
    /// How often another ticket number is drawn where one is taken.
    private static let numberDrawsMax = 16

    func execute(_ given: TicketRequest) throws -> TicketReceipt {
        if let known = try answered(given) { return known }
        var request = given
        request.command = try given.command.resolvingReferences { name in
            guard let key = try TicketReference(name).key(connection),
                let id = try DocumentRows.load(key: key, connection)?.id
            else { return nil }
            return try view(id).isHidden(from: given.actor, people: memory.people, at: now) ? nil : id
        }
        let reference = request.ticket
        guard case .register = request.command else {
            guard let reference, let key = try reference.key(connection),
                let id = try DocumentRows.load(key: key, connection)?.id
            else { throw StoreError.noSuchTicket }
            return try remember(try act(request, on: id), of: request)
        }
        return try remember(try register(request), of: request)
    }

    private func register(_ request: TicketRequest) throws -> TicketReceipt {
        let others = try others(of: request.command)
        var decision = try decide(
            request.command, ticket: .unborn, actor: request.actor, people: memory.people, tokens: context.tokens,
            rules: memory.rules,
            others: others, at: now,
            randomness: context.world.random())
        for _ in 0..<Transaction.numberDrawsMax {
            guard let number = decision.ticketNumber, try TicketReference.number(number).key(connection) != nil else {
                break
            }
            decision = try decide(
                request.command, ticket: .unborn, actor: request.actor, people: memory.people, tokens: context.tokens,
                rules: memory.rules,
                others: others, at: now,
                randomness: context.world.random())
        }
        let sealed = try author(try draft(decision, on: nil, .unborn, request.actor))
        let document = try document(sealed.record.document)
        var receipt = self.receipt(document, sealed.record.dot, decision.act, isRepeated: false)
        receipt.similar = try similar(to: document)
        receipt.notes = decision.notes
        return receipt
    }

    private func act(_ request: TicketRequest, on id: DocumentID) throws -> TicketReceipt {
        let view = try self.view(id)
        if let seen = request.ifVersion, try !isUnchanged(try document(id), since: seen) {
            throw StoreError.changedMeanwhile
        }
        let decision = try decide(
            request.command, ticket: view, actor: request.actor, people: memory.people, tokens: context.tokens,
            rules: memory.rules, others: try others(of: request.command), at: now, randomness: context.world.random())
        let sealed = try author(try draft(decision, on: id, view, request.actor))
        var receipt = receipt(try self.document(id), sealed.record.dot, decision.act, isRepeated: false)
        receipt.notes = decision.notes
        return receipt
    }

    private func view(_ id: DocumentID) throws -> TicketView {
        let document = try document(id)
        try loadBodies(document)
        return try TicketView(
            id, document.state, context, isSuspended: memory.isSuspended, isServed: { try isServed($0) })
    }

    /// True where nothing came since but notes of who read the ticket or tried to: they overwrite nothing, and whoever
    /// reads and then writes is not stopped by the note of its own reading.
    private func isUnchanged(_ document: LoadedDocument, since seen: String) throws -> Bool {
        var key = document.lastAction
        while TicketVersion(lastAction: key, bodies: document.bodyActions).description != seen {
            guard let action = try ActionRows.load(key, connection),
                ReadAttempt.acts.contains(action.sealed.record.kind)
            else { return false }
            key = action.before
        }
        return true
    }

    /// The tickets that a command names beside its own, where they are here.
    private func others(of command: TicketCommand) throws -> [DocumentID: TicketView] {
        var views: [DocumentID: TicketView] = [:]
        for id in command.mentions {
            guard try DocumentRows.load(id, connection) != nil else { continue }
            views[id] = try view(id)
        }
        return views
    }

    private func draft(
        _ decision: Decision, on id: DocumentID?, _ view: TicketView, _ actor: Actor
    ) throws -> Draft {
        let leg = decision.leg
        let version = leg == 0 ? view.custodyVersion : view.leg(leg)?.version
        let claim: Draft.Claim =
            switch decision.claim {
            case .none: .none
            case .own: .own(leg)
            case .held: version.map { .held(CustodyClaim(leg: leg, version: $0)) } ?? .none
            }
        let work = decision.clockWork(memory.rules, before: view, post: actor.post, at: now)
        try raiseAlarms(work, decision.ticketNumber ?? view.text(TicketField.ticketNo))
        return Draft(
            document: id, kind: decision.kind, post: actor.post, claim: claim,
            core: decision.core + work.operations + (try handover(decision, view)),
            casework: decision.casework, personal: decision.personal)
    }

    /// Keeps the answer for a repetition, in the transaction of the act itself.
    private func remember(_ receipt: TicketReceipt, of request: TicketRequest) throws -> TicketReceipt {
        guard let idempotencyKey = request.idempotencyKey else { return receipt }
        let key = try document(receipt.document).key
        try connection.cached(
            "INSERT INTO requests(key, digest, document, at, action, bodies) VALUES(?, ?, ?, ?, ?, ?)"
        ).run(idempotencyKey, request.digest, key, now, receipt.version.lastAction, receipt.version.bodies)
        return receipt
    }

    private func answered(_ request: TicketRequest) throws -> TicketReceipt? {
        guard let idempotencyKey = request.idempotencyKey else { return nil }
        let statement = try connection.cached("SELECT digest, document, action, bodies FROM requests WHERE key = ?")
        let found = try statement.first(idempotencyKey) {
            (digest: try $0.digest(0), document: $0.int64(1), action: $0.int64OrNil(2), bodies: $0.int(3))
        }
        guard let found else { return nil }
        guard found.digest == request.digest else { throw StoreError.keyUsedDifferently }
        guard let document = try DocumentRows.load(key: found.document, connection) else {
            throw StoreError.damagedAction
        }
        guard let action = found.action else { return receipt(document, nil, .register, isRepeated: true) }
        guard let stored = try ActionRows.load(action, connection) else { throw StoreError.damagedAction }
        let record = stored.sealed.record
        var receipt = TicketReceipt(
            document: document.id, number: number(of: document), dot: record.dot, act: TicketAct(rawValue: record.kind),
            version: TicketVersion(lastAction: action, bodies: found.bodies), isRepeated: true)
        if receipt.act == .register {
            try loadBodies(document)
            receipt.similar = try similar(to: document)
        }
        return receipt
    }

    private func similar(to document: LoadedDocument) throws -> [SimilarTicket] {
        try SimilarRows.find(
            SimilarProbe(of: document, context.tokens), at: now, most: SimilarLimits.receiptMax, connection)
    }

    private func receipt(_ document: LoadedDocument, _ dot: Dot?, _ act: TicketAct, isRepeated: Bool) -> TicketReceipt {
        TicketReceipt(
            document: document.id, number: number(of: document), dot: dot, act: act, version: TicketVersion(document),
            isRepeated: isRepeated)
    }

    private func number(of document: LoadedDocument) -> String {
        if case .text(let text)? = document.state.core.value(TicketField.ticketNo) { text } else { "" }
    }

    /// An offer counts as seen once it was put into any batch, or where an earlier life made it.
    func isServed(_ offer: Dot) throws -> Bool {
        guard offer.incarnation == memory.current, !memory.servedOffers.contains(offer) else { return true }
        for neighbour in memory.neighbours where neighbour.served > 0 {
            let statement = try connection.cached(
                """
                SELECT first + (? - sequence) FROM logs WHERE neighbour = ? AND kind = 1 AND incarnation = ?
                    AND sequence <= ? AND sequence + count > ? ORDER BY first LIMIT 1
                """)
            let position = try statement.integer(
                offer.sequence, neighbour.key, offer.incarnation.rawValue, offer.sequence, offer.sequence)
            if let position, UInt64(bitPattern: position) <= neighbour.served { return true }
        }
        return false
    }
}
