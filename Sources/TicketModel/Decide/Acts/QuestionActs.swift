import SyncProtocol

/// ST-13: who is unsure how to handle a complaint, or whether to open it, asks a superior at once. It asks for no act and
/// changes nothing; the words go into a note.
enum QuestionActs {
    static let all: [ActDefinition] = [ask, answer]

    private static let superiors: [Role] =
        [.branchHead, .deptHead, .approver] + ActParts.supervisors

    static let ask = ActDefinition(
        .askSuperior, roles: ActParts.writers,
        [ActParameter("subject", "请示事项", "subject", .code(.questionSubject))]
    ) { (draft, input) throws(Refusal) in
        draft.add(
            TicketField.questions, EntryShapes.question,
            [
                "key": draft.freshKey(in: TicketField.questions), "subject": input.known("subject"),
                "post": draft.actor.post, "at": draft.now,
            ])
    }

    static let answer = ActDefinition(
        .answerQuestion, roles: superiors,
        [
            ActParameter("question", "请示编号", "question", .entryKey),
            ActParameter("answer", "批示", "answer", .code(.questionAnswer)),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        let key = input.known("question")
        guard let question = draft.ticket.questions.first(where: { $0.key == key && $0.answer == nil }) else {
            throw Refusals.unknownEntry(
                "A-answer_question", Bilingual("待批示的请示", "question that waits for an answer"),
                open: draft.ticket.questions.filter { $0.answer == nil }.map(\.key))
        }
        try draft.ensure(.approverNotRequester, !draft.isActor(question.post))
        draft.add(
            TicketField.questionAnswers, EntryShapes.questionAnswer,
            ["key": key, "answer": input.known("answer"), "post": draft.actor.post, "at": draft.now])
    }
}
