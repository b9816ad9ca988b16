/// One thing that is wrong in a text whose JSON is right: where, what, and what would be right.
struct FieldMistake: Hashable, Sendable {
    /// Stable, without the area: `unknown-key`.
    let code: String
    let path: JSONPath
    /// Nil for content that was never text.
    let place: JSONPlace?
    let sentence: String
    let hint: String
    /// Where the Chinese words are others than those of the code.
    var chinese: ErrorWords.Text?
}

/// The mistakes found so far. Checking goes on after the first one, so that a person can mend all of them in one go.
struct MistakeList: Sendable {
    /// More are counted, not kept.
    static let mistakesMax = 50

    private var found: [FieldMistake] = []
    /// How many were found beyond `mistakesMax`.
    private(set) var omittedCount = 0

    var isEmpty: Bool { found.isEmpty }

    /// True where further mistakes are only counted: their hints need not be worked out.
    var isFull: Bool { found.count >= MistakeList.mistakesMax }

    /// In the order of their places.
    var mistakes: [FieldMistake] {
        found.enumerated()
            .sorted { left, right in
                let (a, b) = (left.element.place ?? .start, right.element.place ?? .start)
                return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
            }
            .map(\.element)
    }

    mutating func add(_ code: String, at path: JSONPath, _ place: JSONPlace?, _ sentence: String, hint: String) {
        guard !isFull else {
            omittedCount += 1
            return
        }
        found.append(FieldMistake(code: code, path: path, place: place, sentence: sentence, hint: hint))
    }

    /// A mistake whose finder says it in both languages.
    mutating func add(_ code: String, at field: JSONField, _ sentence: Wording, hint: Wording) {
        guard !isFull else {
            omittedCount += 1
            return
        }
        found.append(
            FieldMistake(
                code: code, path: field.path, place: field.element.place, sentence: sentence.en, hint: hint.en,
                chinese: ErrorWords.Text(sentence.zh, hint.zh)))
    }

    mutating func add(_ code: String, at field: JSONField, _ sentence: String, hint: String) {
        add(code, at: field.path, field.element.place, sentence, hint: hint)
    }
}
