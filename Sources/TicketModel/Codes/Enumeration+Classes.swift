// Lists that classify: facets of the industry standard, our own code books with a mapping column to come (model §2.3).
extension Enumeration {
    public static let nature = Enumeration(
        "nature", Bilingual("投诉性质", "nature"),
        [
            ("attitude", "服务态度", "service attitude"),
            ("transaction_error", "业务差错", "transaction error"),
            ("product_defect", "产品缺陷", "product defect"),
            ("fee_dispute", "收费争议", "fee dispute"),
            ("info_security", "信息安全", "information security"),
            ("waiting", "等候时间", "waiting time"),
            ("inconsistent_statement", "口径不一致", "inconsistent statement"),
            ("facility", "设施设备", "facilities"),
            ("incident", "突发事件", "incident"),
            ("misconduct", "违规违纪", "misconduct"),
            ("other", "其他", "other"),
        ])

    /// Facet C. Two more (pricing, debt collection) are general knowledge, to be confirmed; the list is therefore open.
    public static let causeClass = Enumeration(
        "cause_class", Bilingual("投诉原因", "cause class"), isOpen: true,
        [
            ("service", "服务态度及服务质量", "service attitude and quality"),
            ("facility_system", "服务设施、设备、业务系统", "facilities, equipment, systems"),
            ("rule_process", "管理制度、业务规则与流程", "rules and processes"),
            ("marketing", "营销方式", "marketing"),
            ("disclosure", "信息披露", "disclosure"),
            ("yield", "产品收益", "product yield"),
            ("choice", "自主选择权", "freedom of choice"),
            ("contract", "合同条款", "contract terms"),
            ("fund_safety", "资金安全", "safety of funds"),
            ("info_safety", "信息安全", "safety of information"),
            ("other", "其他", "other"),
        ])

    /// Facet B, incomplete at its source; the list is therefore open.
    public static let businessClass = Enumeration(
        "business_class", Bilingual("业务类别", "business class"), isOpen: true,
        [
            ("rmb_savings", "人民币储蓄", "savings"),
            ("loan", "贷款", "loan"),
            ("card", "银行卡", "bank card"),
            ("payment", "支付结算", "payment and settlement"),
            ("rmb_management", "人民币管理", "currency management"),
            ("personal_info", "个人金融信息", "personal financial information"),
            ("other", "其他", "other"),
        ])

    /// Facet A: front office, then the middle and back office.
    public static let handlingChannel = Enumeration(
        "handling_channel", Bilingual("业务办理渠道", "handling channel"), isOpen: true,
        [
            ("site", "营业现场", "on site"),
            ("self_service", "自助机具", "self-service machine"),
            ("electronic", "电子渠道", "electronic channel"),
            ("third_party", "第三方渠道", "third party"),
            ("other", "其他前台渠道", "other front channel"),
            ("mid_back", "中、后台业务渠道", "middle and back office"),
        ])

    /// The symptom as the customer describes it (投诉现象, TM-09): a code book that banks extend.
    public static let symptom = Enumeration(
        "symptom", Bilingual("投诉现象", "symptom"), isOpen: true,
        [
            ("attitude_poor", "态度生硬或冷漠", "poor attitude"),
            ("not_greeted", "未主动接待", "not greeted"),
            ("service_refused", "拒绝办理", "service refused"),
            ("wait_long", "等候时间过长", "long wait"),
            ("counter_idle", "柜台有人不办理", "counter manned but idle"),
            ("statement_conflict", "答复口径不一", "conflicting answers"),
            ("cash_error", "现金差错", "cash error"),
            ("machine_retained_cash", "机具吞钞", "machine kept the cash"),
            ("machine_retained_card", "机具吞卡", "machine kept the card"),
            ("machine_fault", "机具故障", "machine out of order"),
            ("system_fault", "系统故障或中断", "system failure"),
            ("transfer_not_arrived", "转账未到账", "transfer not arrived"),
            ("transfer_wrong", "转账差错", "wrong transfer"),
            ("unauthorized_transaction", "非本人交易", "transaction not authorised"),
            ("card_blocked", "卡或账户受限", "card or account blocked"),
            ("account_opening", "开户或销户受阻", "opening or closing obstructed"),
            ("fee_unclear", "收费不清", "unclear fee"),
            ("fee_wrong", "错误收费", "wrong fee"),
            ("interest_dispute", "利率或利息争议", "interest dispute"),
            ("loan_refused", "贷款审批争议", "loan decision disputed"),
            ("loan_servicing", "还款与贷后管理", "loan servicing"),
            ("collection", "催收方式", "debt collection"),
            ("mis_selling", "误导销售", "mis-selling"),
            ("yield_below_promise", "收益低于承诺", "yield below promise"),
            ("credit_record", "征信记录异议", "credit record disputed"),
            ("info_leak", "个人信息泄露", "personal information leaked"),
            ("message_misdirected", "信息误发", "message sent to the wrong person"),
            ("facility_missing", "设施或公示缺失", "facility or notice missing"),
            ("staff_misconduct", "员工违规", "staff misconduct"),
            ("complaint_mishandled", "投诉处理不当", "complaint mishandled"),
            ("other", "其他", "other"),
        ])

    /// What one visit or one event brought to light beside the main matter: several findings, one complaint (IN-16,
    /// TM-09). The list is open, because each new rule of conduct brings its own.
    public static let finding = Enumeration(
        "finding", Bilingual("查见问题", "finding"), isOpen: true,
        [
            ("not_greeted", "未按规范问候", "customer not greeted"),
            ("no_badge", "未佩戴工号牌", "no badge worn"),
            ("no_suggestion_book", "未放置意见簿", "no suggestion book"),
            ("no_suggestion_box", "未设置意见箱", "no suggestion box"),
            ("no_complaint_number", "未公示投诉电话", "complaint number not on show"),
            ("shabby_hall", "营业环境不整洁", "shabby hall"),
            ("service_refused", "拒绝办理应办业务", "service refused"),
            ("unequal_treatment", "区别对待客户", "customers treated unequally"),
            ("gifts_hinted", "暗示收受财物", "gifts hinted at"),
            ("contact_mistyped", "客户联系方式录错", "contact details mistyped"),
            ("information_gossiped", "泄露客户信息或纠纷", "customer's matters gossiped about"),
            ("private_channel", "以私人渠道答复客户", "answered through a private channel"),
            ("complaint_ignored", "多次反映未处理", "repeated complaints ignored"),
            ("other", "其他", "other"),
        ])

    /// What the customer asks for (TM-07).
    public static let demand = Enumeration(
        "demand", Bilingual("客户诉求", "demand"),
        [
            ("explanation", "解释说明", "explanation"),
            ("apology", "赔礼道歉", "apology"),
            ("correction", "更正处理", "correction"),
            ("completion", "办理业务", "carry out the business"),
            ("refund", "退还费用", "refund"),
            ("compensation", "赔偿损失", "compensation"),
            ("accountability", "追究责任", "hold someone accountable"),
            ("improvement", "改进服务", "improvement"),
            ("none", "无明确诉求", "none stated"),
            ("other", "其他", "other"),
        ])

    /// Bands of an amount, in yuan; the lower end belongs to the band. Ours.
    public static let amountBand = Enumeration(
        "amount_band", Bilingual("涉及金额区间", "amount band"),
        [
            ("none", "无金额", "no amount"),
            ("under_1k", "1千元以下", "under 1,000"),
            ("under_10k", "1千至1万元", "1,000 to 10,000"),
            ("under_50k", "1万至5万元", "10,000 to 50,000"),
            ("under_500k", "5万至50万元", "50,000 to 500,000"),
            ("from_500k", "50万元及以上", "500,000 and more"),
        ])
}
