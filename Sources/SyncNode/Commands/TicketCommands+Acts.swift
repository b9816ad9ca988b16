import HTTPTransport
import SyncProtocol
import TicketModel

// The acts: one command each, all alike. The examples are one ticket's life in the example topology; a test lives it.
extension TicketCommands {
    static let acts: [CommandSpec] = [
        act("submit", Wording("提交上级", "Hand the ticket to the node above")),
        act(
            "dispatch", Wording("派单", "Dispatch to a unit"),
            flags: [
                FlagSpec(
                    "to", .text(placeholder: "id"), required: true,
                    help: Wording("承办节点:本节点或其下级", "the node that does the work: this one or one below it"))
            ],
            form: .dispatch,
            example: "--to branch-0102 --field nature=fee_dispute --field cause_class=service "
                + "--field handling_channel=site --field validity=valid",
            at: "province-01"
        ) { ClientBody.fields(try $0.ticketFields(), [("to", $0.arguments.text("to") ?? "")]) },
        act("take", Wording("接收", "Take what is offered to this node"), at: "branch-0102"),
        fieldsAct(
            "feedback", Wording("反馈处理结果", "Feed the result back"), .feedBack,
            example: "--field leg_text=经查属实 --field proposed_solution=退还重复扣费 --field cause_class=service "
                + "--field responsibility=bank", at: "branch-0102"),
        fieldsAct(
            "reply", Wording("答复客户", "Answer the customer"), .reply,
            example: "--field solution=退还重复扣费 --field reply_medium=phone --field attitude=accepted "
                + "--field identity_check=holder --field remedy_info_given=true", at: "province-01"),
        fieldsAct(
            "answer", Wording("现场答复", "Answer at the place of intake"), .answerOnSpot,
            example: "--field proposed_solution=当场退费 --field attitude=accepted", at: "branch-0101"),
        fieldsAct(
            "close", Wording("回访结案", "Follow up and close"), .close,
            example: "--field satisfaction=satisfied --field responsibility=bank --field outcome=solved",
            at: "province-01"),
        widen,
        act(
            "note", Wording("加备注", "Add a note"),
            arguments: [ArgumentSpec("text", help: Wording("文字", "the words"))], example: "'客户来电补充'"
        ) { ClientBody.members([("text", $0.arguments.argument("text"))]) },
        resolve,
        act(
            "recall", Wording("收回交接", "Take an offer back"),
            details: Wording(
                "对方尚未看到时立即收回;否则只是请求,由对方退回(decline)或接收(take),结果见 ticket show。对方退回后再执行一次,恢复交接前的状态。",
                "At once where nobody has seen the offer. Else it is a request: the other node gives it back (decline) or "
                    + "takes it, and ticket show tells which. Once given back, run it again: the state is as before the offer."
            )
        ),
        act(
            "decline", Wording("退回交接", "Give an offer back"),
            flags: [
                FlagSpec(
                    "reason", .choice(Enumeration.declineReason.codes), required: true,
                    help: Wording("理由", "the reason"))
            ],
            example: "--reason withdrawn_by_sender", at: "province-01"
        ) { members($0, "reason") },
        act(
            "return", Wording("退回补充", "Give back for completion"),
            arguments: [ArgumentSpec("missing", .many, help: Wording("缺少的字段名", "names of the missing fields"))],
            example: "when_happened", at: "province-01"
        ) { returnBody($0.arguments.arguments("missing")) },
    ]

    private static let widen = act(
        "widen", Wording("扩大知悉范围", "Let head office see more"),
        details: Wording(
            "总行自行扩围时,理由须为总行调阅(head_office_request,七日),或与工单种类、分类相符。",
            "Head office itself may name head_office_request, for seven days, or what the ticket's kind and "
                + "classification bear out."),
        flags: [
            FlagSpec(
                "to", .choice(["casework", "full"]), required: true,
                help: Wording("案件内容或全部", "the casework, or everything")),
            FlagSpec(
                "reason", .choice(Enumeration.wideningReason.codes), required: true,
                help: Wording("理由", "the reason")),
        ],
        example: "--to full --reason escalated"
    ) { members($0, "to", "reason") }

    private static let resolve = act(
        "resolve", Wording("裁定冲突值", "Choose one of several values"),
        details: Wording(
            "值须与并存值之一完全相同(见 ticket conflicts);空值选择“已清除”;另填新值须加 --new。",
            "The value must be one of those side by side (see ticket conflicts), '' the one that cleared the field; "
                + "for another value add --new."),
        arguments: [
            ArgumentSpec("field", help: Wording("字段名", "the field's name")),
            ArgumentSpec(
                "value", help: Wording("选定的值;@文件 读入文字", "the value to keep; @file reads it from a file")),
        ],
        flags: [FlagSpec("new", help: Wording("此值为新值", "the value is a new one"))], example: "demand refund"
    ) { invocation in
        ClientBody.resolve(
            invocation.arguments.argument("field"), try invocation.literal(invocation.arguments.argument("value")),
            isNew: invocation.arguments.isSet("new"))
    }

    private static func fieldsAct(
        _ name: String, _ summary: Wording, _ form: ActForm, example: String, at node: String
    ) -> CommandSpec {
        act(name, summary, form: form, example: example, at: node) { ClientBody.fields(try $0.ticketFields()) }
    }

    private static func act(
        _ name: String, _ summary: Wording, details: Wording? = nil, arguments: [ArgumentSpec] = [],
        flags: [FlagSpec] = [], form: ActForm? = nil, example: String = "", at node: String = "branch-0101",
        body: @escaping @Sendable (Invocation) throws -> [UInt8] = { _ in [] }
    ) -> CommandSpec {
        let words = ["syncnode ticket", name, "010101-20240301-1234-A", example, place(node)].filter { !$0.isEmpty }
        let fields: [FlagSpec] = form == nil ? [] : [.field, .from]
        return CommandSpec(
            name: name, summary: summary, details: details ?? form.map(needs), arguments: [reference] + arguments,
            flags: FlagSpec.acting + flags + fields + [.key], examples: [words.joined(separator: " ")],
            exitCodes: exits, reads: true
        ) { invocation in
            let path = ClientPath.ticket(invocation.arguments.argument("ticket"), name)
            let answer = try NodeAnswer(
                try NodeClient(invocation, actor: true).ask(
                    .post, path, body: try body(invocation), extra: invocation.idempotencyKey))
            return invocation.show(receipt: answer)
        }
    }

    /// What the act needs, from the table that the rules read.
    private static func needs(_ form: ActForm) -> Wording {
        func names(_ join: String) -> [String] {
            form.needs.map { group in
                group.compactMap { FieldTable.definition($0)?.name }.joined(separator: join)
            }
        }
        let (chinese, english) = (names(" 或 "), names(" or "))
        return Wording(
            "须有值(此前已填的不必再填):\(chinese.joined(separator: "、"))。",
            "Must have a value, given now or before: \(english.joined(separator: ", ")).")
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
