/// What a notice that leaves the bank's own screens is about (RF-12, NO-01…NO-05). The raw value is a code of
/// `Enumeration.noticeKind` and never changes.
public enum NoticeKind: String, CaseIterable, Sendable {
    case acceptance, transfer, handling, completion
    case nonAcceptance = "non_acceptance"
    case extended
    case clockWarning = "clock_warning"
    case clockBreach = "clock_breach"
    case supervision, urge, duty
    case customerOpinion = "customer_opinion"
    /// The customer is owed an interim reply before the limit (EX-02, EX-06).
    case interimReply = "interim_reply"
    /// The unit that took the complaint in hears of an extension, with its reason (EX-03).
    case extensionCause = "extension_cause"

    /// True for a notice to the customer: it leaves only to a verified contact (AU-11).
    public var isForCustomer: Bool {
        switch self {
        case .acceptance, .transfer, .handling, .completion, .nonAcceptance, .extended: true
        case .clockWarning, .clockBreach, .supervision, .urge, .duty, .customerOpinion, .interimReply, .extensionCause:
            false
        }
    }

    public var label: Bilingual { Enumeration.noticeKind.label(of: rawValue) }
}

extension Enumeration {
    public static let noticeKind = Enumeration(
        "notice_kind", Bilingual("通知种类", "kind of notice"),
        [
            ("acceptance", "受理告知", "acceptance"),
            ("transfer", "转办告知", "transfer"),
            ("handling", "处理中告知", "handling"),
            ("completion", "办结告知", "completion"),
            ("non_acceptance", "不予受理告知", "not accepted"),
            ("extended", "延期告知", "extension"),
            ("clock_warning", "时限预警", "deadline warning"),
            ("clock_breach", "超时提醒", "deadline passed"),
            ("supervision", "督办通知", "supervision order"),
            ("urge", "催办通知", "urged"),
            ("duty", "须知会", "to be told at once"),
            ("customer_opinion", "客户最终意见", "the customer's final opinion"),
            ("interim_reply", "须向客户作过程回复", "an interim reply is due"),
            ("extension_cause", "延期及原因", "extended, and why"),
        ])

    /// What became of a notice, as the ticket tells it to every tier.
    public static let noticeOutcome = Enumeration(
        "notice_outcome", Bilingual("通知结果", "what became of a notice"),
        [
            ("sent", "已发出", "sent"),
            ("failed", "发送失败", "failed"),
            ("expired", "逾期未发", "too old to be sent"),
        ])

    /// How a notice reaches people once it has left.
    public static let noticeChannel = Enumeration(
        "notice_channel", Bilingual("通知渠道", "channel of a notice"),
        [("sms", "短信", "text message"), ("email", "电子邮件", "e-mail")])

    /// The lists of notices, in the order of the catalogue.
    static let notices: [Enumeration] = [noticeKind, noticeOutcome, noticeChannel]
}
