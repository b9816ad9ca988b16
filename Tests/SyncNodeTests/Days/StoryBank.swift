import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// A bank to live days in: real nodes of the example topology, one clock that is cranked by hand, lines that are cut
/// and joined. People act through the commands that they would type.
final class StoryBank {
    static let head: NodeID = "head-office"
    static let province: NodeID = "province-01"
    static let farProvince: NodeID = "province-02"
    /// The county branch of the stories, and its neighbours.
    static let branch: NodeID = "branch-0101"
    static let sister: NodeID = "branch-0102"
    static let third: NodeID = "branch-0103"
    static let farBranch: NodeID = "branch-0201"

    let clock: Locked<Int64>
    private let nodes: [NodeID: RunningNode]
    /// The children of the lines, lower tiers first, so that one round carries news all the way up.
    private let lines: [(child: NodeID, parent: NodeID)]
    private var cut: Set<NodeID> = []
    private var sessions: UInt64 = 0

    /// - Parameter start: China's time, `2026-11-16 08:00`.
    init(_ ids: [NodeID] = [head, province, branch, sister], at start: String) throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        clock = Locked(try StoryBank.instant(start))
        var nodes: [NodeID: RunningNode] = [:]
        for id in ids { nodes[id] = try RunningNode(id, of: topology, clock: clock) }
        self.nodes = nodes
        let lines = ids.compactMap { id in topology.node(id)?.parent.map { (child: id, parent: $0) } }
        self.lines = lines.sorted {
            topology.node($0.child)?.tier ?? .branch < topology.node($1.child)?.tier ?? .branch
        }
        for item in try StoryBank.reference.flatMap({ try ReferenceFile.items(Repository.path($0)) }) {
            try self[StoryBank.head].runtime.store.publish(item, post: "000000.policy_desk")
        }
        try connect()
    }

    /// What head office has published before the day begins.
    static let reference = ["reference/rules.json", "reference/people.json"]

    subscript(id: NodeID) -> RunningNode {
        guard let node = nodes[id] else { preconditionFailure("\(id.text) is not in this story") }
        return node
    }

    // MARK: Time and lines

    static func instant(_ text: String) throws -> Int64 { try #require(CivilTime.instant(from: text)) }

    var now: Int64 { clock.withLock { $0 } }

    /// It is this time of China now; what the clocks have to say meanwhile is said, as each node's own thread would.
    func becomes(_ text: String) throws {
        let time = try StoryBank.instant(text)
        precondition(time >= now, "time does not run backwards")
        clock.withLock { $0 = time }
        for node in nodes.values.sorted(by: { $0.runtime.node.id < $1.runtime.node.id }) {
            while try node.runtime.store.keepClocks() > 0 {}
        }
    }

    func cutLine(of child: NodeID) { cut.insert(child) }
    func joinLine(of child: NodeID) { cut.remove(child) }

    /// Every line that is not cut works until nothing is left to say.
    func connect() throws {
        for _ in 0..<3 {
            for line in lines where !cut.contains(line.child) {
                guard nodes[line.parent] != nil else { continue }
                sessions += 1
                try self[line.child].exchange(with: self[line.parent], session: sessions)
            }
        }
    }

    // MARK: What people do

    /// A post at a node: its role, and its own code where one person of several is meant.
    struct Person {
        let node: NodeID
        let role: Role
        var post: String?

        fileprivate var words: [String] {
            ["--role", role.rawValue] + (post.map { ["--post", $0] } ?? [])
        }
    }

    /// Runs a command as it would be typed at the person's node.
    func type(_ person: Person, _ words: [String], _ fields: [String: String] = [:]) -> CommandOutcome {
        let given = fields.sorted { $0.key < $1.key }.flatMap { ["--field", "\($0.key)=\($0.value)"] }
        return RunningNode.run(words + given + person.words + ["--url", self[person.node].url])
    }

    /// A command that reads at a node: what it prints.
    func reads(_ node: NodeID, _ words: String..., at location: SourceLocation = #_sourceLocation) throws -> String {
        let outcome = RunningNode.run(words + ["--url", self[node].url])
        try #require(outcome.code == .success, "\(words): \(outcome.error)", sourceLocation: location)
        return outcome.output
    }

    /// A command that must be granted.
    @discardableResult
    func does(
        _ person: Person, _ words: String..., with fields: [String: String] = [:],
        _ location: SourceLocation = #_sourceLocation
    ) throws -> CommandOutcome {
        let outcome = type(person, words, fields)
        try #require(outcome.code == .success, "\(words): \(outcome.error)", sourceLocation: location)
        return outcome
    }

    /// A command that must be refused; returns what the person reads.
    func isRefused(
        _ person: Person, _ words: String..., with fields: [String: String] = [:],
        _ location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = type(person, words, fields)
        try #require(outcome.code == .failed, "\(words) was granted", sourceLocation: location)
        return outcome.error
    }

    /// Registers; the number is what the receipt says.
    func registers(_ person: Person, _ fields: [String: String]) throws -> String {
        let outcome = try does(person, "ticket", "new", with: fields)
        return try #require(outcome.output.split(separator: " ").first.map(String.init))
    }

    /// An act of the catalogue by its name.
    @discardableResult
    func acts(
        _ person: Person, _ number: String, _ act: String, _ fields: [String: String] = [:],
        _ location: SourceLocation = #_sourceLocation
    ) throws -> CommandOutcome {
        try does(person, "ticket", "act", number, act, with: fields, location)
    }

    // MARK: What is seen

    /// The ticket as a node shows it, in JSON.
    func ticket(_ number: String, at node: NodeID) throws -> JSONElement { try self[node].ticket(number).json }

    /// A field as a node shows it; nil where it has none.
    func shown(_ field: String, of number: String, at node: NodeID) throws -> String? {
        try ticket(number, at: node)["fields"]?[field]?["value"]?.string
    }

    func state(_ number: String, at node: NodeID) throws -> String? { try shown("state", of: number, at: node) }

    func view(_ number: String, at node: NodeID) throws -> TicketView {
        try self[node].runtime.store.ticket(TicketReference(number)).view
    }

    /// The clock of a policy that the ticket carries, as a node has it.
    func clock(_ policy: String, of number: String, at node: NodeID) throws -> Clock {
        try #require(TicketClocks(of: view(number, at: node)).all.map(\.clock).last { $0.key.policy == policy })
    }

    /// True where the words (20 bytes or more) are anywhere in the node's files.
    func holds(_ words: String, at node: NodeID) throws -> Bool {
        let search = MarkerSearch([Array(words.utf8.prefix(MarkerSearch.windowBytes))])
        let folder = self[node].folder
        return try folder.names.contains { name in
            try search.occurrences(in: #require(WholeFile.read(folder.file(name)))) > 0
        }
    }
}

extension StoryBank.Person {
    init(_ node: NodeID, _ role: Role, post: String? = nil) { self.init(node: node, role: role, post: post) }

    static let officer = Self(StoryBank.branch, .branchOfficer)
    static let clerk = Self(StoryBank.branch, .clerk)
    static let branchHead = Self(StoryBank.branch, .branchHead)
    static let sisterOfficer = Self(StoryBank.sister, .branchOfficer)
    static let dispatcher = Self(StoryBank.province, .dispatcher)
    static let hotline = Self(StoryBank.province, .clerk)
    static let handler = Self(StoryBank.province, .deptHandler, post: "010000.card_handler")
    static let inspector = Self(StoryBank.province, .deptHandler, post: "010000.inspection_handler")
    static let generalOffice = Self(StoryBank.province, .deptHandler, post: "010000.general_handler")
    static let deptHead = Self(StoryBank.province, .deptHead, post: "010000.card_head")
    static let approver = Self(StoryBank.province, .approver)
    static let provinceCaller = Self(StoryBank.province, .followUpAgent)
    static let supervisor = Self(StoryBank.head, .hoSupervisor)
    static let auditor = Self(StoryBank.head, .hoAuditor)
    static let headCaller = Self(StoryBank.head, .followUpAgent)
    static let headDispatcher = Self(StoryBank.head, .hoDispatcher)
}
