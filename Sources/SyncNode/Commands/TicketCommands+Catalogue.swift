import HTTPTransport
import TicketModel

// Every act of the workflow by its name.
extension TicketCommands {
    static let catalogue = CommandSpec(
        name: "act", summary: Wording("按名称办理任一环节", "Do any act by its name"),
        details: Wording(
            "环节名称、参数和字段见 /api/v1/acts;参数与字段都用 --field 填写。"
                + "可用:\(ActCatalogue.all.map(\.act.name).joined(separator: " "))。",
            "Names, parameters and fields: /api/v1/acts; both are given with --field. "
                + "One of: \(ActCatalogue.all.map(\.act.name).joined(separator: " "))."),
        arguments: [reference, ArgumentSpec("act", help: Wording("环节名称", "the act's name"))],
        flags: FlagSpec.acting + [
            .field, .from, .key,
            FlagSpec("preview", help: Wording("只预览,不办理", "only show what would come of it")),
        ],
        examples: ["syncnode ticket act 010101-20240301-1234-A urge --field source=by_customer \(at)"],
        exitCodes: exits, reads: true
    ) { invocation in
        let path = ClientPath.act(invocation.arguments.argument("ticket"), invocation.arguments.argument("act"))
        guard !invocation.arguments.isSet("preview") else { return try showPreview(path + "/preview", invocation) }
        let answer = try NodeAnswer(
            try NodeClient(invocation, actor: true).ask(
                .post, path, body: ClientBody.fields(try invocation.ticketFields()), extra: invocation.idempotencyKey))
        return invocation.show(receipt: answer)
    }
}
