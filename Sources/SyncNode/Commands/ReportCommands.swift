import HTTPTransport
import TicketModel

/// `board`, `today`, `alerts`, `report …`: what the node makes of what it holds.
enum ReportCommands {
    static let specs = [board, today, alerts, report]

    private static let at = "--topology topology.example.json --node"

    private static let board = command(
        "board", Wording("看板", "The desk at a glance: columns, what presses most, neighbours"), "/api/v1/board",
        [FlagSpec("limit", .integer(placeholder: "rows", 1...500), help: Wording("工单行数", "rows of tickets"))],
        node: "province-01", ReportText.print(board:on:))

    private static let today = command(
        "today", Wording("今日小结", "This node's day: what was done, what is left"), "/api/v1/reports/today", [],
        ReportText.print(today:on:))

    private static let alerts = command(
        "alerts", Wording("四色预警", "Clusters of like complaints, by colour"), "/api/v1/reports/alerts", [date],
        node: "province-01", ReportText.print(alerts:on:))

    private static let report = CommandSpec(
        name: "report", summary: Wording("报表", "Reports"), commands: [day, indicators, unresolvable, supervision])

    private static let day = command(
        "day", Wording("日报:环节及时率、退单、预警、平衡", "A centre's day: timeliness, bounces, warnings, balance"),
        "/api/v1/reports/day", [date], node: "province-01", group: "report ", ReportText.print(day:on:))

    private static let indicators = command(
        "indicators", Wording("指标,附公式、分母和剔除", "The figures with formula, sums and exclusions"),
        "/api/v1/reports/indicators",
        [
            FlagSpec(
                "period", .choice(ReportPeriod.Kind.allCases.map(\.rawValue)),
                help: Wording("周期,缺省为月", "the period; by default the month")),
            date,
            FlagSpec(
                "by", .choice(Dimension.allCases.map(\.rawValue)), help: Wording("细分", "break down by")),
            FlagSpec(
                "rows", .choice(Indicator.all.map(\.id)),
                help: Wording("列出该指标的明细", "list the rows behind this figure")),
            outside("customers", "使用该业务的客户数", "customers using the business"),
            outside("calls", "人工请求呼叫量", "calls asking for a person"),
            outside("calls-answered", "15 秒内人工应答量", "of these answered within 15 s"),
        ], node: "head-office", group: "report ", ReportText.print(indicators:on:))

    private static let unresolvable = command(
        "unresolvable", Wording("待季度签字的无法处理案件", "Unresolvable cases that wait for the quarter's signature"),
        "/api/v1/reports/unresolvable",
        [FlagSpec("limit", .integer(placeholder: "rows", 1...500), help: Wording("行数", "rows"))], node: "head-office",
        group: "report ", ReportText.print(unresolvable:on:))

    private static let supervision = command(
        "supervision", Wording("须督办的工单:关键、疑难、未按规定", "Tickets that call for supervision: key, difficult, irregular"),
        "/api/v1/reports/supervision",
        [FlagSpec("limit", .integer(placeholder: "rows", 1...500), help: Wording("行数", "rows"))], node: "head-office",
        group: "report ", ReportText.print(supervision:on:))

    private static let date = FlagSpec(
        "date", .text(placeholder: "yyyy-mm-dd"), help: Wording("哪一天,缺省今天", "which day; by default today"))

    private static func outside(_ name: String, _ chinese: String, _ english: String) -> FlagSpec {
        FlagSpec(
            name, .integer(placeholder: "number", 0...10_000_000_000),
            help: Wording("\(chinese)(外部数据)", "\(english), from outside"))
    }

    private static func command(
        _ name: String, _ summary: Wording, _ path: String, _ flags: [FlagSpec], node: String = "branch-0101",
        group: String = "", _ print: @escaping @Sendable (JSONElement, Console) -> Void
    ) -> CommandSpec {
        CommandSpec(
            name: name, summary: summary, flags: FlagSpec.acting + flags,
            examples: ["syncnode \(group)\(name) \(at) \(node)"], exitCodes: TicketCommands.exits, reads: true
        ) { invocation in
            var items: [(String, String)] = []
            for flag in flags {
                let parameter = flag.name == "calls-answered" ? "calls_answered" : flag.name
                if let number = invocation.arguments.integer(flag.name) {
                    items.append((parameter, String(number)))
                } else if let text = invocation.arguments.text(flag.name) {
                    items.append((parameter, text))
                }
            }
            let answer = try NodeClient(invocation, actor: true).get(ClientPath.query(path, items))
            if invocation.wantsJSON {
                answer.print(on: invocation.console)
            } else {
                print(answer.json, invocation.console)
            }
            return .success
        }
    }
}
