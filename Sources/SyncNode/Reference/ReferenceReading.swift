import TicketModel

/// Bounds on what reference files may hold.
enum ReferenceLimits {
    static let yearsMax = 300
    static let holidaysMax = 100
    static let packsMax = 64
    static let calendarsMax = 16
    static let policiesMax = 64
    static let levelsMax = 10
    static let postsMax = 2000
    static let absencesMax = 2000
    static let codesMax = 64
    static let nameBytesMax = 200
    static let textBytesMax = 2000
}

/// Reading what calendars and packs have in common. Every mistake names the place and what would be right.
struct ReferenceReading {
    var mistakes = MistakeList()

    /// `"format": 1`.
    mutating func format(in fields: inout ObjectFields) {
        guard let field = fields.required("format", &mistakes), field.element.integer != 1 else { return }
        mistakes.add(
            "unknown-format", at: field, "this program reads format 1 of the file", hint: "write \"format\": 1")
    }

    mutating func bilingual(_ key: String, in fields: inout ObjectFields) -> Bilingual? {
        fields.required(key, &mistakes).flatMap { bilingual($0) }
    }

    mutating func optionalBilingual(_ key: String, in fields: inout ObjectFields) -> Bilingual? {
        fields.optional(key).flatMap { bilingual($0) }
    }

    mutating func bilingual(_ field: JSONField) -> Bilingual? {
        guard var names = ObjectFields(field, &mistakes) else { return nil }
        let chinese = plainText("zh", in: &names)
        let english = plainText("en", in: &names)
        names.finish(&mistakes)
        guard let chinese, let english else { return nil }
        return Bilingual(chinese, english)
    }

    mutating func plainText(_ key: String, in fields: inout ObjectFields) -> String? {
        guard let field = fields.required(key, &mistakes),
            let text = field.text(bytesMax: ReferenceLimits.textBytesMax, &mistakes)
        else { return nil }
        guard !text.isEmpty, DisplayText.safe(text) == text else {
            mistakes.add(
                "bad-text", at: field, "the text is empty or holds control characters", hint: "write plain words")
            return nil
        }
        return text
    }

    mutating func code(_ key: String, in fields: inout ObjectFields) -> String? {
        fields.required(key, &mistakes).flatMap { code($0) }
    }

    mutating func code(_ field: JSONField) -> String? {
        guard let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &mistakes) else { return nil }
        guard Code.isWellFormed(text) else {
            mistakes.add(
                "bad-code", at: field, "\(quoted(text)) is no code",
                hint: "use 1 to \(Code.bytesMax) lower-case letters, digits, . _ -, a letter or digit first")
            return nil
        }
        // Tickets name what is published; a long number in such a name would look like a telephone number there.
        guard CoreLint(orgs: []).allows(code: text) else {
            mistakes.add(
                "long-number", at: field, "\(quoted(text)) holds a number of seven digits or more",
                hint: "divide it, for example 2026-01-15.1")
            return nil
        }
        return text
    }

    /// A list of codes; empty where it is missing.
    mutating func optionalCodes(_ key: String, in fields: inout ObjectFields) -> [String] {
        guard let field = fields.optional(key),
            let items = field.list(countMax: ReferenceLimits.codesMax, &mistakes)
        else { return [] }
        return items.compactMap { code($0) }
    }

    mutating func date(_ key: String, in fields: inout ObjectFields) -> CivilTime.Date? {
        fields.required(key, &mistakes).flatMap { date($0) }
    }

    mutating func date(_ field: JSONField) -> CivilTime.Date? {
        guard let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &mistakes) else { return nil }
        guard let date = CivilTime.date(from: text), date.text == text else {
            mistakes.add(
                "bad-date", at: field, "\(quoted(text)) is no date", hint: "write it like 2026-02-14")
            return nil
        }
        return date
    }

    /// A mistake where the text is none of some words.
    mutating func unknown(_ what: String, _ text: String, _ field: JSONField, known: [String]) {
        let near = Suggestion.hint(for: text, among: known)
        mistakes.add(
            "unknown-\(what)", at: field, "there is no \(what) \(quoted(text))",
            hint: near ?? "known: \(known.joined(separator: ", "))")
    }

    func quoted(_ text: String) -> String { "\"\(DisplayText.safe(text))\"" }
}
