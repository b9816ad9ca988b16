/// Who speaks, once at the start of a session.
public struct Hello: Hashable, Sendable {
    public var node: NodeID
    /// Digest of the topology that both sides must share.
    public var topology: Digest
    /// The life under which the node writes; nil where this process has not written yet.
    public var incarnation: Incarnation?
    /// The node's wall clock, milliseconds since 1970; a wild one is shown as the nearest end of the allowed range.
    public let clock: Int64
    /// A child's tokens for its parent (rule R6).
    public var tokens: TokenPair?

    public init(node: NodeID, topology: Digest, incarnation: Incarnation?, clock: Int64, tokens: TokenPair?) {
        self.node = node
        self.topology = topology
        self.incarnation = incarnation
        self.clock = max(0, min(clock, Limits.clockMillisecondsMax))
        self.tokens = tokens
    }
}

/// The last token that the parent confirmed, and the new one, durably written before it is shown.
public struct TokenPair: Hashable, Sendable {
    public var confirmed: UInt64
    public var fresh: UInt64

    public init(confirmed: UInt64, fresh: UInt64) {
        self.confirmed = confirmed
        self.fresh = fresh
    }
}

/// The parent's word on a child's tokens.
public struct TokenVerdict: Hashable, Sendable {
    /// The fresh token that this answers.
    public var token: UInt64
    /// The child's data is an older copy: it must begin a new life before it writes.
    public var isStaleCopy: Bool
    /// Two copies of the child are alive: custody under its name rests until a person adopts one.
    public var isSuspended: Bool

    public init(token: UInt64, isStaleCopy: Bool, isSuspended: Bool) {
        self.token = token
        self.isStaleCopy = isStaleCopy
        self.isSuspended = isSuspended
    }
}

/// A question of the side that reconciles.
public enum ReconcileQuestion: Hashable, Sendable {
    /// Compare these ranges. The first question of a run also asks for the log's tail.
    case compare([RangeFingerprint])
    /// Send these actions.
    case fetch([Dot])
}

public enum ReconcileReply: Hashable, Sendable {
    case compared([RangeAnswer])
    /// The actions asked for, as many as fit, in the sender's order.
    case fetched(Batch)
}

/// A question with its number in the session. Asked again before the answer came, it keeps its number.
public struct NumberedQuestion: Hashable, Sendable {
    public var number: UInt64
    public var question: ReconcileQuestion

    public init(number: UInt64, question: ReconcileQuestion) {
        self.number = number
        self.question = question
    }
}

/// A reply with the number of its question: a late or repeated one is told from the one that is waited for.
public struct NumberedReply: Hashable, Sendable {
    public var number: UInt64
    public var reply: ReconcileReply

    public init(number: UInt64, reply: ReconcileReply) {
        self.number = number
        self.reply = reply
    }
}

/// One message of a session, either way. Every part is optional, so that having nothing to say costs next to nothing.
public struct Message: Hashable, Sendable {
    /// Random name of the session, chosen by the side that dials.
    public var session: UInt64
    public var hello: Hello?
    public var verdict: TokenVerdict?
    /// How far the sender has read the receiver's log. Owned by the sender of this message (rule R7).
    public var receipt: Cursor?
    /// The receiver's cursor on the sender's log, found to be on its chain: proves that the sender holds all that the
    /// receiver read from it (rule R9).
    public var confirmed: Cursor?
    /// The receiver's cursor is not on the sender's chain; here is the tail to commit after reconciliation (R13).
    public var tail: Cursor?
    public var batch: Batch?
    /// Actions outside the log that the receiver was found to lack.
    public var surplus: Batch?
    public var question: NumberedQuestion?
    public var reply: NumberedReply?
    /// What both share, as the sender sees it; present when it has nothing more to send.
    public var fingerprint: Fingerprint?
    /// To a child: how many entries of the child's log head office holds (acknowledgement level L3).
    public var headOfficeHolds: UInt64?
    /// More is ready to be sent at once.
    public var hasMore = false
    /// The receiver may keep the request until it has something to say.
    public var wait = false
    /// The receiver does not know this session: begin again with a hello.
    public var needsHello = false

    public init(session: UInt64) { self.session = session }

    /// Leaves out what a node that does not know the session would not read.
    mutating func shrinkToGreeting() {
        guard payloadBytes > Limits.greetingBytesMax - Frame.overheadBytes else { return }
        (batch, surplus, question, reply, fingerprint) = (nil, nil, nil, nil, nil)
        hasMore = true
    }
}
