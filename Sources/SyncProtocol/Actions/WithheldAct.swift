/// Why an act was kept out.
public struct WithheldReason: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Its author took no part in the document, as far as he could know.
    public static let notAMember = WithheldReason(rawValue: 1)
    /// Its core record holds what no core record may hold.
    public static let notACode = WithheldReason(rawValue: 2)
    /// It claims to know an act of the gatekeeper's that was never written.
    public static let neverWritten = WithheldReason(rawValue: 3)
    /// Too many acts of its author wait already.
    public static let overBudget = WithheldReason(rawValue: 4)

    /// The stable name in lists and metrics.
    public var name: String {
        switch self {
        case .notAMember: "not-a-member"
        case .notACode: "not-a-code"
        case .neverWritten: "never-written"
        case .overBudget: "over-budget"
        default: "reason-\(rawValue)"
        }
    }
}

/// An act that a node above its author kept out. Whoever waits for it waits no longer; it has no effect anywhere; its hash
/// stands for it in its life's chain.
public struct WithheldAct: Hashable, Sendable {
    public var dot: Dot
    public var document: DocumentID
    public var hash: Digest
    public var reason: WithheldReason
    /// The field that was wrong; nil where none was.
    public var field: FieldID?

    public init(dot: Dot, document: DocumentID, hash: Digest, reason: WithheldReason, field: FieldID? = nil) {
        self.dot = dot
        self.document = document
        self.hash = hash
        self.reason = reason
        self.field = field
    }
}
