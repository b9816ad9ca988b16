import TicketModel

/// Answers about tickets as tables for people: Chinese first. Everything from the node is made safe for a terminal.
enum TicketText {
    static func print(receipt: JSONElement, on console: Console) {
        let number = receipt["number"]?.string ?? "?"
        let label = receipt["act_label"]?["zh"]?.string ?? "?"
        let english = receipt["act_label"]?["en"]?.string ?? ""
        let repeated = receipt["repeated"]?.bool == true ? "(此前已办理 done before)" : ""
        console.print(
            DisplayText.safe(
                "\(number)  \(label) \(english)\(repeated)  版本 version \(receipt["version"]?.string ?? "?")"))
        SimilarText.note(receipt, on: console)
        if receipt["act"]?.string == TicketAct.askRecall.name {
            console.note(
                "对方可能已看到,由对方退回或接收;结果见 ticket show  The other node may have seen it: it gives it back or "
                    + "takes it; see ticket show")
        }
    }

    /// What the node has to say beside its answer, each with the next step.
    static func notes(_ answer: JSONElement) -> [String] {
        (answer["notes"]?.array ?? []).map { note in
            DisplayText.safe("注意 note: \(both(note["detail"])) → \(both(note["hint"]))")
        }
    }

    static func print(list: JSONElement, on console: Console) {
        var table = TextTable([
            .init("工单号 NUMBER"), .init("状态 STATE"), .init("种类 KIND"), .init("严重 SEVERITY"), .init("优先 P", .right),
            .init("收到 RECEIVED"), .init("办理权 CUSTODY"), .init("待接收 OFFERED"), .init("冲突", .right),
        ])
        for row in list["tickets"]?.array ?? [] {
            let fields = row["fields"]
            table.add([
                row["number"]?.string ?? "?", label(fields, "state", .state), label(fields, "kind", .kind),
                label(fields, "severity", .severity), number(fields?["priority"]),
                time(fields?["received_at"]?.integer), row["custodian"]?.string ?? "", row["offered_to"]?.string ?? "",
                count(row["conflicts"]),
            ])
        }
        table.show(on: console)
    }

    private static func number(_ element: JSONElement?) -> String {
        guard let number = element?.integer else { return "" }
        return String(number)
    }

    /// Nothing for none.
    private static func count(_ element: JSONElement?) -> String {
        let text = number(element)
        return text == "0" ? "" : text
    }

    static func print(conflicts: JSONElement, on console: Console) {
        var table = TextTable([
            .init("工单号 NUMBER"), .init("字段 FIELD"), .init("值 VALUE"), .init("来自 FROM"), .init("动作 ACT"),
        ])
        for ticket in conflicts["tickets"]?.array ?? [] {
            for conflict in ticket["conflicts"]?.array ?? [] {
                for value in conflict["values"]?.array ?? [] {
                    table.add([
                        ticket["number"]?.string ?? "?",
                        "\(conflict["label"]?["zh"]?.string ?? "") \(conflict["field"]?.string ?? "")",
                        value["text"]?["zh"]?.string ?? "", value["tier"]?.string ?? "", value["act"]?.string ?? "",
                    ])
                }
            }
        }
        table.show(on: console)
    }

    static func print(ticket: JSONElement, on console: Console) {
        var head = TextTable([
            .init("工单 TICKET"), .init(DisplayText.safe(ticket["number"]?.string ?? "?"), columnsMax: 400),
        ])
        let level = ticket["acknowledgement"]
        head.add(["标识 id", ticket["document"]?.string ?? ""])
        head.add(["版本 version", ticket["version"]?.string ?? ""])
        head.add(["保存 saved", "\(level?["level"]?.string ?? "") \(both(level?["label"]))"])
        head.add(["办理权 custody", custody(ticket)])
        if let into = ticket["merged_into"], !into.isNull {
            let name = into["number"]?.string ?? into["document"]?.string ?? "?"
            head.add(["已并入 merged into", "\(name)(旧号仍可查 the old number still leads here)"])
        }
        for access in ticket["head_office_access"]?.array ?? [] {
            let word = access["is_open"]?.bool == true ? "至 until" : "已于此时结束 ended"
            head.add([
                "总行调阅 read by HO",
                "\(access["post"]?.string ?? "?")  \(time(access["at"]?.integer)) \(word) \(time(access["until"]?.integer))",
            ])
        }
        let reads = (ticket["fields"]?["read_attempts"]?["values"]?.array ?? []).compactMap { $0["value"]?.string }
        let refused = reads.count { !$0.hasSuffix("@\(ReadAttempt.granted)") }
        if refused > 0 {
            head.add(["查阅被拒 refused", "\(refused) 次,见 read_attempts  attempts to read, see read_attempts"])
        }
        if let recall = recall(ticket) { head.add(["收回 recall", recall]) }
        head.add(["内容 parts", parts(ticket["parts"])])
        head.add(["下一步 next", (ticket["next_acts"]?.array ?? []).compactMap(\.string).joined(separator: ", ")])
        for line in head.lines + notes(ticket) { console.print(line) }
        console.print("")
        var table = TextTable([.init("字段 FIELD", columnsMax: 44), .init("值 VALUE", columnsMax: 400)])
        for member in ticket["fields"]?.object ?? [] {
            let name = "\(member.element["label"]?["zh"]?.string ?? "") \(member.name)"
            let values = member.element["values"]?.array ?? [member.element]
            for value in values { table.add([name, value["text"]?["zh"]?.string ?? ""]) }
        }
        for line in table.lines { console.print(line) }
        for conflict in ticket["conflicts"]?.array ?? [] {
            let values = (conflict["values"]?.array ?? []).compactMap { $0["text"]?["zh"]?.string }
            console.print(
                DisplayText.safe(
                    "冲突 conflict: \(conflict["field"]?.string ?? "?"): \(values.joined(separator: " | "))"))
        }
    }

    static func print(history: JSONElement, on console: Console) {
        for act in history["acts"]?.array ?? [] {
            let marks = [
                ("is_overruled", "[无效 overruled]"), ("is_disputed", "[争议 disputed]"), ("is_voided", "[作废 void]"),
            ].filter { act[$0.0]?.bool == true }.map(\.1).joined(separator: " ")
            console.print(
                DisplayText.safe(
                    "\(act["time"]?.string ?? "")  \(act["node"]?.string ?? "?")  \(act["post"]?.string ?? "")  "
                        + "\(both(act["label"]))  \(marks)"))
            for line in act["lines"]?["zh"]?.array ?? [] {
                console.print("    " + DisplayText.fit(DisplayText.safe(line.string ?? ""), columns: 400))
            }
        }
    }

    /// Each clock in both languages, Chinese first.
    static func print(clocks: JSONElement, on console: Console) {
        let all = clocks["clocks"]?.array ?? []
        if all.isEmpty {
            console.print("此工单没有时限 no clock runs for this ticket: no rules had arrived when it was registered.")
        }
        for clock in all {
            for language in ["zh", "en"] {
                for line in clock["text"]?[language]?.array ?? [] { console.print(DisplayText.safe(line.string ?? "")) }
            }
            for told in clock["told"]?.array ?? [] {
                let recipients = (told["to"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
                console.print("   已提醒 told: \(both(told["label"])) \(time(told["at"]?.integer)) → \(recipients)")
            }
            for share in clock["overdue"]?.array ?? [] {
                console.print("   超时分摊 beyond the end: \(holder(share)) \(share["minutes"]?.integer ?? 0) min")
            }
            console.print("")
        }
        let custody = clocks["custody"]?.array ?? []
        guard !custody.isEmpty else { return }
        console.print("办理时间分布 who had the ticket:")
        for span in custody {
            let end = span["to"]?.integer.map { time($0) } ?? "…"
            console.print(
                "   \(time(span["from"]?.integer)) – \(end)  \(holder(span))  \(span["minutes"]?.integer ?? 0) min")
        }
    }

    private static func holder(_ share: JSONElement) -> String {
        both(share["label"]) + (share["node"]?.string.map { " " + $0 } ?? "")
    }

    // MARK: Pieces

    static func both(_ label: JSONElement?) -> String {
        "\(label?["zh"]?.string ?? "") \(label?["en"]?.string ?? "")"
    }

    static func time(_ milliseconds: Int64?) -> String {
        guard let milliseconds, milliseconds > 0 else { return "—" }
        return CivilTime.chinaText(at: milliseconds)
    }

    private static func label(_ fields: JSONElement?, _ name: String, _ list: Enumeration) -> String {
        fields?[name]?.string.map { list.label(of: $0).chinese } ?? ""
    }

    private static func custody(_ ticket: JSONElement) -> String {
        let custody = ticket["custody"]
        var text = "\(custody?["custodian"]?.string ?? "?") \(custody?["custodian_name"]?["zh"]?.string ?? "")"
        if custody?["is_here"]?.bool == true { text += " (本节点 here)" }
        if custody?["is_suspended"]?.bool == true { text += " (暂停 suspended)" }
        if let to = custody?["offer"]?["to"]?.string { text += "  待接收 offered to \(to)" }
        if custody?["offer"]?["recall_requested"]?.bool == true { text += "(发出方请求收回 asked for back)" }
        return text
    }

    /// What came of the latest request to get an offer back, with what this node can do about it.
    private static func recall(_ ticket: JSONElement) -> String? {
        guard let recall = ticket["custody"]?["recall"], let outcome = recall["outcome"]?.string else { return nil }
        var text =
            "\(both(recall["label"]))  \(recall["from"]?.string ?? "?") → \(recall["to"]?.string ?? "?")  "
            + time(recall["at"]?.integer)
        let acts = (ticket["next_acts"]?.array ?? []).compactMap(\.string)
        if outcome == "waiting", acts.contains("decline") {
            text += "  同意请退回 to agree: decline --reason withdrawn_by_sender"
        } else if outcome == "granted", acts.contains("recall") {
            text += "  恢复原状态 to restore the state: recall"
        }
        return text
    }

    private static func parts(_ parts: JSONElement?) -> String {
        let words = [
            "present": "在此 here", "awaited": "等待到达 awaited", "not_ours": "不属于本节点 not ours",
            TicketReading.withheld: "不予显示 withheld",
        ]
        let names = ["core": "核心", "casework": "案件", "personal": "个人"]
        return (parts?.object ?? []).map { member in
            let presence = member.element.string ?? "?"
            return "\(names[member.name] ?? member.name): \(words[presence] ?? presence)"
        }.joined(separator: "  ")
    }
}
