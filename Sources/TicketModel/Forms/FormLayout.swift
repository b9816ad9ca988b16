// What stands on each form, after the fields that the source documents name for it.
extension FormKind {
    var sections: [FormSection] {
        switch self {
        case .registration: FormLayouts.registration
        case .handling: FormLayouts.handling
        case .result: FormLayouts.result
        case .majorReport: FormLayouts.majorReport
        case .record: FormLayouts.record
        case .opinion: FormLayouts.opinion
        case .disposalLog: FormLayouts.disposalLog
        case .caseRecord: FormLayouts.caseRecord
        case .receipt: FormLayouts.receipt
        }
    }
}

private enum FormLayouts {
    private typealias F = TicketField

    private static func signature(_ chinese: String, _ english: String) -> FormItem {
        .signature(Bilingual(chinese, english))
    }

    private static let complainant = FormSection(
        "投诉人", "Complainant",
        [
            .field(F.complainantName), .field(F.complainantPhone), .field(F.complainantAddress),
            .field(F.complainantEmail), .field(F.identityCheck), .field(F.proxyName), .field(F.proxyPhone),
            .field(F.proxyRelation), .field(F.confidentialRequest),
        ])

    /// TM-05: six facets, then what the customer wants (TM-07).
    private static let story = FormSection(
        "投诉内容", "What is complained about",
        [
            .field(F.what), .field(F.whoInvolved), .field(F.whenHappened), .field(F.whereHappened),
            .field(F.causeTold), .field(F.course), .field(F.targetPerson), .field(F.demand), .field(F.demandWords),
            .field(F.amountInvolved),
        ])

    static let registration = [
        FormSection(
            "受理", "Intake",
            [
                .field(F.receivedAt), .field(F.intakeChannel), .field(F.intakeForm), .field(F.originOrg),
                .field(F.firstContactPerson), .field(F.recorder), .field(F.recordingID), .field(F.promisedReplyAt),
            ]),
        complainant, story,
        FormSection(
            "分类", "Classes",
            [
                .field(F.kind), .field(F.businessClass), .field(F.symptom), .field(F.scope), .field(F.severity),
                .field(F.customerTier), .field(F.acceptance), .field(F.nonAcceptanceReason),
            ]),
        FormSection(
            "签字", "Signatures",
            [
                .words(Bilingual("以上内容属实。", "What is written above is true.")), signature("客户签字", "Customer"),
                signature("受理人签字", "Recorder"),
            ]),
    ]

    static let handling = [
        FormSection(
            "派单", "Dispatch",
            [
                .field(F.leadLeg), .field(F.leadDepartment), .field(F.assistLegs), .field(F.routeRule),
                .field(F.severity), .field(F.handler), .field(F.roundNo),
            ]),
        FormSection(
            "调查", "Facts found",
            [
                .field(F.legText), .field(F.legResults), .field(F.evidenceItems), .field(F.evidenceList),
                .field(F.validity), .field(F.causeClass), .field(F.nature),
            ]),
        FormSection(
            "处理意见", "What the department proposes",
            [
                .field(F.proposedSolution), .field(F.explanationTextID), .field(F.compensation),
                .field(F.countersignatures), .field(F.responsibility), .field(F.responsibleOrg),
                .field(F.responsibleStage), .field(F.correctiveAction),
            ]),
        FormSection("签字", "Signatures", [signature("处理人", "Handler"), signature("部门负责人", "Head of department")]),
    ]

    static let result = [
        FormSection(
            "结果", "Result",
            [
                .field(F.solution), .field(F.explanationTextID), .field(F.outcome), .field(F.remedy),
                .field(F.compensation), .field(F.solutionConsent),
            ]),
        FormSection(
            "答复", "Reply",
            [
                .field(F.replyMedium), .field(F.repliedAt), .field(F.repliedBy), .field(F.remedyInfoGiven),
                .field(F.attitude),
            ]),
        FormSection(
            "回访与结案", "Follow-up and closing",
            [
                .field(F.followupDue), .field(F.followupAt), .field(F.followupBy), .field(F.satisfaction),
                .field(F.responsibility), .field(F.causeClass), .field(F.closedBy), .field(F.closedAt),
                .field(F.closeApprover),
            ]),
        FormSection("签字", "Signatures", [signature("登记人", "Recorder"), signature("负责人", "Manager")]),
    ]

    static let majorReport = [
        FormSection(
            "事项", "The matter",
            [
                .field(F.severity), .field(F.priorityFactors), .field(F.flags), .field(F.receivedAt),
                .field(F.eventOrg), .field(F.homeOrg), .field(F.amountInvolved),
            ]),
        FormSection(
            "经过", "Course",
            [
                .field(F.what), .field(F.whenHappened), .field(F.whereHappened), .field(F.course),
                .field(F.reviewedSynopsis),
            ]),
        FormSection(
            "已采取的措施", "What has been done",
            [
                .field(F.routeRule), .field(F.routeTold), .field(F.leadLeg), .field(F.legText),
                .field(F.proposedSolution), .field(F.liaisons),
                .blank(Bilingual("下一步措施", "Next measures")), .blank(Bilingual("需上级协调事项", "Asked of the tier above")),
            ]),
        FormSection(
            "签字", "Signatures",
            [signature("报告人", "Reporter"), signature("单位负责人", "Head of unit"), signature("上级签收", "Received above")]),
    ]

    static let record = [
        FormSection(
            "记录", "Record",
            [
                .field(F.receivedAt), .field(F.complainantName), .field(F.complainantPhone), .field(F.what),
                .field(F.whereHappened), .field(F.targetPerson), .field(F.eventOrg), .field(F.recorder),
            ]),
        FormSection(
            "处理", "Handling", [.field(F.legText), .field(F.solution), .field(F.repliedAt), .field(F.repliedBy)]),
        FormSection("客户最终意见", "Final opinion", [.field(F.attitude), .field(F.satisfaction)]),
        FormSection(
            "签字", "Signatures", [signature("记录人", "Recorder"), signature("被投诉部门主管", "Head of the department")]),
    ]

    static let opinion = [
        complainant, story,
        FormSection(
            "各方意见", "Opinions",
            [
                .field(F.validity), .field(F.legResults), .blank(Bilingual("主管意见", "Supervisor's opinion")),
                .blank(Bilingual("负责人意见", "Manager's opinion")), .field(F.solution), .field(F.attitude),
            ]),
        FormSection("签字", "Signatures", [signature("客户", "Customer"), signature("经办人", "Handler")]),
        FormSection(
            "归档", "Archive",
            [.field(F.retentionUntil), .field(F.legalHold), .words(Bilingual("本表长期保存。", "Kept long-term."))]
        ),
    ]

    static let disposalLog = [
        FormSection(
            "工单", "Ticket",
            [.field(F.receivedAt), .field(F.kind), .field(F.severity), .field(F.state), .field(F.leadLeg)]),
        FormSection("处置经过与签收", "Acts and receipt signatures", [.log]),
        FormSection("归档", "Archive", [signature("归档人", "Archivist")]),
    ]

    /// TM-10 and TM-11: the two blocks with what each must state.
    static let caseRecord = [
        FormSection(
            "立项", "Opening",
            [
                .named(Bilingual("是否立项", "Opened"), F.acceptance),
                .named(Bilingual("立项时间", "Opened at"), F.registeredAt),
                .named(Bilingual("联系人", "Contact person"), F.complainantName), .field(F.complainantAddress),
                .field(F.complainantPhone), .named(Bilingual("投诉内容", "Content"), F.what), .field(F.severity),
                .named(Bilingual("记录人", "Recorder"), F.recorder),
            ]),
        FormSection("处理", "Handling", [.field(F.handler), .field(F.legText), .field(F.repliedAt), .field(F.attitude)]),
        FormSection(
            "销项", "Cancellation",
            [
                .named(Bilingual("最终结果", "Final result"), F.outcome), .field(F.solution),
                .field(F.unresolvableReason), .field(F.closeApprover),
                .named(Bilingual("销项时间", "Cancelled at"), F.closedAt),
                signature("审批人签字(无法处理时必签)", "Approver (always where it cannot be resolved)"),
                signature("记录人签字", "Recorder"),
            ]),
    ]

    /// Nothing of the complaint itself: the customer may lose it.
    static let receipt = [
        FormSection(
            "受理", "Intake",
            [
                .field(F.receivedAt), .field(F.originOrg), .field(F.intakeChannel), .field(F.kind),
                .named(Bilingual("首问责任人", "First contact"), F.firstContactPerson), .expectedReply,
            ]),
        FormSection(
            "办理程序", "How it goes on",
            [
                .words(
                    Bilingual(
                        "登记 → 复核 → 处理 → 答复 → 回访。进度可凭编号向受理网点查询,由受理网点统一向您答复。",
                        "Registered, reviewed, handled, answered, followed up. Ask the branch that took it in, by number; "
                            + "it speaks to you for the whole bank.")),
                .channel(Bilingual("受理网点投诉电话", "The branch's complaint telephone")) {
                    Bilingual($0.phone, $0.phone)
                },
                .channel(Bilingual("意见簿", "Suggestion book")) { $0.book },
                .channel(Bilingual("意见箱", "Suggestion box")) { $0.box },
            ]),
        FormSection(
            "申诉途径", "If you do not agree",
            [
                .words(
                    Bilingual(
                        "如对处理结果有异议:一、向我行上级机构申请核查;二、向监管机构投诉(热线 12378);三、申请调解、仲裁或向法院起诉。",
                        "First, a review by the bank's superior office. Second, the regulator (call 12378). Third, mediation, "
                            + "arbitration or the court."))
            ]),
        FormSection("签字", "Signatures", [signature("客户", "Customer"), signature("受理人", "Recorder")]),
    ]
}
