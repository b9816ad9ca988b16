// Lists that say what a ticket is and how grave it is (model §2.3). English labels are ours.
extension Enumeration {
    public static let tier = Enumeration(
        "tier", Bilingual("层级", "tier"),
        [
            ("branch", "网点/支行", "branch"),
            ("city", "市分行(远端处理单元)", "city unit"),
            ("province", "省级投诉处理中心", "provincial centre"),
            ("head_office", "总行投诉中心", "head office centre"),
        ])

    public static let kind = Enumeration(
        "kind", Bilingual("工单种类", "kind"),
        [
            ("complaint", "投诉", "complaint"),
            ("help", "求助", "request for help"),
            ("inquiry", "咨询", "inquiry"),
            ("venting", "情绪宣泄", "venting"),
            ("suggestion", "建议", "suggestion"),
            ("escalated", "升级投诉", "escalated complaint"),
            ("internal_appeal", "内部申诉(核查申请)", "internal appeal"),
            ("regulator_referral", "监管转办", "regulator referral"),
            ("regulator_appeal", "监管申诉", "regulator appeal"),
            ("work_order", "工单", "work order"),
            ("rework", "回访再处理工单", "rework order"),
            ("warning", "预警工单", "warning order"),
            ("supervision", "督办工单", "supervision order"),
        ])

    public static let intakeChannel = Enumeration(
        "intake_channel", Bilingual("受理渠道", "intake channel"),
        [
            ("counter", "营业网点", "counter"),
            ("lobby", "大堂", "lobby"),
            ("account_manager", "客户经理", "account manager"),
            ("suggestion_box", "意见箱", "suggestion box"),
            ("hotline", "客服热线", "service hotline"),
            ("manager_hotline", "总经理热线", "manager's hotline"),
            ("letter", "信函", "letter"),
            ("fax", "传真", "fax"),
            ("email", "电子邮箱", "e-mail"),
            ("website", "网站", "website"),
            ("mobile_bank", "手机银行", "mobile bank"),
            ("net_bank", "网上银行", "net bank"),
            ("app", "官方APP", "app"),
            ("wechat", "微信公众号", "WeChat"),
            ("sms", "短信", "SMS"),
            ("online_service", "在线客服", "online service"),
            ("visit", "上门来访", "visit"),
            ("regulator_12378", "12378银行保险消费者投诉热线", "regulator's line 12378"),
            ("pboc_12363", "12363金融消费权益热线", "central bank's line 12363"),
            ("market_12315", "12315市场监管热线", "market regulator's line 12315"),
            ("gov_12345", "12345政务服务热线", "government line 12345"),
            ("consumer_association", "消费者协会", "consumer association"),
            ("media", "媒体", "media"),
            ("head_office_line", "总行受理", "head office line"),
            ("other", "其他", "other"),
        ])

    public static let intakeForm = Enumeration(
        "intake_form", Bilingual("投诉形式", "intake form"),
        [
            ("oral", "口头", "oral"),
            ("telephone", "电话", "telephone"),
            ("written", "书面", "written"),
        ])

    public static let formality = Enumeration(
        "formality", Bilingual("正式性", "formality"),
        [
            ("formal", "正式", "formal"),
            ("informal", "非正式", "informal"),
        ])

    public static let scope = Enumeration(
        "scope", Bilingual("投诉级别", "scope"),
        [
            ("general", "一般", "general"),
            ("provincial", "省级", "provincial"),
            ("national", "全国级", "national"),
        ])

    public static let severity = Enumeration(
        "severity", Bilingual("严重程度", "severity"),
        [
            ("ordinary", "一般(轻微)", "ordinary"),
            ("important", "重要", "important"),
            ("urgent", "紧急", "urgent"),
            ("major", "重大", "major"),
        ])

    public static let customerTier = Enumeration(
        "customer_tier", Bilingual("客户级别", "customer tier"),
        [
            ("ordinary", "普通", "ordinary"),
            ("vip", "VIP/高端", "VIP"),
            ("protected", "特殊群体", "protected group"),
        ])

    public static let priorityFactor = Enumeration(
        "priority_factor", Bilingual("优先因素", "priority factor"),
        [
            ("importance", "重要性", "importance"),
            ("gravity", "重大性", "gravity"),
            ("breadth", "广泛性", "breadth"),
            ("urgency", "迫切性", "urgency"),
        ])

    public static let priority = Enumeration(
        "priority", Bilingual("优先级", "priority"),
        [
            ("p1", "一级", "first"),
            ("p2", "二级", "second"),
            ("p3", "三级", "third"),
            ("p4", "四级", "fourth"),
        ])

    /// Marks of a ticket (CL-08, DR-13, EC-09, DM-01).
    public static let flag = Enumeration(
        "flag", Bilingual("标记", "flag"),
        [
            ("media", "媒体关注", "media"),
            ("court", "涉诉", "court"),
            ("mass", "群体性", "mass complaint"),
            ("systemic", "系统性", "systemic"),
            ("injury", "人身伤害", "injury"),
            ("leak", "信息泄露", "information leak"),
            ("misconduct", "违规违纪", "misconduct"),
            ("financial_crime", "金融犯罪", "financial crime"),
            ("protected_group", "特殊群体", "protected group"),
            ("anonymous", "匿名", "anonymous"),
            ("repeat", "重复投诉", "repeated"),
            ("malicious_suspected", "疑似恶意", "malicious suspected"),
            ("imported", "补录导入", "brought in by an import"),
        ])
}
