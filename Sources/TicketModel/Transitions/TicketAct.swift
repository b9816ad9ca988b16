/// What an act on a ticket is called: the number that core records carry, the stable name and the label.
///
/// 1…30 are the transitions of model §2.4 by their number, from 40 on the acts that are no transitions. A kind from a
/// newer version keeps its number and is shown as it.
public struct TicketAct: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let register = TicketAct(rawValue: 1)
    public static let answerOnSpot = TicketAct(rawValue: 2)
    public static let submitUp = TicketAct(rawValue: 4)
    public static let returnForCompletion = TicketAct(rawValue: 5)
    public static let dispatch = TicketAct(rawValue: 7)
    public static let take = TicketAct(rawValue: 8)
    public static let notMine = TicketAct(rawValue: 9)
    public static let feedBack = TicketAct(rawValue: 15)
    public static let reply = TicketAct(rawValue: 18)
    public static let close = TicketAct(rawValue: 23)
    public static let correct = TicketAct(rawValue: 30)
    public static let amend = TicketAct(rawValue: 40)
    public static let note = TicketAct(rawValue: 41)
    public static let resolve = TicketAct(rawValue: 42)
    public static let widen = TicketAct(rawValue: 43)
    public static let recall = TicketAct(rawValue: 44)
    public static let decline = TicketAct(rawValue: 45)
    public static let askRecall = TicketAct(rawValue: 49)

    // The whole workflow, by name: what `ActCatalogue` defines.
    public static let refuse = TicketAct(rawValue: 3)
    public static let answerAtCentre = TicketAct(rawValue: 6)
    public static let transfer = TicketAct(rawValue: 10)
    public static let askAssist = TicketAct(rawValue: 11)
    public static let escalateProblem = TicketAct(rawValue: 12)
    public static let pause = TicketAct(rawValue: 13)
    public static let resume = TicketAct(rawValue: 14)
    public static let rejectFeedback = TicketAct(rawValue: 16)
    public static let approveFeedback = TicketAct(rawValue: 17)
    public static let consentRefused = TicketAct(rawValue: 19)
    public static let followUpOK = TicketAct(rawValue: 20)
    public static let followUpBad = TicketAct(rawValue: 21)
    public static let dispatchAgain = TicketAct(rawValue: 22)
    public static let declareUnresolvable = TicketAct(rawValue: 24)
    public static let approveUnresolvable = TicketAct(rawValue: 25)
    public static let archive = TicketAct(rawValue: 26)
    public static let withdraw = TicketAct(rawValue: 27)
    public static let merge = TicketAct(rawValue: 28)
    public static let appeal = TicketAct(rawValue: 29)
    public static let addEvidence = TicketAct(rawValue: 46)
    public static let urge = TicketAct(rawValue: 47)
    public static let supervise = TicketAct(rawValue: 48)
    public static let answerSupervision = TicketAct(rawValue: 77)
    public static let request = TicketAct(rawValue: 50)
    public static let approveRequest = TicketAct(rawValue: 51)
    public static let refuseRequest = TicketAct(rawValue: 52)
    public static let withdrawRequest = TicketAct(rawValue: 53)
    public static let extend = TicketAct(rawValue: 54)
    public static let handOver = TicketAct(rawValue: 55)
    public static let takeBack = TicketAct(rawValue: 56)
    public static let seize = TicketAct(rawValue: 57)
    public static let countersign = TicketAct(rawValue: 80)
    public static let rule = TicketAct(rawValue: 58)
    public static let assistTake = TicketAct(rawValue: 59)
    public static let assistReturn = TicketAct(rawValue: 60)
    public static let assistReport = TicketAct(rawValue: 61)
    public static let assistCancel = TicketAct(rawValue: 62)
    public static let convert = TicketAct(rawValue: 63)
    public static let concludeAppeal = TicketAct(rawValue: 64)
    public static let reportUp = TicketAct(rawValue: 65)
    public static let reviewReport = TicketAct(rawValue: 66)
    public static let nameLiaison = TicketAct(rawValue: 67)
    public static let contact = TicketAct(rawValue: 68)
    public static let verifyContact = TicketAct(rawValue: 69)
    public static let promise = TicketAct(rawValue: 70)
    public static let settlePromise = TicketAct(rawValue: 71)
    public static let attemptFollowUp = TicketAct(rawValue: 72)
    public static let linkText = TicketAct(rawValue: 73)
    public static let closeOrder = TicketAct(rawValue: 74)
    public static let legalHold = TicketAct(rawValue: 75)
    public static let askExtension = TicketAct(rawValue: 76)
    public static let askSuperior = TicketAct(rawValue: 87)
    public static let answerQuestion = TicketAct(rawValue: 88)
    public static let ownAlert = TicketAct(rawValue: 95)
    public static let repin = TicketAct(rawValue: 85)
    public static let confirmRead = TicketAct(rawValue: 86)

    /// Number, stable name and label of every act of this version.
    private static let table: [(act: UInt16, name: String, label: Bilingual)] = [
        (1, "register", Bilingual("登记", "registered")),
        (2, "answer_on_spot", Bilingual("现场答复", "answered on the spot")),
        (3, "refuse", Bilingual("不予受理", "not accepted")),
        (4, "submit_up", Bilingual("提交上级", "submitted upward")),
        (5, "return_for_completion", Bilingual("退回补充", "returned for completion")),
        (6, "answer_at_centre", Bilingual("中心答复", "answered at the centre")),
        (7, "dispatch", Bilingual("派单", "dispatched")),
        (8, "take", Bilingual("接单", "taken")),
        (9, "not_mine", Bilingual("退单", "declined by the unit")),
        (10, "transfer", Bilingual("转办", "transferred")),
        (11, "ask_assist", Bilingual("请求协办", "assistance asked")),
        (12, "escalate_problem", Bilingual("上报总行协调", "escalated")),
        (13, "pause", Bilingual("中止", "paused")),
        (14, "resume", Bilingual("恢复", "resumed")),
        (15, "feed_back", Bilingual("反馈", "fed back")),
        (16, "reject_feedback", Bilingual("反馈不合格退回", "feedback rejected")),
        (17, "approve_feedback", Bilingual("审核通过", "feedback approved")),
        (18, "reply", Bilingual("答复客户", "replied")),
        (19, "consent_refused", Bilingual("客户不同意方案", "consent refused")),
        (20, "follow_up_ok", Bilingual("回访完成", "followed up")),
        (21, "follow_up_bad", Bilingual("回访不合格", "followed up, handled wrongly")),
        (22, "dispatch_again", Bilingual("再处理派单", "dispatched again")),
        (23, "cancel_case", Bilingual("销项结案", "closed")),
        (24, "declare_unresolvable", Bilingual("申报无法处理", "declared unresolvable")),
        (25, "approve_unresolvable", Bilingual("批准无法处理", "unresolvable approved")),
        (26, "archive", Bilingual("归档", "archived")),
        (27, "withdraw", Bilingual("撤回投诉", "withdrawn")),
        (28, "merge", Bilingual("并案", "merged")),
        (29, "appeal", Bilingual("申诉", "appealed")),
        (30, "correct", Bilingual("更正", "corrected")),
        (40, "amend", Bilingual("修改", "amended")),
        (41, "note", Bilingual("备注", "noted")),
        (42, "resolve", Bilingual("裁定冲突值", "conflict resolved")),
        (43, "widen", Bilingual("扩大知悉范围", "widened")),
        (44, "recall", Bilingual("收回交接", "handover recalled")),
        (45, "decline", Bilingual("拒绝接收", "handover declined")),
        (46, "add_evidence", Bilingual("补充证据", "evidence added")),
        (47, "urge", Bilingual("催办", "urged")),
        (48, "supervise", Bilingual("督办", "supervised")),
        (50, "request", Bilingual("提出请求,待确认", "requested, waiting for confirmation")),
        (51, "approve_request", Bilingual("批准请求", "request approved")),
        (52, "refuse_request", Bilingual("拒绝请求", "request refused")),
        (53, "withdraw_request", Bilingual("撤回请求", "request withdrawn")),
        (54, "extend", Bilingual("延期", "extended")),
        (55, "hand_over", Bilingual("移交", "handed over")),
        (56, "take_back", Bilingual("要求交回", "asked back")),
        (57, "seize", Bilingual("收回办理权", "custody seized")),
        (58, "rule", Bilingual("裁定争议", "dispute ruled")),
        (59, "assist_take", Bilingual("接收协办", "assist taken")),
        (60, "assist_return", Bilingual("退回协办", "assist returned")),
        (61, "assist_report", Bilingual("反馈协办结果", "assist reported")),
        (62, "assist_cancel", Bilingual("取消协办", "assist cancelled")),
        (63, "convert", Bilingual("转换种类", "kind changed")),
        (64, "conclude_appeal", Bilingual("申诉定性", "appeal concluded")),
        (65, "report_up", Bilingual("上报", "reported upward")),
        (66, "review_report", Bilingual("审核报告", "report reviewed")),
        (67, "name_liaison", Bilingual("指定联系责任人", "liaison named")),
        (68, "contact", Bilingual("联系客户", "customer contacted")),
        (69, "verify_contact", Bilingual("核实联系方式", "contact verified")),
        (70, "promise", Bilingual("承诺", "promised")),
        (71, "settle_promise", Bilingual("承诺结清", "promise settled")),
        (72, "attempt_follow_up", Bilingual("回访尝试", "follow-up attempted")),
        (73, "link_text", Bilingual("引用口径", "explanation text linked")),
        (74, "close_order", Bilingual("督办销单", "order closed")),
        (75, "legal_hold", Bilingual("司法保全", "legal hold")),
        (76, "ask_extension", Bilingual("申请延期", "extension asked")),
        (77, "answer_supervision", Bilingual("答复督办", "supervision answered")),
        (87, "ask_superior", Bilingual("请示", "a superior asked")),
        (88, "answer_question", Bilingual("批示", "question answered")),
        (95, "own_alert", Bilingual("指定预警责任人", "owner of an alert named")),
        (1030, "read_refused", Bilingual("查阅被拒", "reading refused")),
        (1031, "read_full_case", Bilingual("总行查阅全案", "full case read at head office")),
        (80, "countersign", Bilingual("会签", "countersigned")),
        (85, "repin", Bilingual("重新钉定时限", "clocks counted again")),
        (86, "confirm_read", Bilingual("确认阅知", "read")),
        (1020, "clock_booking", Bilingual("时限入账", "booked into the clocks")),
        (1021, "clock_found", Bilingual("时限补定", "an end found for an undetermined clock")),
        (1040, "day_tally", Bilingual("日终自报", "count at the end of a day")),
        (1006, "clock_step", Bilingual("时限提醒", "deadline step reached")),
        (1007, "clock_effect", Bilingual("期满自动处理", "done by the passing of time")),
        (49, "ask_recall", Bilingual("请求收回交接", "recall asked for, not done yet")),
    ]

    private var entry: (act: UInt16, name: String, label: Bilingual)? { TicketAct.table.first { $0.act == rawValue } }

    /// The stable name; `act_<number>` for one of a newer version.
    public var name: String { entry?.name ?? "act_\(rawValue)" }

    /// What history lines say.
    public var label: Bilingual { entry?.label ?? Bilingual(name, name) }

    /// The act with a stable name; nil for an unknown one.
    public static func named(_ name: String) -> TicketAct? { positions[name] }

    private static let positions = Dictionary(
        uniqueKeysWithValues: table.map { ($0.name, TicketAct(rawValue: $0.act)) })

    /// Every act of this version.
    public static let all: [TicketAct] = table.map { TicketAct(rawValue: $0.act) }
}
