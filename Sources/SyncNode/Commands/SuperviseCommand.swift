import HTTPTransport
import TicketModel

/// `syncnode supervise T1 T2 … --answer-by 15:00`: one order for several tickets.
enum SuperviseCommand {
    static let spec = CommandSpec(
        name: "supervise", summary: Wording("督办多张工单", "Order supervision of several tickets"),
        details: Wording(
            "生成一张督办工单,关联这些工单,下达给所属省中心,并在每张工单上记录。同一 --key 重发不重复下达。",
            "Makes one supervision order that links the tickets, hands it to their province, and notes it on each. Sent again under the same --key nothing is done twice."
        ),
        arguments: [ArgumentSpec("ticket", .many, help: Wording("工单号", "numbers of the tickets"))],
        flags: FlagSpec.acting + [
            FlagSpec(
                "answer-by", .text(placeholder: "time"), required: true,
                help: Wording("答复期限:15:00 或 2026-11-16 15:00", "when to answer by: 15:00, or 2026-11-16 15:00")),
            FlagSpec(
                "reason", .choice(Enumeration.supervisionReason.codes), help: Wording("督办理由", "the reason")),
            FlagSpec(
                "to", .text(placeholder: "id"), help: Wording("下达给(缺省为工单所属)", "the unit (default: the tickets' own)")),
            .key,
        ],
        examples: [
            "syncnode supervise 010101-20240301-1234-A --answer-by 23:59 --reason no_act "
                + "--topology topology.example.json --node head-office"
        ],
        exitCodes: TicketCommands.exits, reads: true
    ) { invocation in
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("tickets", texts: invocation.arguments.arguments("ticket"))
            writer.member("answer_by", invocation.arguments.text("answer-by") ?? "")
            for name in ["reason", "to"] {
                if let text = invocation.arguments.text(name) { writer.member(name, text) }
            }
        }
        let answer = try NodeAnswer(
            try NodeClient(invocation, actor: true).ask(
                .post, "/api/v1/supervisions", body: writer.bytes, extra: invocation.idempotencyKey))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            let json = answer.json
            invocation.console.print(
                DisplayText.safe(
                    "\(json["number"]?.string ?? "?")  督办 supervision → \(json["to"]?.string ?? "?")  "
                        + "工单 tickets \(json["tickets"]?.integer ?? 0)  "
                        + "答复期限 answer by \(TicketText.time(json["answer_by"]?.integer))"))
        }
        return .success
    }
}
