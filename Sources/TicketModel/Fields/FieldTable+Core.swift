import SyncProtocol

/// Minutes and heads that a branch counts; more is a slip of the finger.
private let minutes: FieldType = .integer(0...10_000)
private let count: FieldType = .integer(0...10_000)

extension FieldTable {
    /// Core fields that registration sets once.
    static let coreOnce: [FieldDefinition] = [
        field(
            TicketField.ticketNo, "ticket_no", "工单编号", "ticket number", .core, .once, .ticketNumber, .act, .registration
        ),
        field(TicketField.originOrg, "origin_org", "受理机构", "origin unit", .core, .once, .org, .act, .registration),
        field(TicketField.homeOrg, "home_org", "归属机构", "home unit", .core, .once, .org, .person, .registration),
        field(TicketField.eventOrg, "event_org", "事发机构", "event unit", .core, .once, .org, .person, .registration),
        field(
            TicketField.intakeChannel, "intake_channel", "受理渠道", "intake channel", .core, .once, .code(.intakeChannel),
            .person, .registration),
        field(
            TicketField.intakeForm, "intake_form", "投诉形式", "intake form", .core, .once, .code(.intakeForm), .person,
            .registration),
        field(
            TicketField.receivedAt, "received_at", "受理时间", "received at", .core, .once, .instant, .person, .registration
        ),
        field(
            TicketField.recordedAt, "recorded_at", "记录时间", "recorded at", .core, .once, .instant, .act, .registration),
        field(
            TicketField.registeredAt, "registered_at", "登记时间", "registered at", .core, .once, .instant, .act,
            .registration),
        field(TicketField.recorder, "recorder", "记录人", "recorder", .core, .once, .post, .act, .registration),
        field(TicketField.formality, "formality", "正式性", "formality", .core, .once, .code(.formality)),
        field(TicketField.purposeExplicit, "purpose_explicit", "目的明确", "purpose explicit", .core, .once, .flag),
        field(TicketField.waitingMinutes, "waiting_minutes", "等候分钟", "minutes waited", .core, .once, minutes),
        field(TicketField.queueAhead, "queue_ahead", "前方人数", "people ahead", .core, .once, count),
        field(
            TicketField.targetPersonToken, "target_person_token", "被投诉人标识", "token of the person complained about",
            .core, .once, .token, .act),
    ]

    /// Core fields that classify; the custodian writes them.
    static let coreClassification: [FieldDefinition] = [
        field(
            TicketField.kind, "kind", "工单种类", "kind", .core, .custodian, .code(.kind), .person, .registration,
            default: "complaint"),
        field(
            TicketField.scope, "scope", "投诉级别", "scope", .core, .custodian, .code(.scope), .person, .registration,
            default: "general"),
        field(
            TicketField.severity, "severity", "严重程度", "severity", .core, .custodian, .code(.severity), .person,
            .registration, default: "ordinary"),
        field(
            TicketField.customerTier, "customer_tier", "客户级别", "customer tier", .core, .custodian, .code(.customerTier),
            .person, .registration, default: "ordinary"),
        field(
            TicketField.priorityFactors, "priority_factors", "优先因素", "priority factors", .core, .custodian,
            .codeSet(.priorityFactor)),
        field(TicketField.flags, "flags", "标记", "flags", .core, .custodian, .codeSet(.flag)),
        field(TicketField.findings, "findings", "查见问题", "findings", .core, .custodian, .codeSet(.finding)),
        field(
            TicketField.symptom, "symptom", "投诉现象", "symptom", .core, .custodian, .code(.symptom), .person,
            .registration),
        field(
            TicketField.businessClass, "business_class", "业务类别", "business class", .core, .custodian,
            .code(.businessClass), .person, .registration),
        field(TicketField.nature, "nature", "投诉性质", "nature", .core, .custodian, .code(.nature), .person, .dispatch),
        field(
            TicketField.causeClass, "cause_class", "投诉原因", "cause class", .core, .custodian, .code(.causeClass),
            .person,
            .dispatch),
        field(
            TicketField.handlingChannel, "handling_channel", "业务办理渠道", "handling channel", .core, .custodian,
            .code(.handlingChannel), .person, .dispatch),
        field(
            TicketField.validity, "validity", "有效性", "validity", .core, .custodian, .code(.validity), .person,
            .registration, default: "pending"),
        field(
            TicketField.maliciousKind, "malicious_kind", "恶意类型", "kind of malice", .core, .custodian,
            .code(.maliciousKind)),
        field(
            TicketField.acceptance, "acceptance", "受理决定", "acceptance", .core, .custodian, .code(.acceptance), .person,
            .registration, default: "pending"),
        field(
            TicketField.nonAcceptanceReason, "non_acceptance_reason", "不予受理理由", "reason for non-acceptance", .core,
            .custodian, .code(.nonAcceptanceReason)),
        field(
            TicketField.identityCheck, "identity_check", "身份核验", "identity check", .core, .custodian,
            .code(.identityCheck), .person, .reply),
        field(
            TicketField.contactVerifiedAt, "contact_verified_at", "联系方式核实时间", "contact verified at", .core, .custodian,
            .instant),
        field(
            TicketField.firstContactPerson, "first_contact_person", "首问责任人", "first contact", .core, .custodian, .post,
            .person, .registration),
        field(
            TicketField.firstContactOrg, "first_contact_org", "首问机构", "first contact's unit", .core, .custodian, .org,
            .person, .registration),
        field(
            TicketField.policyPack, "policy_pack", "时限规则包", "policy pack", .core, .custodian, .reference, .act,
            .registration, default: "none"),
        field(
            TicketField.policyVersion, "policy_version", "规则包版本", "policy version", .core, .custodian, .reference, .act,
            .registration, default: "none"),
        field(
            TicketField.calendarVersion, "calendar_version", "日历版本", "calendar version", .core, .custodian, .reference,
            .act, .registration, default: "none"),
    ]

    /// Core fields that only grow, and the three that are never written.
    static let coreGrowing: [FieldDefinition] = [
        field(
            TicketField.amountBand, "amount_band", "涉及金额区间", "amount band", .core, .free, .code(.amountBand), .computed),
        field(
            TicketField.compensationBand, "compensation_band", "补偿金额区间", "compensation band", .core, .custodian,
            .code(.amountBand), .computed),
        field(TicketField.demand, "demand", "客户诉求", "demand", .core, .free, .code(.demand), .person, .registration),
        field(
            TicketField.confidentialRequest, "confidential_request", "要求保密", "asks for confidence", .core, .free, .flag),
        field(TicketField.parentID, "parent_id", "上级工单", "parent ticket", .core, .grow, .link(.link)),
        field(TicketField.links, "links", "关联工单", "links", .core, .grow, .link(.link)),
        field(
            TicketField.correctiveAction, "corrective_action", "整改措施", "corrective actions", .core, .grow, .reference),
        field(
            TicketField.noticesSent, "notices_sent", "已发告知", "notices sent", .core, .grow, .timedCode(.contactKind),
            .act),
        field(TicketField.urges, "urges", "催办", "urges", .core, .grow, .timedCode(.urge), .act),
        field(
            TicketField.supervisionOrders, "supervision_orders", "督办", "supervision orders", .core, .grow,
            .timedCode(.supervisionReason), .act),
        field(
            TicketField.widenings, "widenings", "扩围记录", "widenings", .core, .grow, .entry(EntryShapes.widening), .act),
        field(TicketField.declines, "declines", "退单记录", "declines", .core, .grow, .timedCode(.declineReason), .act),
        field(
            TicketField.corrections, "corrections", "更正记录", "corrections", .core, .grow, .timedCode(.correctionReason),
            .act),
        field(
            TicketField.clockSteps, "clock_steps", "时限提醒记录", "deadline steps told", .core, .grow, .clockStep, .act),
        field(TicketField.id, "id", "标识", "id", .core, .computed, .reference, .computed),
        field(TicketField.priority, "priority", "优先级", "priority", .core, .computed, .integer(1...4), .computed),
        field(TicketField.custodyOrg, "custody_org", "办理权所在", "custody", .core, .computed, .node, .computed),
    ]
}
