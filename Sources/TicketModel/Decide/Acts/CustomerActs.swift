import SyncProtocol

/// What is said to the customer, promised and heard.
enum CustomerActs {
    static let all: [ActDefinition] = [contact, verify, promise, settle, attempt, linkText]

    /// RF-12, RF-17, NO-03: what was said, how, by whom. An automatic one needs a verified contact (AU-11). An interim
    /// reply names the next one; the final one is T18 and nothing else.
    static let contact = ActDefinition(
        .contact, roles: ActParts.speakers,
        [
            ActParameter("contact_kind", "联系种类", "kind of contact", .code(.contactKind)), ActParts.medium,
            ActParameter("automatic", "自动发送", "automatic", .flag, required: false),
            ActParameter("next_reply", "下次回复时间", "next reply", .instant, required: false),
        ], custody: .own, needsOpen: false
    ) { (draft, input) throws(Refusal) in
        let kind = input.known("contact_kind")
        if input.isTrue("automatic") { try draft.checkAutomaticNotice() }
        guard kind != "final_reply" else { throw Refusals.finalReplyIsT18 }
        if kind != "interim_reply", input.integer("next_reply") != nil {
            try draft.refuse("A-contact", [CustomerActs.nextReplyUnasked])
        }
        if kind == "interim_reply" {
            guard let next = input.integer("next_reply"), next > draft.at else {
                try draft.refuse("A-contact", [CustomerActs.nextReplyMissing])
                return
            }
            try draft.checkCustody("A-contact")
            draft.claim = .held
            draft.set(TicketField.nextReplyAt, .integer(next))
        }
        draft.addContact(kind, input.known("medium"))
    }

    private static let nextReplyUnasked = FieldProblem(
        "next_reply", .contradiction, source: "RF-17",
        sentence: Bilingual("只有过程回复约定下次回复时间", "only an interim reply names the next one"),
        hint: Bilingual("去掉该项,或改为 interim_reply", "leave it out, or make it an interim_reply"))

    private static let nextReplyMissing = FieldProblem(
        "next_reply", .mandatory, source: "RF-17",
        sentence: Bilingual("回复须约定下次回复时间", "an interim reply names the next one"),
        hint: Bilingual("填写将来的时间", "give a time ahead"))

    static let verify = ActDefinition(.verifyContact, roles: ActParts.speakers, [ActParts.medium], custody: .lead) {
        (draft, input) throws(Refusal) in
        draft.set(TicketField.contactVerifiedAt, .integer(draft.at))
        if let phone = draft.ticket.text(TicketField.complainantPhone) { draft.set(TicketField.verifiedPhone, phone) }
        draft.addContact("progress", input.known("medium"))
    }

    /// RF-19: a promise is a thing with a time.
    static let promise = ActDefinition(
        .promise, roles: ActParts.speakers,
        [
            ActParameter("due", "兑现时间", "due", .instant),
            ActParameter("words", "承诺内容", "words", .text(bytesMax: 16 * 1024)),
        ]
    ) { (draft, input) throws(Refusal) in
        let due = input.integer("due") ?? 0
        guard due > draft.at else { try draft.refuse("A-promise", [CustomerActs.dueIsPast]); return }
        draft.add(
            TicketField.promises, EntryShapes.promise,
            [
                "key": draft.freshKey(in: TicketField.promises), "due": String(due), "post": draft.actor.post,
                "at": draft.now,
            ])
        try draft.checkPart(FieldTable.known(TicketField.promiseWords), "A-promise")
        draft.set(TicketField.promiseWords, input.known("words"))
    }

    private static let dueIsPast = FieldProblem(
        "due", .contradiction, source: "RF-19",
        sentence: Bilingual("承诺时间须在将来", "a promise lies ahead"), hint: Bilingual("填写将来的时间", "give a time ahead"))

    /// RF-20: kept, broken or replaced.
    static let settle = ActDefinition(
        .settlePromise, roles: ActParts.writers,
        [
            ActParameter("promise", "承诺编号", "promise", .entryKey),
            ActParameter("verdict", "结果", "verdict", .code(.promiseVerdict)),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        let key = input.known("promise")
        guard draft.ticket.promises.contains(where: { $0.key == key && $0.verdict == nil }) else {
            throw Refusals.unknownEntry(
                "A-settle_promise", Bilingual("未了结的承诺", "promise that is still open"),
                open: draft.ticket.promises.filter { $0.verdict == nil }.map(\.key))
        }
        draft.add(
            TicketField.promiseVerdicts, EntryShapes.promiseVerdict,
            ["key": key, "verdict": input.known("verdict"), "post": draft.actor.post, "at": draft.now])
    }

    static let attempt = ActDefinition(
        .attemptFollowUp, roles: [.followUpAgent] + ActParts.speakers,
        [ActParts.medium, ActParameter("result", "联系结果", "result", .code(.attemptResult))]
    ) { (draft, input) throws(Refusal) in
        draft.add(
            TicketField.followUpAttempts, EntryShapes.attempt,
            [
                "medium": input.known("medium"), "result": input.known("result"), "post": draft.actor.post,
                "at": draft.now,
            ])
    }

    /// IM-10: which uniform explanation text was used; one that is published and valid now.
    static let linkText = ActDefinition(
        .linkText, roles: ActParts.writers, [ActParameter("text", "口径编号", "explanation text", .reference)],
        needsOpen: false
    ) { (draft, input) throws(Refusal) in
        let business = draft.ticket.text(TicketField.businessClass)
        if let problem = draft.rules.library.problem(input.known("text"), business: business, at: draft.at) {
            try draft.refuse("A-link_text", [problem])
        }
        draft.add(
            TicketField.textLinks, EntryShapes.textLink,
            ["text": input.known("text"), "post": draft.actor.post, "at": draft.now])
    }
}

extension Draft {
    /// AU-11: a wrong number on file tells a stranger; nothing leaves by itself before the contact is verified.
    fileprivate mutating func checkAutomaticNotice() throws(Refusal) {
        try ensure(.verifiedContact, ticket.mayNotifyAutomatically)
    }
}

extension TicketView {
    /// True where the customer may get a notice that no person sends (AU-11).
    /// A number that was changed since it was verified is not verified; where the number is not held, the fact counts.
    public var mayNotifyAutomatically: Bool {
        value(TicketField.contactVerifiedAt) != nil
            && (fields[TicketField.complainantPhone] == nil || verifiedPhone != nil)
    }
}

extension Refusals {
    static let finalReplyIsT18 = notPossible(
        "A-contact", Bilingual("最终答复须走答复环节", "the final reply is an act of its own"),
        hint: Bilingual("用答复客户(reply)", "use reply"))
}
