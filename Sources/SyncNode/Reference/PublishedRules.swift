import TicketModel

/// The rule book as head office has published it: packs and calendars from reference documents.
enum PublishedRules {
    /// The book, and what could not be read. An item that is damaged or newer than this program is left out and named;
    /// the others count all the same, so that one bad publication never stops a node.
    static func book(of items: [ReferenceItem]) -> (book: RuleBook, unread: [ConfigurationError]) {
        var packs: [PolicyPack] = []
        var calendars: [WorkCalendar] = []
        var texts: [KnowledgeText] = []
        var alerts: [ReferenceItem: AlertRules] = [:]
        var unread: [ConfigurationError] = []
        for item in items {
            do throws(ConfigurationError) {
                switch item.kind {
                case .policyPack: packs.append(try pack(item))
                case .workCalendar: calendars.append(try calendar(item))
                case .knowledgeText: texts.append(try text(item))
                case .alertRules: alerts[item] = try AlertRules.item(item)
                // Read when they are asked for.
                case .people: continue
                }
            } catch {
                unread.append(error)
            }
        }
        var book = RuleBook(published: packs, calendars: calendars)
        book.library = KnowledgeLibrary(texts)
        book.alerts = (AlertRules.latest(of: items).map { alerts[$0] } ?? .proposed)?.rules
        return (book, unread)
    }

    static func pack(_ item: ReferenceItem) throws(ConfigurationError) -> PolicyPack {
        let pack = try PackReader.read(try item.root(area: PackReader.area), file: item.title)
        try item.check(name: pack.id, version: pack.version, area: PackReader.area)
        return pack
    }

    static func calendar(_ item: ReferenceItem) throws(ConfigurationError) -> WorkCalendar {
        let calendar = try CalendarReader.read(try item.root(area: CalendarReader.area), file: item.title)
        try item.check(name: calendar.id, version: calendar.version, area: CalendarReader.area)
        return calendar
    }

    static func text(_ item: ReferenceItem) throws(ConfigurationError) -> KnowledgeText {
        let text = try KnowledgeReader.read(try item.root(area: KnowledgeReader.area), file: item.title)
        try item.check(name: text.id, version: text.version, area: KnowledgeReader.area)
        return text
    }
}

extension Published {
    /// What this program makes of the items that have arrived, with the tree of the bank.
    init(_ items: [ReferenceItem], units: [People.Unit]) {
        let (book, unreadRules) = PublishedRules.book(of: items)
        let (people, unreadPeople) = PublishedPeople.people(of: items, units: units)
        self.init(rules: book, people: people, unread: (unreadRules + unreadPeople).map(\.file))
    }
}

extension ReferenceItem {
    /// What errors call an item: it is no file.
    var title: String { "\(kind.rawValue) \(name) \(version)" }

    func root(area: String) throws(ConfigurationError) -> JSONElement {
        do {
            return try JSONReader.parse(Array(content.utf8), limits: .configuration)
        } catch {
            throw ConfigurationError(file: title, area: area, error)
        }
    }

    /// An item is looked up by name and version: the text must bear the same ones.
    func check(name: String, version: String, area: String) throws(ConfigurationError) {
        guard self.name == name, self.version == version else {
            throw ConfigurationError(
                file: title, area: area, code: "other-name",
                "the text calls itself \(name) \(version)", hint: "publish it under the name and version that it bears")
        }
    }
}
