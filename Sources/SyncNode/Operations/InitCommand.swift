import TicketStore

/// `syncnode init`: makes the folder and the empty store of a node, or of every node of a topology.
enum InitCommand {
    static let spec = CommandSpec(
        name: "init",
        summary: Wording("为节点建立数据目录与空库", "Make the data folder and the empty store of a node"),
        details: Wording(
            "建库是明确的动作:启动时缺少数据库不会悄悄新建。", "Creating a store is an act of its own: a missing file is never made silently."),
        flags: [
            .topology, .node,
            FlagSpec(
                "backup", .text(placeholder: "file"),
                help: Wording("从备份恢复", "restore this backup into the empty folder")),
            FlagSpec(
                "person-key", .text(placeholder: "file"),
                help: Wording(
                    "人员标识密钥(全省同一文件);缺省新建", "the key for tokens of persons, one for a province; default: a new one")),
        ],
        examples: ["syncnode init --topology topology.example.json --node branch-0101"]
    ) { invocation in
        let topology = try Topology.load(try invocation.topologyPath)
        let node = try invocation.node(of: topology)
        try NodeProcess.initialise(
            topology, node, from: invocation.arguments.text("backup"),
            personKey: invocation.arguments.text("person-key"))
        invocation.console.print("已建立 created: \(topology.dataFolder(of: node.id) ?? node.dataFolder)")
        return .success
    }
}
