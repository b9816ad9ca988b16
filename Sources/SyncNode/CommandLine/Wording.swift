import TicketModel

/// A text for people in both languages, short to write in help texts: `Wording("节点", "node")`.
typealias Wording = Bilingual

extension Bilingual {
    var zh: String { chinese }
    var en: String { english }

    /// Both on one line. A list that ends both, behind a colon, is said once: `可用 one of: a, b`.
    var both: String {
        let whole = "\(chinese) \(english)"
        let (zh, en) = (Bilingual.list(behind: chinese), Bilingual.list(behind: english))
        guard let zh, let en, !en.list.isEmpty, en.list == zh.list else { return whole }
        return "\(zh.words) \(en.words): \(en.list)"
    }

    /// What stands before and behind the last colon; nil without one.
    private static func list(behind text: String) -> (words: Substring, list: Substring)? {
        guard let colon = text.lastIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        var list = text[text.index(after: colon)...].drop { $0 == " " }
        if list.last == "." { list.removeLast() }
        // The minutes of a time are no list.
        return list.first?.isNumber == true ? nil : (text[..<colon], list)
    }
}
