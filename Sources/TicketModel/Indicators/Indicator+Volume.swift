// How many, and about what (KP-01, KP-08, KP-16).
extension Indicator {
    static let volume: [Indicator] = [
        Indicator(
            "KP-01", Bilingual("客户投诉率", "complaint rate"), cohort: .received, measure: .perOutside(.customers),
            formula: Bilingual(
                "当期收到的投诉 ÷ 使用该业务的客户数(由外部提供)", "complaints received ÷ customers using the business (given from outside)")
        ) { ticket in
            ticket.exclusion.map(Verdict.excluded) ?? .counted(1)
        },
        Indicator(
            "KP-08", Bilingual("客户升级投诉率", "escalated complaint rate"), cohort: .received,
            measure: .perOutside(.customers),
            formula: Bilingual(
                "当期收到的升级投诉 ÷ 对应业务客户数(由外部提供)",
                "escalated complaints received ÷ customers of the business (given from outside)")
        ) { $0.escalated { _ in .counted(1) } },
        Indicator(
            "KP-16", Bilingual("服务性投诉", "service-nature complaints"), cohort: .received, measure: .count,
            target: .atMost(1),
            formula: Bilingual(
                "当期收到、现象为「投诉处理不当」且认定有效的投诉件数;每月至多1件,全年少于4件",
                "complaints received about complaint handling itself, found valid; at most 1 a month, fewer than 4 a year"
            )
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            let isProven = ticket.code(TicketField.validity) == "valid"
            return ticket.code(TicketField.symptom) == "complaint_mishandled" && isProven
                ? .counted(1) : .excluded(.otherKind)
        }.inAYear(.atMost(3)),
    ]
}

extension IndicatorTicket {
    /// For figures about escalated complaints alone.
    func escalated(_ judge: (IndicatorTicket) -> Indicator.Verdict) -> Indicator.Verdict {
        if let exclusion { return .excluded(exclusion) }
        return code(TicketField.kind) == "escalated" ? judge(self) : .excluded(.otherKind)
    }

    /// For figures that need a limit of the ticket as a whole.
    func limited(_ judge: (_ lateness: Int64) -> Int64) -> Indicator.Verdict {
        if let exclusion { return .excluded(exclusion) }
        return totalLateness.map { .counted(judge($0)) } ?? .excluded(.noLimit)
    }

    /// For figures about each visit of a stage.
    func stages(
        _ judge: (_ stage: String, _ lateness: Int64) -> Indicator.Verdict
    ) -> [(stage: String?, verdict: Indicator.Verdict)] {
        if let exclusion { return [(nil, .excluded(exclusion))] }
        let visits = stageVisits
        guard !visits.isEmpty else { return [(nil, .excluded(.noLimit))] }
        return visits.map { ($0.stage, judge($0.stage, $0.lateness)) }
    }
}
