import TicketModel

/// A file of rules as the items that head office publishes of it.
enum ReferenceFile {
    /// A policy pack, a calendar with its years, a register of posts, alert rules, or a list of packs and calendars: of a
    /// list the packs that it puts in force.
    ///
    /// - Throws: the file cannot be read, or is none of these, with the place of each mistake.
    static func items(_ path: String) throws(ConfigurationError) -> [ReferenceItem] {
        let root = try ConfigurationFile.read(path, area: "reference")
        if root["policies"] != nil { return [try pack(path)] }
        if root["years"] != nil { return [try calendar(path)] }
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
        var items: [ReferenceItem] = []
        for name in (root["packs"]?.array ?? []).compactMap(\.string) {
            let item = try pack(FolderPath.resolve(name, from: folder))
            if book.inForce.contains(item.name) { items.append(item) }
        }
        for name in (root["calendars"]?.array ?? []).compactMap(\.string) {
            items.append(try calendar(FolderPath.resolve(name, from: folder)))
        }
        return items
    }

    private static func pack(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let pack = try PackReader.load(path)
        let bytes = try ConfigurationFile.bytes(path, area: PackReader.area, bytesMax: ReferenceItem.contentBytesMax)
        return ReferenceItem(
            kind: .policyPack, name: pack.id, version: pack.version, content: String(decoding: bytes, as: UTF8.self))
    }

    private static func text(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let text = try KnowledgeReader.load(path)
        let bytes = try ConfigurationFile.bytes(
            path, area: KnowledgeReader.area, bytesMax: ReferenceItem.contentBytesMax)
        return ReferenceItem(
            kind: .knowledgeText, name: text.id, version: text.version, content: String(decoding: bytes, as: UTF8.self))
    }

    private static func alerts(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let rules = try AlertRules.load(path)
        let bytes = try ConfigurationFile.bytes(
            path, area: AlertRules.area, bytesMax: ReferenceItem.contentBytesMax)
        return ReferenceItem(
            kind: .alertRules, name: rules.id, version: rules.version, content: String(decoding: bytes, as: UTF8.self))
    }

    private static func people(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let register = try PeopleReader.load(path)
        let bytes = try ConfigurationFile.bytes(path, area: PeopleReader.area, bytesMax: ReferenceItem.contentBytesMax)
        return ReferenceItem(
            kind: .people, name: register.name, version: register.version,
            content: String(decoding: bytes, as: UTF8.self))
    }

    private static func calendar(_ path: String) throws(ConfigurationError) -> ReferenceItem {
        let calendar = try CalendarReader.load(path)
        return ReferenceItem(
            kind: .workCalendar, name: calendar.id, version: calendar.version,
            content: String(decoding: CalendarWriter.json(calendar), as: UTF8.self))
    }
}
