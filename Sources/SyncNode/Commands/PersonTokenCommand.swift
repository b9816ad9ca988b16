import TicketModel

extension PeopleCommands {
    /// A name is short; the rest is a mistake.
    private static let nameBytesMax = 200

    /// Reads the key file, as only the owner of the data folder can: a node answers nobody who tries out names.
    static let token = CommandSpec(
        name: "person-token", summary: Wording("生成人员标识", "Make a person's token"),
        details: Wording(
            "在节点所在机器上，用数据目录中的密钥由姓名生成，填入岗位名册的 person。姓名用 @文件 读入可不留在命令历史中。",
            "Made of a name with the key in the node's data folder, by its owner, for `person` in a register of posts. Read the "
                + "name from a @file to keep it out of the shell's history."),
        arguments: [ArgumentSpec("name", help: Wording("姓名;@文件", "the name; @file reads it from a file"))],
        flags: [.topology, .node],
        examples: ["syncnode person-token 王小明 --topology topology.example.json --node province-01"], reads: true
    ) { invocation in
        let name = try invocation.literal(invocation.arguments.argument("name"))
        let topology = try Topology.load(try invocation.topologyPath)
        let node = try invocation.node(of: topology)
        let folder = topology.dataFolder(of: node.id) ?? node.dataFolder
        try FolderRights.check(folder)
        let tokens = try PersonKeyFile.read(in: folder)
        guard name.utf8.count <= nameBytesMax, let token = tokens.name(name) else {
            throw CommandError(
                code: "people.no-token", "no token can be made of this",
                hint: "give a name of at most \(nameBytesMax) bytes")
        }
        if invocation.wantsJSON {
            invocation.console.print { writer in writer.object { $0.member("token", token) } }
        } else {
            invocation.console.print(token)
        }
        return .success
    }
}
