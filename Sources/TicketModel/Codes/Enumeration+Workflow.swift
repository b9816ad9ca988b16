// Lists that the whole workflow uses beside those of model §2.3. Ours [P] unless a source is named.
extension Enumeration {
    /// What became of a request that needed somebody else's word.
    public static let requestVerdict = Enumeration(
        "request_verdict", Bilingual("请求结论", "verdict on a request"),
        [
            ("approved", "已批准待执行", "approved, not carried out yet"),
            ("done", "已办理", "carried out"),
            ("refused", "已拒绝", "refused"),
            ("withdrawn", "请求人撤回", "withdrawn by the requester"),
            ("overtaken", "工单已结束", "the ticket ended first"),
        ])

    public static let requestRefusal = Enumeration(
        "request_refusal", Bilingual("拒绝请求的理由", "reason for refusing a request"),
        [
            ("not_needed", "无必要", "not needed"),
            ("not_allowed", "不符合规定", "against the rules"),
            ("too_late", "已过时限", "too late"),
            ("incomplete", "材料不全", "incomplete"),
            ("other_way", "另行处理", "settled another way"),
            ("other", "其他", "other"),
        ])

    public static let requestReason = Enumeration(
        "request_reason", Bilingual("请求理由", "reason for a request"),
        [
            ("line_down", "线路中断", "the line is down"),
            ("no_custody", "办理权不在本节点", "custody is elsewhere"),
            ("needs_approval", "需审批", "needs approval"),
            ("stalled", "停滞未办", "nothing moves"),
            ("wrong_unit", "派单有误", "the wrong unit has it"),
            ("recusal", "需回避", "somebody has to stand aside"),
            ("other", "其他", "other"),
        ])

    /// What is wrong with a feedback or report that is sent back; counts in the pass rate (KP-12, AP-23).
    public static let defect = Enumeration(
        "defect", Bilingual("反馈缺陷", "defect of feedback"),
        [
            ("facts_missing", "事实不清", "facts missing"),
            ("basis_missing", "缺少法规依据", "no legal basis stated"),
            ("evidence_missing", "证据不足", "evidence missing"),
            ("solution_missing", "无方案或口径", "neither solution nor explanation"),
            ("not_to_the_point", "答非所问", "does not answer the complaint"),
            ("responsibility_unclear", "责任不明", "responsibility unclear"),
            ("wrong_data", "数据有误", "wrong data"),
            ("other", "其他", "other"),
        ])

    public static let evidenceClass = Enumeration(
        "evidence_class", Bilingual("证据类别", "class of evidence"),
        [
            ("recording", "录音", "recording"),
            ("signature", "签字件", "signed paper"),
            ("original", "来文原件", "original document"),
            ("letter", "信函", "letter"),
            ("photo", "照片", "photograph"),
            ("video", "监控录像", "surveillance video"),
            ("transaction_record", "交易流水", "transaction record"),
            ("prior_reply", "先期答复件", "the earlier answer"),
            ("authority_decision", "法院或主管机关文书", "decision of a court or authority"),
            ("mediation_opinion", "调解意见", "mediation opinion"),
            ("appraisal", "鉴定检测报告", "appraisal"),
            ("withdrawal", "撤诉材料", "the customer's withdrawal"),
            ("report", "处理报告", "report"),
            ("other", "其他", "other"),
        ])

    /// Why protected evidence was opened (AU-13).
    public static let legalBasis = Enumeration(
        "legal_basis", Bilingual("调阅依据", "legal basis"),
        [
            ("police", "公安机关办案", "police investigation"),
            ("court", "法院调取", "court order"),
            ("regulator", "监管调取", "asked for by the regulator"),
            ("customer_consent", "客户同意", "the customer agreed"),
        ])

    /// What a conclusion of an appeal rests on (AP-14…AP-17).
    public static let conclusionGround = Enumeration(
        "conclusion_ground", Bilingual("结论依据", "ground of a conclusion"),
        [
            ("rule_broken", "违反规定侵害权益", "a rule was broken"),
            ("service_failed", "服务不达标", "service below standard"),
            ("management_failed", "管理疏漏", "management failed"),
            ("work_error", "工作差错", "work error"),
            ("stalled", "推诿或逾期", "stalled or late"),
            ("answered_in_time", "先期在时限内答复", "answered in time before"),
            ("answered_before_regulator", "答复早于监管立案", "answered before the regulator's date"),
            ("lawful_answer", "答复合法合规", "the answer was lawful"),
            ("demand_without_basis", "诉求无法律依据", "the demand has no legal basis"),
            ("decided_elsewhere", "法院或机构已受理处理", "decided elsewhere"),
            ("no_standing", "非当事人", "no standing"),
            ("impersonation", "他人冒用", "impersonation"),
            ("own_operation", "客户操作不当", "the customer's own operation"),
            ("untrue_statement", "反映不实", "the statement was not true"),
        ])

    /// Filed or not (AP-03).
    public static let filing = Enumeration(
        "filing", Bilingual("立案", "filing"),
        [("filed", "立案", "filed"), ("not_filed", "非立案", "not filed")])

    public static let reportHop = Enumeration(
        "report_hop", Bilingual("上报环节", "hop of a report"),
        [
            ("to_head_office", "省报总行", "province to head office"),
            ("to_regulator", "总行报监管", "head office to the regulator"),
            ("for_record", "报备", "filed for the record"),
        ])

    public static let reportVerdict = Enumeration(
        "report_verdict", Bilingual("报告状态", "state of a report"),
        [("sent", "已报送", "sent"), ("accepted", "审核通过", "accepted"), ("rejected", "退回修改", "rejected")])

    public static let unresolvableReason = Enumeration(
        "unresolvable_reason", Bilingual("无法处理的理由", "why it cannot be resolved"),
        [
            ("customer_unreachable", "客户长期失联", "the customer cannot be reached"),
            ("evidence_gone", "证据灭失", "the evidence is gone"),
            ("third_party_refuses", "第三方不配合", "a third party refuses"),
            ("law_or_policy", "法规政策限制", "law or policy forbids it"),
            ("demand_beyond_reach", "诉求超出能力", "the demand is beyond reach"),
            ("other", "其他", "other"),
        ])

    public static let transferReason = Enumeration(
        "transfer_reason", Bilingual("转办理由", "reason for transfer"),
        [
            ("other_unit_in_charge", "属其他单位职责", "another unit is in charge"),
            ("recusal", "回避", "somebody has to stand aside"),
            ("taken_back", "上级收回重派", "taken back and given to another"),
            ("other", "其他", "other"),
        ])

    public static let assistState = Enumeration(
        "assist_state", Bilingual("协办状态", "state of an assist leg"),
        [
            ("handling", "办理中", "in work"),
            ("done", "已完成", "done"),
            ("returned", "已退回", "returned undone"),
        ])

    public static let assistResult = Enumeration(
        "assist_result", Bilingual("协办结果", "result of an assist leg"),
        [
            ("facts_found", "查明事实", "facts found"),
            ("nothing_found", "未发现问题", "nothing found"),
            ("remedied", "已处置", "remedied"),
            ("opinion", "出具意见", "opinion given"),
            ("not_possible", "无法协办", "not possible"),
        ])

    /// The lead's word on an assist leg.
    public static let assistVerdict = Enumeration(
        "assist_verdict", Bilingual("主办意见", "the lead's verdict"),
        [("cancelled", "已取消", "cancelled")])

    public static let conversionReason = Enumeration(
        "conversion_reason", Bilingual("转换理由", "reason for changing the kind"),
        [
            ("review", "复核认定", "found in review"),
            ("handled_badly", "沟通不当转为投诉", "grew into a complaint"),
            ("customer_request", "客户要求", "asked for by the customer"),
            ("regulator", "监管认定", "decided by the regulator"),
            ("dispatch", "派单认定", "decided at dispatch"),
        ])

    public static let promiseVerdict = Enumeration(
        "promise_verdict", Bilingual("承诺兑现", "verdict on a promise"),
        [("kept", "已兑现", "kept"), ("broken", "未兑现", "broken"), ("replaced", "重新承诺", "replaced")])

    public static let attemptResult = Enumeration(
        "attempt_result", Bilingual("联系结果", "result of an attempt"),
        [
            ("no_answer", "无人接听", "no answer"),
            ("refused", "拒绝回访", "refused to talk"),
            ("wrong_contact", "联系方式有误", "wrong contact"),
            ("reached", "已联系", "reached"),
        ])

    public static let supervisionAnswer = Enumeration(
        "supervision_answer", Bilingual("督办答复", "answer to supervision"),
        [
            ("in_hand", "正在办理", "in hand"),
            ("done", "已办结", "done"),
            ("blocked", "受阻待支持", "blocked"),
            ("will_extend", "申请延期", "an extension is asked for"),
        ])

    public static let seizeReason = Enumeration(
        "seize_reason", Bilingual("收回办理权的理由", "reason for seizing custody"),
        [
            ("unit_silent", "单位失联", "the unit does not answer"),
            ("refuses_hand_over", "拒不移交", "it refuses to hand over"),
            ("emergency", "紧急处置", "emergency"),
            ("recusal", "回避", "the unit has to stand aside"),
            ("order", "上级指令", "order from above"),
        ])

    public static let validityGround = Enumeration(
        "validity_ground", Bilingual("有效投诉依据", "why a complaint is valid"),
        [
            ("intent", "故意损害", "harm by intent"),
            ("non_intent", "非故意损害", "harm without intent"),
            ("mistake", "失误损害", "harm by mistake"),
            ("registered_by_authority", "主管部门登记", "registered by the authority"),
        ])

    public static let questionSubject = Enumeration(
        "question_subject", Bilingual("请示事项", "what a superior is asked"),
        [
            ("how_to_handle", "如何处理", "how to handle it"),
            ("whether_to_open", "是否立项", "whether to open it"),
            ("whose_it_is", "归属哪个部门", "whose it is"),
            ("how_far", "权限是否足够", "how far one's authority goes"),
            ("other", "其他", "other"),
        ])

    public static let questionAnswer = Enumeration(
        "question_answer", Bilingual("批示", "a superior's answer"),
        [
            ("go_on", "按拟办意见办理", "go on as proposed"),
            ("otherwise", "另行办理,见备注", "otherwise, see the note"),
            ("open", "立项", "open it"),
            ("do_not_open", "不立项", "do not open it"),
            ("send_up", "提交上级", "send it up"),
        ])

    public static let mergeReason = Enumeration(
        "merge_reason", Bilingual("并案理由", "reason for merging"),
        [
            ("same_complaint", "同一投诉无新事实", "the same complaint without new facts"),
            ("same_event", "同一事件", "the same event"),
        ])

    public static let pauseStep = Enumeration(
        "pause_step", Bilingual("中止记录", "step of a pause"),
        [("paused", "中止", "paused"), ("resumed", "恢复", "resumed")])

    /// The kinds of lead unit of model §2.7.
    public static let leadUnitKind = Enumeration(
        "lead_unit_kind", Bilingual("主办单位类型", "kind of lead unit"),
        [
            ("home_province", "归属省中心", "the home province's centre"),
            ("account_unit", "账户归属单位", "the unit of the account"),
            ("inspection", "纪检监察或主管部门", "inspection or the competent department"),
            ("general_office", "综合管理部", "the general office"),
            ("head_office_department", "总行部门", "a head office department"),
            ("appointed_department", "指定牵头部门", "an appointed lead department"),
            ("persons_department", "当事人所在部门,另派人员", "the person's department, another person"),
            ("handling_department", "处理责任部门", "the handling department"),
            ("business_owner", "业务归口部门", "the business owner"),
            ("counter", "受理网点", "the counter"),
            ("surviving_ticket", "并入存续工单", "the surviving ticket"),
        ])

    /// Facts of routing that no other field states.
    public static let routingMark = Enumeration(
        "routing_mark", Bilingual("派单特征", "routing mark"),
        [
            ("cross_province", "跨省", "cross-province"),
            ("key_client", "重点客户", "key client"),
            ("major_project", "重大项目", "major project"),
            ("several_units", "涉及多人或多部门", "several people or departments"),
            ("needs_head_office", "需总行部门或制度", "needs head office"),
        ])

    public static let routeRule = Enumeration(
        "route_rule", Bilingual("派单规则", "routing rule"),
        [
            ("r01", "R01 总行受理", "R01 taken in at head office"),
            ("r02", "R02 监管转办或申诉", "R02 regulator or appeal"),
            ("r03", "R03 违规违纪、金融犯罪", "R03 misconduct, financial crime"),
            ("r04", "R04 重大或敏感", "R04 major or grave"),
            ("r05", "R05 跨省", "R05 another province"),
            ("r06", "R06 需总行", "R06 needs head office"),
            ("r07", "R07 重点客户或项目", "R07 key client or project"),
            ("r08", "R08 多人或多部门", "R08 several people or departments"),
            ("r09", "R09 涉及个人", "R09 a person is complained about"),
            ("r10", "R10 类型明确", "R10 the type is clear"),
            ("r11", "R11 类型不明", "R11 the type is unclear"),
            ("r12", "R12 网点权限内", "R12 within the counter's authority"),
            ("r13", "R13 已有同一投诉", "R13 the same complaint is open already"),
        ])

    /// The lists of the workflow, in the order of the catalogue.
    static let workflow: [Enumeration] = [
        requestVerdict, requestRefusal, requestReason, defect, evidenceClass, legalBasis, conclusionGround, filing,
        reportHop, reportVerdict, unresolvableReason, transferReason, assistState, assistResult, assistVerdict,
        conversionReason, promiseVerdict, attemptResult, supervisionAnswer, validityGround, questionSubject,
        questionAnswer, seizeReason, mergeReason, pauseStep,
        leadUnitKind, routingMark, routeRule, countersignMatter,
    ]
}
