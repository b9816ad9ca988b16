import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// `syncnode reference …`: rules and calendars that head office publishes to every node.
enum ReferenceCommands {
    static let spec = CommandSpec(
        name: "reference", summary: Wording("规则、日历的发布与查看", "Rules and calendars: publish and list"),
        commands: [publish, list])

    private static let publish = CommandSpec(
        name: "publish",
        summary: Wording("由总行向全行发布规则包或工作日历", "Publish packs or calendars from head office to every node"),
        details: Wording(
            "文件可为规则包、日历或 rules.json。版本一经发布不再改变；来年日历：补年度文件、改版本号，再发布。",
            "A file is a pack, a calendar, or a rules.json. A published version never changes. Next year's calendar: add the year's file, raise the version, publish again."
        ),
        arguments: [ArgumentSpec("file", .many, help: Wording("规则文件", "files of rules"))],
        flags: [.topology, .anyNode, .url],
        examples: [
            "syncnode reference publish reference/rules.json --topology topology.example.json --node head-office"
        ],
        exitCodes: [.unavailable]
    ) { invocation in
        let items = try invocation.arguments.arguments("file").flatMap { try ReferenceFile.items($0) }
        for item in items {
            let answer = try JSONReader.parse(try post(item, invocation))
            let isNew = answer["published"]?.bool == true
            invocation.console.print(
                "\(item.kind.label.chinese) \(item.name) \(item.version)  "
                    + (isNew ? "已发布 published" : "此前已发布 published before"))
        }
        return .success
    }

    private static let list = CommandSpec(
        name: "list", summary: Wording("列出已到达本节点的规则与日历", "List what was published and has arrived here"),
        flags: FlagSpec.reach,
        examples: ["syncnode reference list --topology topology.example.json --node branch-0101"],
        exitCodes: [.unavailable], reads: true
    ) { invocation in
        let answer = try NodeClient(invocation).get("/api/v1/references")
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        let items = answer.json["references"]?.array ?? []
        guard !items.isEmpty else {
            invocation.console.print("尚无发布的规则 nothing has been published, or nothing has arrived yet.")
            return .success
        }
        var table = TextTable([.init("种类 KIND"), .init("名称 NAME"), .init("版本 VERSION"), .init("字节 BYTES", .right)])
        for item in items {
            table.add([
                item["label"]?["zh"]?.string ?? "", item["name"]?.string ?? "", item["version"]?.string ?? "",
                "\(item["bytes"]?.integer ?? 0)",
            ])
        }
        for line in table.lines { invocation.console.print(line) }
        return .success
    }

    private static func post(_ item: ReferenceItem, _ invocation: Invocation) throws -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("kind", item.kind.rawValue)
            writer.member("name", item.name)
            writer.member("version", item.version)
            writer.member("content", item.content)
        }
        var request = HTTPClientRequest(.post, try invocation.nodeURL() + "/control/publish")
        request.headers["Content-Type"] = "application/json"
        request.body = writer.bytes
        let response: HTTPClientResponse
        do {
            response = try HTTPClient().perform(request)
        } catch {
            throw NodeUnreachable(cause: error)
        }
        guard (200..<300).contains(response.status) else { throw try NodeProblem(response) }
        return response.body
    }
}
