import SyncProtocol

/// What could be read of a topology before it is known to make sense.
struct TopologyDraft {
    /// A value and where it was written.
    struct Located<Value> {
        let value: Value
        let path: JSONPath
        /// Nil for a topology that was never text.
        let place: JSONPlace?
    }

    /// One node; nil fields are missing or were reported already.
    struct Node {
        let path: JSONPath
        let place: JSONPlace?
        var id: Located<String>?
        var tier: Located<Tier>?
        var parent: Located<String>?
        var name: Wording?
        var orgCode: Located<String>?
        var listen: EachListener<Located<ListenAddress>?>?
        var dataFolder: Located<String>?
        var notices: NoticeSettings?
    }

    let nodesPath: JSONPath
    let nodesPlace: JSONPlace?
    var nodes: [Node]
}

extension TopologyDraft {
    /// For nodes that were made by a program; paths are as they would be in a file.
    init(_ nodes: [TopologyNode]) {
        nodesPath = JSONPath.root.member("nodes")
        nodesPlace = nil
        self.nodes = []
        for (index, node) in nodes.enumerated() {
            let path = nodesPath.index(index)
            func located<Value>(_ value: Value, _ key: String) -> Located<Value> {
                Located(value: value, path: path.member(key), place: nil)
            }
            self.nodes.append(
                Node(
                    path: path, place: nil, id: located(node.id.text, "id"), tier: located(node.tier, "role"),
                    parent: node.parent.map { located($0.text, "parent") }, name: node.name,
                    orgCode: located(node.orgCode, "orgCode"),
                    listen: EachListener { listener in
                        Located(
                            value: node.listen[listener], path: path.member("listen").member(listener.rawValue),
                            place: nil)
                    },
                    dataFolder: located(node.dataFolder, "dataFolder"), notices: node.notices))
        }
    }
}

extension TopologyDraft.Node {
    /// The node, where every field could be read.
    var complete: TopologyNode? {
        guard let id, let nodeID = NodeID(id.value), let tier, let name, let orgCode, let listen = addresses,
            let dataFolder
        else { return nil }
        return TopologyNode(
            id: nodeID, tier: tier.value, parent: parent.flatMap { NodeID($0.value) }, name: name,
            orgCode: orgCode.value, listen: listen, dataFolder: dataFolder.value, notices: notices)
    }

    /// Where all three could be read.
    private var addresses: ListenAddresses? {
        guard let people = listen?.people, let nodes = listen?.nodes, let operation = listen?.operation
        else { return nil }
        return ListenAddresses { listener in
            switch listener {
            case .people: people.value
            case .nodes: nodes.value
            case .operation: operation.value
            }
        }
    }
}
