/// One side of a session between neighbours, as a value without IO.
///
/// The side that dials runs the loop; the other one answers each message with exactly one:
///
///     while let message = try dialler.nextMessage(replica) {
///         let answer = try send(message)          // a round trip; a lost one is simply tried again
///         try dialler.receive(answer, replica)
///     }
///
/// The loop ends when both logs are drained and the shared sets have equal fingerprints. Every message stands for
/// itself: cursors are owned by their readers and committed with the data, so that a message lost, repeated or
/// reordered does no harm.
public struct Session: Sendable {
    /// Random name of the session.
    public let id: UInt64
    /// Known from the start for the side that dials, from the hello for the other.
    public private(set) var peer: NodeID?
    let dials: Bool
    private var greeted = false
    private var helloDue: Bool
    private var verdictDue: TokenVerdict?
    /// The token of the verdict that was sent in this session, until the child is seen to have it.
    private var verdictSent: UInt64?
    /// The peer's cursor is not on this node's chain: it must reconcile, up to this tail.
    var tailForPeer: Cursor?
    var proof = EchoProof.unknown
    var reconciler: Reconciler?
    /// Where the own cursor goes after reconciliation; nil for an audit.
    var adoptAfter: Cursor?
    /// The question that waits for its reply.
    var question: NumberedQuestion?
    var questionsAsked: UInt64 = 0
    /// What the peer compares with in a run that it began, as read at the run's first question.
    var compared: ReconcileSet?
    /// Actions that travel along with that question.
    var surplusSent: [Dot] = []
    private var peerHasMore = true
    private var receiptTold: Cursor?
    /// The peer's cursor on this node's log as heard in this session, since its last hello.
    private var receiptHeard: Cursor?
    /// An earlier cursor, told once after that.
    private var doubted: Cursor?
    var auditsLeft = 2
    /// Actions whose own copies are damaged, still to be asked for.
    var repairs: [Dot] = []
    /// Actions and bodies that audits of this session carried either way.
    public internal(set) var mended = 0

    /// The side that dials.
    public init(dialling peer: NodeID, id: UInt64) {
        self.id = id
        self.peer = peer
        dials = true
        helloDue = true
    }

    /// The side that answers.
    public init(answering id: UInt64) {
        self.id = id
        dials = false
        helloDue = true
    }

    /// Asks the peer for these actions again, because the own copies are damaged.
    public mutating func requestRepair(of dots: [Dot]) { repairs = dots }

    // MARK: Sending

    /// The next message; for the dialling side nil when there is nothing left to say.
    public mutating func nextMessage(_ replica: some Replica) throws -> Message? {
        var message = Message(session: id)
        guard let peer else {
            message.needsHello = true
            return message
        }
        if helloDue {
            message.hello = try hello(to: peer, replica)
            helloDue = false
        }
        message.verdict = verdictDue
        if let verdict = verdictDue { verdictSent = verdict.token }
        verdictDue = nil
        message.tail = tailForPeer
        tailForPeer = nil
        message.receipt = try replica.cursor(on: peer)
        try addLog(to: &message, peer, replica)
        try addReconciliation(to: &message, peer, replica)
        message.reply = replyDue
        // Who asks no more needs no reading.
        if replyDue == nil { compared = nil }
        replyDue = nil
        if replica.hierarchy.parent(of: peer) == replica.node {
            message.headOfficeHolds = try replica.headOfficeHolds(of: peer)
        }
        if dials, isIdle(message) { return nil }
        // To a node that does not know this session yet. What does not fit follows in the next message.
        if dials, message.hello != nil { message.shrinkToGreeting() }
        receiptTold = message.receipt
        return message
    }

    /// A message that asks the peer to answer when it has something to say (long poll).
    public mutating func waitMessage(_ replica: some Replica) throws -> Message {
        var message = Message(session: id)
        guard let peer else { return message }
        message.receipt = try replica.cursor(on: peer)
        message.confirmed = try replica.receipt(from: peer)
        message.wait = true
        receiptTold = message.receipt
        return message
    }

    private var replyDue: NumberedReply?

    private func hello(to peer: NodeID, _ replica: some Replica) throws -> Hello {
        let isChild = replica.hierarchy.parent(of: replica.node) == peer
        return Hello(
            node: replica.node, topology: replica.topologyDigest, incarnation: try replica.currentIncarnation(),
            clock: replica.wallMilliseconds(), tokens: isChild ? try replica.freshTokens(for: peer) : nil)
    }

    private mutating func addLog(to message: inout Message, _ peer: NodeID, _ replica: some Replica) throws {
        guard let receipt = try replica.receipt(from: peer) else {
            message.hasMore = try replica.shared(with: peer).tail.sequence > 0
            return
        }
        message.confirmed = receipt
        if dials, message.hello != nil {
            // Not worth reading what no greeting can carry.
            let waiting = try replica.shared(with: peer).tail.sequence.subtractingReportingOverflow(receipt.sequence)
            guard waiting.overflow || waiting.partialValue <= Limits.greetingEntriesMax else {
                message.hasMore = true
                return
            }
        }
        if let (batch, hasMore) = try replica.readLog(for: peer, after: receipt, proof) {
            message.batch = batch
            message.hasMore = hasMore
            return
        }
        let shared = try replica.shared(with: peer)
        if shared.tail == receipt { message.fingerprint = shared.fingerprint } else { message.hasMore = true }
    }

    /// Nothing in this message that the peer does not know, and nothing expected from it.
    private func isIdle(_ message: Message) -> Bool {
        greeted && message.hello == nil && message.batch == nil && !message.hasMore && message.tail == nil
            && message.question == nil && message.reply == nil && message.surplus == nil && message.verdict == nil
            && reconciler == nil && repairs.isEmpty && !peerHasMore && receiptTold == message.receipt
    }

    // MARK: Receiving

    /// Takes a message in. Whatever it brings is durable when this returns.
    ///
    /// - Throws: `SessionError` for a peer that is not to be talked to; errors of the store.
    public mutating func receive(_ message: Message, _ replica: some Replica) throws {
        if message.needsHello, dials {
            greeted = false
            helloDue = true
            peerHasMore = true
            verdictSent = nil
            return
        }
        if let hello = message.hello { try greet(hello, replica) }
        guard let peer, greeted else { throw SessionError.noHello }
        guard try !replica.isQuarantined(peer) else { throw SessionError.quarantined }
        try noteVerdictArrived(message, peer, replica)
        try receiveReceipt(message, peer, replica)
        try receiveLog(message, peer, replica)
        if let surplus = message.surplus { try replica.commit(loose: surplus, from: peer) }
        if let question = message.question {
            replyDue = NumberedReply(
                number: question.number, reply: try answer(question.question, peer, replica))
        }
        if let count = message.headOfficeHolds {
            try requireAbove(isChild(of: peer, replica), peer, replica)
            try replica.note(headOfficeHolds: count, from: peer)
        }
        peerHasMore = message.hasMore
        try advanceReconciliation(message, peer, replica)
        try compareWhenDrained(message, peer, replica)
    }

    /// The child goes on in the session in which it was given a verdict: it has written it down. From now on an older copy
    /// of it cannot be taken for a child whose answer was lost.
    private mutating func noteVerdictArrived(_ message: Message, _ peer: NodeID, _ replica: some Replica) throws {
        guard message.hello == nil, let token = verdictSent else { return }
        verdictSent = nil
        try replica.note(verdictArrived: token, at: peer)
    }

    /// Looks whether the node that a hello names is to be talked to; costs nothing and changes nothing.
    ///
    /// - Throws: `SessionError`.
    public static func check(_ hello: Hello, _ replica: some Replica) throws(SessionError) {
        guard hello.topology == replica.topologyDigest else { throw .otherTopology }
        guard replica.hierarchy.neighbours(of: replica.node).contains(hello.node) else { throw .notANeighbour }
    }

    private mutating func greet(_ hello: Hello, _ replica: some Replica) throws {
        if let peer, peer != hello.node { throw SessionError.otherNode }
        try Session.check(hello, replica)
        peer = hello.node
        greeted = true
        (receiptHeard, doubted) = (nil, nil)
        verdictSent = nil
        // Every hello is answered by one: the answer to an earlier copy of it may have been lost.
        if !dials { helloDue = true }
        if isParent(of: hello.node, replica), hello.tokens == nil { throw SessionError.protocolViolation }
    }

    private func isParent(of peer: NodeID, _ replica: some Replica) -> Bool {
        replica.hierarchy.parent(of: peer) == replica.node
    }

    /// What only the node above may say ends the session of anybody else, by name.
    private func requireAbove(_ isAbove: Bool, _ peer: NodeID, _ replica: some Replica) throws {
        guard !isAbove else { return }
        try replica.noteUsurper(peer)
        throw SessionError.protocolViolation
    }

    private func isChild(of peer: NodeID, _ replica: some Replica) -> Bool {
        replica.hierarchy.parent(of: replica.node) == peer
    }

    /// Tokens and log entries of one message are one commit: each would wait for the disk by itself.
    private mutating func receiveLog(_ message: Message, _ peer: NodeID, _ replica: some Replica) throws {
        var batch = message.batch
        if let start = batch?.start, try replica.cursor(on: peer) ?? Cursor(startOf: start.log) != start { batch = nil }
        if let hello = message.hello, let tokens = hello.tokens, isParent(of: peer, replica) {
            verdictDue = try replica.judge(hello, tokens: tokens, with: batch)
        } else if let verdict = message.verdict {
            // Only the node above judges this one.
            try requireAbove(replica.takesVerdict(from: peer), peer, replica)
            // A verdict on a hello that another session has overtaken is none: the parent hears of this node anew.
            if try !replica.accept(verdict, with: batch, from: peer) { helloDue = true }
        } else if let batch {
            try replica.commit(batch, from: peer)
        }
        // Echoes bring nothing new: the peer may learn of the cursor with the next message.
        if dials, let batch, batch.isEcho { receiptTold = batch.end }
    }

    /// The peer's cursor on this node's log: on the chain, or to be mended by reconciliation.
    private mutating func receiveReceipt(_ message: Message, _ peer: NodeID, _ replica: some Replica) throws {
        let own = try replica.cursor(on: peer)
        if let confirmed = message.confirmed, confirmed == own { proof = .proven }
        let receipt = try message.receipt ?? Cursor(startOf: replica.shared(with: peer).tail.log)
        if try replica.isOnChain(receipt, for: peer) {
            try note(receipt, from: peer, replica)
        } else {
            tailForPeer = try replica.shared(with: peer).tail
        }
        if let tail = message.tail { try startReconciliation(upTo: tail, peer, replica) }
        if proof == .unknown, message.tail != nil { proof = .broken }
    }

    /// The answer to a long poll may arrive after that to a later message: a cursor before one that was heard in this
    /// session is believed when it is told twice. A peer that was restored begins with a hello.
    private mutating func note(_ receipt: Cursor, from peer: NodeID, _ replica: some Replica) throws {
        if let heard = receiptHeard, heard.log == receipt.log, heard.sequence > receipt.sequence, doubted != receipt {
            doubted = receipt
            return
        }
        (receiptHeard, doubted) = (receipt, nil)
        if try replica.receipt(from: peer) != receipt { try replica.note(receipt: receipt, from: peer) }
    }
}
