import SyncProtocol

extension FieldTable {
    /// Core fields that the acts of the process write; the custodian writes them.
    static let coreCourse: [FieldDefinition] = [
        field(
            TicketField.state, "state", "状态", "state", .core, .custodian, .code(.state), .act, .registration,
            default: "registered"),
        field(
            TicketField.roundNo, "round_no", "处理轮次", "round", .core, .custodian, .integer(1...1000), .act,
            .registration,
            default: "1"),
        field(
            TicketField.reopenCount, "reopen_count", "再处理次数", "times reopened", .core, .custodian, .integer(0...1000),
            .act, .registration, default: "0"),
        field(
            TicketField.bounceCount, "bounce_count", "退单次数", "times bounced", .core, .custodian, .integer(0...1000),
            .act,
            .registration, default: "0"),
        field(TicketField.leadLeg, "lead_leg", "主办单位", "lead unit", .core, .custodian, .node, .act, .dispatch),
        field(TicketField.assistLegs, "assist_legs", "协办单位", "assisting units", .core, .custodian, .nodeSet, .act),
        field(
            TicketField.promisedReplyAt, "promised_reply_at", "承诺答复时间", "promised reply", .core, .custodian, .instant),
        field(TicketField.nextReplyAt, "next_reply_at", "下次回复时间", "next reply", .core, .custodian, .instant),
        field(TicketField.handler, "handler", "处理人", "handler", .core, .custodian, .post, .act),
        field(
            TicketField.missingFields, "missing_fields", "待补充内容", "what is missing", .core, .custodian, .fieldNames,
            .act),
        field(TicketField.solutionConsent, "solution_consent", "方案意见", "consent", .core, .custodian, .code(.consent)),
        field(
            TicketField.replyMedium, "reply_medium", "答复方式", "reply medium", .core, .custodian, .code(.replyMedium),
            .person, .close),
        field(TicketField.repliedAt, "replied_at", "答复时间", "replied at", .core, .custodian, .instant, .act, .close),
        field(TicketField.repliedBy, "replied_by", "答复人", "replied by", .core, .custodian, .post, .act, .close),
        field(
            TicketField.remedyInfoGiven, "remedy_info_given", "已告知申诉途径", "appeal path told", .core, .custodian, .flag,
            .person, .close),
        field(
            TicketField.attitude, "attitude", "客户态度", "customer's attitude", .core, .custodian, .code(.attitude),
            .person,
            .reply),
        field(TicketField.followupDue, "followup_due", "回访期限", "follow-up due", .core, .custodian, .instant, .act),
        field(TicketField.followupAt, "followup_at", "回访时间", "followed up at", .core, .custodian, .instant, .act),
        field(TicketField.followupBy, "followup_by", "回访人", "followed up by", .core, .custodian, .post, .act),
        field(
            TicketField.satisfaction, "satisfaction", "满意度", "satisfaction", .core, .custodian, .code(.satisfaction),
            .person, .close),
        field(
            TicketField.responsibility, "responsibility", "责任认定", "responsibility", .core, .custodian,
            .code(.responsibility), .person, .close),
        field(TicketField.responsibleOrg, "responsible_org", "责任单位", "responsible unit", .core, .custodian, .org),
        field(
            TicketField.responsibleStage, "responsible_stage", "责任环节", "responsible stage", .core, .custodian,
            .code(.stage)),
        field(TicketField.outcome, "outcome", "处理结果", "outcome", .core, .custodian, .code(.outcome), .person, .close),
        field(TicketField.remedy, "remedy", "补救措施", "remedy", .core, .custodian, .code(.remedy)),
        field(TicketField.closedBy, "closed_by", "结案人", "closed by", .core, .custodian, .post, .act, .close),
        field(TicketField.closedAt, "closed_at", "结案时间", "closed at", .core, .custodian, .instant, .act, .close),
        field(TicketField.closeApprover, "close_approver", "结案审批人", "closing approved by", .core, .custodian, .post),
        field(
            TicketField.retentionUntil, "retention_until", "保存期限", "keep until", .core, .custodian, .date, .act,
            .archive),
        field(TicketField.legalHold, "legal_hold", "司法保全", "legal hold", .core, .custodian, .flag, .act),
        field(
            TicketField.explanationTextID, "explanation_text_id", "解释口径编号", "explanation text", .core, .custodian,
            .reference),
    ]
}
