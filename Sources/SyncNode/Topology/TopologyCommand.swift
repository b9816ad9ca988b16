import Platform
import SyncProtocol

/// `syncnode topology check`: reads a topology file and shows what it means, before any node runs by it.
enum TopologyCommand {
    static let spec = CommandSpec(
        name: "topology", summary: Wording("拓扑文件", "The file that says which nodes there are"), commands: [check])

    private static let check = CommandSpec(
        name: "check",
        summary: Wording("检查拓扑文件并列出节点", "Check a topology file and list its nodes"),
        details: Wording(
            "列出全部错误及其位置；摘要相同的节点才能互相同步。",
            "Lists every mistake with its place. Nodes synchronise only where their digests are equal."),
        arguments: [ArgumentSpec("file", help: Wording("拓扑文件", "the topology file"))],
        examples: ["syncnode topology check topology.example.json"], reads: true
    ) { invocation in
        let topology = try Topology.load(invocation.arguments.argument("file"))
        if invocation.wantsJSON {
            printJSON(topology, invocation.console)
        } else {
            printTable(topology, invocation.console)
        }
        return .success
    }

    private static func printTable(_ topology: Topology, _ console: Console) {
        console.print("\(topology.bank.both)  摘要 digest \(topology.digest(SHA256.function))")
        console.print("")
        var table = TextTable([
            .init("节点 NODE", columnsMax: 40), .init("级别 TIER"), .init("机构 ORG"), .init("人员 PEOPLE"),
            .init("节点 NODES"), .init("运维 OPERATION"), .init("名称 NAME"), .init("数据目录 FOLDER"),
        ])
        add(topology.headOffice, depth: 0, of: topology, to: &table)
        for line in table.lines { console.print(line) }
    }

    private static func add(_ id: NodeID, depth: Int, of topology: Topology, to table: inout TextTable) {
        guard let node = topology.node(id), let folder = topology.dataFolder(of: id) else { return }
        table.add([
            String(repeating: "  ", count: depth) + id.text, node.tier.label.zh, node.orgCode,
            node.listen.people.description, node.listen.nodes.description, node.listen.operation.description,
            node.name.zh, folder,
        ])
        for child in topology.children(of: id) { add(child, depth: depth + 1, of: topology, to: &table) }
    }

    private static func printJSON(_ topology: Topology, _ console: Console) {
        console.print { writer in
            writer.object { writer in
                writer.member("digest", topology.digest(SHA256.function).description)
                writer.member("bank", topology.bank)
                writer.name("nodes")
                writer.array { writer in
                    for node in topology.nodes { writer.value(node) }
                }
            }
        }
    }
}
