/// The custody version that a regulated act relies on: the leg, and the act that made its author custodian
/// (`create`, `accept` or `seize`).
public struct CustodyClaim: Hashable, Sendable {
    public var leg: Leg
    public var version: Dot

    public init(leg: Leg, version: Dot) {
        self.leg = leg
        self.version = version
    }
}

/// A body as its core record names it: anybody may know that it exists and how large it is.
public struct BodyReference: Hashable, Sendable {
    public var part: Part
    /// Of the whole envelope, random bytes included, so that it cannot be guessed from the content.
    public var hash: Digest
    /// Bytes of the envelope.
    public var size: Int

    public init(part: Part, hash: Digest, size: Int) {
        self.part = part
        self.hash = hash
        self.size = size
    }
}

/// One act of one person, or of the node's own clockwork, on one document: all of it that every tier may hold.
///
/// No personal data and no free text (reasons are codes). Records of one incarnation form one hash chain.
public struct CoreRecord: Hashable, Sendable {
    public var dot: Dot
    public var document: DocumentID
    /// The document's vector at the author, before this act.
    public var dependencies: VersionVector
    public var stamp: HybridTime
    /// The author's post, never a name.
    public var post: String
    /// What the act is called; the layer above has the list. Unknown ones are relayed unread.
    public var kind: UInt16
    /// Present where the act assigns regulated fields or hands custody on.
    public var claim: CustodyClaim?
    public var operations: [Operation]
    /// At most one for `casework` and one for `personal`, in this order.
    public var bodies: [BodyReference]
    /// The schema epoch that the author spoke.
    public var epoch: UInt16
    /// Hash of the incarnation's previous record; `Digest.zero` for its first.
    public var previous: Digest

    public init(
        dot: Dot, document: DocumentID, dependencies: VersionVector, stamp: HybridTime, post: String, kind: UInt16,
        claim: CustodyClaim? = nil, operations: [Operation], bodies: [BodyReference] = [], epoch: UInt16 = 1,
        previous: Digest
    ) {
        self.dot = dot
        self.document = document
        self.dependencies = dependencies
        self.stamp = stamp
        self.post = post
        self.kind = kind
        self.claim = claim
        self.operations = operations
        self.bodies = bodies
        self.epoch = epoch
        self.previous = previous
    }

    public func body(_ part: Part) -> BodyReference? { bodies.first { $0.part == part } }
}
