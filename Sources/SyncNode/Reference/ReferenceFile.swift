import TicketModel

/// A file of rules as the items that head office publishes of it.
enum ReferenceFile {
    /// A policy pack, a calendar with its years, one more year of a calendar, a register of posts, alert rules, or a list
    /// of packs and calendars: of a list the packs that it puts in force.
    ///
    /// - Throws: the file cannot be read, or is none of these, with the place of each mistake.
    static func items(_ path: String) throws(ConfigurationError) -> [ReferenceItem] {
        let root = try ConfigurationFile.read(path, area: "reference")
        if root["policies"] != nil { return [try pack(path)] }
        if root["years"] != nil { return [try calendar(path)] }
        if root["year"] != nil { return [try calendar(withYear: path, root)] }
        if root["alerts"] != nil { return [try alerts(path)] }
        if root["people"] != nil { return [try people(path)] }
        if root["knowledge"] != nil { return [try text(path)] }
        guard root["packs"] != nil else {
            throw ConfigurationError(
                file: path, area: "reference", code: "unknown-kind",
                "this is no pack, no calendar, no register of posts, no alert rules and no list of packs",
                hint:
                    "a pack has policies, a calendar years, a register people, alert rules alerts, a list has packs and calendars"
            )
        }
        return try list(path, root)
    }

    private static func list(_ path: String, _ root: JSONElement) throws(ConfigurationError) -> [ReferenceItem] {
        let book = try RuleBookReader.load(path)
        let folder = FolderPath.parent(ofFile: path)
        // Calendars go first: a pack is taken only once the calendar that it counts by is out.
        var items: [ReferenceItem] = []
        for name in (root["calendars"]?.array ?? []).compactMap(\.string) {
            items.append(try calendar(FolderPath.resolve(name, from: folder)))
        }
        for name in (root["packs"]?.array ?? []).compactMap(\.string) {
            let item = try pack(FolderPath.resolve(name, from: folder))
            if book.inForce.contains(item.name) { items.append(item) }
        }
        return items
    }

    private static func pack(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let pack = try PackReader.load(path)
        return try item(path, .policyPack, pack.id, pack.version, area: PackReader.area)
    }

    private static func text(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let text = try KnowledgeReader.load(path)
        return try item(path, .knowledgeText, text.id, text.version, area: KnowledgeReader.area)
    }

    private static func alerts(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let rules = try AlertRules.load(path)
        return try item(path, .alertRules, rules.id, rules.version, area: AlertRules.area)
    }

    private static func people(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let register = try PeopleReader.load(path)
        return try item(path, .people, register.name, register.version, area: PeopleReader.area)
    }

    /// A file that was read and found right, published as it stands.
    private static func item(
        _ path: String, _ kind: ReferenceKind, _ name: String, _ version: String, area: String
    ) throws(ConfigurationError) -> ReferenceItem {
        let bytes = try ConfigurationFile.bytes(path, area: area, bytesMax: ReferenceItem.contentBytesMax)
        return ReferenceItem(
            kind: kind, name: name, version: version, content: String(decoding: bytes, as: UTF8.self))
    }

    /// The calendar beside the file with that year in it, as the version `<year>.1`: next year's days are one file and
    /// one command.
    private static func calendar(
        withYear path: String, _ root: JSONElement
    ) throws(ConfigurationError) -> ReferenceItem {
        guard let id = root["calendar"]?.string, let number = root["year"]?.integer.flatMap(Int.init(exactly:)) else {
            throw ConfigurationError(
                file: path, area: CalendarReader.area, code: "no-calendar",
                "the year does not name its calendar", hint: "write the keys calendar and year, as in the yearly files")
        }
        let base = try CalendarReader.load(FolderPath.resolve("\(id).json", from: FolderPath.parent(ofFile: path)))
        let year = try YearReader.load(path, calendar: id, year: number)
        guard base.year(number) == nil else { return item(base) }
        let version = "\(number).1"
        guard version > base.version else {
            throw ConfigurationError(
                file: path, area: CalendarReader.area, code: "version-not-later",
                "the calendar beside the file is as new as this year would make it",
                hint: "add the year to the calendar's file, raise its version, and publish that")
        }
        do {
            return item(try WorkCalendar(id: id, version: version, name: base.name, years: base.years + [year]))
        } catch {
            throw ConfigurationError(
                file: path, area: CalendarReader.area, code: error.code, Wording(error.sentence),
                hint: Wording(error.hint))
        }
    }

    private static func calendar(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        item(try CalendarReader.load(path))
    }

    private static func item(_ calendar: WorkCalendar) -> ReferenceItem {
        ReferenceItem(
            kind: .workCalendar, name: calendar.id, version: calendar.version,
            content: String(decoding: CalendarWriter.json(calendar), as: UTF8.self))
    }
}
