/// Writes a topology as the file that `Topology.parse` reads.
extension Topology {
    var encoded: [UInt8] {
        var writer = JSONWriter(layout: .pretty)
        writer.object { writer in
            writer.member("version", 1)
            writer.member("bank", bank)
            writer.member(
                "nodes",
                array: { writer in
                    for node in nodes { writer.value(node) }
                })
        }
        return writer.bytes + [0x0A]
    }
}

extension JSONWriter {
    /// A text in both languages.
    mutating func member(_ name: String, _ wording: Wording) {
        member(
            name,
            object: { writer in
                writer.member("zh", wording.zh)
                writer.member("en", wording.en)
            })
    }

    /// One node as in a topology file.
    mutating func value(_ node: TopologyNode) {
        object { writer in
            writer.member("id", node.id.text)
            writer.member("role", node.tier.roleName)
            if let parent = node.parent { writer.member("parent", parent.text) }
            writer.member("name", node.name)
            writer.member("orgCode", node.orgCode)
            writer.member(
                "listen",
                object: { writer in
                    for listener in NodeListener.allCases {
                        writer.member(listener.rawValue, node.listen[listener].description)
                    }
                })
            writer.member("dataFolder", node.dataFolder)
            if let notices = node.notices { writer.member("notices", notices) }
        }
    }
}
