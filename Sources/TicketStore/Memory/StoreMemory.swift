import SyncProtocol
import TicketModel

/// What the writer keeps in memory, all of it derived from the database: it can be thrown away and read anew.
struct StoreMemory {
    var lineage: Lineage
    /// Parent first, then children in order of name.
    var neighbours: [NeighbourState] = []
    /// Where in `neighbours` a node stands.
    private var places: [NodeID: Int] = [:]
    /// The cursors on the neighbours' logs as they are on the disk, in the same order. A neighbour is told no other: it
    /// takes a cursor for the promise that what lies before it is kept.
    private(set) var durableCursors: [Cursor?] = []
    var clock = HybridClock()
    /// The life that this process writes under; nil before its first act.
    var current: Incarnation?
    /// The newest own act in the database, of this or an earlier process.
    var lastOwn: (dot: Dot, hash: Digest)?
    /// The highest sequence held of each incarnation: anything above is new without a look-up.
    var highest: [Incarnation: UInt64] = [:]
    /// Documents with actions that wait.
    var parkedDocuments: Set<DocumentID> = []
    /// What waits, by whose quota it counts against.
    var parking = ParkingAccounts()
    /// This disk may lack part of this node's own past: whoever has it may give it back. Closed, no neighbour below speaks
    /// for anybody but its own subtree.
    var isPastOpen = false
    /// What only this node's own births can be made from.
    private(set) var lifeSecret = LifeSecret()
    /// Custody under this node's name rests.
    var isSuspended = false
    /// Acts that the witness knows and the database does not, found at start.
    var lostAtStart: [DotRange] = []
    /// Number of the newest applied action.
    var applySequence: Int64 = 0
    /// A stamp of the witness is due for this act.
    var unwitnessed: (dot: Dot, hash: Digest)?
    /// Offers that this process took back before anybody saw them: one may be in a batch that is being read meanwhile.
    var recalledOffers: Set<Dot> = []
    /// Offers of this life that left by reconciliation, outside any log.
    var servedOffers: Set<Dot> = []
    /// Acts of which this process has told that they may not be sent.
    var heldBack: Set<Dot> = []
    /// A parent said that this copy is stale: the next act begins a new life.
    var mustBeReborn = false
    /// What the published items say about deadlines.
    private(set) var rules = RuleBook.none
    /// What they say about posts, and the tree of the bank.
    private(set) var people = People.unknown
    /// Kind, name and version of the items that this program cannot read.
    private(set) var unread: [String] = []
    /// How often items have arrived since the store was opened.
    private(set) var rulesArrivals = -1
    /// Incidents of which the observer is told once they are durable.
    var noted: [IncidentNote] = []

    private var lastDocumentKey: Int64 = 0

    private init(lineage: Lineage) { self.lineage = lineage }

    mutating func nextDocumentKey() -> Int64 {
        lastDocumentKey += 1
        return lastDocumentKey
    }

    /// What is in this memory was committed.
    mutating func becameDurable() { durableCursors = neighbours.map { $0.cursor } }

    func neighbour(_ node: NodeID) -> Int? { places[node] }

    /// True where every neighbour agrees whose line is in use: one that lies has no veto.
    var hasAgreedWithAll: Bool { neighbours.allSatisfy { $0.hasAgreed || $0.isQuarantined } }

    /// Reads everything from the database. `current` stays nil: a process that has not written has no life.
    static func load(_ connection: Connection, _ context: StoreContext) throws -> StoreMemory {
        var memory = StoreMemory(lineage: Lineage(context.hierarchy, context.protections))
        try memory.readReferences(connection, context)
        memory.neighbours = try NeighbourRows.load(connection, context.hierarchy.neighbours(of: context.node))
        for (index, neighbour) in memory.neighbours.enumerated() { memory.places[neighbour.node] = index }
        memory.becameDurable()
        try memory.loadHighest(connection)
        try memory.loadLineage(connection, context)
        try memory.loadOwnLine(connection)
        memory.applySequence = try connection.cached("SELECT coalesce(max(key), 0) FROM actions").integer() ?? 0
        memory.lastDocumentKey = try connection.cached("SELECT coalesce(max(key), 0) FROM documents").integer() ?? 0
        try memory.loadParking(connection)
        memory.isSuspended = try Meta.integer("suspended", connection) == 1
        memory.isPastOpen = try Meta.integer("past_open", connection) == 1
        memory.lifeSecret = try LifeSecret.load(connection)
        memory.mustBeReborn = true
        return memory
    }

    /// What head office has published counts from the moment on which it is here.
    mutating func readReferences(_ connection: Connection, _ context: StoreContext) throws {
        let published = context.readPublished(try ReferenceRows.all(connection))
        rules = published.rules
        people = published.people
        unread = try published.unread + ReferenceRows.ofUnknownKind(connection)
        rulesArrivals += 1
    }

    /// From one incarnation to the next by the index, so that a start reads no more than it needs of a large file.
    private mutating func loadHighest(_ connection: Connection) throws {
        let next = try connection.cached(
            "SELECT incarnation FROM actions WHERE incarnation >= ? ORDER BY incarnation LIMIT 1")
        let last = try connection.cached("SELECT max(sequence) FROM actions WHERE incarnation = ?")
        var from: Int64? = .min
        while let start = from, let incarnation = try next.integer(start) {
            if let sequence = try last.integer(incarnation) {
                highest[Incarnation(rawValue: UInt64(bitPattern: incarnation))] = UInt64(bitPattern: sequence)
            }
            from = incarnation == .max ? nil : incarnation + 1
        }
    }

    /// Births, oldest first: each is its incarnation's first action. Then what nodes declared lost in their own records.
    private mutating func loadLineage(_ connection: Connection, _ context: StoreContext) throws {
        let births = try highest.keys.compactMap { try ActionRows.load(Dot($0, 1), connection) }
        for record in births.sorted(by: { $0.key < $1.key }).map(\.sealed.record) {
            for case .birth(let birth) in record.operations { lineage.insert(record.dot.incarnation, birth) }
        }
        let records = try connection.cached("SELECT last_action FROM documents WHERE space = 0").all { $0.int64(0) }
        for newest in records {
            for action in try ActionRows.history(from: newest, connection) {
                take(action.sealed.record, ofRecord: action.sealed.record.document, in: context.hierarchy)
            }
        }
    }

    /// What a node's own record says of lives and their numbers, as far as its author may.
    mutating func take(_ record: CoreRecord, ofRecord document: DocumentID, in hierarchy: Hierarchy) {
        guard let owner = hierarchy.owner(ofRecord: document) else { return }
        for operation in record.lawfulOperations(of: owner, lineage) {
            switch operation {
            case .lost(let ranges): lineage.declareLost(ranges)
            case .withheld(let acts): lineage.withhold(acts)
            default: continue
            }
        }
    }

    private mutating func loadParking(_ connection: Connection) throws {
        try connection.cached("SELECT space, number, account, length(record) FROM parked").forEach { row in
            let document = DocumentID(space: row.uint64(0), number: row.uint64(1))
            parkedDocuments.insert(document)
            parking.add(document, bytes: row.int(3), to: row.string(2) ?? "")
        }
    }

    private mutating func loadOwnLine(_ connection: Connection) throws {
        guard let raw = try Meta.integer("incarnation", connection) else { return }
        let statement = try connection.cached(
            "SELECT sequence, hash, record FROM actions WHERE incarnation = ? ORDER BY sequence DESC LIMIT 1")
        let newest = try statement.first(raw) { row in
            (row.uint64(0), try row.digest(1), try SealedRecord(stored: row.bytes(2) ?? [], hash: row.digest(1)))
        }
        guard let (sequence, hash, sealed) = newest else { return }
        lastOwn = (Dot(Incarnation(rawValue: UInt64(bitPattern: raw)), sequence), hash)
        clock.observe(sealed.record.stamp, now: sealed.record.stamp.milliseconds)
    }
}

/// Single values by name.
enum Meta {
    static func integer(_ name: String, _ connection: Connection) throws -> Int64? {
        try connection.cached("SELECT value FROM meta WHERE name = ?").first(name) { $0.int64OrNil(0) } ?? nil
    }

    static func text(_ name: String, _ connection: Connection) throws -> String? {
        try connection.cached("SELECT value FROM meta WHERE name = ?").first(name) { $0.string(0) } ?? nil
    }

    static func bytes(_ name: String, _ connection: Connection) throws -> [UInt8]? {
        try connection.cached("SELECT value FROM meta WHERE name = ?").first(name) { $0.bytes(0) } ?? nil
    }

    static func set(_ name: String, _ value: some Bindable, _ connection: Connection) throws {
        try connection.cached("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)").run(name, value)
    }
}
