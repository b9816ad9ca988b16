import HTTPTransport
import TicketModel

// New tickets that grow out of one that exists, which stays as it is.
extension TicketCommands {
    static let linked: [CommandSpec] = [
        linked(
            "appeal", "appeals", Wording("登记申诉", "Register an appeal against a ticket that has ended"),
            details: Wording(
                "沿用原工单内容,原工单不变;--field 可改写任一登记字段。",
                "Takes over what the customer said; the old ticket stays as it is. --field replaces any field of a registration."
            ), example: "--field demand_words=要求重新核查", at: "branch-0101"),
        linked(
            "seal", "sealed-cases",
            Wording("违规违纪另立密封工单", "Continue a misconduct case where the target's branch cannot see it"),
            details: Wording(
                "由省中心或总行办理:另立一单,原单涉及的网点永远得不到;原单不留线索。",
                "For a centre: a new ticket that no branch of the old one ever gets; the old one shows no trace of it."),
            example: "--field target_person=柜员甲", at: "province-01"),
    ]

    private static func linked(
        _ name: String, _ path: String, _ summary: Wording, details: Wording, example: String, at node: String
    ) -> CommandSpec {
        CommandSpec(
            name: name, summary: summary, details: details, arguments: [reference],
            flags: FlagSpec.acting + [.field, .from, .key],
            examples: ["syncnode ticket \(name) 010101-20240301-1234-A \(example) \(place(node))"],
            exitCodes: exits, reads: true
        ) { invocation in
            let path = ClientPath.ticket(invocation.arguments.argument("ticket"), path)
            let answer = try NodeAnswer(
                try NodeClient(invocation, actor: true).ask(
                    .post, path, body: ClientBody.fields(try invocation.ticketFields()),
                    extra: invocation.idempotencyKey))
            return invocation.show(receipt: answer)
        }
    }
}
