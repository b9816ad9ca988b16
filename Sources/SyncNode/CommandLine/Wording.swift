import TicketModel

/// A text for people in both languages, short to write in help texts: `Wording("节点", "node")`.
typealias Wording = Bilingual

extension Bilingual {
    var zh: String { chinese }
    var en: String { english }

    /// Both on one line.
    var both: String { chinese + " " + english }
}
