import TicketModel

/// `syncnode reference …`: rules, calendars and posts that head office publishes to every node.
enum ReferenceCommands {
    static let spec = CommandSpec(
        name: "reference", summary: Wording("规则、日历、岗位的发布与查看", "Rules, calendars and posts: publish and list"),
        commands: [publish, list, rehearse])

    private static let publish = CommandSpec(
        name: "publish",
        summary: Wording("由总行向全行发布规则包、工作日历或岗位名册", "Publish packs, calendars or posts from head office to every node"),
        details: Wording(
            "文件可为规则包、日历、岗位名册或 rules.json。版本一经发布不再改变；来年日历：写好年度文件（如 calendars/2027.json）后直接发布该文件。",
            "A file is a pack, a calendar, a register of posts, or a rules.json. A published version never changes. Next year's calendar: write the year's file (calendars/2027.json) and publish that file."
        ),
        arguments: [ArgumentSpec("file", .many, help: Wording("规则文件", "files of rules"))],
        flags: FlagSpec.reach + [.operator],
        examples: [
            "syncnode reference publish reference/rules.json --topology topology.example.json --node head-office"
        ],
        exitCodes: [.unavailable]
    ) { invocation in
        let items = try invocation.arguments.arguments("file").flatMap { try ReferenceFile.items($0) }
        for item in items {
            let answer = try JSONReader.parse(try invocation.operate("/control/publish", json: json(item)))
            let isNew = answer["published"]?.bool == true
            let newer = answer["newer"]?.string.map {
                ",现行版本为 \(DisplayText.safe($0)) superseded by \(DisplayText.safe($0))"
            }
            invocation.console.print(
                "\(item.kind.label.chinese) \(item.name) \(item.version)  "
                    + (isNew ? "已发布 published" : "此前已发布 published before") + (newer ?? ""))
            for post in answer["passed_over"]?.array?.compactMap(\.string) ?? [] {
                invocation.console.note(
                    "\(DisplayText.safe(post)) 以另一份名册为准 is passed over: a register whose name sorts first says it")
            }
            for node in answer["closed_nodes"]?.array?.compactMap(\.string) ?? [] {
                let node = DisplayText.safe(node)
                invocation.console.note("\(node) 不再有任何岗位,停止办理 has no post any more: nobody acts there")
            }
        }
        return .success
    }

    private static let rehearse = CommandSpec(
        name: "rehearse", summary: Wording("规则试算", "Try a draft pack on the tickets of the past"),
        details: Wording(
            "按草案重放工单的时限,列出会超时的件数、省份和规则。不发布、不保存。缺省为上一季度收到的工单。",
            "Replays the deadlines of tickets under the draft: how many would have broken it, by province and by rule. Publishes and saves nothing. By default the tickets received in the quarter that is over."
        ),
        arguments: [ArgumentSpec("file", help: Wording("规则包草案", "the draft pack"))],
        flags: FlagSpec.acting + [
            FlagSpec("since", .text(placeholder: "yyyy-mm-dd"), help: Wording("起始日", "the first day")),
            FlagSpec("until", .text(placeholder: "yyyy-mm-dd"), help: Wording("截止日(含)", "the last day")),
        ],
        examples: [
            "syncnode reference rehearse reference/packs/village-bank.json --topology topology.example.json "
                + "--node head-office"
        ],
        exitCodes: [.unavailable], reads: true
    ) { invocation in
        let path = invocation.arguments.argument("file")
        _ = try PackReader.load(path)
        let bytes = try ConfigurationFile.bytes(path, area: PackReader.area, bytesMax: ReferenceItem.contentBytesMax)
        let more = ["since", "until"].compactMap { name in invocation.arguments.text(name).map { (name, $0) } }
        let body = ClientBody.members([("content", String(decoding: bytes, as: UTF8.self))] + more)
        let answer = try NodeAnswer(
            try NodeClient(invocation, actor: true).ask(.post, "/api/v1/reports/rehearsal", body: body))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            ReportText.print(rehearsal: answer.json, on: invocation.console)
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

    private static func json(_ item: ReferenceItem) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(item)
        return writer.bytes
    }
}

extension JSONWriter {
    /// An item as `/control/publish` takes it.
    mutating func value(_ item: ReferenceItem) {
        object { writer in
            writer.member("kind", item.kind.rawValue)
            writer.member("name", item.name)
            writer.member("version", item.version)
            writer.member("content", item.content)
        }
    }
}
