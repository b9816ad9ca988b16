// In time or late (KP-02, KP-03, KP-05, KP-07, KP-09, KP-11, KP-13, KP-14, KP-17).
extension Indicator {
    static let timeliness: [Indicator] = [
        Indicator(
            "KP-02", Bilingual("投诉按时办结率", "on-time completion rate"),
            formula: Bilingual(
                "在总时限内答复的已结案投诉 ÷ 有总时限的已结案投诉",
                "closed complaints answered within their total limit ÷ closed complaints with one")
        ) { ticket in ticket.limited { $0 == 0 ? 1 : 0 } },
        Indicator(
            "KP-03", Bilingual("一次性办结率", "one-time completion rate"),
            formula: Bilingual(
                "未派单且在总时限内办结 ÷ 有总时限的已结案投诉", "closed in time without any dispatch ÷ closed complaints with a total limit"
            )
        ) { ticket in ticket.limited { $0 == 0 && !ticket.wasDispatched ? 1 : 0 } },
        Indicator(
            "KP-05", Bilingual("工单流转及时率", "flow timeliness"),
            formula: Bilingual(
                "各环节在时限内完成的次数 ÷ 该环节次数", "stage visits finished within their limit ÷ stage visits, per stage"),
            stages: { $0.stages { .counted($1 == 0 ? 1 : 0) } }),
        Indicator(
            "KP-07", Bilingual("工单平均延误", "mean delay of delayed stages"), measure: .meanMinutes,
            formula: Bilingual("延误环节超出时限的时长之和 ÷ 延误次数", "Σ time beyond the limit ÷ visits that were delayed, per stage"),
            stages: { $0.stages { $1 == 0 ? .excluded(.notDelayed) : .counted($1) } }),
        Indicator(
            "KP-09", Bilingual("升级投诉问题解决率", "escalated resolution rate"), target: .atLeastPermille(950),
            formula: Bilingual(
                "在时限内解决或解释一致的升级投诉 ÷ 已结案升级投诉",
                "escalated complaints solved or agreed within the limit ÷ escalated complaints closed")
        ) { ticket in
            ticket.escalated { $0.limited { $0 == 0 && ticket.isCompleted ? 1 : 0 } }
        },
        Indicator(
            "KP-11", Bilingual("投诉工单处理及时率", "handling timeliness"), target: .atLeastPermille(990),
            formula: Bilingual(
                "各环节均未超时的已结案工单 ÷ 有环节时限的已结案工单",
                "closed tickets whose every stage kept its limit ÷ closed tickets with stage limits")
        ) { ticket in ticket.everyStage { $0 } },
        Indicator(
            "KP-13", Bilingual("平均投诉处理时长", "mean handling time"), measure: .meanMinutes,
            formula: Bilingual("(结案时间 − 受理时间)之和 ÷ 已结案投诉数", "Σ (closed − received) ÷ complaints closed")
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard let received = ticket.ticket.integer(TicketField.receivedAt),
                let closed = ticket.ticket.integer(TicketField.closedAt)
            else { return .excluded(.noLimit) }
            return .counted(max(0, closed - received))
        },
        Indicator(
            "KP-14", Bilingual("投诉处理完成及时率", "promise kept"), target: .atLeastPermille(950),
            formula: Bilingual(
                "在承诺时间内答复并办结 ÷ 已结案投诉;未单独承诺的以总时限为承诺",
                "answered within the promised time, and solved ÷ complaints closed; without a promise of its own the total limit is one"
            )
        ) { ticket in
            if let reason = ticket.exclusion { return .excluded(reason) }
            guard let promised = ticket.promisedAt else { return .excluded(.noLimit) }
            let answered = ticket.ticket.integer(TicketField.repliedAt) ?? ticket.ticket.integer(TicketField.closedAt)
            let isBroken = ticket.ticket.promises.contains { $0.verdict == "broken" }
            return .counted((answered ?? .max) <= promised && ticket.isCompleted && !isBroken ? 1 : 0)
        },
        Indicator(
            "KP-17", Bilingual("转相关部门办结率", "transferred-to-department completion rate"),
            formula: Bilingual("派单后办结的投诉 ÷ 已结案投诉", "complaints completed after a dispatch ÷ complaints closed")
        ) { ticket in
            ticket.exclusion.map(Verdict.excluded) ?? .counted(ticket.wasDispatched && ticket.isCompleted ? 1 : 0)
        },
    ]
}

extension IndicatorTicket {
    /// For figures that ask every stage of a ticket.
    func everyStage(_ judge: (_ isInTime: Bool) -> Bool) -> Indicator.Verdict {
        if let exclusion { return .excluded(exclusion) }
        let visits = stageVisits
        guard !visits.isEmpty else { return .excluded(.noLimit) }
        return .counted(judge(visits.allSatisfy { $0.lateness == 0 }) ? 1 : 0)
    }
}
