// Means that the source sets beside its maximums, how units needed warning and supervision, and time that is nobody's
// (DL-02, DL-03, DL-11, DL-25; model §2.5). With `--by lead_unit` they are the assessment of units.
extension Indicator {
    static let supervision: [Indicator] = [
        meanAnswer("DL-02", "省级投诉平均答复时长", "mean time to answer, provincial", scope: "provincial", hours: 24),
        meanAnswer("DL-03", "全国级投诉平均答复时长", "mean time to answer, national", scope: "national", hours: 48),
        Indicator(
            "DL-11a", Bilingual("须预警或超时的工单", "tickets that had to be warned"),
            formula: Bilingual(
                "曾发出预警或超时提醒的已结案工单 ÷ 有时限的已结案工单",
                "closed tickets with a warning or breach that was told ÷ closed tickets with limits")
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard !ticket.clocks.isEmpty else { return .excluded(.noLimit) }
            return .counted(ClockStep.given(ticket.ticket).isEmpty ? 0 : 1)
        },
        Indicator(
            "DL-11b", Bilingual("督办按期答复率", "supervision answered in time"),
            formula: Bilingual("按期答复的督办 ÷ 全部督办", "orders answered by their time ÷ orders given"),
            stages: { ticket in
                if let reason = ticket.exclusion { return [(nil, .excluded(reason))] }
                let orders = ticket.ticket.supervisions
                guard !orders.isEmpty else { return [(nil, .excluded(.notSupervised))] }
                return orders.map { order in
                    (nil, .counted(order.answeredAt.map { $0 <= order.answerBy } ?? false ? 1 : 0))
                }
            }),
        Indicator(
            "transit", Bilingual("平均途中时长", "mean time on the way"), measure: .meanMinutes,
            formula: Bilingual(
                "节点间传递途中时长之和 ÷ 有过交接的已结案工单;不计入任何单位",
                "Σ time on the line between nodes ÷ closed tickets that changed hands; booked to no unit")
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            let handovers = ticket.ticket.handovers
            guard !handovers.isEmpty else { return .excluded(.neverHandedOver) }
            return .counted(handovers.reduce(0) { $0 + ($1.arrived - $1.offered) })
        },
    ]

    private static func meanAnswer(
        _ id: String, _ chinese: String, _ english: String, scope: String, hours: Int64
    ) -> Indicator {
        Indicator(
            id, Bilingual(chinese, english), measure: .meanMinutes, target: .atMost(hours * 60),
            formula: Bilingual(
                "(答复时间 − 受理时间)之和 ÷ 已答复并结案的该级投诉", "Σ (answered − received) ÷ closed complaints of the level")
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard ticket.code(TicketField.scope) == scope else { return .excluded(.otherKind) }
            guard let received = ticket.ticket.integer(TicketField.receivedAt),
                let replied = ticket.ticket.integer(TicketField.repliedAt)
            else { return .excluded(.noLimit) }
            return .counted(max(0, replied - received))
        }
    }
}
