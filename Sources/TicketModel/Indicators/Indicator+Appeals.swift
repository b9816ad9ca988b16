// Appeals and what regulators sent: who is held responsible, and who made the bank late (AP-14, AP-15, AP-22).
extension Indicator {
    static let appeals: [Indicator] = [
        Indicator(
            "AP-15", Bilingual("企业责任申诉占比", "appeals that the bank is responsible for"),
            formula: Bilingual(
                "定性为企业责任 ÷ 已定性申诉;先期处理得当、立案撤消、用户原因不计责任",
                "concluded as the bank's responsibility ÷ appeals concluded; properly handled before, withdrawn and the customer's own cause do not count"
            )
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard let conclusion = ticket.code(TicketField.appealConclusion) else { return .excluded(.otherKind) }
            return .counted(conclusion == "enterprise_responsible" ? 1 : 0)
        },
        Indicator(
            "AP-22", Bilingual("因逾期反馈超过监管时限", "regulator's limit missed by late feedback"),
            formula: Bilingual(
                "处理单位反馈逾期且总时限逾期的监管转办、申诉 ÷ 有总时限的已结案监管转办、申诉;按单位细分,责任人见工单",
                "regulator cases whose feedback and whole were late ÷ regulator cases closed with a limit; by unit, the person is on the ticket"
            )
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard ["regulator_referral", "regulator_appeal"].contains(ticket.code(TicketField.kind)) else {
                return .excluded(.otherKind)
            }
            return ticket.limited { late in
                late > 0 && ticket.stageVisits.contains { $0.stage == "handle" && $0.lateness > 0 } ? 1 : 0
            }
        },
    ]
}
