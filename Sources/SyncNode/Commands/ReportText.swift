import TicketModel

/// Boards and reports as tables for people.
enum ReportText {
    static func print(board json: JSONElement, on console: Console) {
        if let bar = bar(json["uplink"], now: json["at"]?.integer) { console.print(bar) }
        var columns = TextTable([
            .init("状态 STATE"), .init("件数 COUNT", .right), .init("预警 WARNED", .right), .init("超时 OVERDUE", .right),
            .init("待回复 INTERIM DUE", .right),
        ])
        for column in json["columns"]?.array ?? [] {
            columns.add([
                TicketText.both(column["label"]), number(column["count"]), number(column["warned"]),
                number(column["overdue"]), number(column["interim_due"]),
            ])
        }
        for line in columns.lines { console.print(line) }
        console.print("")
        printTickets(json["tickets"], console)
        console.print("")
        var strip = TextTable([
            .init("相邻 NEIGHBOUR"), .init("最近联系 CONTACT"), .init("状态"), .init("待发步数 WAITING ACTS", .right),
        ])
        for neighbour in json["neighbours"]?.array ?? [] {
            strip.add([
                "\(neighbour["node"]?.string ?? "?") \(neighbour["name"]?["zh"]?.string ?? "")",
                TicketText.time(neighbour["contact"]?.integer),
                contact(neighbour), number(neighbour["waiting"]),
            ])
        }
        for line in strip.lines { console.print(line) }
    }

    /// A line that is refused now is not in touch, however young the last contact.
    private static func contact(_ neighbour: JSONElement) -> String {
        if let error = neighbour["error"]?.string { return "线路异常 failing \(error)" }
        return neighbour["silent"]?.bool == true ? "失联 silent" : "在线 in touch"
    }

    /// 「离线 11 小时 · 待发 3 件 · 上次同步 … · 省中心已收 3 · 已接 2」; nil where nothing is above.
    static func bar(_ uplink: JSONElement?, now: Int64?) -> String? {
        guard let uplink, !uplink.isNull, let now else { return nil }
        let contact = uplink["contact"]?.integer
        let name = uplink["name"]?["zh"]?.string ?? "上级"
        var state = "在线 online"
        if uplink["silent"]?.bool == true {
            state = contact.map { "离线 offline \(span(now - $0))" } ?? "尚未联系 no contact yet"
        }
        if let error = uplink["error"]?.string {
            let failing = uplink["failing_since"]?.integer.map { " 自 since \(TicketText.time($0))" } ?? ""
            let known = uplink["silent"]?.bool == true ? "\(state),线路异常 failing" : "线路异常 failing"
            state = "\(known)\(failing) [\(error)] \(uplink["hint"]?.string ?? "")"
        }
        let (offered, received) = (number(uplink["offered"]), number(uplink["offered_received"]))
        let least = uplink["waiting_tickets_at_least"]?.bool == true ? "≥ " : ""
        let waiting = "\(least)\(number(uplink["waiting_tickets"])) 件 tickets"
        return DisplayText.safe(
            "\(state) · 待发 waiting \(waiting) · 上次同步 last sync \(TicketText.time(contact))"
                + " · \(name)已收 received \(received)/\(offered) · 已接 taken \(number(uplink["accepted"]))")
    }

    private static func span(_ milliseconds: Int64) -> String {
        let minutes = max(0, milliseconds) / 60_000
        return minutes < 60 ? "\(minutes) 分钟 min" : "\(minutes / 60) 小时 h"
    }

    private static func printTickets(_ tickets: JSONElement?, _ console: Console) {
        var table = TextTable([
            .init("优先 P", .right), .init("截止 DUE"), .init("工单号 NUMBER"), .init("状态 STATE"), .init("种类 KIND"),
            .init("收到 RECEIVED"), .init("办理权 CUSTODY"),
        ])
        for row in tickets?.array ?? [] {
            let fields = row["fields"]
            table.add([
                number(fields?["priority"]), TicketText.time(fields?["due_at"]?.integer), row["number"]?.string ?? "?",
                label(fields?["state"], .state), label(fields?["kind"], .kind),
                TicketText.time(fields?["received_at"]?.integer), row["custodian"]?.string ?? "",
            ])
        }
        table.show(on: console)
    }

    static func print(today json: JSONElement, on console: Console) {
        var table = TextTable([.init("今日 \(json["date"]?.string ?? "")"), .init("件数 COUNT", .right)])
        for entry in json["counts"]?.array ?? [] {
            table.add([TicketText.both(entry["label"]), number(entry["count"])])
        }
        for line in table.lines { console.print(line) }
    }

    static func print(day json: JSONElement, on console: Console) {
        console.print("日报 DAY \(json["date"]?.string ?? "")")
        var stages = TextTable([
            .init("环节与时限 STAGE, LIMITS"), .init("到期或办结 ENDED", .right), .init("及时 IN TIME", .right),
            .init("及时率 %", .right),
        ])
        for stage in json["stages"]?.array ?? [] {
            stages.add([
                TicketText.both(stage["label"]), number(stage["visits"]), number(stage["in_time"]),
                percent(stage["permille"]?.integer),
            ])
            for limit in stage["limits"]?.array ?? [] {
                stages.add([
                    "  · " + TicketText.both(limit["label"]), number(limit["ended"]), number(limit["in_time"]), "",
                ])
            }
        }
        for line in stages.lines { console.print(line) }
        console.print("每个时限各计一次,一张工单可有几个 each limit counts by itself: one ticket may have several")
        console.print("")
        var counts = TextTable([.init("当日 THAT DAY", columnsMax: 100), .init("件数 COUNT", .right)])
        let labels = [DayReport.received] + DayReport.counted.map { (name: $0.name, label: $0.label) }
        for (name, label) in labels { counts.add([label.both, number(json["counts"]?[name])]) }
        for line in counts.lines { console.print(line) }
        let warnings = json["warnings"]
        console.print(
            "预警 warnings \(number(warnings?["given"]))  30 分钟内响应 answered in 30 min "
                + "\(number(warnings?["answered_in_30_min"]))  待响应 waiting \(number(warnings?["waiting"]))")
        console.print("")
        var balance = TextTable([
            .init("平衡 BALANCE"), .init("结果"), .init("待发步数 WAITING ACTS", .right), .init("最近联系 CONTACT"),
        ])
        for row in json["balance"]?.array ?? [] {
            balance.add([
                "\(row["node"]?.string ?? "?") \(row["name"]?["zh"]?.string ?? "")",
                equality(row), number(row["waiting"]),
                TicketText.time(row["contact"]?.integer),
            ])
        }
        for line in balance.lines { console.print(line) }
    }

    /// A node counts its tickets at the end of a day; before the first one there is nothing to compare.
    static let notCompared = "尚未核对 not yet compared"

    private static func equality(_ row: JSONElement) -> String {
        let step = row["in_step"]?.bool == true ? "同步 in step" : "未同步 not in step"
        guard let equal = row["equal"]?.bool else {
            return row["is_parent"]?.bool == true ? step : "\(notCompared), \(step)"
        }
        return equal ? "相符 equal, \(step)" : "差 \(number(row["tally"]?["missing"])) 件 missing, \(step)"
    }

    static func print(unresolvable json: JSONElement, on console: Console) {
        console.print("待签字 TO BE SIGNED \(json["quarter"]?.string ?? "")")
        var table = TextTable([
            .init("工单号 NUMBER"), .init("机构 ORG"), .init("理由 REASON"), .init("申报岗位 DECLARED BY"), .init("受理 RECEIVED"),
        ])
        for row in json["tickets"]?.array ?? [] {
            table.add([
                row["number"]?.string ?? "?", row["org"]?.string ?? "", TicketText.both(row["label"]),
                row["declared_by"]?.string ?? "", TicketText.time(row["received_at"]?.integer),
            ])
        }
        table.show(on: console)
    }

    static func print(rehearsal json: JSONElement, on console: Console) {
        let (from, before) = (json["from"]?.integer ?? 0, json["before"]?.integer ?? 0)
        console.print(
            "试算 REHEARSAL \(DisplayText.safe(json["pack"]?.string ?? ""))  \(CivilTime.chinaDate(at: from).text) … "
                + CivilTime.chinaDate(at: before - 1).text)
        console.print(
            "工单 tickets \(number(json["tickets"]))  会超时 would break \(number(json["broken"]))  "
                + "其中原已超时 broken already \(number(json["broken_already"]))")
        for (name, title) in [("provinces", "省 PROVINCE"), ("policies", "规则 POLICY")] {
            var table = TextTable([.init(title), .init("会超时 BROKEN", .right), .init("工单 TICKETS", .right)])
            for row in json[name]?.array ?? [] {
                let code = row["province"]?.string ?? row["policy"]?.string ?? ""
                table.add([
                    "\(row["name"]?["zh"]?.string ?? "") \(code)", number(row["broken"]), number(row["tickets"]),
                ])
            }
            console.print("")
            for line in table.lines { console.print(line) }
        }
    }

    static func print(alerts json: JSONElement, on console: Console) {
        console.print("规则 rules \(json["rules"]?.string ?? "")")
        var table = TextTable([
            .init("颜色 COLOUR"), .init("业务 BUSINESS"), .init("现象 SYMPTOM"), .init("件数 COUNT", .right),
            .init("网点 BRANCHES", .right), .init("省 PROVINCES", .right), .init("无口径 NO TEXT", .right),
            .init("规则 RULE"), .init("责任人 OWNER"), .init("工单 TICKETS", columnsMax: 120),
        ])
        for alert in json["alerts"]?.array ?? [] {
            table.add([
                alert["label"]?["zh"]?.string ?? "", alert["business_label"]?["zh"]?.string ?? "",
                alert["symptom_label"]?["zh"]?.string ?? "", number(alert["count"]),
                String(alert["branches"]?.array?.count ?? 0), String(alert["provinces"]?.array?.count ?? 0),
                number(alert["without_text"]), "\(alert["rule"]?.string ?? "") [\(alert["sureness"]?.string ?? "")]",
                alert["owner"]?.string ?? "",
                (alert["tickets"]?.array ?? []).compactMap(\.string).joined(separator: " "),
            ])
        }
        table.show(on: console)
    }

    static func print(indicators json: JSONElement, on console: Console) {
        let period = json["period"]
        console.print(
            "指标 FIGURES \(period?["name"]?.string ?? "")  收到 received \(number(json["received"]))  "
                + "结案 closed \(number(json["closed"]))  未结超时 open overdue \(number(json["open_overdue"]))")
        var table = TextTable([
            .init("编号 ID"), .init("指标 FIGURE"), .init("值 VALUE", .right), .init("上期 BEFORE", .right),
            .init("目标 TARGET", .right), .init("分子 / 分母", .right), .init("剔除 EXCLUDED"),
            .init("公式 FORMULA", columnsMax: 120),
        ])
        for figure in json["indicators"]?.array ?? [] {
            let unit = figure["unit"]?.string ?? ""
            let excluded = (figure["excluded"]?.array ?? []).map {
                "\($0["label"]?["zh"]?.string ?? "") \(number($0["count"]))"
            }
            let needs = figure["needs"]?.string.map { "须提供 needs --\($0)" }
            table.add([
                figure["id"]?.string ?? "", TicketText.both(figure["name"]),
                needs ?? value(figure["value"], unit), value(figure["previous"], unit), target(figure, unit),
                "\(number(figure["numerator"])) / \(number(figure["denominator"]))", excluded.joined(separator: ", "),
                figure["formula"]?["zh"]?.string ?? "",
            ])
        }
        for line in table.lines { console.print(line) }
        printRows(json["rows"], console)
    }

    private static func printRows(_ rows: JSONElement?, _ console: Console) {
        guard let rows, !rows.isNull else { return }
        console.print("")
        var table = TextTable([
            .init("工单号 NUMBER"), .init("环节 STAGE"), .init("计入 COUNTED", .right), .init("剔除 EXCLUDED"),
        ])
        for row in rows["tickets"]?.array ?? [] {
            table.add([
                row["number"]?.string ?? "?", row["stage"]?.string ?? "", number(row["value"]),
                row["excluded"]?.string ?? "",
            ])
        }
        table.show(on: console)
        if let omitted = rows["omitted"]?.integer, omitted > 0 { console.note("另有 omitted \(omitted)") }
    }

    private static func target(_ figure: JSONElement, _ unit: String) -> String {
        guard let target = figure["target"] else { return "" }
        var mark = ""
        if let meets = figure["meets"]?.bool { mark = meets ? " 达标" : " 未达标" }
        if let least = target["at_least"] { return "≥ \(value(least, unit))\(mark)" }
        if let most = target["at_most"] { return "≤ \(value(most, unit))\(mark)" }
        return ""
    }

    private static func value(_ element: JSONElement?, _ unit: String) -> String {
        guard let number = element?.integer else { return "—" }
        switch unit {
        case "permille": return percent(number)
        case "minutes": return "\(number) 分钟 min"
        case "per_million": return "\(number) ppm"
        default: return String(number)
        }
    }

    /// Thousandths as per cent: `98.6 %`.
    private static func percent(_ permille: Int64?) -> String {
        permille.map { "\($0 / 10).\(abs($0 % 10)) %" } ?? "—"
    }

    private static func label(_ code: JSONElement?, _ list: Enumeration) -> String {
        code?.string.map { list.label(of: $0).chinese } ?? ""
    }

    static func number(_ element: JSONElement?) -> String { element?.integer.map(String.init) ?? "—" }
}
