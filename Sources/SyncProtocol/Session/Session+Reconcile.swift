// What two sides do about a difference: they compare ranges of what they share, and carry over what one of them lacks.
extension Session {
    mutating func addReconciliation(to message: inout Message, _ peer: NodeID, _ replica: some Replica) throws {
        guard var reconciler else { return addRepair(to: &message) }
        var next: ReconcileQuestion?
        if reconciler.isComparing {
            next = .compare(reconciler.nextQuestion())
        } else if !reconciler.wanted.isEmpty {
            next = .fetch(Array(reconciler.wanted.prefix(Limits.fetchDotsMax)))
        } else if !reconciler.surplus.isEmpty {
            let dots = Array(reconciler.surplus.prefix(Limits.fetchDotsMax))
            let items = try replica.items(dots, for: peer)
            message.surplus = Batch(loose: items)
            // A full message carries some of them; where it carries none, the peer may hold none.
            let sent = Set(items.compactMap(\.dot)).intersection(dots)
            surplusSent = sent.isEmpty ? dots : Array(sent)
            // Asks for nothing: the reply tells that the actions arrived.
            next = .fetch([])
        }
        self.reconciler = reconciler
        if let next { ask(next, in: &message) }
    }

    private mutating func addRepair(to message: inout Message) {
        guard !repairs.isEmpty else { return }
        ask(.fetch(Array(repairs.prefix(Limits.fetchDotsMax))), in: &message)
    }

    /// The same question keeps its number until it is answered.
    private mutating func ask(_ next: ReconcileQuestion, in message: inout Message) {
        if question?.question != next {
            questionsAsked += 1
            question = NumberedQuestion(number: questionsAsked, question: next)
        }
        message.question = question
    }

    mutating func startReconciliation(upTo tail: Cursor?, _ peer: NodeID, _ replica: some Replica) throws {
        guard reconciler == nil else { return }
        reconciler = Reconciler(ReconcileSet(sorted: try replica.elements(sharedWith: peer)))
        adoptAfter = tail
        if tail != nil { proof = .broken }
    }

    /// One reading of the store serves all questions of a run: reading it costs its size, whatever the question's.
    mutating func answer(
        _ question: ReconcileQuestion, _ peer: NodeID, _ replica: some Replica
    ) throws -> ReconcileReply {
        switch question {
        case .compare(let ranges):
            if needsReading(for: question) { compared = ReconcileSet(sorted: try replica.elements(sharedWith: peer)) }
            return .compared(compared?.answers(to: ranges) ?? [])
        case .fetch(let dots):
            compared = nil
            return .fetched(Batch(loose: try replica.items(dots, for: peer)))
        }
    }

    /// True while this side compares what both share.
    public var isReconciling: Bool { reconciler != nil }

    /// True where answering means to read all that both share: a run begins with a question about everything.
    public func needsReading(for question: ReconcileQuestion) -> Bool {
        guard case .compare(let ranges) = question else { return false }
        return compared == nil || ranges.contains { $0.lower == .lowest && $0.upper == .highest }
    }

    mutating func advanceReconciliation(_ message: Message, _ peer: NodeID, _ replica: some Replica) throws {
        guard let asked = question, let reply = message.reply, reply.number == asked.number else { return }
        guard var reconciler else { return try receiveRepair(reply.reply, asked.question, peer, replica) }
        switch (reply.reply, asked.question) {
        case (.compared(let answers), .compare): try reconciler.receive(answers)
        case (.fetched(let batch), .fetch(let dots)):
            try replica.commit(loose: batch, from: peer)
            let got = batch.items.compactMap(\.dot)
            mended += got.count + surplusSent.count
            // A peer that sends something else than what it was asked for does not make this side ask for ever.
            let fitting = Set(got).intersection(dots)
            reconciler.settle(wanted: fitting.isEmpty ? dots : Array(fitting))
            reconciler.settle(surplus: surplusSent)
            surplusSent = []
        default: throw SessionError.protocolViolation
        }
        question = nil
        self.reconciler = reconciler
        guard !reconciler.isComparing, reconciler.wanted.isEmpty, reconciler.surplus.isEmpty else { return }
        self.reconciler = nil
        if let tail = adoptAfter { try replica.adopt(cursor: tail, on: peer) }
        adoptAfter = nil
    }

    /// What the peer has of the damaged actions; what it does not have cannot be had here.
    private mutating func receiveRepair(
        _ reply: ReconcileReply, _ asked: ReconcileQuestion, _ peer: NodeID, _ replica: some Replica
    ) throws {
        guard case .fetched(let batch) = reply, case .fetch(let dots) = asked else {
            throw SessionError.protocolViolation
        }
        try replica.commit(loose: batch, from: peer)
        let got = Set(batch.items.compactMap(\.dot)).intersection(dots)
        mended += got.count
        repairs.removeAll { got.isEmpty ? dots.contains($0) : got.contains($0) }
        question = nil
    }

    /// When neither side has anything to send, what they share must be equal; if not, the dialling side audits.
    mutating func compareWhenDrained(_ message: Message, _ peer: NodeID, _ replica: some Replica) throws {
        guard reconciler == nil, let theirs = message.fingerprint, !message.hasMore, message.batch == nil,
            message.tail == nil, tailForPeer == nil
        else { return }
        let shared = try replica.shared(with: peer)
        guard shared.tail == shared.receipt else { return }
        guard shared.fingerprint != theirs else { return try replica.noteAgreement(with: peer) }
        guard dials else { return }
        try replica.noteDifference(with: peer)
        guard auditsLeft > 0 else { return }
        auditsLeft -= 1
        try startReconciliation(upTo: nil, peer, replica)
    }
}
