import TicketModel

/// Whether the alert that an owner is named for is there now. Rules alone cannot tell: an alert is many tickets.
enum AlertOwnership {
    /// True where the command names an owner.
    static func isAsked(_ command: TicketCommand) -> Bool {
        if case .perform(.ownAlert, _) = command { true } else { false }
    }

    /// - Parameters:
    ///   - view: the ticket on which the owner is named; of one that the actor may not open nothing is said here.
    ///   - actor: who names him.
    /// - Throws: `APIProblem` where no alert of that rule holds the ticket. A rule that does not exist is left to the rules.
    static func check(_ command: TicketCommand, _ view: TicketView, by actor: Actor, _ call: APICall) throws {
        guard case .perform(.ownAlert, let given) = command, let rule = given["alert"],
            let number = view.text(TicketField.ticketNo), TicketReading(actor, call).refusal(of: view) == nil
        else { return }
        let report = try AlertReport.take(
            call.runtime, try call.store.rules().zone, date: nil, listed: ListedTickets(actor, call))
        guard report.rules.rules.contains(where: { $0.id == rule }) else { return }
        let mine = report.alerts.filter { $0.tickets.contains { $0.number == number } }.map(\.rule.id)
        guard !mine.contains(rule) else { return }
        let names = mine.joined(separator: ", ")
        let hint =
            names.isEmpty
            ? Wording("此工单现在不属于任何预警,见 reports/alerts", "This ticket is in no alert now; see reports/alerts.")
            : Wording("此工单所属预警:\(names)", "Alerts of this ticket: \(names).")
        throw APIProblem(
            422, "refused.invalid_fields", Wording("有 1 项内容需要更正", "1 value(s) need attention."), hint: hint,
            items: [
                APIProblem.Item(
                    field: "alert", rule: "not_in_list", source: "AL-08",
                    detail: Wording("现在没有这一预警", "there is no such alert now").both, hint: hint.both)
            ])
    }
}
