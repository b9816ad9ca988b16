import SyncProtocol

extension TicketView {
    /// A question to a superior, and what was said (ST-13).
    public struct Question: Hashable, Sendable {
        public let key: String
        /// A code of `Enumeration.questionSubject`.
        public let subject: String
        public let post: String
        /// Milliseconds since 1970 UTC.
        public let at: Int64
        /// A code of `Enumeration.questionAnswer`; nil while nobody answered.
        public let answer: String?
    }

    public var questions: [Question] {
        let answers = entries(TicketField.questionAnswers, EntryShapes.questionAnswer)
        return entries(TicketField.questions, EntryShapes.question).compactMap { entry in
            guard let key = entry["key"], let subject = entry["subject"], let post = entry["post"],
                let at = entry.integer("at")
            else { return nil }
            return Question(
                key: key, subject: subject, post: post, at: at, answer: answers.last { $0["key"] == key }?["answer"])
        }
    }
}
