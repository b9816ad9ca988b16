import SyncProtocol

/// One ticket as a node sees it: what the rules look at. The store fills it from its fold.
public struct TicketView: Sendable {
    /// An offer of the lead leg that nobody has accepted, recalled or declined yet.
    public struct PendingOffer: Hashable, Sendable {
        public let dot: Dot
        public let from: NodeID
        public let to: NodeID
        /// True once the offer was put into any batch, or was made by an earlier incarnation (sync, "Merge" 1): then
        /// it can only be asked back.
        public let isServed: Bool
        /// True once the sender has asked for it back.
        public let isRecallRequested: Bool

        public init(dot: Dot, from: NodeID, to: NodeID, isServed: Bool, isRecallRequested: Bool = false) {
            self.dot = dot
            self.from = from
            self.to = to
            self.isServed = isServed
            self.isRecallRequested = isRecallRequested
        }
    }

    /// The document; nil for a ticket that does not exist yet.
    public var document: DocumentID?
    /// How much of the ticket this node may hold.
    public var disclosure: Disclosure
    /// How much of it head office may hold.
    public var headOfficeDisclosure: Disclosure
    /// The node that the ticket was created for.
    public var home: NodeID?
    /// All known values; more than one of a free field is a conflict, the one to show first. A set that grows lists
    /// all its members.
    public var fields: [FieldID: [Value]]
    /// Custodian of the lead leg.
    public var custodian: NodeID?
    /// The act that made it custodian.
    public var custodyVersion: Dot?
    public var pendingOffer: PendingOffer?
    /// True while two copies of this node are known to be alive: its custody rests.
    public var isSuspended: Bool
    /// The assist legs and who has them; see `takeOver`.
    public var legs: [TicketLeg] = []
    /// Acts that stand against each other until a tier above rules.
    public var disputed: [Dot] = []
    /// The branches and provinces that take part.
    public var involved: [NodeID] = []

    public init(
        document: DocumentID?, disclosure: Disclosure, headOfficeDisclosure: Disclosure = .core, home: NodeID? = nil,
        fields: [FieldID: [Value]] = [:], custodian: NodeID? = nil, custodyVersion: Dot? = nil,
        pendingOffer: PendingOffer? = nil, isSuspended: Bool = false
    ) {
        self.document = document
        self.disclosure = disclosure
        self.headOfficeDisclosure = headOfficeDisclosure
        self.home = home
        self.fields = fields
        self.custodian = custodian
        self.custodyVersion = custodyVersion
        self.pendingOffer = pendingOffer
        self.isSuspended = isSuspended
    }

    /// A ticket that does not exist yet; `register` starts from it.
    public static let unborn = TicketView(document: nil, disclosure: .full)

    /// The value to show; nil where the field has none or was cleared.
    public func value(_ field: FieldID) -> Value? {
        guard let first = fields[field]?.first, first != .empty else { return nil }
        return first
    }

    public func text(_ field: FieldID) -> String? {
        if case .text(let text)? = value(field) { text } else { nil }
    }

    /// Within the range of the field, whatever a peer has written.
    public func integer(_ field: FieldID) -> Int64? {
        if case .integer(let number)? = value(field) { FieldTable.bounded(number, field) } else { nil }
    }

    /// The members of a growing set that have this shape, in the order of their acts.
    public func entries(_ field: FieldID, _ shape: EntryShape) -> [Entry] {
        (fields[field] ?? []).compactMap { value in
            guard case .text(let text) = value else { return nil }
            return Entry(text, of: shape)
        }
    }

    /// The links of one kind.
    public func links(_ kind: String) -> [DocumentID] {
        ((fields[TicketField.links] ?? []) + (fields[TicketField.parentID] ?? [])).compactMap { value in
            guard case .text(let text) = value, let link = TicketLink(text), link.kind == kind else { return nil }
            return link.document
        }
    }

    /// Where the ticket went when it was merged (T28): old references resolve through this.
    public var mergedInto: DocumentID? { text(TicketField.mergedInto).flatMap { DocumentID($0) } }

    /// The members of a set of codes.
    public func codes(_ field: FieldID) -> [String] { text(field).map(CodeSet.members) ?? [] }

    /// The state as far as this version knows it.
    public var state: TicketState? { text(TicketField.state).flatMap(TicketState.init(rawValue:)) }

    /// 1…4; see `Priority`.
    public var priority: Int {
        Priority.compute(factors: codes(TicketField.priorityFactors), severity: text(TicketField.severity) ?? "")
    }

    /// Fields with different values side by side, for a person to resolve, in the order of the table. The band of an
    /// amount is resolved with the amount.
    public var conflicts: [FieldID] {
        FieldTable.all.filter { $0.merge == .free && $0.source == .person && isConflicting($0.id) }.map(\.id)
    }

    /// True where different values of a free field stand side by side.
    func isConflicting(_ field: FieldID) -> Bool {
        guard let values = fields[field], let first = values.first else { return false }
        return values.contains { $0 != first }
    }
}
