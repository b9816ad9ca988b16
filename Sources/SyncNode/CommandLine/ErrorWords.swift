/// What every stable code says in Chinese, beside the English sentence of the error itself. The English one names files,
/// flags and limits; the Chinese one says what is wrong and what to do.
///
/// A code of an area with a mistake of a file (`topology.unknown-key`) is found by the mistake.
enum ErrorWords {
    struct Text: Hashable, Sendable {
        let sentence: String
        let hint: String
    }

    /// nil for a code that is not ours, such as one that a newer node answered with.
    static func text(_ code: String) -> Text? {
        if let text = all[code] { return text }
        return code.split(separator: ".", maxSplits: 1).last.flatMap { mistakes[String($0)] }
    }

    /// The Chinese words, then the English ones.
    static func both(_ chinese: String?, _ english: String) -> String {
        guard let chinese, !chinese.isEmpty else { return english }
        return english.isEmpty ? chinese : "\(chinese) \(english)"
    }

    /// Errors of the command line, of files as a whole, and of the node, by their whole code.
    static let all: [String: Text] = [commands, files, node, store].reduce(into: [:]) { all, table in
        all.merge(table) { _, _ in preconditionFailure("a code has its words twice") }
    }
}

extension ErrorWords.Text {
    init(_ sentence: String, _ hint: String) { self.init(sentence: sentence, hint: hint) }
}
