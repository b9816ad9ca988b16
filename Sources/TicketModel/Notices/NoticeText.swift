import SyncProtocol

/// The words of notices: fixed sentences around number and times. Nothing that anybody wrote goes into them, so that a
/// wrong number tells a stranger nothing but that a complaint exists.
public enum NoticeText {
    /// - Parameters:
    ///   - bank: the bank's name, as the signature of a text message.
    ///   - isLate: the node was off when it should have been told.
    public static func words(
        _ kind: NoticeKind, _ ticket: TicketView, bank: Bilingual, isLate: Bool = false
    ) -> Bilingual {
        let number = ticket.text(TicketField.ticketNo) ?? "-"
        let body = kind.isForCustomer ? customer(kind, number, ticket) : staff(kind, number, ticket)
        let late =
            isLate ? Bilingual("(补发:节点停机,未能及时提醒)", " (Late: the node was off when it was due.)") : Bilingual("", "")
        return Bilingual(
            "【\(bank.chinese)】\(body.chinese)\(late.chinese)", "[\(bank.english)] \(body.english)\(late.english)")
    }

    private static func customer(_ kind: NoticeKind, _ number: String, _ ticket: TicketView) -> Bilingual {
        let expected = expectedReply(ticket).map(CivilTime.chinaText)
        switch kind {
        case .transfer:
            return Bilingual(
                "您的投诉(编号 \(number))已转责任部门办理。", "Your complaint \(number) was passed to the unit in charge.")
        case .handling: return Bilingual("您的投诉(编号 \(number))正在处理。", "Your complaint \(number) is being handled.")
        case .completion:
            return Bilingual(
                "您的投诉(编号 \(number))已办结。如有异议,可向我行上级机构申请核查,或拨打监管热线 12378。",
                "Your complaint \(number) is closed. You may ask the bank's superior office for a review, or call 12378."
            )
        case .nonAcceptance:
            return Bilingual(
                "您的投诉(编号 \(number))未予受理,理由请向受理网点查询。",
                "Your complaint \(number) was not accepted; the branch tells you why.")
        case .extended:
            let reason = extensionReason(ticket)
            return Bilingual(
                "您的投诉(编号 \(number))处理时限已延长" + (expected.map { "至 \($0)" } ?? "")
                    + (reason.map { ",原因:\($0.chinese)" } ?? "") + "。",
                "More time is needed for your complaint \(number)" + (expected.map { ", until \($0)" } ?? "")
                    + (reason.map { ", because: \($0.english)" } ?? "") + ".")
        default:
            return Bilingual(
                "您的投诉已登记受理,编号 \(number)" + (expected.map { ",预计 \($0) 前答复" } ?? "") + "。",
                "Your complaint is registered as \(number)" + (expected.map { "; expect the answer by \($0)" } ?? "")
                    + ".")
        }
    }

    private static func staff(_ kind: NoticeKind, _ number: String, _ ticket: TicketView) -> Bilingual {
        let label = kind.label
        let severity = Enumeration.severity.label(of: ticket.text(TicketField.severity) ?? "")
        let state = Enumeration.state.label(of: ticket.text(TicketField.state) ?? "")
        var words = Bilingual(
            "\(label.chinese):工单 \(number),\(severity.chinese),\(state.chinese)。",
            "\(label.english): ticket \(number), \(severity.english), \(state.english).")
        if kind == .interimReply, let by = interimBy(ticket).map(CivilTime.chinaText) {
            words = Bilingual("\(words.chinese)请于 \(by) 前完成。", "\(words.english) Before \(by).")
        }
        if kind == .extensionCause, let reason = extensionReason(ticket) {
            let until = ticket.integer(TicketField.promisedReplyAt).map(CivilTime.chinaText) ?? "-"
            words = Bilingual(
                "\(words.chinese)延长至 \(until),原因:\(reason.chinese)。",
                "\(words.english) Until \(until), because: \(reason.english).")
        }
        if kind == .customerOpinion, let opinion = ticket.text(TicketField.satisfaction) {
            let said = Enumeration.satisfaction.label(of: opinion)
            words = Bilingual("\(words.chinese)客户意见:\(said.chinese)。", "\(words.english) Opinion: \(said.english).")
        }
        return words
    }

    /// The old limit that an interim reply has to come before: of those that nobody was told the passing of.
    private static func interimBy(_ ticket: TicketView) -> Int64? {
        let given = ClockStep.given(ticket)
        let ends = TicketClocks(of: ticket).running
            .filter { $0.boundsAnswer && ClockStep.told($0, given).allSatisfy { $0.threshold.rung == nil } }
            .compactMap(\.times.due)
        return (ends + [ticket.integer(TicketField.promisedReplyAt)].compactMap { $0 }).min()
    }

    /// Why the promise was moved last, as a code's label.
    private static func extensionReason(_ ticket: TicketView) -> Bilingual? {
        let promised = ticket.integer(TicketField.promisedReplyAt)
        let extensions = ticket.entries(TicketField.extensions, EntryShapes.extension)
        let last = extensions.last { $0.integer("due") == promised }
        return last?["reason"].map { Enumeration.extensionReason.label(of: $0) }
    }

    /// What the customer may expect: the time that was promised, else the end of the clock that runs over the whole case.
    public static func expectedReply(_ ticket: TicketView) -> Int64? {
        if let promised = ticket.integer(TicketField.promisedReplyAt) { return promised }
        return TicketClocks(of: ticket).running.first { $0.key.policy.hasPrefix("total") }?.times.known?.due
    }
}
