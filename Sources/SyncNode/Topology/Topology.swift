import SyncProtocol

/// Which nodes there are, who stands above whom, and where each one lives.
///
/// A value of this type has been checked: one head office, every province under it, every branch under a province, no
/// id, organisation code, address, folder or record name used twice.
struct Topology: Sendable {
    /// The name of the whole bank.
    let bank: Wording
    /// In the order of the file.
    let nodes: [TopologyNode]
    /// The root of the tree.
    let headOffice: NodeID
    /// Folder of the file, against which data folders are resolved; empty for the current one.
    let baseFolder: String

    private let indexByID: [NodeID: Int]
    private let childrenByID: [NodeID: [NodeID]]

    /// The topology in the file at `path`.
    /// - Throws: every mistake that was found, each with its place.
    static func load(_ path: String) throws(ConfigurationError) -> Topology {
        try read(try ConfigurationFile.read(path, area: area), file: path)
    }

    /// The topology in the text `bytes`; `file` is what errors call it and what data folders are relative to.
    static func parse(
        _ bytes: [UInt8], file: String,
        recordName: @escaping TopologyCheck.RecordName = { DocumentID(recordOf: $0) }
    ) throws(ConfigurationError) -> Topology {
        let root: JSONElement
        do {
            root = try JSONReader.parse(bytes)
        } catch {
            throw ConfigurationError(file: file, area: area, error)
        }
        return try read(root, file: file, recordName: recordName)
    }

    /// A topology made by a program, for example one on free ports in a temporary folder.
    init(bank: Wording, nodes: [TopologyNode], baseFolder: String = "") throws(ConfigurationError) {
        var check = TopologyCheck(
            TopologyDraft(nodes), baseFolder: baseFolder, recordName: { DocumentID(recordOf: $0) }, MistakeList())
        check.run()
        guard check.mistakes.isEmpty, let headOffice = nodes.first(where: { $0.tier == .headOffice })?.id else {
            throw ConfigurationError(file: "topology", area: Topology.area, check.mistakes)
        }
        self.init(checked: nodes, bank: bank, headOffice: headOffice, baseFolder: baseFolder)
    }

    private static let area = "topology"

    private static func read(
        _ root: JSONElement, file: String,
        recordName: @escaping TopologyCheck.RecordName = { DocumentID(recordOf: $0) }
    ) throws(ConfigurationError) -> Topology {
        var reader = TopologyReader()
        let (bank, draft) = reader.read(root)
        let baseFolder = FolderPath.parent(ofFile: file)
        guard let draft else { throw ConfigurationError(file: file, area: area, reader.mistakes) }
        var check = TopologyCheck(draft, baseFolder: baseFolder, recordName: recordName, reader.mistakes)
        check.run()
        let nodes = draft.nodes.compactMap(\.complete)
        guard check.mistakes.isEmpty, let bank, nodes.count == draft.nodes.count,
            let headOffice = nodes.first(where: { $0.tier == .headOffice })?.id
        else { throw ConfigurationError(file: file, area: area, check.mistakes) }
        return Topology(checked: nodes, bank: bank, headOffice: headOffice, baseFolder: baseFolder)
    }

    private init(checked nodes: [TopologyNode], bank: Wording, headOffice: NodeID, baseFolder: String) {
        self.bank = bank
        self.nodes = nodes
        self.headOffice = headOffice
        self.baseFolder = baseFolder
        var indexByID: [NodeID: Int] = [:]
        var childrenByID: [NodeID: [NodeID]] = [:]
        for (index, node) in nodes.enumerated() {
            indexByID[node.id] = index
            if let parent = node.parent { childrenByID[parent, default: []].append(node.id) }
        }
        self.indexByID = indexByID
        self.childrenByID = childrenByID
    }
}

extension Topology {
    /// Nil where there is no such node.
    func node(_ id: NodeID) -> TopologyNode? { indexByID[id].map { nodes[$0] } }

    /// Nil for the head office and for unknown nodes.
    func parent(of id: NodeID) -> NodeID? { node(id)?.parent }

    /// In the order of the file.
    func children(of id: NodeID) -> [NodeID] { childrenByID[id] ?? [] }

    /// The node's parent, where it has one, and its children: everyone it talks to.
    func neighbours(of id: NodeID) -> [NodeID] { (parent(of: id).map { [$0] } ?? []) + children(of: id) }

    func tier(of id: NodeID) -> Tier? { node(id)?.tier }

    /// From the parent up to the head office.
    func ancestors(of id: NodeID) -> [NodeID] {
        var ancestors: [NodeID] = []
        var next = parent(of: id)
        while let ancestor = next {
            ancestors.append(ancestor)
            next = parent(of: ancestor)
        }
        return ancestors
    }

    /// The province that a branch belongs to, or the province itself; nil for the head office and unknown nodes.
    func province(of id: NodeID) -> NodeID? {
        switch tier(of: id) {
        case .branch: parent(of: id)
        case .province: id
        case .headOffice, nil: nil
        }
    }

    /// The node with that organisation code.
    func node(orgCode: String) -> TopologyNode? { nodes.first { $0.orgCode == orgCode } }

    /// The data folder of a node as a path from where the program runs; nil for unknown nodes.
    func dataFolder(of id: NodeID) -> String? {
        node(id).map { FolderPath.resolve($0.dataFolder, from: baseFolder) }
    }

    /// The known id nearest to a mistyped one.
    func suggestion(for typed: String) -> String? { Suggestion.nearest(to: typed, among: nodes.map(\.id.text)) }
}
