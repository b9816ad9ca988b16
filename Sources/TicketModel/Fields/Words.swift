/// The checks that every text of a person passes before it is recorded.
enum Words {
    /// The text itself, or which rule it breaks.
    static func checked(_ text: String, bytesMax: Int) throws(ValueProblem) -> String {
        guard text.utf8.count <= bytesMax else { throw .tooLong(bytesMax) }
        guard !AsciiText.isBlank(text) else { throw .blank }
        guard !hasControlCharacter(text) else { throw .controlCharacter }
        guard !Credentials.areSuspected(in: text) else { throw .credential }
        return text
    }

    /// The same for what stands on one line.
    static func checkedLine(_ text: String, bytesMax: Int) throws(ValueProblem) -> String {
        let text = try checked(text, bytesMax: bytesMax)
        guard !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { throw .lineBreak }
        return text
    }

    private static func hasControlCharacter(_ text: String) -> Bool {
        text.utf8.contains { ($0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09) || $0 == 0x7F }
    }
}
