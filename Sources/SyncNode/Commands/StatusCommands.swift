import HTTPTransport
import TicketModel

/// `status`, `peers`, `incidents`, `consolidated`: how things stand, by way of the running node.
enum StatusCommands {
    static let specs = [status, peers, incidents, consolidated]

    private static let status = read(
        "status", Wording("节点状态", "How things stand at a node"), "/api/v1/status"
    ) { json, console in
        if let bar = ReportText.bar(json["uplink"], now: json["now"]?.integer) { console.print(bar) }
        let node = json["node"]
        var table = TextTable([
            .init("节点 NODE"), .init("\(node?["id"]?.string ?? "?") \(node?["name"]?["zh"]?.string ?? "")"),
        ])
        let versions = json["versions"]
        table.add(["级别 tier", node?["tier"]?.string ?? ""])
        table.add([
            "版本 versions",
            "syncnode \(versions?["syncnode"]?.string ?? "")  protocol \(number(versions?["protocol"]))  "
                + "SQLite \(versions?["sqlite"]?.string ?? "")",
        ])
        table.add(["序号 sequence", number(json["apply_sequence"])])
        if json["tickets"]?.isNull == false {
            table.add(["工单 tickets", "\(number(json["tickets"]))  未结 open \(number(json["open_tickets"]))"])
            table.add(["冲突 conflicts", number(json["conflicts"])])
        } else {
            table.add(["工单 tickets", "须注明岗位 for a named post: --post"])
        }
        if let count = json["undetermined"]?.integer, count > 0 {
            table.add(["时限未定 undetermined", "\(count)  缺日历 a calendar is missing"])
        }
        table.add(["搁置 parked", number(json["parked_actions"])])
        table.add(["事件 incidents", number(json["incidents"])])
        if json["is_suspended"]?.bool == true { table.add(["办理权 custody", "暂停 suspended: 两个副本 two copies alive"]) }
        if let halted = json["halted"]?.string { table.add(["写入 writes", "已停止 halted: \(halted)"]) }
        for line in table.lines { console.print(line) }
        console.print(PeopleText.register(json["people"]))
        console.print("")
        printPeers(json, console)
    }

    private static let peers = read(
        "peers", Wording("相邻节点与线路", "Neighbours and lines"), "/api/v1/status", printPeers)

    private static let incidents = read(
        "incidents", Wording("事件记录", "Incidents, newest first"), "/api/v1/incidents"
    ) { json, console in
        var table = TextTable([
            .init("时间 TIME"), .init("代码 CODE"), .init("节点 NODE"), .init("对象 SUBJECT"), .init("次数 COUNT", .right),
        ])
        for incident in json["incidents"]?.array ?? [] {
            table.add([
                TicketText.time(incident["at"]?.integer), incident["code"]?.string ?? "",
                incident["node"]?.string ?? "", incident["subject"]?.string ?? "", number(incident["count"]),
            ])
        }
        table.show(on: console)
        var explained: Set<String> = []
        for incident in json["incidents"]?.array ?? [] {
            guard let code = incident["code"]?.string, let hint = incident["hint"], explained.insert(code).inserted,
                let chinese = hint["zh"]?.string, let english = hint["en"]?.string
            else { continue }
            console.print("\(code): \(chinese) \(english)")
        }
    }

    private static let consolidated = read(
        "consolidated", Wording("汇总视图", "Counts over a node and everything below it"), "/api/v1/consolidated",
        node: "head-office"
    ) { json, console in
        let exact = json["is_exact"]?.bool == true ? "" : " (统计期间有变化 moved while counting)"
        console.print(
            "截至序号 as of \(number(json["as_of"]))\(exact)  \(TicketText.time(json["at"]?.integer))  "
                + "工单 tickets \(number(json["tickets"]))  未结 open \(number(json["open_tickets"]))")
        printProvinces(json["provinces"], console)
        for (name, title) in [
            ("by_province", "省 PROVINCE"), ("by_kind", "种类 KIND"), ("by_state", "状态 STATE"),
            ("by_severity", "严重程度 SEVERITY"), ("by_age", "未结账龄 AGE, OPEN"),
        ] {
            console.print("")
            printTotals(json[name], title, console)
        }
        console.print("")
        console.print("升级、申诉、转办 ESCALATED, APPEALS, REFERRED")
        TicketText.print(
            list: JSONElement(.object([JSONMember("tickets", json["listed"] ?? JSONElement(.array([])))])), on: console)
        console.print("")
        printCompleteness(json["completeness"], console)
    }

    private static func read(
        _ name: String, _ summary: Wording, _ path: String, node: String = "branch-0101",
        _ print: @escaping @Sendable (JSONElement, Console) -> Void
    ) -> CommandSpec {
        CommandSpec(
            name: name, summary: summary, flags: FlagSpec.acting,
            examples: ["syncnode \(name) --topology topology.example.json --node \(node)"],
            exitCodes: TicketCommands.exits, reads: true
        ) { invocation in
            let answer = try NodeClient(invocation, actor: true).get(path)
            if invocation.wantsJSON {
                answer.print(on: invocation.console)
            } else {
                print(answer.json, invocation.console)
            }
            return .success
        }
    }

    private static func number(_ element: JSONElement?) -> String { element?.integer.map(String.init) ?? "—" }

    private static func printPeers(_ json: JSONElement, _ console: Console) {
        var table = TextTable([
            .init("相邻 PEER"), .init("关系"), .init("线路 LINE"), .init("待发步数 WAITING ACTS", .right),
            .init("总行已有 AT HO", .right),
            .init("已收 READ", .right), .init("最近联系 CONTACT"), .init("下次 NEXT"), .init("错误 ERROR"),
        ])
        for peer in json["neighbours"]?.array ?? [] {
            let line = peer["line"]
            table.add([
                "\(peer["node"]?.string ?? "?") \(peer["name"]?["zh"]?.string ?? "")",
                peer["is_parent"]?.bool == true ? "上级" : "下级", phase(line?["phase"]?.string),
                number(peer["waiting"]), number(peer["head_office_holds"]), number(peer["read"]),
                TicketText.time(peer["contact"]?.integer), TicketText.time(line?["next_attempt"]?.integer),
                line?["last_error"]?.string ?? "",
            ])
        }
        for line in table.lines { console.print(line) }
    }

    private static func phase(_ phase: String?) -> String {
        let words = [
            "idle": "空闲 idle", "syncing": "同步中 syncing", "connected": "已连 connected", "waiting": "等待重试 waiting",
            "cut": "已切断 cut",
        ]
        return phase.map { words[$0] ?? $0 } ?? "—"
    }

    /// Each province, and where its own word differs from what is here.
    private static func printProvinces(_ provinces: JSONElement?, _ console: Console) {
        var table = TextTable([
            .init("省 PROVINCE"), .init("收到", .right), .init("今日收到", .right), .init("今日登记", .right),
            .init("未结 OPEN", .right),
            .init("预警 WARNED", .right), .init("超时 OVERDUE", .right), .init("升级 ESC", .right),
            .init("申诉 APPEALS", .right), .init("最早未结 OLDEST"), .init("平衡 BALANCE"),
        ])
        for row in provinces?.array ?? [] {
            let balance = row["balance"]
            table.add([
                "\(row["name"]?["zh"]?.string ?? "") \(row["node"]?.string ?? "")", number(row["received"]),
                number(row["received_today"]), number(row["recorded_today"]), number(row["open"]),
                number(row["warned"]), number(row["overdue"]),
                number(row["escalated"]), number(row["appeals"]), TicketText.time(row["oldest_at"]?.integer),
                // Head office's own tickets are counted by nobody else.
                row["node"]?.string == nil ? "—" : compared(balance),
            ])
        }
        for line in table.lines { console.print(line) }
        console.print("收到按收到时间、登记按登记时间计 received counts by time of receipt, recorded by time of recording")
        for row in provinces?.array ?? [] {
            for difference in row["balance"]?["differences"]?.array ?? [] {
                console.print(
                    DisplayText.safe(
                        "差 \(number(difference["missing"])) 件 missing: \(difference["node"]?.string ?? "?") "
                            + "\(difference["day"]?.string ?? "")  自报 said \(number(difference["registered"]))  "
                            + "在此 here \(number(difference["here"]))  自 since "
                            + TicketText.time(difference["since"]?.integer)
                            + "  → syncnode request-missing --from \(difference["node"]?.string ?? "?")"))
            }
        }
        console.print("")
    }

    /// Nodes whose own count agrees with what is here.
    private static func compared(_ balance: JSONElement?) -> String {
        guard let balance, balance["compared"]?.integer ?? 0 > 0 else { return ReportText.notCompared }
        let different = balance["different"]?.integer ?? 0
        return different == 0
            ? "\(number(balance["equal"])) 相符 equal"
            : "\(different) 差 differ, \(number(balance["missing"])) 件 missing"
    }

    private static func printTotals(_ totals: JSONElement?, _ title: String, _ console: Console) {
        var table = TextTable([.init(title), .init("工单 TICKETS", .right), .init("未结 OPEN", .right)])
        for total in totals?.array ?? [] {
            table.add([
                "\(total["label"]?["zh"]?.string ?? "") \(total["key"]?.string ?? "")", number(total["count"]),
                number(total["open"]),
            ])
        }
        for line in table.lines { console.print(line) }
    }

    private static func printCompleteness(_ rows: JSONElement?, _ console: Console) {
        var table = TextTable([
            .init("节点 NODE"), .init("经由 VIA"), .init("工单 TICKETS", .right), .init("未结 OPEN", .right),
            .init("最近联系 CONTACT"), .init("已收 READ", .right),
        ])
        for row in rows?.array ?? [] {
            table.add([
                "\(row["node"]?.string ?? "?") \(row["name"]?["zh"]?.string ?? "")", row["via"]?.string ?? "",
                number(row["tickets"]), number(row["open_tickets"]), TicketText.time(row["contact"]?.integer),
                number(row["read"]),
            ])
        }
        for line in table.lines { console.print(line) }
    }
}
