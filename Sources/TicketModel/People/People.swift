import SyncProtocol

/// Who sits where and may do how much: reference data of head office as the rules consult it. Where a node has none
/// yet, the rules take a post's word for its role.
public struct People: Sendable {
    /// A post: who may act under its code.
    public struct Seat: Sendable {
        /// The post's code.
        public let post: String
        public let roles: [Role]
        /// The node at which the post works.
        public let node: NodeID
        /// The department's code; nil for a post of the node as a whole.
        public let department: String?
        /// The level of authority; 0 has none (RO-09).
        public let level: Int
        /// True once trained; nobody works on complaints untrained (RO-19).
        public let isTrained: Bool
        public internal(set) var absences: [Absence]
        /// The keyed token of the person who sits on the post, for recusal (RO-15); nil where nobody recorded one.
        public let personToken: String?

        public init(
            _ post: String, _ roles: [Role], at node: NodeID, department: String? = nil, level: Int = 0,
            isTrained: Bool = true, absences: [Absence] = [], personToken: String? = nil
        ) {
            self.post = post
            self.roles = roles
            self.node = node
            self.department = department
            self.level = level
            self.isTrained = isTrained
            self.absences = absences
            self.personToken = personToken
        }

        /// The absence that covers an instant.
        public func absence(at instant: Int64) -> Absence? {
            absences.first { $0.from <= instant && instant < $0.until }
        }
    }

    /// A time during which a post is empty.
    public struct Absence: Sendable {
        /// Milliseconds since 1970 UTC; `until` is outside.
        public let from: Int64
        public let until: Int64
        /// The post that stands in; nil where nobody does.
        public let deputy: String?

        public init(from: Int64, until: Int64, deputy: String?) {
            self.from = from
            self.until = until
            self.deputy = deputy
        }
    }

    /// What a level of authority may grant (RO-09…RO-11).
    public struct Authority: Sendable {
        /// The largest compensation, in fen.
        public let compensationMax: Int64
        /// The business classes that it covers; empty for all.
        public let businessClasses: [String]
        /// The tiers of customers that it covers; empty for all.
        public let customerTiers: [String]
        /// How sure the figure is; printed wherever it is.
        public let sureness: Sureness

        public init(
            compensationMax: Int64, businessClasses: [String] = [], customerTiers: [String] = [],
            sureness: Sureness = .proposed
        ) {
            self.compensationMax = compensationMax
            self.businessClasses = businessClasses
            self.customerTiers = customerTiers
            self.sureness = sureness
        }
    }

    /// A node in the tree of the bank.
    public struct Unit: Hashable, Sendable {
        public let node: NodeID
        public let tier: Tier
        public let parent: NodeID?
        public let org: String

        public init(_ node: NodeID, _ tier: Tier, parent: NodeID?, org: String) {
            self.node = node
            self.tier = tier
            self.parent = parent
            self.org = org
        }
    }

    private let seats: [String: Seat]
    private let authorities: [Int: Authority]
    private let units: [NodeID: Unit]
    private let nodeOfOrg: [String: NodeID]
    private let covered: Set<NodeID>
    private let closed: Set<NodeID>
    /// Posts by their codes in small letters.
    let postOfCode: [String: String]
    /// The departments of each node's register.
    private let departments: [NodeID: Set<String>]
    /// The codes of all units of the bank; empty where the tree is not known.
    public let orgs: Set<String>
    /// Of everybody on a post of whom the register has one.
    let personTokens: Set<String>
    /// The published registers that this was made of, by name.
    public internal(set) var inEffect: [RegisterName] = []
    /// How customers may complain at a unit.
    public internal(set) var channels: [NodeID: PublishedChannels] = [:]

    /// - Parameters:
    ///   - seats: of two with one code the first counts.
    ///   - known: nodes whose posts are known beside those of the seats: with no seat nobody acts there.
    public init(
        seats: [Seat] = [], authorities: [Int: Authority] = [:], units: [Unit] = [], known: Set<NodeID> = []
    ) {
        self.seats = Dictionary(seats.map { ($0.post, $0) }, uniquingKeysWith: { first, _ in first })
        let seated = Set(seats.map(\.node))
        covered = known.union(seated)
        closed = known.subtracting(seated)
        postOfCode = Dictionary(
            seats.map { (AsciiText.lowerCased($0.post), $0.post) }, uniquingKeysWith: { first, _ in first })
        personTokens = Set(seats.compactMap(\.personToken))
        self.authorities = authorities
        self.units = Dictionary(units.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
        orgs = Set(units.map(\.org))
        departments = seats.reduce(into: [:]) { known, seat in
            if let department = seat.department { known[seat.node, default: []].insert(department) }
        }
        nodeOfOrg = Dictionary(units.map { ($0.org, $0.node) }, uniquingKeysWith: { first, _ in first })
    }

    /// No reference data yet.
    public static let unknown = People()

    /// True where the posts of a node are known: then only known posts may act there. A bank that brings its registers
    /// into force province by province locks nobody out. A node that any published version ever named stays covered: one
    /// whose posts a later version drops is closed, and never open to anybody.
    public func covers(_ node: NodeID) -> Bool { covered.contains(node) }

    /// True where posts were published for a node and the registers in force have none left: nobody acts there.
    public func isClosed(_ node: NodeID) -> Bool { closed.contains(node) }

    public func seat(_ post: String) -> Seat? { seats[post] }

    /// True where the register has the department at the node, or at any where none is asked for.
    func hasDepartment(_ code: String, at node: NodeID? = nil) -> Bool {
        guard let node else { return departments.values.contains { $0.contains(code) } }
        return departments[node]?.contains(code) ?? false
    }

    /// The codes of all posts, sorted.
    public var posts: [String] { seats.keys.sorted() }

    /// The posts of a node, in order of their codes.
    public func seats(at node: NodeID) -> [Seat] {
        seats.values.filter { $0.node == node }.sorted { $0.post < $1.post }
    }

    /// The levels of authority, lowest first.
    public var levels: [(level: Int, authority: Authority)] {
        authorities.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    public func authority(ofLevel level: Int) -> Authority? { authorities[level] }

    /// The province (or head office) that a node works under, or is; nil for an unknown node.
    func centre(of node: NodeID) -> NodeID? {
        guard let unit = units[node] else { return nil }
        return unit.tier == .branch ? unit.parent : node
    }

    /// The same for a unit's code.
    func centre(ofOrg org: String) -> NodeID? { nodeOfOrg[org].flatMap { centre(of: $0) } }

    /// The node above; nil for head office and for an unknown node.
    func parent(of node: NodeID) -> NodeID? { units[node]?.parent }

    func contains(_ node: NodeID) -> Bool { units[node] != nil }

    /// False before the bank's tree is known: then no unit can be told from an invented one.
    var hasTree: Bool { !units.isEmpty }

    func tier(of node: NodeID) -> Tier? { units[node]?.tier }
}
