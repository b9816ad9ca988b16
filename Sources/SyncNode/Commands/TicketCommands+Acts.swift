import HTTPTransport
import TicketModel

// The acts: one command each, all alike.
extension TicketCommands {
    static let acts: [CommandSpec] = [
        act("submit", Wording("提交上级", "Hand the ticket to the node above")),
        act(
            "dispatch", Wording("派单", "Dispatch to a unit"),
            flags: [
                FlagSpec(
                    "to", .text(placeholder: "id"), required: true, help: Wording("承办节点", "the node that does the work")
                ),
                .field, .from,
            ],
            example: "--to branch-0102 --field nature=fee_dispute"
        ) { ClientBody.fields(try $0.ticketFields(), [("to", $0.arguments.text("to") ?? "")]) },
        act("take", Wording("接收", "Take what is offered to this node")),
        fieldsAct("feedback", Wording("反馈处理结果", "Feed the result back"), example: "--field leg_text=@facts.txt"),
        fieldsAct("reply", Wording("答复客户", "Answer the customer"), example: "--field reply_medium=phone"),
        fieldsAct(
            "answer", Wording("现场答复", "Answer at the place of intake"), example: "--field attitude=accepted"),
        fieldsAct("close", Wording("回访结案", "Follow up and close"), example: "--field satisfaction=satisfied"),
        act(
            "widen", Wording("扩大知悉范围", "Let head office see more"),
            flags: [
                FlagSpec(
                    "to", .choice(["casework", "full"]), required: true,
                    help: Wording("案件内容或全部", "the casework, or everything")),
                FlagSpec(
                    "reason", .choice(Enumeration.wideningReason.codes), required: true,
                    help: Wording("理由", "the reason")),
            ],
            example: "--to full --reason escalated"
        ) { members($0, "to", "reason") },
        act(
            "note", Wording("加备注", "Add a note"),
            arguments: [ArgumentSpec("text", help: Wording("文字", "the words"))], example: "'客户来电补充'"
        ) { ClientBody.members([("text", $0.arguments.argument("text"))]) },
        act(
            "resolve", Wording("裁定冲突值", "Choose one of several values"),
            arguments: [
                ArgumentSpec("field", help: Wording("字段名", "the field's name")),
                ArgumentSpec("value", help: Wording("选定的值", "the value to keep")),
            ], example: "demand refund"
        ) { invocation in
            ClientBody.members([
                ("field", invocation.arguments.argument("field")), ("value", invocation.arguments.argument("value")),
            ])
        },
        act("recall", Wording("收回交接", "Take an offer back")),
        act(
            "decline", Wording("退回交接", "Give an offer back"),
            flags: [
                FlagSpec(
                    "reason", .choice(Enumeration.declineReason.codes), required: true,
                    help: Wording("理由", "the reason"))
            ],
            example: "--reason \(Enumeration.declineReason.codes[0])"
        ) { members($0, "reason") },
        act(
            "return", Wording("退回补充", "Give back for completion"),
            arguments: [ArgumentSpec("missing", .many, help: Wording("缺少的字段名", "names of the missing fields"))],
            example: "when_happened"
        ) { returnBody($0.arguments.arguments("missing")) },
    ]

    private static func fieldsAct(_ name: String, _ summary: Wording, example: String) -> CommandSpec {
        act(name, summary, flags: [.field, .from], example: example) { ClientBody.fields(try $0.ticketFields()) }
    }

    private static func act(
        _ name: String, _ summary: Wording, arguments: [ArgumentSpec] = [], flags: [FlagSpec] = [],
        example: String = "", body: @escaping @Sendable (Invocation) throws -> [UInt8] = { _ in [] }
    ) -> CommandSpec {
        let words = ["syncnode ticket", name, "010101-20240301-1234-A", example, at].filter { !$0.isEmpty }
        return CommandSpec(
            name: name, summary: summary, arguments: [reference] + arguments, flags: FlagSpec.acting + flags,
            examples: [words.joined(separator: " ")], exitCodes: exits
        ) { invocation in
            let path = ClientPath.ticket(invocation.arguments.argument("ticket"), name)
            let answer = try NodeAnswer(
                try NodeClient(invocation, actor: true).ask(.post, path, body: try body(invocation)))
            TicketText.print(receipt: answer.json, on: invocation.console)
            return .success
        }
    }

    private static func members(_ invocation: Invocation, _ names: String...) -> [UInt8] {
        ClientBody.members(names.map { ($0, invocation.arguments.text($0) ?? "") })
    }

    private static func returnBody(_ missing: [String]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { $0.member("missing", texts: missing) }
        return writer.bytes
    }
}
