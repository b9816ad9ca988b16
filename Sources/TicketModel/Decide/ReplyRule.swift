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
            source: "ST-21", field: TicketField.solutionConsent,
            isBroken: { $0.text(TicketField.solutionConsent) == "refused" },
            sentence: Bilingual("客户不同意方案,不得执行", "the customer refused the solution"),
            hint: Bilingual("退回处理,另拟方案", "hand it back for another solution")),
    ]
}
