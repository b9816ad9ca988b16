// Lists that the process itself uses: stages, contacts, links, reasons (model §2.3).
extension Enumeration {
    public static let stage = Enumeration(
        "stage", Bilingual("环节", "stage"),
        [
            ("intake", "受理填单", "intake"),
            ("review", "整理复核派单", "review and dispatch"),
            ("transit", "传递", "transit"),
            ("handle", "处理", "handling"),
            ("feedback_check", "反馈复核", "check of feedback"),
            ("reply", "答复", "reply"),
            ("follow_up", "回访", "follow-up"),
            ("report_up", "上报", "report upward"),
        ])

    public static let alertColour = Enumeration(
        "alert_colour", Bilingual("预警颜色", "alert colour"),
        [
            ("blue", "蓝色/单一性/冷处理", "blue"),
            ("yellow", "黄色/关联性/准处理", "yellow"),
            ("orange", "橙色/广泛性/快处理", "orange"),
            ("red", "红色/全面性/急处理", "red"),
        ])

    public static let link = Enumeration(
        "link", Bilingual("关联", "link"),
        [
            ("child_of", "子工单", "child of"),
            ("rework_of", "再处理", "rework of"),
            ("appeal_of", "申诉", "appeal of"),
            ("duplicate_of", "重复", "duplicate of"),
            ("same_event", "同一事件", "same event"),
            ("same_person", "同一人", "same person"),
            ("new_problem_from", "连带问题", "new problem from"),
            ("cross_province_pair", "跨省配对", "cross-province pair"),
            ("different_matter", "不同事项", "different matter"),
        ])

    /// How much of a ticket a widening opens to head office.
    public static let accessLevel = Enumeration(
        "access_level", Bilingual("知悉范围", "what is opened"),
        [("casework", "案件内容", "the casework"), ("full", "全部内容", "everything")])

    public static let contactKind = Enumeration(
        "contact_kind", Bilingual("联系种类", "contact kind"),
        [
            ("ack", "受理告知", "acknowledgement"),
            ("transfer_notice", "转办告知", "notice of transfer"),
            ("progress", "处理中告知", "progress"),
            ("interim_reply", "回复", "interim reply"),
            ("final_reply", "答复", "final reply"),
            ("extension_notice", "延期告知", "notice of extension"),
            ("non_acceptance_notice", "不予受理告知", "notice of non-acceptance"),
            ("follow_up", "回访", "follow-up"),
            // Through somebody's own telephone: never allowed, always recorded where it came to light (DM-06).
            ("side_channel", "私人渠道联系", "private side channel"),
        ])

    public static let replyMedium = Enumeration(
        "reply_medium", Bilingual("答复方式", "reply medium"),
        [
            ("face_to_face", "面访", "face to face"),
            ("phone", "电话", "telephone"),
            ("letter", "信函", "letter"),
            ("fax", "传真", "fax"),
            ("email", "电子邮件", "e-mail"),
            ("sms", "短信", "SMS"),
            ("online", "在线", "online"),
        ])

    public static let urge = Enumeration(
        "urge", Bilingual("催办", "urge"),
        [
            ("by_customer", "客户催办", "by the customer"),
            ("by_unit", "单位催办", "by a unit"),
        ])

    public static let supervisionReason = Enumeration(
        "supervision_reason", Bilingual("督办理由", "reason for supervision"),
        [
            ("warning", "临期", "near its limit"),
            ("overdue", "超时", "overdue"),
            ("no_act", "长时间无动作", "no act for long"),
            ("quality", "处理质量", "quality"),
            ("order", "上级指令", "order from above"),
        ])

    /// Why head office may see more of a ticket: the routing rules of model §2.7 that raise it.
    public static let wideningReason = Enumeration(
        "widening_reason", Bilingual("扩围理由", "reason for widening"),
        [
            ("head_office_intake", "总行受理(R01)", "taken in at head office (R01)"),
            ("regulator", "监管转办或申诉(R02)", "regulator referral or appeal (R02)"),
            ("misconduct", "违规违纪或金融犯罪(R03)", "misconduct or financial crime (R03)"),
            ("gravity", "重大或媒体、涉诉、群体、系统、伤害、泄露(R04)", "major or grave flags (R04)"),
            ("cross_province", "跨省(R05)", "cross-province (R05)"),
            ("needs_head_office", "需总行协调(R06)", "needs head office (R06)"),
            ("escalated", "升级投诉", "escalated complaint"),
            ("appeal", "申诉", "appeal"),
            ("head_office_request", "总行调阅", "asked for by head office"),
        ])

    public static let declineReason = Enumeration(
        "decline_reason", Bilingual("退单理由", "reason for declining"),
        [
            ("not_our_business", "非本单位业务", "not this unit's business"),
            ("recusal", "涉及被投诉人", "concerns the person complained about"),
            ("incomplete", "材料不全", "incomplete"),
            ("withdrawn_by_sender", "发出方要求撤回", "the sender asked for it back"),
            ("other", "其他", "other"),
        ])

    public static let correctionReason = Enumeration(
        "correction_reason", Bilingual("更正理由", "reason for correction"),
        [
            ("typing_error", "录入错误", "typing error"),
            ("new_information", "补充新情况", "new information"),
            ("customer_request", "客户要求", "asked for by the customer"),
            ("review", "复核更正", "found in review"),
            ("other", "其他", "other"),
        ])

    public static let role = Enumeration(
        "role", Bilingual("角色", "role"),
        [
            ("clerk", "受理员", "clerk"),
            ("branch_officer", "网点投诉管理岗", "branch complaint officer"),
            ("branch_head", "网点负责人", "branch head"),
            ("city_handler", "远端处理员", "city handler"),
            ("dispatcher", "省中心复核派单员", "provincial dispatcher"),
            ("dept_handler", "责任部门处理人", "department handler"),
            ("dept_head", "责任部门负责人", "department head"),
            ("assist_handler", "协办人", "assisting handler"),
            ("replier", "答复员", "replier"),
            ("follow_up_agent", "回访员", "follow-up agent"),
            ("prov_supervisor", "省督办", "provincial supervisor"),
            ("ho_dispatcher", "总行派单", "head office dispatcher"),
            ("ho_auditor", "总行审核", "head office auditor"),
            ("ho_supervisor", "总行督办", "head office supervisor"),
            ("liaison", "申诉联系责任人", "appeal liaison"),
            ("approver", "审批人", "approver"),
            ("archivist", "档案员", "archivist"),
            ("analyst", "统计分析", "analyst"),
            ("privacy_officer", "个人信息保护", "privacy officer"),
            ("auditor", "内审(只读)", "internal auditor (read only)"),
            ("sysadmin", "系统管理员", "system administrator (no ticket content)"),
        ])

    /// The states of model §2.4, the terminal side states last.
    public static let state = Enumeration(
        "state", Bilingual("状态", "state"),
        [
            ("draft", "草稿", "draft"),
            ("registered", "已登记", "registered"),
            ("under_review", "待复核派单", "under review"),
            ("dispatched", "已派单待接", "dispatched"),
            ("handling", "处理中", "handling"),
            ("suspended", "中止计时", "suspended"),
            ("feedback_review", "待审核反馈", "feedback under review"),
            ("ready_to_reply", "待答复", "ready to reply"),
            ("replied", "已答复待回访", "replied"),
            ("rework", "再处理", "rework"),
            ("closing", "待销项审批", "awaiting closing"),
            ("closed", "已结案", "closed"),
            ("archived", "已归档", "archived"),
            ("not_accepted", "不予受理", "not accepted"),
            ("withdrawn", "已撤回", "withdrawn"),
            ("merged", "已并案", "merged"),
        ])

    /// Every list of this version, for code-book pages and tests.
    public static let all: [Enumeration] =
        [
            tier, kind, intakeChannel, intakeForm, formality, scope, severity, customerTier, priorityFactor, priority,
            flag,
            nature, causeClass, businessClass, handlingChannel, symptom, demand, amountBand,
            validity, maliciousKind, identityCheck, acceptance, nonAcceptanceReason, extensionReason, pauseReason,
            consent,
            attitude, satisfaction, outcome, responsibility, remedy, appealConclusion, regulatorResponse,
            stage, finding, alertColour, link, contactKind, replyMedium, urge, supervisionReason, wideningReason,
            accessLevel,
            declineReason,
            correctionReason, role, state,
        ] + workflow + notices

    /// The list with a name; nil where this version has none.
    public static func named(_ name: String) -> Enumeration? { all.first { $0.name == name } }
}
