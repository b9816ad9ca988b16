import SyncProtocol

/// The sizes of words, in bytes of UTF-8. All words of one act together stay below the limit of a body.
private let story: FieldType = .text(bytesMax: Limits.valueBytesMax)
private let paragraph: FieldType = .text(bytesMax: 16 * 1024)
private let short: FieldType = .text(bytesMax: 512)
private let line: FieldType = .line(bytesMax: 512)

extension FieldTable {
    /// Structured case data and reviewed texts.
    static let casework: [FieldDefinition] = [
        field(TicketField.amountInvolved, "amount_involved", "涉及金额", "amount involved", .casework, .free, .money),
        field(TicketField.compensation, "compensation", "补偿金额", "compensation", .casework, .custodian, .money),
        field(
            TicketField.reviewedSynopsis, "reviewed_synopsis", "审核摘要", "reviewed synopsis", .casework, .custodian,
            paragraph),
        field(TicketField.solution, "solution", "审定方案", "approved solution", .casework, .custodian, paragraph),
        field(
            TicketField.replyBasis, "reply_basis", "处理依据和理由", "basis and reasons", .casework, .custodian, paragraph),
        field(
            TicketField.statedPosition, "stated_position", "向客户表明的立场", "position stated", .casework, .custodian,
            paragraph),
        field(TicketField.legResults, "leg_results", "审定处理结果", "reviewed results", .casework, .grow, paragraph),
        field(TicketField.recordingID, "recording_id", "录音编号", "recording", .casework, .custodian, .reference),
        field(TicketField.signatureID, "signature_id", "签字件编号", "signature", .casework, .custodian, .reference),
        field(TicketField.evidenceList, "evidence_list", "证据目录", "evidence list", .casework, .grow, short),
    ]

    /// The words of the complaint: personal until somebody reviewed them (model §2.8, rule 2).
    static let personalWords: [FieldDefinition] = [
        field(TicketField.what, "what", "何事", "what happened", .personal, .free, story, .person, .registration),
        field(
            TicketField.whoInvolved, "who_involved", "何人", "who was involved", .personal, .free, paragraph, .person,
            .registration),
        field(
            TicketField.whenHappened, "when_happened", "何时", "when it happened", .personal, .free, short, .person,
            .registration),
        field(
            TicketField.whereHappened, "where_happened", "何地", "where it happened", .personal, .free, paragraph,
            .person,
            .registration),
        field(TicketField.causeTold, "cause_told", "原委", "cause as told", .personal, .free, paragraph),
        field(TicketField.course, "course", "经过", "course of events", .personal, .free, story),
        field(TicketField.demandWords, "demand_words", "诉求原话", "demand in words", .personal, .free, paragraph),
        field(TicketField.note, "note", "备注", "note", .personal, .grow, paragraph),
        field(TicketField.legText, "leg_text", "处理经过", "facts found", .personal, .grow, story),
        field(TicketField.promiseWords, "promise_words", "承诺内容", "promise in words", .personal, .grow, paragraph),
        field(
            TicketField.proposedSolution, "proposed_solution", "拟办方案", "proposed solution", .personal, .free, paragraph),
    ]

    /// The people: all identity data is here and nowhere else.
    static let personalParties: [FieldDefinition] = [
        field(TicketField.complainantID, "complainant_id", "投诉人编号", "complainant id", .personal, .free, .reference),
        field(TicketField.complainantName, "complainant_name", "投诉人姓名", "complainant's name", .personal, .free, line),
        field(
            TicketField.complainantPhone, "complainant_phone", "投诉人电话", "complainant's phone", .personal, .free, .phone),
        field(
            TicketField.complainantIDNumber, "complainant_id_number", "投诉人证件号", "complainant's identity number",
            .personal, .free, .identityNumber),
        field(
            TicketField.complainantAccount, "complainant_account", "投诉人账号", "complainant's account", .personal, .free,
            line),
        field(
            TicketField.complainantAddress, "complainant_address", "投诉人地址", "complainant's address", .personal, .free,
            short),
        field(
            TicketField.complainantEmail, "complainant_email", "投诉人邮箱", "complainant's e-mail", .personal, .free, .email
        ),
        field(TicketField.proxyID, "proxy_id", "代理人编号", "proxy id", .personal, .free, .reference),
        field(TicketField.proxyName, "proxy_name", "代理人姓名", "proxy's name", .personal, .free, line),
        field(TicketField.proxyPhone, "proxy_phone", "代理人电话", "proxy's phone", .personal, .free, .phone),
        field(
            TicketField.proxyIDNumber, "proxy_id_number", "代理人证件号", "proxy's identity number", .personal, .free,
            .identityNumber),
        field(TicketField.proxyRelation, "proxy_relation", "代理关系", "proxy's relation", .personal, .free, line),
        field(TicketField.targetPerson, "target_person", "被投诉人", "person complained about", .personal, .once, line),
        field(
            TicketField.confidentialWords, "confidential_words", "保密要求", "what to keep in confidence", .personal, .free,
            paragraph),
        field(TicketField.evidence, "evidence", "证据材料", "evidence", .personal, .grow, short),
    ]
}
