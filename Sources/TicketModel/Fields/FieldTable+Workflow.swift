import SyncProtocol

extension FieldTable {
    /// Core fields of the whole workflow that one writer sets.
    static let workflowRegulated: [FieldDefinition] = [
        one(TicketField.leadDepartment, "lead_department", "主办部门", "lead department", .reference, .person),
        one(TicketField.returnPath, "return_path", "反馈路径", "way back", .unitPath),
        one(
            TicketField.stateBeforeOffer, "state_before_offer", "移交前状态", "state before the offer", .code(.state)),
        one(TicketField.mergedInto, "merged_into", "并入工单", "merged into", .document),
        one(TicketField.leadBeforeOffer, "lead_before_offer", "移交前主办", "lead before the offer", .node),
        one(TicketField.pathBeforeOffer, "path_before_offer", "移交前反馈路径", "way back before the offer", .unitPath),
        one(TicketField.routeRule, "route_rule", "派单规则", "routing rule", .code(.routeRule)),
        one(TicketField.routeLead, "route_lead", "建议主办类型", "kind of lead unit", .code(.leadUnitKind)),
        one(TicketField.routeTold, "route_told", "须告知岗位", "roles to be told", .codeSet(.role)),
        one(TicketField.routingMarks, "routing_marks", "派单特征", "routing marks", .codeSet(.routingMark), .person),
        one(TicketField.sealedFrom, "sealed_from", "密封对象", "sealed from", .nodeSet, .person),
        one(TicketField.reasonsSufficient, "reasons_sufficient", "理由充分", "reasons sufficient", .flag, .person),
        one(TicketField.demandReasonable, "demand_reasonable", "要求合理", "demand reasonable", .flag, .person),
        one(TicketField.pauseReason, "pause_reason", "中止理由", "reason for pause", .code(.pauseReason)),
        one(
            TicketField.feedbackRejections, "feedback_rejections", "反馈退回次数", "feedback rejections", .integer(0...1000)),
        one(
            TicketField.unresolvableReason, "unresolvable_reason", "无法处理理由", "why it cannot be resolved",
            .code(.unresolvableReason)),
        one(TicketField.unresolvableBy, "unresolvable_by", "无法处理申报人", "declared unresolvable by", .post),
        one(TicketField.unresolvableRound, "unresolvable_round", "审批季度", "quarter of approval", .reference),
        one(TicketField.appealConclusion, "appeal_conclusion", "申诉结论", "conclusion", .code(.appealConclusion)),
        one(
            TicketField.conclusionGrounds, "conclusion_grounds", "结论依据", "grounds", .codeSet(.conclusionGround)),
        one(TicketField.concludedBy, "concluded_by", "定性人", "concluded by", .post),
        one(TicketField.withdrawnAt, "withdrawn_at", "撤回时间", "withdrawn at", .instant),
        one(TicketField.archivedAt, "archived_at", "归档时间", "archived at", .instant),
        one(
            TicketField.regulatorResponse, "regulator_response", "监管回复", "regulator response",
            .code(.regulatorResponse), .person),
        one(TicketField.filing, "filing", "立案情况", "filing", .code(.filing), .person),
        one(TicketField.answerBy, "answer_by", "答复督办期限", "answer due", .instant, .person),
        one(TicketField.orderAnswer, "order_answer", "督办答复结论", "answer to the order", .code(.supervisionAnswer)),
        one(TicketField.feedbackApprovedBy, "feedback_approved_by", "反馈审核人", "feedback approved by", .post),
        one(
            TicketField.linkedProblemOpen, "linked_problem_open", "连带问题未立单", "linked problem without a ticket", .flag,
            .person),
        one(
            TicketField.validityGround, "validity_ground", "有效投诉依据", "why it is valid", .code(.validityGround), .person),
        one(
            TicketField.wantedMedium, "wanted_medium", "客户希望的答复方式", "medium that the customer wants",
            .code(.replyMedium), .person),
    ]

    /// Core sets of the whole workflow, and the evidence list.
    static let workflowGrowing: [FieldDefinition] = [
        list(TicketField.requests, "requests", "待确认请求", "requests", EntryShapes.request),
        list(TicketField.requestVerdicts, "request_verdicts", "请求结论", "verdicts", EntryShapes.requestVerdict),
        list(TicketField.rounds, "rounds", "历次处理", "rounds", EntryShapes.round),
        list(TicketField.defects, "defects", "反馈缺陷", "defects", EntryShapes.defect),
        list(TicketField.extensions, "extensions", "延期", "extensions", EntryShapes.extension),
        list(TicketField.contacts, "contacts", "客户联系", "contacts", EntryShapes.contact),
        list(TicketField.promises, "promises", "承诺", "promises", EntryShapes.promise),
        list(TicketField.promiseVerdicts, "promise_verdicts", "承诺兑现", "promises kept", EntryShapes.promiseVerdict),
        list(TicketField.followUpAttempts, "follow_up_attempts", "回访尝试", "attempts", EntryShapes.attempt),
        list(TicketField.reports, "reports", "上报", "reports", EntryShapes.report),
        list(TicketField.liaisons, "liaisons", "联系责任人", "liaisons", EntryShapes.liaison),
        list(TicketField.supervisions, "supervisions", "督办单", "orders", EntryShapes.supervision),
        list(
            TicketField.supervisionAnswers, "supervision_answers", "督办答复", "answers", EntryShapes.supervisionAnswer),
        list(TicketField.kindHistory, "kind_history", "种类变更", "changes of kind", EntryShapes.kindChange),
        list(TicketField.assistDeclines, "assist_declines", "协办退回", "assists declined", EntryShapes.assistDecline),
        list(TicketField.actedFor, "acted_for", "代理办理", "acted for", EntryShapes.deputy),
        list(TicketField.textLinks, "text_links", "口径引用", "explanation texts", EntryShapes.textLink),
        list(TicketField.seizures, "seizures", "收回办理权", "seizures", EntryShapes.seizure),
        list(TicketField.pauses, "pauses", "中止记录", "pauses", EntryShapes.pause),
        list(TicketField.readAttempts, "read_attempts", "查阅记录", "reads and refused attempts", EntryShapes.readAttempt),
        list(TicketField.questions, "questions", "请示", "questions", EntryShapes.question),
        list(TicketField.questionAnswers, "question_answers", "批示", "answers to questions", EntryShapes.questionAnswer),
        list(
            TicketField.countersignatures, "countersignatures", "会签", "countersignatures",
            EntryShapes.countersignature),
        list(
            TicketField.countersignatureUses, "countersignature_uses", "会签使用", "countersignatures acted on",
            EntryShapes.countersignatureUse),
        field(
            TicketField.namedPersons, "named_persons", "曾列被投诉人标识", "tokens of everybody complained about so far",
            .core, .grow, .token, .act),
        list(TicketField.workers, "workers", "各轮经办", "who worked on it, by round", EntryShapes.worker),
        list(TicketField.alertOwners, "alert_owners", "预警责任人", "owners of alerts", EntryShapes.alertOwner),
        list(TicketField.transfers, "transfers", "转办记录", "transfers", EntryShapes.transfer),
        field(
            TicketField.evidenceItems, "evidence_items", "证据清单", "evidence items", .casework, .grow,
            .entry(EntryShapes.evidence), .act),
    ]

    private static func one(
        _ id: FieldID, _ name: String, _ chinese: String, _ english: String, _ type: FieldType,
        _ source: FieldSource = .act
    ) -> FieldDefinition { field(id, name, chinese, english, .core, .custodian, type, source) }

    private static func list(
        _ id: FieldID, _ name: String, _ chinese: String, _ english: String, _ shape: EntryShape
    ) -> FieldDefinition { field(id, name, chinese, english, .core, .grow, .entry(shape), .act) }
}
