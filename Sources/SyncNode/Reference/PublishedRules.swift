import TicketModel

/// The rule book as head office has published it: packs and calendars from reference documents.
enum PublishedRules {
    /// The book, and what could not be read. An item that is damaged or newer than this program is left out and named;
    /// the others count all the same, so that one bad publication never stops a node.
    static func book(of items: [ReferenceItem]) -> (book: RuleBook, unread: [ConfigurationError]) {
        var packs: [PolicyPack] = []
        var calendars: [WorkCalendar] = []
        var unread: [ConfigurationError] = []
        for item in items {
            do throws(ConfigurationError) {
                switch item.kind {
                case .policyPack: packs.append(try pack(item))
                case .workCalendar: calendars.append(try calendar(item))
                default: continue
                }
            } catch {
                unread.append(error)
            }
        }
        return (RuleBook(published: packs, calendars: calendars), unread)
    }

    static func pack(_ item: ReferenceItem) throws(ConfigurationError) -> PolicyPack {
        let pack = try PackReader.read(try root(item, area: PackReader.area), file: title(item))
        try check(item, name: pack.id, version: pack.version, area: PackReader.area)
        return pack
    }

    static func calendar(_ item: ReferenceItem) throws(ConfigurationError) -> WorkCalendar {
        let calendar = try CalendarReader.read(try root(item, area: CalendarReader.area), file: title(item))
        try check(item, name: calendar.id, version: calendar.version, area: CalendarReader.area)
        return calendar
    }

    /// What errors call an item: it is no file.
    private static func title(_ item: ReferenceItem) -> String { "\(item.kind.rawValue) \(item.name) \(item.version)" }

    private static func root(_ item: ReferenceItem, area: String) throws(ConfigurationError) -> JSONElement {
        do {
            return try JSONReader.parse(Array(item.content.utf8), limits: .configuration)
        } catch {
            throw ConfigurationError(file: title(item), area: area, error)
        }
    }

    /// A pack is looked up by the name and version that clocks are pinned to: the text must bear the same ones.
    private static func check(
        _ item: ReferenceItem, name: String, version: String, area: String
    ) throws(ConfigurationError) {
        guard item.name == name, item.version == version else {
            throw ConfigurationError(
                file: title(item), area: area, code: "other-name",
                "the text calls itself \(name) \(version)", hint: "publish it under the name and version that it bears")
        }
    }
}
