import SyncProtocol

/// The store as a session sees it.
extension ReplicaStore: Replica {
    public var node: NodeID { context.node }
    public var hierarchy: Hierarchy { context.hierarchy }
    public var topologyDigest: Digest { context.topologyDigest }
    public func wallMilliseconds() -> Int64 { context.world.wallMilliseconds() }
    public func currentIncarnation() throws -> Incarnation? { try peek(\.current) }

    // MARK: The log kept for a neighbour

    public func shared(with neighbour: NodeID) throws -> SharedState {
        var shared = try state(of: neighbour) {
            SharedState(tail: $0.tail, receipt: $0.receipt, fingerprint: $0.shared)
        }
        let waiting = try peek(\.parkedDocuments)
        if !waiting.isEmpty { shared.fingerprint.add(try parkedFingerprint(sharedWith: neighbour, waiting)) }
        return shared
    }

    public func receipt(from neighbour: NodeID) throws -> Cursor? { try state(of: neighbour) { $0.receipt } }

    /// Never one whose commit is still under way: what was told must survive a crash of this machine.
    public func cursor(on neighbour: NodeID) throws -> Cursor? {
        try peek { memory in
            guard let index = memory.neighbour(neighbour) else { throw SessionError.notANeighbour }
            return memory.durableCursors[index]
        }
    }

    public func isOnChain(_ cursor: Cursor, for neighbour: NodeID) throws -> Bool {
        let (key, tail) = try state(of: neighbour) { ($0.key, $0.tail) }
        guard cursor.log == tail.log, cursor.sequence <= tail.sequence else { return false }
        if cursor.sequence == tail.sequence { return cursor.chain == tail.chain }
        return try read { [context] in
            try LogRows.chain(key, at: cursor.sequence, $0, context.hash) == cursor.chain
        }
    }

    /// Kept in memory and written with the next transaction: after a crash the neighbour tells it again. Only a step
    /// back is written at once, because it withdraws what was acknowledged.
    public func note(receipt: Cursor, from neighbour: NodeID) throws {
        let isStepBack = try state(of: neighbour) { ($0.receipt?.sequence ?? 0) > receipt.sequence }
        guard isStepBack else { return try remember(neighbour) { $0.receipt = receipt } }
        try write { transaction in
            let index = try transaction.index(of: neighbour)
            try transaction.incident(.receiptWithdrawn, node: neighbour)
            transaction.memory.neighbours[index].receipt = receipt
            transaction.memory.neighbours[index].isRowChanged = true
        }
    }

    /// The neighbour has spoken just now, whether or not it had news.
    public func noteContact(with neighbour: NodeID) throws { try remember(neighbour) { _ in } }

    /// Changes what is known of a neighbour without a commit of its own.
    private func remember(_ neighbour: NodeID, _ change: (inout NeighbourState) -> Void) throws {
        let now = context.world.wallMilliseconds()
        try memory.withLock { memory in
            guard let index = memory?.neighbour(neighbour), var state = memory?.neighbours[index] else {
                throw SessionError.notANeighbour
            }
            change(&state)
            state.contact = now
            state.isRowChanged = true
            memory?.neighbours[index] = state
        }
    }

    // MARK: The neighbour's log

    public func isQuarantined(_ neighbour: NodeID) throws -> Bool { try state(of: neighbour, \.isQuarantined) }

    public func commit(_ batch: Batch, from neighbour: NodeID) throws {
        try writeWithinBudget { try $0.commit(batch, from: neighbour) }
    }

    /// What goes beyond a neighbour's room is not taken at all, and a person is told: its cursor stays where it is.
    private func writeWithinBudget<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) throws -> Value {
        do {
            return try write(body)
        } catch StoreError.tooMuchWaits(let node) {
            try write { try $0.incident(.tooMuchWaits, node: NodeID(node)) }
            throw StoreError.tooMuchWaits(of: node)
        }
    }

    public func commit(loose batch: Batch, from neighbour: NodeID) throws {
        try writeWithinBudget { transaction in
            let index = try transaction.index(of: neighbour)
            for item in batch.items { try transaction.receive(item, from: .neighbour(index, inLog: false)) }
            if !batch.items.isEmpty { transaction.memory.neighbours[index].hasAgreed = false }
        }
    }

    public func adopt(cursor: Cursor, on neighbour: NodeID) throws {
        try write { transaction in
            let index = try transaction.index(of: neighbour)
            if let own = transaction.memory.neighbours[index].cursor, own.log == cursor.log, own == cursor { return }
            transaction.memory.neighbours[index].cursor = cursor
            // What came over the old chain proves nothing about the new one.
            transaction.memory.neighbours[index].era += 1
            transaction.memory.neighbours[index].isRowChanged = true
            try transaction.incident(.cursorMismatch, node: neighbour)
            try transaction.mark(index)
        }
    }

    // MARK: Reconciliation

    public func noteDifference(with neighbour: NodeID) throws {
        try write { try $0.incident(.differenceFound, node: neighbour) }
    }

    /// Holds until the neighbour sends anything new, and in this process only: what is half received then, or missing
    /// after a start, is not taken for lost.
    public func noteAgreement(with neighbour: NodeID) throws {
        memory.withLock { memory in
            guard let index = memory?.neighbour(neighbour) else { return }
            memory?.neighbours[index].hasAgreed = true
        }
    }

    // MARK: Tokens

    public func freshTokens(for parent: NodeID) throws -> TokenPair {
        try write { [context] transaction in
            let index = try transaction.index(of: parent)
            transaction.memory.neighbours[index].mint(context.world.random())
            return transaction.memory.neighbours[index].tokens
        }
    }

    public func noteUsurper(_ neighbour: NodeID) throws {
        try write { try $0.incident(.actForged, node: neighbour, subject: "verdict") }
    }

    public func takesVerdict(from neighbour: NodeID) -> Bool {
        context.hierarchy.parent(of: node) == neighbour || !context.protections.contains(.verdictFromParent)
    }

    public func accept(_ verdict: TokenVerdict, with batch: Batch?, from parent: NodeID) throws -> Bool {
        try writeWithinBudget { transaction in
            if let batch { try transaction.commit(batch, from: parent) }
            let index = try transaction.index(of: parent)
            // Only the node above judges, and only what was shown to it.
            let wasShown = transaction.memory.neighbours[index].redeem(verdict.token)
            guard wasShown || !transaction.context.protections.contains(.verdictFromParent) else {
                // The same verdict once more is no other.
                return transaction.memory.neighbours[index].tokens.confirmed == verdict.token
            }
            transaction.memory.neighbours[index].tokens.confirmed = verdict.token
            transaction.memory.neighbours[index].isRowChanged = true
            if verdict.isStaleCopy {
                transaction.memory.mustBeReborn = true
                try transaction.setPastOpen(true)
                try transaction.incident(.staleCopy, node: transaction.context.node)
            }
            if verdict.isSuspended { try transaction.setSuspended(true) }
            return true
        }
    }

    public func judge(_ hello: Hello, tokens: TokenPair, with batch: Batch?) throws -> TokenVerdict {
        try writeWithinBudget { transaction in
            let verdict = try transaction.judge(hello, tokens)
            if let batch { try transaction.commit(batch, from: hello.node) }
            return verdict
        }
    }

    /// Kept in memory and written with the next transaction: without it the judge is only milder.
    public func note(verdictArrived token: UInt64, at child: NodeID) throws {
        try remember(child) { $0.judge.noteTaken(token) }
    }

    /// True while two copies of the child are known to be alive.
    public func isSuspended(_ child: NodeID) throws -> Bool { try state(of: child, \.isSuspended) }

    // MARK: Acknowledgement by head office

    public func headOfficeHolds(of child: NodeID) throws -> UInt64? {
        if context.tier == .headOffice { return try cursor(on: child)?.sequence }
        guard let parent = context.hierarchy.parent(of: context.node),
            let receipt = try state(of: parent, { $0.receipt?.sequence })
        else { return nil }
        let key = try state(of: child) { $0.key }
        return try read { connection in
            let statement = try connection.cached(
                "SELECT max(child_sequence) FROM marks WHERE child = ? AND parent_sequence <= ?")
            return try statement.first(key, receipt) { $0.uint64OrNil(0) } ?? nil
        }
    }

    public func note(headOfficeHolds count: UInt64, from parent: NodeID) throws {
        guard try state(of: parent, { $0.headOfficeHolds }) != count else { return }
        try remember(parent) { $0.headOfficeHolds = count }
    }

    func state<Value: Sendable>(of neighbour: NodeID, _ body: (NeighbourState) -> Value) throws -> Value {
        try peek { memory in
            guard let index = memory.neighbour(neighbour) else { throw SessionError.notANeighbour }
            return body(memory.neighbours[index])
        }
    }
}

extension Transaction {
    func index(of neighbour: NodeID) throws -> Int {
        guard let index = memory.neighbour(neighbour) else { throw SessionError.notANeighbour }
        return index
    }

    /// Applies a stretch of the neighbour's log and moves the cursor; nothing where another exchange was faster.
    func commit(_ batch: Batch, from neighbour: NodeID) throws {
        let index = try index(of: neighbour)
        let current = memory.neighbours[index].cursor ?? Cursor(startOf: batch.start.log)
        guard current == batch.start else { return }
        for item in batch.items { try receive(item, from: .neighbour(index, inLog: true)) }
        memory.neighbours[index].cursor = batch.end
        if !batch.isEcho { memory.neighbours[index].hasAgreed = false }
        memory.neighbours[index].contact = now
        memory.neighbours[index].isRowChanged = true
        try mark(index)
    }

    func receive(_ item: BatchItem, from source: Source) throws {
        switch item {
        case .action(let sealed, let bodies): try receive(sealed, bodies: bodies, from: source)
        case .bodies(let dot, let bodies): try receive(bodies: bodies, of: dot, from: source)
        case .echo: break
        }
    }

    /// Notes how long the parent's log is now that a child's log was read so far.
    func mark(_ index: Int) throws {
        guard let parent = context.hierarchy.parent(of: context.node), let up = memory.neighbour(parent),
            context.hierarchy.parent(of: memory.neighbours[index].node) == context.node,
            let cursor = memory.neighbours[index].cursor
        else { return }
        try connection.cached("INSERT OR REPLACE INTO marks VALUES(?, ?, ?)").run(
            memory.neighbours[index].key, cursor.sequence, memory.neighbours[up].length)
        // Of the marks that head office has passed only the newest is needed.
        guard let passed = memory.neighbours[up].receipt?.sequence else { return }
        try connection.cached(
            """
            DELETE FROM marks WHERE child = ? AND child_sequence < (SELECT max(child_sequence) FROM marks
                WHERE child = ? AND parent_sequence <= ?)
            """
        ).run(memory.neighbours[index].key, memory.neighbours[index].key, passed)
    }

    /// Rule R6. An unknown token is that of a stale copy. A life that was superseded speaks again: two copies are alive.
    func judge(_ hello: Hello, _ tokens: TokenPair) throws -> TokenVerdict {
        let index = try index(of: hello.node)
        let judgement = memory.neighbours[index].judge.judge(tokens)
        if let life = hello.incarnation {
            let lives = memory.neighbours[index].lives
            if let newest = lives.last, life != newest, isTwin(life, newest, lives), isSecondWord(life, tokens, index) {
                try suspend(index)
            }
            if !lives.contains(life) { memory.neighbours[index].lives.append(life) }
        }
        memory.neighbours[index].contact = now
        memory.neighbours[index].isRowChanged = true
        if judgement == .stale { try incident(.childWasStale, node: hello.node) }
        return TokenVerdict(
            token: tokens.fresh, isStaleCopy: judgement.isStale, isSuspended: memory.neighbours[index].isSuspended)
    }

    /// One hello may have been on the way while the child began its next life; a copy that is alive speaks again.
    private func isSecondWord(_ life: Incarnation, _ tokens: TokenPair, _ index: Int) -> Bool {
        defer { memory.neighbours[index].suspect = (life, tokens.fresh) }
        guard let suspect = memory.neighbours[index].suspect else { return false }
        // A copy that was told to begin anew speaks under a younger life of the same line.
        return suspect.token != tokens.fresh && memory.lineage.line(of: life).contains(suspect.life)
    }

    private func isTwin(_ life: Incarnation, _ newest: Incarnation, _ lives: [Incarnation]) -> Bool {
        if lives.contains(life) { return true }
        let past = memory.lineage.line(of: life)
        let newestPast = memory.lineage.line(of: newest)
        return lives.contains { past.contains($0) && !newestPast.contains($0) }
    }

    private func suspend(_ index: Int) throws {
        guard !memory.neighbours[index].isSuspended else { return }
        memory.neighbours[index].isSuspended = true
        memory.neighbours[index].isRowChanged = true
        let node = memory.neighbours[index].node
        try incident(.twoCopiesAlive, node: node)
        _ = try author(
            Draft(document: DocumentID(recordOf: node), kind: NodeAct.suspend, post: "", core: [.suspend]))
    }
}
