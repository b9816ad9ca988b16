// Right or wrong, content or not (KP-04, KP-06, KP-10, KP-12).
extension Indicator {
    static let quality: [Indicator] = [
        Indicator(
            "KP-04a", Bilingual("客户满意度(按回访)", "satisfaction, of those visited"),
            formula: Bilingual("满意 ÷ 已回访并作答的客户", "satisfied ÷ customers who were asked and answered")
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            return ticket.isVisited ? .counted(ticket.isSatisfied ? 1 : 0) : .excluded(.notAsked)
        },
        Indicator(
            "KP-04b", Bilingual("客户满意度(按投诉)", "satisfaction, of all complainants"),
            formula: Bilingual("满意 ÷ 全部已结案投诉", "satisfied ÷ all complaints closed")
        ) { ticket in
            ticket.exclusion.map(Verdict.excluded) ?? .counted(ticket.isSatisfied ? 1 : 0)
        },
        Indicator(
            "KP-06", Bilingual("工单流转有效率", "flow validity"),
            formula: Bilingual(
                "各环节在时限内且无退单、无反馈退回、无再处理、无报告退回的次数 ÷ 该环节次数",
                "stage visits in time and without bounce, rejected feedback, rework or rejected report ÷ stage visits, per stage"
            ),
            stages: { ticket in ticket.stages { .counted($1 == 0 && ticket.isAccurate($0) ? 1 : 0) } }),
        Indicator(
            "KP-10", Bilingual("升级投诉客户满意率", "escalated satisfaction rate"), target: .atLeastPermille(950),
            formula: Bilingual(
                "满意的升级投诉 ÷ 已结案升级投诉", "escalated complaints with a satisfied customer ÷ escalated complaints closed")
        ) { $0.escalated { .counted($0.isSatisfied ? 1 : 0) } },
        Indicator(
            "KP-12", Bilingual("工单处理合格率", "pass rate"), target: .atLeastPermille(990),
            formula: Bilingual(
                "各环节均在时限内且首次审核即通过 ÷ 有环节时限的已结案工单",
                "every stage in time and accepted at the first audit ÷ closed tickets with stage limits")
        ) { ticket in ticket.everyStage { $0 && ticket.passedFirstTime } },
    ]
}
