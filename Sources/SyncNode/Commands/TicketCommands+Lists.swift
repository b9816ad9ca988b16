import HTTPTransport
import TicketModel

// Lists: worklist, search, conflicts.
extension TicketCommands {
    static let list = CommandSpec(
        name: "list", summary: Wording("工单列表", "A worklist"),
        flags: FlagSpec.acting + [.filter] + paging + [
            FlagSpec(
                "sort", .text(placeholder: "columns"),
                help: Wording("一列或两列,- 为降序", "one or two columns, - for descending")),
            FlagSpec("warned", help: Wording("仅已到预警的", "only tickets at or past a warning")),
            FlagSpec(
                "interim-due", help: Wording("仅须向客户作过程回复的", "only tickets whose customer is owed an interim reply")),
            FlagSpec("conflicts", help: Wording("仅有冲突的", "only tickets with conflicts")),
            FlagSpec("custodian", .text(placeholder: "id"), help: Wording("办理权所在节点", "the node with custody")),
            FlagSpec("offered-to", .text(placeholder: "id"), help: Wording("待其接收的节点", "the node it is offered to")),
        ],
        examples: ["syncnode ticket list --filter state=handling --sort -received_at,priority \(at)"],
        exitCodes: exits, reads: true
    ) { invocation in
        var items = try filters(invocation)
        for (flag, name) in [("sort", "sort"), ("custodian", "custodian"), ("offered-to", "offered_to")] {
            if let text = invocation.arguments.text(flag) { items.append((name, text)) }
        }
        if invocation.arguments.isSet("conflicts") { items.append(("conflicts", "true")) }
        if invocation.arguments.isSet("interim-due") { items.append(("interim_due", "true")) }
        if invocation.arguments.isSet("warned") { items.append(("warned", "true")) }
        return try show("/api/v1/tickets", items, invocation, TicketText.print(list:on:))
    }

    static let search = CommandSpec(
        name: "search", summary: Wording("全文检索", "Search by words"),
        arguments: [
            ArgumentSpec("words", .many, help: Wording("词;中文至少两字", "words; two characters or more of Chinese"))
        ],
        flags: FlagSpec.acting + [.filter] + paging, examples: ["syncnode ticket search 重复扣费 \(at)"], exitCodes: exits,
        reads: true
    ) { invocation in
        let words = invocation.arguments.arguments("words").joined(separator: " ")
        return try show(
            "/api/v1/tickets/search", try filters(invocation), words: words, invocation, TicketText.print(list:on:))
    }

    static let conflicts = CommandSpec(
        name: "conflicts", summary: Wording("待裁定的冲突", "Fields with several values side by side"),
        flags: FlagSpec.acting + paging, examples: ["syncnode ticket conflicts \(at)"], exitCodes: exits, reads: true
    ) { invocation in
        try show("/api/v1/conflicts", [], invocation, TicketText.print(conflicts:on:))
    }

    private static let paging = [
        FlagSpec("limit", .integer(placeholder: "rows", 1...500), help: Wording("每页行数", "rows of a page")),
        FlagSpec("cursor", .text(placeholder: "cursor"), help: Wording("从上一页之后继续", "go on after the page before")),
    ]

    static func filters(_ invocation: Invocation) throws -> [(String, String)] {
        try invocation.arguments.texts("filter").map { try invocation.split($0, flag: "filter") }
    }

    private static func show(
        _ path: String, _ items: [(String, String)], words: String? = nil, _ invocation: Invocation,
        _ print: (JSONElement, Console) -> Void
    ) throws -> ExitCode {
        var items = items
        if let limit = invocation.arguments.integer("limit") { items.append(("limit", String(limit))) }
        if let cursor = invocation.arguments.text("cursor") { items.append(("cursor", cursor)) }
        let client = try NodeClient(invocation, actor: true)
        let answer =
            if let words {
                try NodeAnswer(try client.ask(.post, path, body: ClientBody.search(words, items)))
            } else {
                try client.get(ClientPath.query(path, items))
            }
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        print(answer.json, invocation.console)
        if let next = answer.json["next"]?.string {
            invocation.console.note("更多 more: --cursor '\(DisplayText.safe(next))'")
        }
        return .success
    }
}
