/// A closed or open list of codes: stable identifiers with labels for people (model §2.3).
///
/// Identifiers are never renamed and never reused. A code that this version does not know (written by a newer one)
/// is kept and shown as itself.
public final class Enumeration: Sendable {
    /// One value: the stable identifier and its label.
    public struct Entry: Hashable, Sendable {
        public let code: String
        public let label: Bilingual
    }

    /// The stable name of the list, in snake_case.
    public let name: String
    public let label: Bilingual
    /// All values in the order in which forms offer them.
    public let entries: [Entry]
    /// True for a code book that banks extend: any well-formed code may be entered.
    public let isOpen: Bool

    private let positions: [String: Int]

    /// Codes and labels of one list. Two entries with one code, or a malformed code, are mistakes of the author.
    init(_ name: String, _ label: Bilingual, isOpen: Bool = false, _ entries: [(String, String, String)]) {
        self.name = name
        self.label = label
        self.isOpen = isOpen
        self.entries = entries.map { Entry(code: $0.0, label: Bilingual($0.1, $0.2)) }
        var positions: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            precondition(Code.isWellFormed(entry.0) && positions[entry.0] == nil, "a code is malformed or doubled")
            positions[entry.0] = index
        }
        self.positions = positions
    }

    /// The codes in the order of the list.
    public var codes: [String] { entries.map(\.code) }

    /// True where this version knows the code.
    public func contains(_ code: String) -> Bool { positions[code] != nil }

    /// Where the code stands in the list, for sorting; nil for an unknown one.
    public func position(of code: String) -> Int? { positions[code] }

    /// The label of a code; an unknown code is its own label.
    public func label(of code: String) -> Bilingual {
        guard let position = positions[code] else { return Bilingual(code, code) }
        return entries[position].label
    }

    /// The code of what a person typed: a code that may be entered, or the whole label of one in either language, as it
    /// stands on paper forms. nil for anything else.
    public func code(typed text: String) -> String? {
        if accepts(text) { return text }
        return entries.first { $0.label.chinese == text || $0.label.english == text }?.code
    }

    /// The codes whose code or label holds what was typed, in the order of the list: what a form offers meanwhile.
    public func entries(matching words: String) -> [Entry] {
        entries.filter { [$0.code, $0.label.chinese, $0.label.english].contains { $0.contains(words) } }
    }

    /// True where a person may enter the code: known, or well-formed in an open list.
    public func accepts(_ code: String) -> Bool { contains(code) || (isOpen && Code.isWellFormed(code)) }
}
