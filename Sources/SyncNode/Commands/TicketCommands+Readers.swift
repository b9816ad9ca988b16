import TicketModel

// Who read a ticket.
extension TicketCommands {
    static let readers = CommandSpec(
        name: "readers", summary: Wording("查阅记录", "Who was shown a ticket's words at this node"),
        details: Wording(
            "同一岗位十分钟内重复查阅只记一次;被拒的查阅和总行调阅记在工单上,见 ticket show。",
            "The same post within ten minutes counts once. Refused attempts, and what head office reads on request, stand in "
                + "the ticket: see ticket show."),
        arguments: [reference], flags: FlagSpec.acting,
        examples: ["syncnode ticket readers 010101-20240301-1234-A \(at)"], exitCodes: exits, reads: true
    ) { invocation in
        let path = ClientPath.ticket(invocation.arguments.argument("ticket"), "readers")
        let answer = try NodeClient(invocation, actor: true).get(path)
        guard !invocation.wantsJSON else {
            answer.print(on: invocation.console)
            return .success
        }
        var table = TextTable([.init("时间 TIME"), .init("岗位 POST"), .init("操作 OPERATION"), .init("目的 PURPOSE")])
        for reading in answer.json["readings"]?.array ?? [] {
            table.add([
                TicketText.time(reading["at"]?.integer), reading["post"]?.string ?? "",
                reading["operation"]?.string ?? "", reading["purpose"]?.string ?? "",
            ])
        }
        table.show(on: invocation.console)
        return .success
    }
}
