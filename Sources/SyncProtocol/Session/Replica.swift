/// How the owner of a log treats entries that came from the reader itself.
public enum EchoProof: Hashable, Sendable {
    /// The reader proved that it holds what it sent: such entries travel as dots.
    case proven
    /// Not known: stop before the first of them and ask.
    case unknown
    /// The reader lost part of its past: send them whole, so that it gets back what it lost.
    case broken
}

/// One snapshot of what a node keeps for a neighbour.
public struct SharedState: Hashable, Sendable {
    /// The end of the log kept for the neighbour.
    public var tail: Cursor
    /// The neighbour's cursor on it, as it last told.
    public var receipt: Cursor?
    /// Of the actions and bodies that both may hold and that are here.
    public var fingerprint: Fingerprint

    public init(tail: Cursor, receipt: Cursor?, fingerprint: Fingerprint) {
        self.tail = tail
        self.receipt = receipt
        self.fingerprint = fingerprint
    }
}

/// What a session needs from the node's store. Each call is one transaction; all of them are about one neighbour.
public protocol Replica {
    var node: NodeID { get }
    var hierarchy: Hierarchy { get }
    var topologyDigest: Digest { get }
    /// The wall clock, milliseconds since 1970.
    func wallMilliseconds() -> Int64
    /// True for a neighbour of which too much was refused: its line rests until a person decides.
    func isQuarantined(_ neighbour: NodeID) throws -> Bool
    /// The life under which this process writes; nil where it has not written.
    func currentIncarnation() throws -> Incarnation?

    /// Where the log kept for the neighbour ends, how far the neighbour has read it, and what both share: one snapshot.
    func shared(with neighbour: NodeID) throws -> SharedState
    /// True where the cursor names a place of the log kept for the neighbour.
    func isOnChain(_ cursor: Cursor, for neighbour: NodeID) throws -> Bool
    /// The next stretch of the log; nil where there is nothing to send. The second value tells that more is ready.
    func readLog(for neighbour: NodeID, after cursor: Cursor, _ proof: EchoProof) throws -> (Batch, hasMore: Bool)?
    /// The neighbour's cursor on the log kept for it, as it last told.
    func receipt(from neighbour: NodeID) throws -> Cursor?
    /// Takes note of the neighbour's cursor, found to be on the chain.
    func note(receipt: Cursor, from neighbour: NodeID) throws

    /// This node's own cursor on the neighbour's log.
    func cursor(on neighbour: NodeID) throws -> Cursor?
    /// Applies a stretch of the neighbour's log and moves the cursor, in one transaction.
    func commit(_ batch: Batch, from neighbour: NodeID) throws
    /// Applies actions without a place in a log.
    func commit(loose batch: Batch, from neighbour: NodeID) throws
    /// Moves the cursor to where reconciliation led, unless the own one is further on in the same log (rule R13).
    func adopt(cursor: Cursor, on neighbour: NodeID) throws

    /// What this node shares with the neighbour, action by action, sorted by key.
    func elements(sharedWith neighbour: NodeID) throws -> [ReconcileElement]
    /// As many of these actions as fit one message, in the order in which they were applied here.
    func items(_ dots: [Dot], for neighbour: NodeID) throws -> [BatchItem]
    /// Both sides are drained and differ; for the record of incidents.
    func noteDifference(with neighbour: NodeID) throws
    /// Both sides are drained and share the same.
    func noteAgreement(with neighbour: NodeID) throws

    /// Child: writes a fresh token durably and returns it with the last confirmed one.
    func freshTokens(for parent: NodeID) throws -> TokenPair
    /// For the record of incidents: a child spoke as only the node above may.
    func noteUsurper(_ neighbour: NodeID) throws
    /// True where this neighbour may judge this node: the one above it.
    func takesVerdict(from neighbour: NodeID) -> Bool
    /// Child: takes the parent's verdict, and the stretch of log that came with it, as `commit` does.
    ///
    /// - Returns: false where no hello waits for a verdict on this token.
    func accept(_ verdict: TokenVerdict, with batch: Batch?, from parent: NodeID) throws -> Bool
    /// Parent: judges a child's hello, and takes the stretch of log that came with it, as `commit` does.
    func judge(_ hello: Hello, tokens: TokenPair, with batch: Batch?) throws -> TokenVerdict
    /// Parent: the child has taken the verdict on this token.
    func note(verdictArrived token: UInt64, at child: NodeID) throws

    /// How many entries of the child's log head office holds; nil where not known.
    func headOfficeHolds(of child: NodeID) throws -> UInt64?
    /// What the parent said of that.
    func note(headOfficeHolds count: UInt64, from parent: NodeID) throws
}
