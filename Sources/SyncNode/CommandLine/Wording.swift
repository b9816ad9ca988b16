/// A text for people in both languages of the project: Chinese first, English second.
struct Wording: Hashable, Sendable {
    let zh: String
    let en: String

    init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// Both on one line.
    var both: String { zh + " " + en }
}
