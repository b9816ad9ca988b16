import HTTPTransport
import TicketModel

// What would come of a registration or an act, before it is done.
extension TicketCommands {
    static let preview = CommandSpec(
        name: "preview", summary: Wording("登记前预览", "What the rules make of a registration"),
        details: Wording(
            "不保存任何内容。列出级别、派单规则、知悉范围、时限和缺项;推导见 --json 的 clocks。",
            "Saves nothing. Level, routing rule, who would hold what, deadlines and what is missing; each derivation: --json, clocks."
        ),
        flags: FlagSpec.acting + [.field, .from],
        examples: ["syncnode ticket preview --from samples/complaint.json --field severity=important \(at)"],
        exitCodes: exits, reads: true
    ) { try showPreview("/api/v1/tickets/preview", $0) }

    /// Success means that it would be allowed.
    static func showPreview(_ path: String, _ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeAnswer(
            try NodeClient(invocation, actor: true).ask(
                .post, path, body: ClientBody.fields(try invocation.ticketFields())))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            PreviewText.print(answer.json, on: invocation.console)
        }
        return answer.json["allowed"]?.bool == true ? .success : .failed
    }
}

/// A preview for people.
enum PreviewText {
    static func print(_ json: JSONElement, on console: Console) {
        let allowed = json["allowed"]?.bool == true ? "可办理 allowed" : "不可办理 not allowed"
        var head = TextTable([.init("预览 PREVIEW"), .init("\(TicketText.both(json["act_label"]))  \(allowed)")])
        head.add(["级别 scope", label(json["scope"], .scope)])
        head.add(["严重 severity", label(json["severity"], .severity)])
        head.add(["优先 priority", json["priority"]?.integer.map(String.init) ?? ""])
        head.add(["状态 state", label(json["state"], .state)])
        if let route = json["route"], !route.isNull {
            head.add(["规则 rule", TicketText.both(route["label"])])
            head.add(["主办 lead", TicketText.both(route["lead_unit_label"])])
            head.add(["退单 bounced", past(route["past"])])
        }
        let audience = (json["audience"]?.array ?? []).map {
            "\($0["node"]?.string ?? "?") \($0["holds"]?.string ?? "")"
        }
        head.add(["知悉 audience", audience.joined(separator: ", ")])
        for line in head.lines { console.print(line) }
        printClocks(json, console)
        printRefusal(json["refusal"], console)
        TicketText.notes(json).forEach { console.print($0) }
    }

    private static func past(_ past: JSONElement?) -> String {
        let (sent, back) = (past?["dispatched"]?.integer ?? 0, past?["bounced"]?.integer ?? 0)
        return "\(back) / \(sent) (\(past?["days"]?.integer ?? 0) 天 days)"
    }

    private static func printClocks(_ json: JSONElement, _ console: Console) {
        let changed = Set((json["changed_clocks"]?.array ?? []).compactMap(\.string))
        var table = TextTable([
            .init("时限 DEADLINE"), .init("预警 WARN"), .init("截止 DUE"), .init("状态 PHASE"), .init("规则 RULE"),
        ])
        for clock in json["clocks"]?.array ?? [] {
            let isNew = changed.contains(clock["clock"]?.string ?? "")
            table.add([
                (isNew ? "* " : "  ") + (clock["name"]?["zh"]?.string ?? clock["policy"]?.string ?? ""),
                TicketText.time(clock["warn_at"]?.integer), TicketText.time(clock["due_at"]?.integer),
                clock["phase_label"]?["zh"]?.string ?? "",
                "\(clock["pack"]?.string ?? "")@\(clock["pack_version"]?.string ?? "") \(clock["policy"]?.string ?? "")",
            ])
        }
        console.print("")
        for line in table.lines { console.print(line) }
    }

    private static func printRefusal(_ refusal: JSONElement?, _ console: Console) {
        guard let refusal, !refusal.isNull else { return }
        console.print("")
        console.print(
            DisplayText.safe(
                "\(refusal["code"]?.string ?? "") [\(refusal["rule"]?.string ?? "")] "
                    + "\(TicketText.both(refusal["detail"]))"))
        console.print(DisplayText.safe("→ \(TicketText.both(refusal["hint"]))"))
        for error in refusal["errors"]?.array ?? [] {
            console.print(
                DisplayText.safe(
                    "  \(error["field"]?.string ?? ""): \(error["detail"]?.string ?? "") → \(error["hint"]?.string ?? "")"
                ))
        }
    }

    private static func label(_ code: JSONElement?, _ list: Enumeration) -> String {
        code?.string.map { list.label(of: $0).chinese + " " + $0 } ?? "—"
    }
}
