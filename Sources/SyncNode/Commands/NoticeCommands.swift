import TicketModel
import TicketStore

/// `syncnode notices …`: what waits to leave, what left, what could not.
enum NoticeCommands {
    static let spec = CommandSpec(
        name: "notices", summary: Wording("通知发件箱", "Notices that leave: list and send again"), commands: [list, retry])

    private static let list = CommandSpec(
        name: "list", summary: Wording("列出通知及其状态", "List notices and what became of them"),
        details: Wording(
            "对客户的通知须先核实联系方式(verify_contact);未核实的列为待核实,可照此打印或口头告知。",
            "A notice to a customer needs a verified contact (verify_contact); until then it waits, and can be read out from here."
        ),
        flags: FlagSpec.acting + [
            FlagSpec(
                "state", .choice(NoticeState.allCases.map(\.rawValue)), repeatable: true,
                help: Wording("只看此状态", "only this state")),
            FlagSpec(
                "limit", .integer(placeholder: "rows", 1...NoticeLimits.pageMax), help: Wording("最多条数", "rows at most")),
        ],
        examples: ["syncnode notices list --state waiting --topology topology.example.json --node province-01"],
        exitCodes: [.unavailable, .tryAgain], reads: true
    ) { invocation in
        var items: [(String, String)] = []
        let states = invocation.arguments.texts("state")
        if !states.isEmpty { items.append(("state", states.joined(separator: ","))) }
        if let limit = invocation.arguments.integer("limit") { items.append(("limit", String(limit))) }
        let answer = try NodeClient(invocation, actor: true).get(ClientPath.query("/api/v1/notices", items))
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        print(answer.json, on: invocation.console)
        return .success
    }

    private static let retry = CommandSpec(
        name: "retry", summary: Wording("重新发送", "Send notices again"),
        arguments: [
            ArgumentSpec(
                "notice", .optional,
                help: Wording("通知标识;缺省为全部未发出的", "the notice's id (default: whatever failed or waits)"))
        ],
        flags: FlagSpec.acting,
        examples: ["syncnode notices retry --topology topology.example.json --node province-01"],
        exitCodes: [.unavailable, .tryAgain], reads: true
    ) { invocation in
        let id = invocation.arguments.arguments("notice").first ?? "all"
        let answer = try NodeAnswer(try NodeClient(invocation, actor: true).ask(.post, ClientPath.notice(id, "retry")))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            invocation.console.print("待发送 waiting \(answer.json["waiting"]?.integer ?? 0)")
        }
        return .success
    }

    private static func print(_ json: JSONElement, on console: Console) {
        let sender = json["sender"]
        let error = sender?["error"]?.string.map { "  \($0)" } ?? ""
        let kind = sender?["kind"]?.string ?? "未配置,通知在此等待 none configured, notices wait here"
        console.print("发送方 sender: \(kind)  \(sender?["state"]?.string ?? "")\(error)")
        let counts = NoticeState.allCases.map { "\($0.wording.both) \(json["counts"]?[$0.rawValue]?.integer ?? 0)" }
        console.print(counts.joined(separator: "  "))
        var table = TextTable([
            .init("时间 TIME"), .init("工单 TICKET"), .init("种类 KIND"), .init("状态 STATE"), .init("次数 TRIES", .right),
            .init("标识 ID"),
        ])
        for row in json["notices"]?.array ?? [] {
            table.add([
                TicketText.time(row["at"]?.integer), row["ticket"]?.string ?? "", row["label"]?["zh"]?.string ?? "",
                (row["state_label"]?["zh"]?.string ?? "") + (row["error"]?.string.map { " \($0)" } ?? "")
                    + (row["held_label"]?["zh"]?.string.map { ":\($0)" } ?? ""),
                "\(row["attempts"]?.integer ?? 0)", row["id"]?.string ?? "",
            ])
        }
        for line in table.lines { console.print(line) }
        let found = json["counts"]?["imported"]?.integer ?? 0
        if found > 0 {
            console.print(
                "导入的旧件中有 \(found) 项登记前已到期或须知会,不逐件发送;清单 notices list --state imported  "
                    + "An import found \(found) of old: limits that had ended, or duties to tell; none is sent by itself."
            )
        }
    }
}
