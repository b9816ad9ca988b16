import TicketModel

/// `syncnode texts …`: explanation texts and scripts that the whole bank uses alike.
enum TextCommands {
    static let spec = CommandSpec(
        name: "texts", summary: Wording("口径库", "Explanation texts: list, show, who uses them"),
        commands: [list, show, tickets])

    private static let id = ArgumentSpec("text", help: Wording("口径编号", "the text's id"))
    private static let place = "--topology topology.example.json --node branch-0101"

    private static let list = CommandSpec(
        name: "list", summary: Wording("列出口径", "List the texts that have arrived here"),
        details: Wording(
            "由总行用 reference publish 发布;工单用 ticket act … link_text 引用。",
            "Head office publishes them with reference publish; tickets link to them with ticket act … link_text."),
        flags: FlagSpec.reach + [
            FlagSpec(
                "purpose", .choice(KnowledgeText.Purpose.allCases.map(\.rawValue)), help: Wording("用途", "what for"))
        ],
        examples: ["syncnode texts list --purpose follow_up \(place)"], exitCodes: [.unavailable], reads: true
    ) { invocation in
        let items = invocation.arguments.text("purpose").map { [("purpose", $0)] } ?? []
        let answer = try NodeClient(invocation).get(ClientPath.query("/api/v1/texts", items))
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        var table = TextTable([
            .init("编号 ID"), .init("版本 VERSION"), .init("用途 PURPOSE"), .init("有效 VALID"), .init("标题 TITLE"),
        ])
        for row in answer.json["texts"]?.array ?? [] {
            let isValid = row["is_valid"]?.bool == true
            table.add([
                row["id"]?.string ?? "", row["version"]?.string ?? "", row["purpose_label"]?["zh"]?.string ?? "",
                isValid ? "是 yes" : "否 no", row["title"]?["zh"]?.string ?? "",
            ])
        }
        for line in table.lines { invocation.console.print(line) }
        return .success
    }

    private static let show = CommandSpec(
        name: "show", summary: Wording("查看口径全文", "Show a text"), arguments: [id], flags: FlagSpec.reach,
        examples: ["syncnode texts show card-retained \(place)"], exitCodes: [.unavailable], reads: true
    ) { invocation in
        let answer = try NodeClient(invocation).get(ClientPath.text(invocation.arguments.argument("text")))
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        for language in Language.allCases {
            invocation.console.print(answer.json["title"]?[language.rawValue]?.string ?? "")
            for line in (answer.json["text"]?[language.rawValue]?.string ?? "").split(separator: "\n") {
                invocation.console.print(String(line))
            }
        }
        return .success
    }

    private static let tickets = CommandSpec(
        name: "tickets", summary: Wording("引用该口径的工单", "The tickets that use a text"), arguments: [id],
        flags: FlagSpec.acting, examples: ["syncnode texts tickets card-retained \(place)"], exitCodes: [.unavailable],
        reads: true
    ) { invocation in
        let answer = try NodeClient(invocation, actor: true).get(
            ClientPath.text(invocation.arguments.argument("text"), "/tickets"))
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        var table = TextTable([.init("工单 TICKET"), .init("状态 STATE"), .init("受理 RECEIVED")])
        for row in answer.json["tickets"]?.array ?? [] {
            table.add([
                row["number"]?.string ?? row["document"]?.string ?? "", row["state"]?.string ?? "",
                TicketText.time(row["received_at"]?.integer),
            ])
        }
        for line in table.lines { invocation.console.print(line) }
        return .success
    }
}
