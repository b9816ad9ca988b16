import TicketModel

/// Reads the rule book that ships with the program, or a bank's own: a file that names the packs, which of them are in
/// force, and the calendars. Paths in it are relative to the file.
enum RuleBookReader {
    static let area = "rules"

    static func load(_ path: String) throws(ConfigurationError) -> RuleBook {
        let root = try ConfigurationFile.read(path, area: area)
        var reading = ReferenceReading()
        guard var fields = ObjectFields(JSONField(root), &reading.mistakes) else {
            throw ConfigurationError(file: path, area: area, reading.mistakes)
        }
        reading.format(in: &fields)
        let inForce = fields.list("in_force", countMax: ReferenceLimits.packsMax, &reading.mistakes) ?? []
        let packs = fields.list("packs", countMax: ReferenceLimits.packsMax, &reading.mistakes) ?? []
        let calendars = fields.list("calendars", countMax: ReferenceLimits.calendarsMax, &reading.mistakes) ?? []
        fields.finish(&reading.mistakes)
        let folder = FolderPath.parent(ofFile: path)
        let packFiles = packs.compactMap { file($0, folder, &reading) }
        let calendarFiles = calendars.compactMap { file($0, folder, &reading) }
        let ids = inForce.compactMap { field in reading.code(field).map { (id: $0, field: field) } }
        guard reading.mistakes.isEmpty else { throw ConfigurationError(file: path, area: area, reading.mistakes) }
        var loaded: [PolicyPack] = []
        for file in packFiles { loaded.append(try PackReader.load(file)) }
        var known: [WorkCalendar] = []
        for file in calendarFiles { known.append(try CalendarReader.load(file)) }
        check(ids, packs, loaded, &reading)
        let followed = Set(ids.map(\.id))
        for (field, pack) in zip(packs, loaded) where followed.contains(pack.id) {
            guard let calendar = pack.calendarID, !known.contains(where: { $0.id == calendar }) else { continue }
            reading.unknown("calendar", calendar, field, known: known.map(\.id))
        }
        guard reading.mistakes.isEmpty else { throw ConfigurationError(file: path, area: area, reading.mistakes) }
        return RuleBook(inForce: ids.map(\.id), packs: loaded, calendars: known)
    }

    private static func file(_ field: JSONField, _ folder: String, _ reading: inout ReferenceReading) -> String? {
        guard let name = field.text(bytesMax: ReferenceLimits.textBytesMax, &reading.mistakes) else { return nil }
        return FolderPath.resolve(name, from: folder)
    }

    private static func check(
        _ ids: [(id: String, field: JSONField)], _ fields: [JSONField], _ packs: [PolicyPack],
        _ reading: inout ReferenceReading
    ) {
        for (id, field) in ids where !packs.contains(where: { $0.id == id }) {
            reading.unknown("pack", id, field, known: packs.map(\.id))
        }
        for (index, pack) in packs.enumerated()
        where packs[..<index].contains(where: { $0.reference == pack.reference }) {
            reading.mistakes.add(
                "doubled-pack", at: fields[index], "\(pack.reference) is there twice", hint: "keep one of the two files"
            )
        }
    }
}
