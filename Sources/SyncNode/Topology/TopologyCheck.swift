import SyncProtocol
import TicketModel

/// Checks what the nodes of a draft mean together: names, tiers, parents, and nothing used twice.
struct TopologyCheck {
    /// The name of a node's own record. Passed in because no two short names are known that would share one.
    typealias RecordName = @Sendable (NodeID) -> DocumentID

    private let nodes: [TopologyDraft.Node]
    private let draft: TopologyDraft
    /// Folder of the topology file.
    private let baseFolder: String
    private let recordName: RecordName
    /// The first node of each id.
    private var indexByID: [String: Int] = [:]
    private(set) var mistakes: MistakeList

    init(_ draft: TopologyDraft, baseFolder: String, recordName: @escaping RecordName, _ mistakes: MistakeList) {
        self.draft = draft
        nodes = draft.nodes
        self.baseFolder = baseFolder
        self.recordName = recordName
        self.mistakes = mistakes
    }

    mutating func run() {
        for (index, node) in nodes.enumerated() {
            if let id = node.id, indexByID[id.value] == nil { indexByID[id.value] = index }
        }
        checkHeadOffice()
        let circular = checkCircles()
        for index in nodes.indices where !circular.contains(index) { checkParent(of: index) }
        checkUnique("id", "duplicate-id", nodes.map(\.id)) { $0 }
        checkUnique("organisation code", "duplicate-org-code", nodes.map(\.orgCode)) { $0 }
        checkAddresses()
        checkUnique("data folder", "duplicate-folder", nodes.map(\.dataFolder), folder)
        checkNestedFolders()
        checkRecordNames()
        checkLongNumbers()
    }

    // MARK: Tiers and parents

    private mutating func checkHeadOffice() {
        let headOffices = nodes.filter { $0.tier?.value == .headOffice }
        if headOffices.isEmpty {
            // A role that could not be read may be the head office: that mistake is listed already.
            guard nodes.allSatisfy({ $0.tier != nil }) else { return }
            mistakes.add(
                "no-head-office", at: draft.nodesPath, draft.nodesPlace, "no node is the head office",
                hint: "give one node the role head_office")
        }
        for extra in headOffices.dropFirst() {
            guard let tier = extra.tier, let first = headOffices[0].id else { continue }
            mistakes.add(
                "two-head-offices", at: tier.path, tier.place, "\(first.value) is the head office already",
                hint: "give this node the role province or branch")
        }
    }

    private mutating func checkParent(of index: Int) {
        guard let tier = nodes[index].tier?.value else { return }
        guard let parent = nodes[index].parent else {
            guard tier != .headOffice else { return }
            mistakes.add(
                "missing-parent", at: nodes[index].path, nodes[index].place, "a \(tier.label.en) needs a parent",
                hint: candidates(above: tier))
            return
        }
        guard tier != .headOffice else {
            mistakes.add(
                "parent-of-head-office", at: parent.path, parent.place, "the head office has no parent",
                hint: "remove the key, or give this node another role")
            return
        }
        guard let parentIndex = indexByID[parent.value] else {
            mistakes.add(
                "unknown-parent", at: parent.path, parent.place,
                "there is no node \"\(DisplayText.safe(parent.value))\"",
                hint: suggestion(for: parent.value) ?? candidates(above: tier))
            return
        }
        guard let parentTier = nodes[parentIndex].tier?.value, parentTier != above(tier) else { return }
        mistakes.add(
            "wrong-parent", at: parent.path, parent.place,
            "a \(tier.label.en) cannot stand under the \(parentTier.label.en) \(parent.value)",
            hint: candidates(above: tier))
    }

    /// Reports each circle of parents once; returns all nodes that are part of one.
    private mutating func checkCircles() -> Set<Int> {
        var finished: Set<Int> = []
        var circular: Set<Int> = []
        for start in nodes.indices {
            var way: [Int] = []
            var onWay: Set<Int> = []
            var next: Int? = start
            while let index = next, !finished.contains(index), onWay.insert(index).inserted {
                way.append(index)
                next = nodes[index].parent.flatMap { indexByID[$0.value] }
            }
            if let closing = next, onWay.contains(closing), let first = way.firstIndex(of: closing) {
                report(circle: Array(way[first...]))
                circular.formUnion(way[first...])
            }
            finished.formUnion(way)
        }
        return circular
    }

    private mutating func report(circle: [Int]) {
        guard let first = circle.min(), let position = circle.firstIndex(of: first), let parent = nodes[first].parent
        else { return }
        let ordered = circle[position...] + circle[..<position] + [first]
        let names = ordered.compactMap { nodes[$0].id?.value }
        mistakes.add(
            "circular-parent", at: parent.path, parent.place,
            "the parents go in a circle: \(names.joined(separator: " > "))",
            hint: "a branch stands under a province, a province under the head office")
    }

    private func above(_ tier: Tier) -> Tier { tier == .branch ? .province : .headOffice }

    private func ids(of tier: Tier) -> [String] {
        nodes.filter { $0.tier?.value == tier }.compactMap { $0.id?.value }
    }

    private func suggestion(for typed: String) -> String? {
        mistakes.isFull ? nil : Suggestion.hint(for: typed, among: ids(of: .province) + ids(of: .headOffice))
    }

    private func candidates(above tier: Tier) -> String {
        guard !mistakes.isFull else { return "" }
        let wanted = above(tier)
        let names = ids(of: wanted)
        guard !names.isEmpty else { return "add a node with the role \(wanted.roleName) and name it as parent" }
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
        return "name a \(wanted.label.en) as parent: \(shown)"
    }

    // MARK: Nothing twice

    private mutating func checkUnique<Value>(
        _ what: String, _ code: String, _ values: [TopologyDraft.Located<Value>?], _ key: (Value) -> String
    ) {
        var first: [String: Int] = [:]
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            let text = key(value.value)
            if let earlier = first[text] {
                mistakes.add(
                    code, at: value.path, value.place, "\(name(of: earlier)) has the same \(what)",
                    hint: "give each node a \(what) of its own")
            } else {
                first[text] = index
            }
        }
    }

    /// Across all listeners of all nodes: two that are equal could not both be opened.
    private mutating func checkAddresses() {
        var first: [ListenAddress: (node: Int, listener: NodeListener)] = [:]
        for (index, node) in nodes.enumerated() {
            for listener in NodeListener.allCases {
                guard let address = node.listen?[listener] else { continue }
                if let earlier = first[address.value] {
                    mistakes.add(
                        "duplicate-listen", at: address.path, address.place,
                        "the \(earlier.listener.label.en) of \(name(of: earlier.node)) are served at the same address",
                        hint: "give each of the three listeners of each node an address of its own")
                } else {
                    first[address.value] = (index, listener)
                }
            }
        }
    }

    private mutating func checkNestedFolders() {
        var owner: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            if let value = node.dataFolder?.value, owner[folder(value)] == nil { owner[folder(value)] = index }
        }
        for node in nodes {
            guard let value = node.dataFolder else { continue }
            guard let outer = FolderPath.enclosing(folder(value.value)).lazy.compactMap({ owner[$0] }).first
            else { continue }
            mistakes.add(
                "nested-folder", at: value.path, value.place, "the folder lies inside that of \(name(of: outer))",
                hint: "give each node a folder beside the others")
        }
    }

    private mutating func checkRecordNames() {
        var first: [DocumentID: String] = [:]
        for node in nodes {
            guard let id = node.id, let nodeID = NodeID(id.value) else { continue }
            let record = recordName(nodeID)
            if let earlier = first[record], earlier != id.value {
                mistakes.add(
                    "record-name-clash", at: id.path, id.place,
                    "the records of \(earlier) and \(id.value) would share one name", hint: "choose another id")
            } else {
                first[record] = id.value
            }
        }
    }

    /// Core records name nodes; a long number in a name would be taken for a telephone number there.
    private mutating func checkLongNumbers() {
        let lint = CoreLint(orgs: Set(nodes.compactMap { $0.orgCode?.value }))
        for node in nodes {
            guard let id = node.id, let nodeID = NodeID(id.value), !lint.allows(nodeID) else { continue }
            mistakes.add(
                "long-number", at: id.path, id.place, "the id holds a number of seven digits or more",
                hint: "let the number begin with the organisation code of a node, or choose a shorter one")
        }
    }

    private func folder(_ text: String) -> String { FolderPath.resolve(text, from: baseFolder) }

    private func name(of index: Int) -> String { nodes[index].id?.value ?? nodes[index].path.description }
}
