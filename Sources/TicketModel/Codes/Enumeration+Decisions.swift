// Lists of what is decided about a ticket (model §2.3).
extension Enumeration {
    public static let validity = Enumeration(
        "validity", Bilingual("有效性", "validity"),
        [
            ("pending", "待认定", "to be decided"),
            ("valid", "有效", "valid"),
            ("unfounded", "理由不充分", "reasons not sufficient"),
            ("unreasonable_demand", "要求不合理", "demand not reasonable"),
            ("malicious", "恶意", "malicious"),
        ])

    public static let maliciousKind = Enumeration(
        "malicious_kind", Bilingual("恶意类型", "kind of malice"),
        [
            ("fabricated", "捏造事实", "fabricated"),
            ("repeated", "一事多诉", "one event many times"),
            ("defamation", "恶意诋毁", "defamation"),
        ])

    public static let identityCheck = Enumeration(
        "identity_check", Bilingual("身份核验", "identity check"),
        [
            ("not_done", "未核验", "not done"),
            ("holder", "本人", "the person"),
            ("legal_rep", "法定代理人", "legal representative"),
            ("proxy", "受托人", "proxy"),
            ("heir", "继承人", "heir"),
            ("impersonation", "冒用", "impersonation"),
        ])

    public static let acceptance = Enumeration(
        "acceptance", Bilingual("受理决定", "acceptance"),
        [
            ("pending", "待定", "to be decided"),
            ("accepted", "受理", "accepted"),
            ("not_accepted", "不予受理", "not accepted"),
            ("withdrawn", "撤回", "withdrawn"),
        ])

    public static let nonAcceptanceReason = Enumeration(
        "non_acceptance_reason", Bilingual("不予受理理由", "reason for non-acceptance"),
        [
            ("not_our_business", "非本行业务", "not our business"),
            ("not_party", "非本人或受托人", "not the person or a proxy"),
            ("no_target_or_facts", "无明确对象或事实", "no clear target or facts"),
            ("already_settled", "已和解执行", "already settled"),
            ("elsewhere", "法院/仲裁/监管/调解已受理", "already before a court or authority"),
            ("repeat_no_new_fact", "重复且无新事实", "repeated without new facts"),
        ])

    public static let extensionReason = Enumeration(
        "extension_reason", Bilingual("延期理由", "reason for extension"),
        [
            ("complex", "情况复杂", "complex"),
            ("very_complex", "情况特别复杂", "very complex"),
            ("waiting_other_org", "待外部", "waiting for another body"),
            ("special", "其他特殊情况", "other special reason"),
        ])

    public static let pauseReason = Enumeration(
        "pause_reason", Bilingual("中止理由", "reason for pause"),
        [
            ("external_appraisal", "外部鉴定检测评估", "external appraisal"),
            ("mediation", "调解", "mediation"),
        ])

    public static let consent = Enumeration(
        "consent", Bilingual("方案意见", "consent"),
        [
            ("not_needed", "无需征求", "not needed"),
            ("asked", "已征求", "asked"),
            ("agreed", "同意", "agreed"),
            ("refused", "不同意", "refused"),
        ])

    public static let attitude = Enumeration(
        "attitude", Bilingual("客户态度", "customer's attitude"),
        [
            ("accepted", "认可", "accepts"),
            ("understood", "谅解", "understands"),
            ("rejected", "拒绝接受", "rejects"),
            ("unreachable", "无法联系", "cannot be reached"),
        ])

    public static let satisfaction = Enumeration(
        "satisfaction", Bilingual("满意度", "satisfaction"),
        [
            ("very_satisfied", "非常满意", "very satisfied"),
            ("satisfied", "满意", "satisfied"),
            ("neutral", "一般", "neutral"),
            ("dissatisfied", "不满意", "dissatisfied"),
            ("no_answer", "未回应", "no answer"),
        ])

    public static let outcome = Enumeration(
        "outcome", Bilingual("处理结果", "outcome"),
        [
            ("solved", "彻底解决", "solved"),
            ("explained", "解释口径一致", "explained and agreed"),
            ("misunderstanding", "误会消除", "misunderstanding cleared"),
            ("compensated", "补偿", "compensated"),
            ("rejected_with_reason", "不予支持", "rejected with reasons"),
            ("settled_mediation", "调解和解", "settled by mediation"),
            ("unresolvable", "无法处理", "cannot be resolved"),
            ("withdrawn", "撤回", "withdrawn"),
            ("merged", "并案", "merged"),
        ])

    public static let responsibility = Enumeration(
        "responsibility", Bilingual("责任认定", "responsibility"),
        [
            ("bank", "我行责任", "the bank"),
            ("customer", "客户原因", "the customer"),
            ("third_party", "第三方责任", "a third party"),
            ("shared", "各方分担", "shared"),
            ("none", "无责任", "nobody"),
        ])

    public static let remedy = Enumeration(
        "remedy", Bilingual("补救措施", "remedy"),
        [
            ("none", "无", "none"),
            ("apology", "道歉", "apology"),
            ("explanation", "解释", "explanation"),
            ("correction", "更正", "correction"),
            ("refund", "退款", "refund"),
            ("fee_waiver", "减免费用", "fee waived"),
            ("compensation", "赔偿", "compensation"),
            ("other", "其他", "other"),
        ])

    public static let appealConclusion = Enumeration(
        "appeal_conclusion", Bilingual("申诉结论", "appeal conclusion"),
        [
            ("enterprise_responsible", "企业责任", "the bank is responsible"),
            ("properly_handled_before", "先期处理得当", "properly handled before"),
            ("filing_withdrawn", "立案撤消", "filing withdrawn"),
            ("customer_cause", "用户原因", "caused by the customer"),
        ])

    public static let regulatorResponse = Enumeration(
        "regulator_response", Bilingual("监管回复", "regulator response"),
        [
            ("in_progress", "处理中", "in progress"),
            ("closed_explanation", "办结(解释)", "closed with explanation"),
            ("closed_monetary", "办结(货币补偿)", "closed with monetary relief"),
            ("closed_non_monetary", "办结(非货币补偿)", "closed with non-monetary relief"),
            ("closed", "办结", "closed"),
            ("wrong_company", "对象有误", "wrong company"),
            ("duplicate", "重复", "duplicate"),
            ("redirected", "转他处", "redirected"),
            ("sent_to_regulator", "已报监管", "sent to the regulator"),
        ])
}
