import SyncProtocol

/// What must hold before the customer is answered (T18).
struct ReplyRule: Sendable {
    let source: String
    let field: FieldID
    private let isBroken: @Sendable (Draft) -> Bool
    private let sentence: Bilingual
    private let hint: Bilingual

    func problem(_ draft: Draft) -> FieldProblem? {
        guard isBroken(draft) else { return nil }
        return .contradiction(FieldTable.known(field), source, sentence, hint: hint)
    }

    static let all: [ReplyRule] = [
        ReplyRule(
            source: "DM-05", field: TicketField.identityCheck,
            isBroken: { draft in
                guard !draft.isAnonymous else { return false }
                return ["not_done", "impersonation"].contains(draft.text(TicketField.identityCheck))
            },
            sentence: Bilingual("未核验身份或为冒用,不得答复", "no answer before the identity is checked, none to an impostor"),
            hint: Bilingual("核验身份后填写核验方式", "check the identity and say how")),
        ReplyRule(
            source: "RF-14", field: TicketField.remedyInfoGiven,
            isBroken: { $0.value(TicketField.remedyInfoGiven) == .integer(0) },
            sentence: Bilingual("须告知申诉途径", "the customer must be told where to appeal"),
            hint: Bilingual("告知后填「是」", "tell it, then say yes")),
        ReplyRule(
            source: "RF-10", field: TicketField.replyMedium,
            isBroken: { draft in
                guard draft.text(TicketField.intakeForm) == "written", let medium = draft.text(TicketField.replyMedium)
                else { return false }
                return ["face_to_face", "phone"].contains(medium)
            },
            sentence: Bilingual("书面投诉须书面答复", "a written complaint needs a written answer"),
            hint: Bilingual("选择信函、传真、电子邮件、短信或在线", "letter, fax, email, sms or online")),
        ReplyRule(
            source: "RF-02", field: TicketField.replyMedium,
            isBroken: { draft in
                guard let wanted = draft.text(TicketField.wantedMedium) else { return false }
                return draft.text(TicketField.replyMedium).map { $0 != wanted } ?? false
            },
            sentence: Bilingual("客户希望以另一方式答复", "the customer wants another medium"),
            hint: Bilingual(
                "按客户意愿答复;意愿变更的先修改 wanted_medium", "follow the wish, or amend wanted_medium where it changed")),
        ReplyRule(
            source: "RF-04", field: TicketField.statedPosition,
            isBroken: {
                $0.text(TicketField.attitude) == "rejected" && $0.value(TicketField.statedPosition) == nil
            },
            sentence: Bilingual("客户拒绝接受,须表明并记录我行立场", "the customer rejects it: state the bank's position"),
            hint: Bilingual("填写 stated_position", "give stated_position")),
        ReplyRule(
            source: "RF-13", field: TicketField.replyBasis,
            isBroken: {
                $0.text(TicketField.outcome) == "rejected_with_reason" && $0.value(TicketField.replyBasis) == nil
            },
            sentence: Bilingual("不予支持须说明依据和理由", "a refusal gives its basis and reasons"),
            hint: Bilingual("填写 reply_basis", "give reply_basis")),
        ReplyRule(
            source: "AP-21", field: TicketField.causeClass,
            isBroken: { $0.isAppeal && $0.value(TicketField.causeClass) == nil },
            sentence: Bilingual("答复申诉须说明原因", "the answer to an appeal tells the cause"),
            hint: Bilingual("填写原因分类 cause_class", "give cause_class")),
        ReplyRule(
            source: "AP-21", field: TicketField.legResults,
            isBroken: { draft in
                let facts = [TicketField.legText, TicketField.legResults]
                return draft.isAppeal && facts.allSatisfy { draft.value($0) == nil }
            },
            sentence: Bilingual("答复申诉须澄清事实", "the answer to an appeal clears up the facts"),
            hint: Bilingual("填写 leg_results", "give leg_results")),
        ReplyRule(
            source: "AP-21", field: TicketField.correctiveAction,
            isBroken: { draft in
                draft.isAppeal && ["bank", "shared"].contains(draft.text(TicketField.responsibility))
                    && draft.value(TicketField.correctiveAction) == nil
            },
            sentence: Bilingual("属于我行责任的,须简述整改意见", "where the bank is responsible the answer names the correction"),
            hint: Bilingual("填写 corrective_action", "give corrective_action")),
        ReplyRule(
            source: "ST-21", field: TicketField.solutionConsent,
            isBroken: { $0.text(TicketField.solutionConsent) == "refused" },
            sentence: Bilingual("客户不同意方案,不得执行", "the customer refused the solution"),
            hint: Bilingual("退回处理,另拟方案", "hand it back for another solution")),
    ]
}
