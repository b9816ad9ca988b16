/// Who may write the regulated fields of one leg, as far as this replica knows.
public struct CustodyState: Hashable, Sendable {
    /// An offer that is neither accepted nor closed.
    public struct Offer: Hashable, Sendable {
        public var dot: Dot
        public var to: NodeID
        /// The custodian asks for it back after it may have been seen.
        public var recallRequested: Bool
    }

    public var leg: Leg
    /// The act that made the holder custodian.
    public var version: Dot
    /// Lexicographic rank of the version: seizes, then handovers, then the author's tier, then the dot.
    public var seizes: Int
    public var handovers: Int
    public var holder: NodeID
    /// The latest effective act under this version (or the version itself): an act that knows it follows all others.
    public var lastAct: Dot
    /// Open offers under this version, in the order of their dots.
    public var offers: [Offer]
}

/// All of a document as one replica knows it: a pure function of the actions and bodies that it holds.
public struct DocumentState: Hashable, Sendable {
    public internal(set) var vector = VersionVector.empty
    /// An act is here that knew one which is not: that one was declared lost, and may still come back.
    public internal(set) var hasGaps = false
    public internal(set) var audience = Audience.nobody
    /// The node that the document was created for; nil before that act is here.
    public internal(set) var home: NodeID?
    /// Sorted by leg.
    public internal(set) var custody: [CustodyState] = []
    /// Regulated acts that do not count, sorted: under a version off the winning line, or after it was handed on.
    public internal(set) var overruled: [Dot] = []
    /// Concurrent regulated acts under one version, sorted, until the tier above rules.
    public internal(set) var disputed: [Dot] = []
    /// Acts whose effect was taken away, sorted.
    public internal(set) var voided: [Dot] = []
    /// Acts, sorted, with an operation for which their author had no authority: it has no effect.
    public internal(set) var unauthorized: [Dot] = []
    public internal(set) var core = FieldState()
    public internal(set) var casework = FieldState()
    public internal(set) var personal = FieldState()

    public init() {}

    /// Custody of the lead leg; nil before the document is created.
    public var lead: CustodyState? { custody.first { $0.leg == 0 } }

    /// The value of a field in whichever part holds it.
    public func value(_ field: FieldID) -> Value? {
        core.value(field) ?? casework.value(field) ?? personal.value(field)
    }

    /// Fields with more than one value side by side.
    public var conflicts: [FieldID] { core.conflicts + casework.conflicts + personal.conflicts }
}
