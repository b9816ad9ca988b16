import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// `syncnode ticket …`: what people do with tickets, by way of the running node.
enum TicketCommands {
    static let spec = CommandSpec(
        name: "ticket", summary: Wording("工单", "Tickets: register, read, change"),
        commands: [new, preview, show, list, search, conflicts, amend, history, readers, explain, similar, printForm]
            + acts
            + [catalogue]
            + linked)

    /// The end of most examples.
    static let at = place("branch-0101")

    /// The end of an example that runs at a node of the example topology.
    static func place(_ node: String) -> String { "--topology topology.example.json --node \(node)" }

    static let reference = ArgumentSpec("ticket", help: Wording("工单号或标识", "number or id of the ticket"))
    static let exits: [ExitCode] = [.unavailable, .tryAgain]

    private static let new = CommandSpec(
        name: "new", summary: Wording("登记工单", "Register a ticket"),
        details: Wording(
            "字段名与代码见 /api/v1/fields、/api/v1/codes。同一 --key 重发只登记一次。",
            "Field names and codes: /api/v1/fields, /api/v1/codes. Sent again under the same --key it is registered once."
        ),
        flags: FlagSpec.acting + [.field, .from, .key],
        examples: ["syncnode ticket new --from samples/complaint.json --field severity=important \(at)"],
        exitCodes: exits, reads: true
    ) { invocation in
        let answer = try NodeAnswer(
            try NodeClient(invocation, actor: true).ask(
                .post, "/api/v1/tickets", body: ClientBody.fields(try invocation.ticketFields()),
                extra: invocation.idempotencyKey))
        return invocation.show(receipt: answer)
    }

    private static let show = CommandSpec(
        name: "show", summary: Wording("查看工单", "Show a ticket"), arguments: [reference],
        flags: FlagSpec.acting + [.purpose],
        examples: ["syncnode ticket show 010101-20240301-1234-A \(at)"], exitCodes: exits, reads: true
    ) { invocation in
        let client = try NodeClient(invocation, actor: true, purpose: invocation.arguments.text("purpose"))
        let answer = try client.get(ClientPath.ticket(invocation.arguments.argument("ticket")))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            TicketText.print(ticket: answer.json, on: invocation.console)
        }
        return .success
    }

    private static let history = CommandSpec(
        name: "history", summary: Wording("工单经过", "What happened to a ticket"), arguments: [reference],
        flags: FlagSpec.acting, examples: ["syncnode ticket history 010101-20240301-1234-A \(at)"], exitCodes: exits,
        reads: true
    ) { invocation in
        let path = ClientPath.ticket(invocation.arguments.argument("ticket"), "history")
        let answer = try NodeClient(invocation, actor: true).get(path)
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            TicketText.print(history: answer.json, on: invocation.console)
        }
        return .success
    }

    private static let explain = CommandSpec(
        name: "explain", summary: Wording("时限为何如此", "Why each deadline is what it is, step by step"),
        details: Wording(
            "列出每个时限的规则包、日历版本和逐日推导,第三人可据此复算。",
            "Names pack, calendar version and every counted or skipped day, so that a third person comes to the same second."
        ),
        arguments: [reference], flags: FlagSpec.acting,
        examples: ["syncnode ticket explain 010101-20240301-1234-A \(at)"], exitCodes: exits, reads: true
    ) { invocation in
        let path = ClientPath.ticket(invocation.arguments.argument("ticket"), "clocks")
        let answer = try NodeClient(invocation, actor: true).get(path)
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            TicketText.print(clocks: answer.json, on: invocation.console)
        }
        return .success
    }

    private static let amend = CommandSpec(
        name: "amend", summary: Wording("修改工单", "Change values of a ticket"),
        details: Wording(
            "空值清除字段。缺省先读取工单,防止覆盖他人修改;--version 可注明所见版本。",
            "An empty value clears a field. Reads the ticket first, so that nobody's change is lost; --version names the one you saw."
        ),
        arguments: [reference],
        flags: FlagSpec.acting + [
            .field, .from,
            FlagSpec(
                "reason", .choice(Enumeration.correctionReason.codes),
                help: Wording("更正原因;登记时一次定下的字段须填", "why; needed for fields that are set once")),
            FlagSpec("version", .text(placeholder: "version"), help: Wording("所见版本", "the version that you saw")),
            .key,
        ],
        examples: ["syncnode ticket amend 010101-20240301-1234-A --field severity=urgent \(at)"], exitCodes: exits,
        reads: true
    ) { invocation in
        let client = try NodeClient(invocation, actor: true)
        let path = ClientPath.ticket(invocation.arguments.argument("ticket"))
        let seen = try invocation.arguments.text("version").map { "\"\($0)\"" } ?? client.get(path).headers["ETag"]
        let reason = invocation.arguments.text("reason").map { [("reason", $0)] } ?? []
        var extra = invocation.idempotencyKey
        extra["If-Match"] = seen ?? "*"
        let answer = try NodeAnswer(
            try client.ask(
                .patch, path, body: ClientBody.fields(try invocation.ticketFields(), reason), extra: extra))
        return invocation.show(receipt: answer)
    }
}
