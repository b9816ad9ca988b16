import TicketModel

/// Reads an explanation text (口径).
enum KnowledgeReader {
    static let area = "knowledge"
    static let textBytesMax = 16 * 1024

    static func load(_ path: String) throws(ConfigurationError) -> KnowledgeText {
        try read(try ConfigurationFile.read(path, area: area), file: path)
    }

    static func read(_ root: JSONElement, file: String) throws(ConfigurationError) -> KnowledgeText {
        var reading = ReferenceReading()
        let text = reading.knowledgeText(root)
        guard let text, reading.mistakes.isEmpty else {
            throw ConfigurationError(file: file, area: area, reading.mistakes)
        }
        return text
    }
}

extension ReferenceReading {
    fileprivate mutating func knowledgeText(_ root: JSONElement) -> KnowledgeText? {
        guard var fields = ObjectFields(JSONField(root), &mistakes) else { return nil }
        let id = code("knowledge", in: &fields)
        let version = code("version", in: &fields)
        let purpose = purpose(in: &fields)
        let title = bilingual("title", in: &fields)
        let text = words(in: &fields)
        let from = date("valid_from", in: &fields)
        let until = fields.optional("valid_until")
        let last = until.flatMap { date($0) }
        let businesses = optionalCodes("business_classes", in: &fields)
        fields.finish(&mistakes)
        if let from, let last, let until, last < from {
            mistakes.add(
                "ends-before-it-begins", at: until, "the text ends before it begins",
                hint: "write a later day or leave it out")
        }
        guard let id, let version, let purpose, let title, let text, let from else { return nil }
        return KnowledgeText(
            id: id, version: version, purpose: purpose, title: title, text: text, validFrom: from, validUntil: last,
            businessClasses: businesses)
    }

    private mutating func purpose(in fields: inout ObjectFields) -> KnowledgeText.Purpose? {
        guard let field = fields.required("purpose", &mistakes),
            let name = field.text(bytesMax: ReferenceLimits.nameBytesMax, &mistakes)
        else { return nil }
        guard let purpose = KnowledgeText.Purpose(rawValue: name) else {
            unknown("purpose", name, field, known: KnowledgeText.Purpose.allCases.map(\.rawValue))
            return nil
        }
        return purpose
    }

    /// Several lines are fine; other control characters are not.
    private mutating func words(in fields: inout ObjectFields) -> Bilingual? {
        guard var members = fields.object("text", &mistakes) else { return nil }
        var texts: [String] = []
        for language in Language.allCases {
            guard let field = members.required(language.rawValue, &mistakes),
                let text = field.text(bytesMax: KnowledgeReader.textBytesMax, &mistakes)
            else { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard !text.isEmpty, lines.allSatisfy({ DisplayText.safe($0) == $0 }) else {
                mistakes.add(
                    "bad-text", at: field, "the text is empty or holds control characters", hint: "write plain lines")
                continue
            }
            texts.append(text)
        }
        members.finish(&mistakes)
        return texts.count == 2 ? Bilingual(texts[0], texts[1]) : nil
    }
}
