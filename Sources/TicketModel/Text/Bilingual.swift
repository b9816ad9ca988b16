/// One text for people in both languages: Chinese first, English second.
public struct Bilingual: Hashable, Sendable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    /// The text in one language.
    public func text(_ language: Language) -> String { language == .chinese ? chinese : english }
}

/// The languages of screens, messages and forms.
public enum Language: String, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}
