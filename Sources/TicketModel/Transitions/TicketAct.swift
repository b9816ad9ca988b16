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
        (49, "ask_recall", Bilingual("请求收回交接", "recall asked for, not done yet")),
    ]

    private var entry: (act: UInt16, name: String, label: Bilingual)? { TicketAct.table.first { $0.act == rawValue } }

    /// The stable name; `act_<number>` for one of a newer version.
    public var name: String { entry?.name ?? "act_\(rawValue)" }

    /// What history lines say.
    public var label: Bilingual { entry?.label ?? Bilingual(name, name) }

    /// Every act of this version.
    public static let all: [TicketAct] = table.map { TicketAct(rawValue: $0.act) }
}
