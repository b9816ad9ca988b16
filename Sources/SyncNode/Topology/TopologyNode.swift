import SyncProtocol

/// One node as the topology file describes it.
struct TopologyNode: Hashable, Sendable {
    let id: NodeID
    let tier: Tier
    /// Nil for the head office, and for it alone.
    let parent: NodeID?
    let name: Wording
    /// The bank's own code of the organisation, the first part of every ticket number it issues.
    let orgCode: String
    let listen: ListenAddresses
    /// As written: relative to the folder of the topology file, or absolute.
    let dataFolder: String
    /// How notices leave this node; nil where none do. Paths as written.
    let notices: NoticeSettings?

    init(
        id: NodeID, tier: Tier, parent: NodeID?, name: Wording, orgCode: String, listen: ListenAddresses,
        dataFolder: String, notices: NoticeSettings? = nil
    ) {
        self.id = id
        self.tier = tier
        self.parent = parent
        self.name = name
        self.orgCode = orgCode
        self.listen = listen
        self.dataFolder = dataFolder
        self.notices = notices
    }

    /// The same node at other addresses and in another folder.
    func moved(to listen: ListenAddresses, dataFolder: String) -> TopologyNode {
        TopologyNode(
            id: id, tier: tier, parent: parent, name: name, orgCode: orgCode, listen: listen, dataFolder: dataFolder,
            notices: notices)
    }
}

extension Tier {
    /// As written in a topology file.
    var roleName: String {
        switch self {
        case .branch: "branch"
        case .province: "province"
        case .headOffice: "head_office"
        }
    }

    init?(roleName: String) {
        guard let tier = Tier.allCases.first(where: { $0.roleName == roleName }) else { return nil }
        self = tier
    }

    /// For people.
    var label: Wording {
        switch self {
        case .branch: Wording("网点", "branch")
        case .province: Wording("省中心", "province")
        case .headOffice: Wording("总行", "head office")
        }
    }
}

/// Bounds on a topology.
enum TopologyLimits {
    static let fileBytesMax = 4 * 1024 * 1024
    static let nodesMax = 4096
    static let nameBytesMax = 120
    static let orgCodeBytesMax = 16
    static let dataFolderBytesMax = 512
    static let addressBytesMax = 64
}
