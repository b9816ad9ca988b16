import HTTPTransport
import Platform
import TicketModel

// Duplicates at entry.
extension TicketCommands {
    static let similar = CommandSpec(
        name: "similar", summary: Wording("查重:相似工单", "Tickets that may be the same matter"),
        details: Wording(
            "登记前用 --field 查,登记后用工单号查。同一事件由派单员并案(act merge);不同事项记入 links,之后不再提示。",
            "Before registering with --field, afterwards with the number. The dispatcher merges what is one event (act merge); "
                + "what is another matter is recorded in links and not asked again."),
        arguments: [ArgumentSpec("ticket", .optional, help: Wording("工单号或标识", "number or id of the ticket"))],
        flags: FlagSpec.acting + [.field, .from],
        examples: [
            "syncnode ticket similar --field complainant_phone=13800000000 --field business_class=rmb_savings "
                + "--field symptom=fee_wrong \(at)"
        ],
        exitCodes: exits, reads: true
    ) { invocation in
        let client = try NodeClient(invocation, actor: true)
        let answer: NodeAnswer
        if let ticket = invocation.arguments.optionalArgument("ticket") {
            answer = try client.get(ClientPath.ticket(ticket, "similar"))
        } else {
            answer = try NodeAnswer(
                try client.ask(
                    .post, "/api/v1/tickets/similar", body: ClientBody.fields(try invocation.ticketFields())))
        }
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            SimilarText.print(answer.json, on: invocation.console)
        }
        return .success
    }
}

/// Similar tickets for people.
enum SimilarText {
    static func print(_ json: JSONElement, on console: Console) {
        let tickets = json["similar"]?.array ?? []
        guard !tickets.isEmpty else {
            console.print("没有相似工单 no similar ticket is here")
            return
        }
        var table = TextTable([
            .init("工单号 NUMBER"), .init("相似 LIKENESS"), .init("状态 STATE"), .init("收到 RECEIVED"), .init("现象 SYMPTOM"),
        ])
        for ticket in tickets {
            let fields = ticket["fields"]
            table.add([
                ticket["number"]?.string ?? "?", likeness(ticket),
                fields?["state"]?.string.map { Enumeration.state.label(of: $0).chinese } ?? "",
                TicketText.time(fields?["received_at"]?.integer),
                fields?["symptom"]?.string.map { Enumeration.symptom.label(of: $0).chinese } ?? "",
            ])
        }
        table.show(on: console)
    }

    /// What a receipt names beside the ticket itself, with the next step.
    static func note(_ receipt: JSONElement, on console: Console) {
        TicketText.notes(receipt).forEach { console.note($0) }
        for ticket in receipt["similar"]?.array ?? [] {
            let number = ticket["number"]?.string ?? "?"
            console.note(
                DisplayText.safe(
                    "相似工单 similar: \(number)  \(likeness(ticket))  不同事项请记录 if it is another matter: ticket amend "
                        + "\(receipt["number"]?.string ?? "?") --field links=different_matter@\(number)"))
        }
    }

    private static func likeness(_ ticket: JSONElement) -> String {
        (ticket["labels"]?.array ?? []).map { TicketText.both($0) }.joined(separator: "; ")
    }
}
